-- Frames of one session without their pictures, in true order.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row per frame, by seq
-- column frame_id VARCHAR: session_id, '-', 7-digit index
-- column seq BIGINT: place in the session's true order, shared by all its tables
-- column t_us BIGINT [us]: time since the session's earliest row
-- column step BIGINT: step the picture belongs to
-- column format VARCHAR: encoding of the stored bytes
-- column width_px INTEGER [px]: picture's width
-- column height_px INTEGER [px]: picture's height
-- column capture_left_px INTEGER [px]: desktop pixel shown at the picture's left edge
-- column capture_top_px INTEGER [px]: desktop pixel shown at the picture's top edge
-- column scale_x DOUBLE: picture pixels per desktop pixel
-- column scale_y DOUBLE: picture pixels per desktop pixel
-- column display_id VARCHAR: display the row belongs to
-- column sha256 VARCHAR: sha256 of the stored bytes
-- column screen_state VARCHAR: perceptual hash: orders look-alikes, never a unit of review or proof
-- column is_redacted BOOLEAN: a redaction pass covered this frame, even if it found nothing
SELECT
  frame_id, seq, t_us, step, format, width_px, height_px, capture_left_px, capture_top_px, scale_x,
  scale_y, display_id, sha256, screen_state, is_redacted
FROM frames_index
WHERE session_id = $session_id::VARCHAR
ORDER BY seq
