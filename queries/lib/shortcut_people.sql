-- Who is behind figures about shortcuts, with everything that a filter can tell apart.
--
-- Known people alone. On the level all every session, on the level keyed those that figures count at all:
-- each once in the scope of the level's name, and once in a scope for every application it used. On the
-- levels commands and right_clicks the applications in which there were some.
--
-- returns one row per level, scope, session and application
-- column session_id VARCHAR: session
-- column level VARCHAR: all, keyed, commands or right_clicks: kind of figures
-- column scope VARCHAR: the level, or the level and an application that the session used
-- column participant_id VARCHAR: person
-- column app VARCHAR: application of commands and right clicks; empty where unknown, and for sessions
-- column cohort VARCHAR: group of people; empty for none
-- column os VARCHAR: operating system; empty where unknown
-- column source_format VARCHAR: recorder format
-- column actor VARCHAR: human or agent
-- column task_id VARCHAR: task; empty for none
-- column week BIGINT: weeks since the Monday before 1970-01-01; long before all others without a day
WITH people AS (
  SELECT s.session_id, s.participant_id, coalesce(p.cohort, '') AS cohort, coalesce(s.os, '') AS os,
    coalesce(s.source_format, '') AS source_format, coalesce(s.actor, '') AS actor,
    coalesce(s.task_id, '') AS task_id,
    coalesce(floor((s.started_day + 3) / 7.0)::BIGINT, -1000000000) AS week,
    p.consent_scope IS NULL OR strpos(concat(',', p.consent_scope, ','), ',keystrokes,') > 0 AS is_keyed
  FROM sessions AS s
  LEFT JOIN participants AS p ON p.participant_id = s.participant_id
  WHERE s.participant_id IS NOT NULL
), levels AS (
  SELECT 'all' AS level UNION ALL SELECT 'keyed' AS level
), used AS (
  SELECT session_id, '' AS within FROM sessions
  UNION ALL
  SELECT session_id, concat(' in ', app) AS within FROM session_app_counts
), done AS (
  SELECT u.session_id, l.level, concat(l.level, u.within) AS scope, '' AS app
  FROM used AS u CROSS JOIN levels AS l
  UNION ALL
  SELECT c.session_id, 'commands' AS level, 'commands' AS scope, coalesce(c.app, '') AS app
  FROM session_commands AS c GROUP BY c.session_id, coalesce(c.app, '')
  UNION ALL
  SELECT r.session_id, 'right_clicks' AS level, 'right_clicks' AS scope, coalesce(r.app, '') AS app
  FROM session_right_clicks AS r GROUP BY r.session_id, coalesce(r.app, '')
)
SELECT d.session_id, d.level, d.scope, p.participant_id, d.app, p.cohort, p.os, p.source_format, p.actor,
  p.task_id, p.week
FROM done AS d
JOIN people AS p ON p.session_id = d.session_id AND (d.level = 'all' OR p.is_keyed)
ORDER BY level, scope, session_id, app
