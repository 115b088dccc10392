-- Screenshots of one session, to be looked at one after the other.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row per screenshot, in true order
-- column frame_id VARCHAR: screenshot
-- column session_id VARCHAR: session
-- column seq BIGINT: place in the session's true order
-- column t_us BIGINT [us]: time since the session's earliest row
SELECT frame_id, session_id, seq, t_us
FROM frames_index
WHERE session_id = $session_id::VARCHAR
ORDER BY seq, frame_id
