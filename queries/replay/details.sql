-- What is known of each event of one session beside what replay/inputs gives, in true order.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row per event, by seq
-- column seq BIGINT: place in the session's true order, shared by all its tables
-- column t_us BIGINT [us]: time since the session's earliest row
-- column end_us BIGINT [us]: end of an event that lasts (drag, idle, typed text)
-- column step BIGINT: step that caused the event
-- column button VARCHAR: mouse button
-- column clicks_n INTEGER: presses that make the click
-- column wheel_x DOUBLE: scroll amount to the right, in wheel_unit
-- column wheel_y DOUBLE: scroll amount downwards, in wheel_unit
-- column wheel_unit VARCHAR: unit of the scroll amount
-- column key VARCHAR: what the key means, W3C KeyboardEvent.key: a, Enter, Control
-- column code VARCHAR: physical key as recorded, with its source: VK_84, X11_38, KeyA
-- column mods VARCHAR: modifiers held, in the order ctrl+alt+shift+meta
-- column chord VARCHAR: modifiers + key, case-folded: ctrl+c
-- column text VARCHAR: text that was typed or pasted
-- column text_len BIGINT: its length in characters
-- column is_text_redacted BOOLEAN: part of the text was replaced by a redaction pass
-- column app VARCHAR: application in front
-- column window_title VARCHAR: its window's title
-- column url VARCHAR: address of the page
-- column window_left_px INTEGER [px]: window's left edge
-- column window_top_px INTEGER [px]: window's top edge
-- column window_width_px INTEGER [px]: window's width
-- column window_height_px INTEGER [px]: window's height
-- column element_role VARCHAR: role of the element under the pointer or in focus
-- column element_name VARCHAR: its accessible name
-- column element_left_px INTEGER [px]: element's left edge
-- column element_top_px INTEGER [px]: element's top edge
-- column element_width_px INTEGER [px]: element's width
-- column element_height_px INTEGER [px]: element's height
-- column command VARCHAR: command that was given
-- column via VARCHAR: how the command was given
-- column is_derived BOOLEAN: made from other rows
-- column flags VARCHAR: sorted, comma-separated; NULL when none
-- column drag_extra VARCHAR: JSON text, of a drag alone: end_x_px and end_y_px, where it ended
SELECT
  seq, t_us, end_us, step, button, clicks_n, wheel_x, wheel_y, wheel_unit, key, code, mods, chord, text,
  text_len, is_text_redacted, app, window_title, url, window_left_px, window_top_px, window_width_px,
  window_height_px, element_role, element_name, element_left_px, element_top_px, element_width_px,
  element_height_px, command, via, is_derived, flags, CASE WHEN kind = 'drag' THEN extra END AS drag_extra
FROM events
WHERE session_id = $session_id::VARCHAR
ORDER BY seq
