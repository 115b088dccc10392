-- Masks in the screenshots of one session, with the stretch of rows for which each screenshot stands.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row per mask with an entity, in true order of its screenshot
-- column frame_id VARCHAR: screenshot with the mask
-- column redaction_id VARCHAR: the mask
-- column entity VARCHAR: what the mask hides, Presidio's name
-- column seq BIGINT: the screenshot's place in the session's true order
-- column seq_next BIGINT: that of the next screenshot; NULL for the last
-- column frame_left_px INTEGER [px]: left edge in picture pixels
-- column frame_top_px INTEGER [px]: top edge in picture pixels
-- column frame_width_px INTEGER [px]: width in picture pixels
-- column frame_height_px INTEGER [px]: height in picture pixels
-- column capture_left_px INTEGER [px]: the picture's left edge on the desktop; NULL unknown
-- column capture_top_px INTEGER [px]: its top edge
-- column scale_x DOUBLE: picture pixels per desktop pixel
-- column scale_y DOUBLE: picture pixels per desktop pixel
WITH frames_in AS (
  SELECT
    frame_id, seq, lead(seq) OVER (ORDER BY seq, frame_id) AS seq_next, capture_left_px, capture_top_px,
    scale_x, scale_y
  FROM frames_index
  WHERE session_id = $session_id::VARCHAR
)
SELECT
  f.frame_id, r.redaction_id, r.entity, f.seq, f.seq_next, r.frame_left_px, r.frame_top_px, r.frame_width_px,
  r.frame_height_px, f.capture_left_px, f.capture_top_px, f.scale_x, f.scale_y
FROM frames_in AS f JOIN redactions AS r ON r.frame_id = f.frame_id
WHERE r.session_id = $session_id AND r.target = 'frame' AND r.entity IS NOT NULL
ORDER BY f.seq, f.frame_id, r.redaction_id
