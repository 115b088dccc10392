-- Displays of one session and the time for which their geometry holds.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row per display and period of constant geometry, by start_us and display_id
-- column display_id VARCHAR: display, unique within the session
-- column start_us BIGINT [us]: from when the geometry holds (included)
-- column end_us BIGINT [us]: until when it holds (excluded); NULL to the end
-- column left_px INTEGER [px]: left edge
-- column top_px INTEGER [px]: top edge
-- column width_px INTEGER [px]: width
-- column height_px INTEGER [px]: height
-- column px_per_pt DOUBLE: scale: physical pixels per logical point
-- column is_primary BOOLEAN: the display whose top left is the origin
-- column is_estimated BOOLEAN: no geometry was recorded
-- column coordinate_space VARCHAR: what a pixel is
SELECT
  display_id, start_us, end_us, left_px, top_px, width_px, height_px, px_per_pt, is_primary, is_estimated,
  coordinate_space
FROM displays
WHERE session_id = $session_id::VARCHAR
ORDER BY start_us, display_id
