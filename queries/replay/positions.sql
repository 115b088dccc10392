-- Pointer positions of one session in true order, as little of each as a replay needs.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row per position, by seq
-- column seq BIGINT: place in the session's true order, shared by all its tables
-- column t_us BIGINT [us]: time since the session's earliest row
-- column x_px INTEGER [px]: pointer, desktop pixels from the primary display's left edge
-- column y_px INTEGER [px]: pointer, desktop pixels from the primary display's top edge
SELECT seq, t_us, x_px, y_px
FROM moves
WHERE session_id = $session_id::VARCHAR
ORDER BY seq
