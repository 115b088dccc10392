-- Pointer positions of one session, in true order.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row per position, by seq
-- column seq BIGINT: place in the session's true order, shared by all its tables
-- column t_us BIGINT [us]: time since the session's earliest row
-- column x_px INTEGER [px]: pointer, desktop pixels from the primary display's left edge
-- column y_px INTEGER [px]: pointer, desktop pixels from the primary display's top edge
-- column display_id VARCHAR: display the row belongs to
-- column app VARCHAR: application in front
-- column cell SMALLINT: row * 192 + column of a 192 x 108 grid over the display valid at that time
-- column window_cell SMALLINT: the same over the focused window's rectangle
-- column flags VARCHAR: sorted, comma-separated; NULL when none
SELECT
  seq, t_us, x_px, y_px, display_id, app, cell, window_cell, flags
FROM moves
WHERE session_id = $session_id::VARCHAR
ORDER BY seq
