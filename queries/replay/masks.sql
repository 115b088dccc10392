-- What was masked in one session: regions of screenshots, and spans of text, of which only the kind is told.
--
-- Regions of screenshots that are not there, or that consent does not cover, are left out.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row per masked region or span, by redaction_id
-- column redaction_id VARCHAR: the mask
-- column target VARCHAR: what was masked: frame, text, window_title, url, element_name, clipboard or task
-- column frame_id VARCHAR: screenshot with the masked region; NULL for text
-- column frame_left_px INTEGER [px]: left edge in picture pixels
-- column frame_top_px INTEGER [px]: top edge in picture pixels
-- column frame_width_px INTEGER [px]: width in picture pixels
-- column frame_height_px INTEGER [px]: height in picture pixels
-- column entity VARCHAR: what the mask hides, Presidio's name
-- column score DOUBLE: the detector's confidence
-- column method VARCHAR: how it was masked
SELECT
  r.redaction_id, r.target, CASE WHEN r.target = 'frame' THEN r.frame_id END AS frame_id, r.frame_left_px,
  r.frame_top_px, r.frame_width_px, r.frame_height_px, r.entity, r.score, r.method
FROM redactions AS r
WHERE r.session_id = $session_id::VARCHAR AND (r.target <> 'frame' OR r.frame_id IN (
  SELECT f.frame_id FROM frames_index AS f WHERE f.session_id = $session_id))
ORDER BY redaction_id
