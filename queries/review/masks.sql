-- Masks that are declared in one session or several: of screenshots, and of rows.
--
-- param first_session_id VARCHAR = '': first session to read
-- param last_session_id VARCHAR = NULL: last session to read; NULL to the end
-- param session_id VARCHAR {session} = NULL: this session alone
-- param seq BIGINT = NULL: first row; masks without a row are given too
-- param seq_end BIGINT = NULL: last row
-- returns one row per mask, by session and mask
-- column session_id VARCHAR: session
-- column redaction_id VARCHAR: the mask
-- column target VARCHAR: frame, text, window_title, url, element_name, clipboard or task
-- column frame_id VARCHAR: screenshot with the mask
-- column seq BIGINT: row with the mask
-- column frame_left_px INTEGER [px]: left edge in picture pixels
-- column frame_top_px INTEGER [px]: top edge in picture pixels
-- column frame_width_px INTEGER [px]: width in picture pixels
-- column frame_height_px INTEGER [px]: height in picture pixels
-- column char_start BIGINT: first masked character
-- column char_end BIGINT: character after the last masked one
-- column entity VARCHAR: what the mask hides, Presidio's name
-- column method VARCHAR: how it was masked
SELECT r.session_id, r.redaction_id, r.target, r.frame_id, r.seq, r.frame_left_px, r.frame_top_px,
  r.frame_width_px, r.frame_height_px, r.char_start, r.char_end, r.entity, r.method
FROM redactions AS r
WHERE ($session_id::VARCHAR IS NULL OR r.session_id = $session_id)
  AND r.session_id >= $first_session_id::VARCHAR
  AND ($last_session_id::VARCHAR IS NULL OR r.session_id <= $last_session_id)
  AND (r.seq IS NULL OR (($seq::BIGINT IS NULL OR r.seq >= $seq)
    AND ($seq_end::BIGINT IS NULL OR r.seq <= $seq_end)))
ORDER BY session_id, redaction_id
