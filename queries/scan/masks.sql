-- Masks that are declared for the screenshots of one session.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row per mask, by screenshot
-- column frame_id VARCHAR: screenshot with the mask
-- column redaction_id VARCHAR: the mask
-- column frame_left_px INTEGER [px]: left edge in picture pixels
-- column frame_top_px INTEGER [px]: top edge in picture pixels
-- column frame_width_px INTEGER [px]: width in picture pixels
-- column frame_height_px INTEGER [px]: height in picture pixels
-- column entity VARCHAR: what the mask hides, Presidio's name
-- column method VARCHAR: how it was masked
SELECT frame_id, redaction_id, frame_left_px, frame_top_px, frame_width_px, frame_height_px, entity, method
FROM redactions
WHERE session_id = $session_id::VARCHAR AND target = 'frame' AND frame_id IS NOT NULL
ORDER BY frame_id, redaction_id
