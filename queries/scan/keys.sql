-- Key presses of some sessions with what interrupts typing: clicks, other windows, pasted text.
--
-- Rows made from other rows are left out. A press that a redaction pass masked has no key.
--
-- param first_session_id VARCHAR: first session to read
-- param last_session_id VARCHAR: last session to read
-- returns one row per press or interruption, in true order
-- column session_id VARCHAR: session
-- column seq BIGINT: place in the session's true order
-- column t_us BIGINT [us]: time since the session's earliest row
-- column kind VARCHAR: key_down, mouse_down, window_focus or clipboard_paste
-- column key VARCHAR: what the key means, W3C KeyboardEvent.key
-- column mods VARCHAR: modifiers held, in the order ctrl+alt+shift+meta
-- column pasted VARCHAR: text that was pasted
-- column is_masked BOOLEAN: a press whose key a redaction pass took away
-- column has_code BOOLEAN: the row says which physical key it was
SELECT
  session_id, seq, t_us, kind, key, mods, CASE WHEN kind = 'clipboard_paste' THEN text END AS pasted,
  kind = 'key_down' AND key IS NULL AND coalesce(is_text_redacted, FALSE) AS is_masked,
  code IS NOT NULL AS has_code
FROM events
WHERE session_id >= $first_session_id::VARCHAR AND session_id <= $last_session_id::VARCHAR AND NOT is_derived
  AND kind IN ('key_down', 'mouse_down', 'window_focus', 'clipboard_paste')
ORDER BY session_id, seq
