-- Events that hold text or keys, and what interrupts typing, in one session or several.
--
-- Rows made from other rows are kept: what is masked in one may be bare in the other.
--
-- param first_session_id VARCHAR = '': first session to read
-- param last_session_id VARCHAR = NULL: last session to read; NULL to the end
-- param session_id VARCHAR {session} = NULL: this session alone
-- param seq BIGINT = NULL: first row
-- param seq_end BIGINT = NULL: last row
-- returns one row per event, in true order
-- column session_id VARCHAR: session
-- column seq BIGINT: place in the session's true order
-- column kind VARCHAR: what happened
-- column is_derived BOOLEAN: made from other rows
-- column app VARCHAR: application in front
-- column window_title VARCHAR: its window's title
-- column url VARCHAR: address of the page
-- column element_name VARCHAR: name of the element under the pointer or in focus
-- column text VARCHAR: text that was typed or pasted
-- column key VARCHAR: what the key means; where that is masked, the physical key if it is not
-- column mods VARCHAR: modifiers held, in the order ctrl+alt+shift+meta
SELECT e.session_id, e.seq, e.kind, e.is_derived, e.app, e.window_title, e.url, e.element_name, e.text,
  coalesce(e.key, e.code) AS key, e.mods
FROM events AS e
WHERE ($session_id::VARCHAR IS NULL OR e.session_id = $session_id)
  AND e.session_id >= $first_session_id::VARCHAR
  AND ($last_session_id::VARCHAR IS NULL OR e.session_id <= $last_session_id)
  AND ($seq::BIGINT IS NULL OR e.seq >= $seq) AND ($seq_end::BIGINT IS NULL OR e.seq <= $seq_end)
  AND (coalesce(e.window_title, e.url, e.element_name, e.text, e.key, e.code) IS NOT NULL
    OR e.kind IN ('key_down', 'mouse_down', 'window_focus'))
ORDER BY session_id, seq
