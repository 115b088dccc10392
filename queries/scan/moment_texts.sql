-- Rows of one session with a text, and the window they belong to.
--
-- Rows made from other rows are left out.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row per event with a title, address, name of an element or text, in true order
-- column seq BIGINT: place in the session's true order
-- column t_us BIGINT [us]: time since the session's earliest row
-- column window_title VARCHAR: title of the window
-- column url VARCHAR: address
-- column element_name VARCHAR: name of the element
-- column text VARCHAR: text that was typed or copied
-- column window_left_px INTEGER [px]: left edge of the window on the desktop; NULL unknown
-- column window_top_px INTEGER [px]: top edge
-- column window_width_px INTEGER [px]: width
-- column window_height_px INTEGER [px]: height
SELECT
  seq, t_us, window_title, url, element_name, text, window_left_px, window_top_px, window_width_px,
  window_height_px
FROM events
WHERE session_id = $session_id::VARCHAR AND NOT is_derived
  AND (window_title IS NOT NULL OR url IS NOT NULL OR element_name IS NOT NULL OR text IS NOT NULL)
ORDER BY seq
