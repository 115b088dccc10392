-- Times of commands of every session, by their shortcut and by menus.
--
-- From the first input that belongs to a command, see lib/command_rows; a menu is the menu bar's or a context
-- menu. A button on a toolbar has one press, so its time would say how long a button is held down, no more.
--
-- returns one row per session, application, command, way and time, by these
-- column session_id VARCHAR: session
-- column app VARCHAR: application in front; NULL where unknown
-- column command VARCHAR: command
-- column is_shortcut BOOLEAN: by its shortcut, not by a menu
-- column spent_ms BIGINT [ms]: whole milliseconds from its first input to the command
-- column uses_n BIGINT: commands that took this long
WITH timed AS (
  SELECT session_id, app, command, via = 'shortcut' AS is_shortcut,
    floor((t_us - start_us) / 1000.0)::BIGINT AS spent_ms
  FROM command_rows
  WHERE command IS NOT NULL AND start_us IS NOT NULL AND via IN ('shortcut', 'menu', 'context_menu')
)
SELECT session_id, app, command, is_shortcut, spent_ms, count(*) AS uses_n
FROM timed
GROUP BY session_id, app, command, is_shortcut, spent_ms
ORDER BY session_id, app, command, is_shortcut, spent_ms
