-- What the figures about shortcuts count, and what they cannot.
--
-- Counted are the sessions of known people, or all where no person is known (sessions), but for those whose
-- consent does not cover keystrokes (keyless); others are left out (unknown_people). Nothing is counted where
-- 1 to min_people - 1 known people are selected, are not, or have sessions that are not, for the difference.
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
WITH large_cohorts AS (
  SELECT p.cohort FROM sessions AS s JOIN participants AS p ON p.participant_id = s.participant_id
  GROUP BY p.cohort HAVING count(DISTINCT s.participant_id) >= $min_people::BIGINT
), chosen AS (
  SELECT s.session_id, s.participant_id, s.os, s.started_day, p.cohort, p.consent_scope
  FROM sessions AS s LEFT JOIN participants AS p ON p.participant_id = s.participant_id
  LEFT JOIN large_cohorts AS l ON l.cohort = p.cohort
  WHERE ($cohort::VARCHAR IS NULL OR l.cohort = $cohort) AND ($os::VARCHAR IS NULL OR s.os = $os)
    AND ($source_format::VARCHAR IS NULL OR s.source_format = $source_format)
    AND ($actor::VARCHAR IS NULL OR s.actor = $actor) AND ($task_id::VARCHAR IS NULL OR s.task_id = $task_id)
    AND ($day_from::INTEGER IS NULL OR floor((s.started_day + 3) / 7.0) >= floor(($day_from + 3.0) / 7.0))
    AND ($day_to::INTEGER IS NULL OR floor((s.started_day + 3) / 7.0) <= floor(($day_to + 3.0) / 7.0))
    AND ($app::VARCHAR IS NULL
      OR s.session_id IN (SELECT session_id FROM session_app_counts WHERE app = $app))
    AND (coalesce($search::VARCHAR, '') = '' OR strpos(lower(s.task), lower($search)) > 0 OR s.session_id IN (
      SELECT session_id FROM session_titles WHERE strpos(lower(window_title), lower($search)) > 0
      UNION ALL SELECT session_id FROM session_step_texts WHERE strpos(lower(text), lower($search)) > 0))
), people AS (
  SELECT count(DISTINCT c.participant_id) AS chosen_n, count(DISTINCT s.participant_id) AS all_n,
    count(DISTINCT CASE WHEN c.session_id IS NULL THEN s.participant_id END) AS rest_n
  FROM sessions AS s LEFT JOIN chosen AS c ON c.session_id = s.session_id
), counted AS (
  SELECT c.session_id, c.participant_id, c.os, c.started_day, c.cohort FROM chosen AS c CROSS JOIN people AS g
  WHERE (c.consent_scope IS NULL OR strpos(concat(',', c.consent_scope, ','), ',keystrokes,') > 0)
    AND (g.chosen_n = 0 OR (c.participant_id IS NOT NULL AND g.chosen_n >= $min_people
      AND (g.all_n = g.chosen_n OR g.all_n - g.chosen_n >= $min_people)
      AND (g.rest_n = 0 OR g.rest_n >= $min_people)))
), asked AS (
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
