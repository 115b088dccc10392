-- Time of single commands of every session, by their shortcut and by menus.
--
-- From the first input that belongs to a command, see lib/command_rows; a menu is the menu bar's or a context
-- menu. A button on a toolbar has one press, so its time would say how long a button is held down, no more.
--
-- returns one row per command with a known time, by session and seq
-- column session_id VARCHAR: session
-- column seq BIGINT: place in the session's true order
-- column app VARCHAR: application in front; NULL where unknown
-- column command VARCHAR: command
-- column is_shortcut BOOLEAN: by its shortcut, not by a menu
-- column spent_ms BIGINT [ms]: whole milliseconds from its first input to the command
SELECT session_id, seq, app, command, via = 'shortcut' AS is_shortcut,
  floor((t_us - start_us) / 1000.0)::BIGINT AS spent_ms
FROM command_rows
WHERE command IS NOT NULL AND start_us IS NOT NULL AND via IN ('shortcut', 'menu', 'context_menu')
ORDER BY session_id, seq
