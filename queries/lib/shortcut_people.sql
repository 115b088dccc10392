-- Who is behind figures about shortcuts: what each of them counts together, of known people.
--
-- On the level all every session, on the level keyed those that figures count at all: each once, and once for
-- every application it used. On the levels commands and right_clicks the applications in which there were
-- some. lib/session_numbers tells what filters can tell apart.
--
-- returns one row per level, used application, session and application
-- column session_id VARCHAR: session
-- column level VARCHAR: all, keyed, commands or right_clicks: kind of figures
-- column used VARCHAR: an application that the session used; else empty
-- column app VARCHAR: application of commands and right clicks; empty where unknown, and for sessions
WITH levels AS (
  SELECT 'all' AS level UNION ALL SELECT 'keyed' AS level
), uses AS (
  SELECT session_id, '' AS used FROM sessions
  UNION ALL
  SELECT session_id, app AS used FROM session_app_counts
), done AS (
  SELECT u.session_id, l.level, u.used, '' AS app FROM uses AS u CROSS JOIN levels AS l
  UNION ALL
  SELECT c.session_id, 'commands' AS level, '' AS used, coalesce(c.app, '') AS app
  FROM session_commands AS c GROUP BY c.session_id, coalesce(c.app, '')
  UNION ALL
  SELECT r.session_id, 'right_clicks' AS level, '' AS used, coalesce(r.app, '') AS app
  FROM session_right_clicks AS r GROUP BY r.session_id, coalesce(r.app, '')
)
SELECT d.session_id, d.level, d.used, d.app
FROM done AS d
JOIN session_numbers AS n ON n.session_id = d.session_id
WHERE n.person > 0 AND (d.level = 'all' OR n.is_keyed)
ORDER BY level, used, session_id, app
