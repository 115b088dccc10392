-- What the figures about shortcuts count, and what they cannot.
--
-- Counted are the sessions of known people, or all where no person is known (sessions), but for those whose
-- consent does not cover keystrokes (keyless); others are left out (unknown_people). Nothing is counted where
-- 1 to min_people - 1 known people are selected or are not, or are what another selection that holds this one
-- has more, by sessions, by those with keystrokes, or by commands or right clicks in applications.
-- Uses of shortcuts by what names the command: recorded, standard, unnamed (a chord alone), unshown (no chord
-- that may be shown); then other ways of commands, and the troubles of rollups/session_key_troubles.
--
-- param cohort VARCHAR {cohort} = NULL: group of people; a group of fewer than min_people selects nothing
-- param app VARCHAR {app} = NULL: application: what was done in it, in sessions that used it
-- param os VARCHAR {os} = NULL: operating system
-- param source_format VARCHAR {source_format} = NULL: recorder format
-- param actor VARCHAR {actor} = NULL: who acted: human or agent
-- param day_from INTEGER = NULL: a day of the first week, days since 1970-01-01 UTC
-- param day_to INTEGER = NULL: a day of the last week, days since 1970-01-01 UTC
-- param task_id VARCHAR {task} = NULL: task
-- param search VARCHAR = NULL: text within task, window titles, thoughts and actions, in any case
-- param min_people BIGINT = 5: smallest group of people that is named or summed
-- returns one row per part that occurs, by part
-- column part VARCHAR: what is counted
-- column rows_n BIGINT: how many; NULL where 1 to min_people - 1 known people stand behind it
-- column people_n BIGINT: known people behind it; NULL as rows_n
WITH
-- steps of lib/counted_sessions
, asked AS (
  SELECT count(*) AS counted_n, count(participant_id) AS known_n FROM counted
), parts AS (
  SELECT 'sessions' AS part, c.participant_id, 1 AS rows_n FROM chosen AS c CROSS JOIN asked AS a
  WHERE a.counted_n > 0 AND (c.participant_id IS NOT NULL OR a.known_n = 0)
  UNION ALL
  SELECT CASE WHEN c.participant_id IS NULL THEN 'unknown_people' ELSE 'keyless' END AS part,
    c.participant_id, 1 AS rows_n
  FROM chosen AS c LEFT JOIN counted AS o ON o.session_id = c.session_id CROSS JOIN asked AS a
  WHERE o.session_id IS NULL AND a.counted_n > 0
  UNION ALL
  SELECT CASE WHEN u.via <> 'shortcut' THEN u.via WHEN u.is_recorded THEN 'recorded'
      WHEN u.command IS NOT NULL THEN 'standard' WHEN u.chord IS NOT NULL THEN 'unnamed' ELSE 'unshown' END
      AS part, c.participant_id, u.uses_n AS rows_n
  FROM counted AS c
  JOIN session_commands AS u ON u.session_id = c.session_id AND ($app IS NULL OR u.app = $app)
  UNION ALL
  SELECT t.trouble AS part, c.participant_id, t.keys_n AS rows_n
  FROM counted AS c JOIN session_key_troubles AS t ON t.session_id = c.session_id
)
SELECT part, CASE WHEN count(DISTINCT p.participant_id) >= $min_people OR count(p.participant_id) = 0
  THEN sum(p.rows_n)::BIGINT END AS rows_n, CASE WHEN count(DISTINCT p.participant_id) >= $min_people
  OR count(p.participant_id) = 0 THEN count(DISTINCT p.participant_id) END AS people_n
FROM parts AS p
GROUP BY part
ORDER BY part
