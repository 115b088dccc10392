-- Every frame without its picture.
--
-- Views read this index; only the byte route opens the files that hold the pictures.
--
-- returns one row per frame, by session and seq
-- column frame_id VARCHAR: session_id, '-', 7-digit index
-- column session_id VARCHAR: session the frame belongs to
-- column seq BIGINT: place in the session's true order
-- column t_us BIGINT [us]: time since the session's earliest row; NULL where the source has no time
-- column step BIGINT: step the picture belongs to
-- column format VARCHAR: encoding of the stored bytes: png, webp, jpeg
-- column width_px INTEGER [px]: picture's width
-- column height_px INTEGER [px]: picture's height
-- column capture_left_px INTEGER [px]: desktop pixel shown at the picture's left edge
-- column capture_top_px INTEGER [px]: desktop pixel shown at the picture's top edge
-- column scale_x DOUBLE: picture pixels per desktop pixel
-- column scale_y DOUBLE: picture pixels per desktop pixel
-- column display_id VARCHAR: display the frame shows
-- column sha256 VARCHAR: sha256 of the stored bytes
-- column pixels_sha256 VARCHAR: sha256 of the decoded RGB pixels
-- column screen_state VARCHAR: perceptual hash: orders look-alikes, never a unit of review or proof
-- column is_redacted BOOLEAN: a redaction pass covered this frame, even if it found nothing
-- column file VARCHAR: Parquet file that holds the picture, relative to the dataset
-- column file_row BIGINT: row of the picture in that file, from 0
SELECT
  frame_id, session_id, seq, t_us, step, format, width_px, height_px, capture_left_px, capture_top_px,
  scale_x, scale_y, display_id, sha256, pixels_sha256, screen_state, is_redacted, file, file_row
FROM frames
ORDER BY session_id, seq
