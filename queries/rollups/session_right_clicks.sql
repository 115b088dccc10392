-- Right clicks of every session, and what followed each within 3 s.
--
-- What follows is the next click, key, drag or scroll: a command from the context menu; a command by another
-- way; another click; the Escape key, which dismisses a menu; another key; a drag or scroll; nothing.
--
-- returns one row per session, application, what followed and command, by these
-- column session_id VARCHAR: session
-- column app VARCHAR: application in front; NULL where unknown
-- column followed_by VARCHAR: context_menu, other_command, click, escape, key, pointer, nothing or not_timed
-- column command VARCHAR: command that followed; NULL where none did
-- column right_clicks_n BIGINT: right clicks
WITH inputs AS (
  SELECT e.session_id, e.seq, e.t_us, e.app, e.kind = 'click' AND e.button = 'right' AS is_right,
    nullif(e.command, '') AS command, CASE WHEN e.command <> '' AND e.via = 'context_menu' THEN 'context_menu'
      WHEN e.command <> '' THEN 'other_command' WHEN e.kind = 'click' THEN 'click'
      WHEN e.key = 'Escape' THEN 'escape' WHEN e.kind IN ('key_down', 'shortcut') THEN 'key' ELSE 'pointer'
      END AS way
  FROM events AS e
  WHERE e.command <> '' OR e.kind IN ('click', 'key_down', 'shortcut', 'drag', 'scroll')
), followed AS (
  SELECT session_id, app, is_right, t_us,
    lead(way) OVER (PARTITION BY session_id ORDER BY seq) AS next_way,
    lead(command) OVER (PARTITION BY session_id ORDER BY seq) AS next_command,
    lead(t_us) OVER (PARTITION BY session_id ORDER BY seq) - t_us AS after_us
  FROM inputs
), told AS (
  SELECT session_id, app, next_command, CASE WHEN next_way IS NULL OR after_us > 3000000 THEN 'nothing'
    WHEN after_us IS NULL OR after_us < 0 THEN 'not_timed' ELSE next_way END AS followed_by
  FROM followed
  WHERE is_right
)
SELECT session_id, app, followed_by,
  CASE WHEN followed_by IN ('context_menu', 'other_command') THEN next_command END AS command,
  count(*) AS right_clicks_n
FROM told
GROUP BY session_id, app, followed_by, CASE WHEN followed_by IN ('context_menu', 'other_command')
  THEN next_command END
ORDER BY session_id, app, followed_by, command
