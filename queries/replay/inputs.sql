-- Events of one session in true order, as little of each as a timeline needs; replay/details has the rest.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row per event, by seq
-- column seq BIGINT: place in the session's true order, shared by all its tables
-- column t_us BIGINT [us]: time since the session's earliest row
-- column step BIGINT: step that caused the event
-- column kind VARCHAR: what happened
-- column x_px INTEGER [px]: pointer, desktop pixels from the primary display's left edge
-- column y_px INTEGER [px]: pointer, desktop pixels from the primary display's top edge
-- column button VARCHAR: mouse button
-- column app VARCHAR: application in front
-- column is_derived BOOLEAN: made from other rows
SELECT seq, t_us, step, kind, x_px, y_px, button, app, is_derived
FROM events
WHERE session_id = $session_id::VARCHAR
ORDER BY seq
