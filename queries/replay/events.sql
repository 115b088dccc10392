-- Discrete events of one session, in true order.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row per event, by seq
-- column seq BIGINT: place in the session's true order, shared by all its tables
-- column t_us BIGINT [us]: time since the session's earliest row
-- column end_us BIGINT [us]: end of an event that lasts (drag, idle, typed text)
-- column step BIGINT: step that caused the event
-- column kind VARCHAR: what happened
-- column x_px INTEGER [px]: pointer, desktop pixels from the primary display's left edge
-- column y_px INTEGER [px]: pointer, desktop pixels from the primary display's top edge
-- column x_rel DOUBLE: x_px as a share of the display's width
-- column y_rel DOUBLE: y_px as a share of the display's height
-- column display_id VARCHAR: display the row belongs to
-- column cell SMALLINT: row * 192 + column of a 192 x 108 grid over the display valid at that time
-- column window_cell SMALLINT: the same over the focused window's rectangle
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
-- column window_left_px INTEGER [px]: window's left edge
-- column window_top_px INTEGER [px]: window's top edge
-- column window_width_px INTEGER [px]: window's width
-- column window_height_px INTEGER [px]: window's height
-- column url VARCHAR: address of the page
-- column element_role VARCHAR: role of the element under the pointer or in focus
-- column element_name VARCHAR: its accessible name
-- column element_left_px INTEGER [px]: element's left edge
-- column element_top_px INTEGER [px]: element's top edge
-- column element_width_px INTEGER [px]: element's width
-- column element_height_px INTEGER [px]: element's height
-- column command VARCHAR: command that was given
-- column via VARCHAR: how the command was given
-- column frame_id VARCHAR: screen before the event
-- column frame_after_id VARCHAR: screen after the event
-- column is_derived BOOLEAN: made from other rows
-- column source_type VARCHAR: the source's own name for the row
-- column flags VARCHAR: sorted, comma-separated; NULL when none
-- column extra VARCHAR: JSON text: what the source knows and no column holds
SELECT
  seq, t_us, end_us, step, kind, x_px, y_px, x_rel, y_rel, display_id, cell, window_cell, button,
  clicks_n, wheel_x, wheel_y, wheel_unit, key, code, mods, chord, text, text_len, is_text_redacted, app,
  window_title, window_left_px, window_top_px, window_width_px, window_height_px, url, element_role,
  element_name, element_left_px, element_top_px, element_width_px, element_height_px, command, via,
  frame_id, frame_after_id, is_derived, source_type, flags, extra
FROM events
WHERE session_id = $session_id::VARCHAR
ORDER BY seq
