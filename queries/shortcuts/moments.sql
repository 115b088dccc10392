-- One moment of every command and way, picked by chance among the sessions with it.
--
-- Only where at least min_people known people gave it so, or no known person at all. See shortcuts/coverage.
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
-- param seed BIGINT = 1: another seed, other moments
-- returns one row per command and way, by these
-- column command VARCHAR: command
-- column via VARCHAR: shortcut, menu, context_menu, toolbar or unknown
-- column session_id VARCHAR: session of the moment
-- column t_us BIGINT [us]: when the command was given there
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
), lots AS (
  SELECT session_id, participant_id, md5(concat($seed::BIGINT, ':', session_id)) AS lot FROM counted
), uses AS (
  SELECT u.command, u.via, c.participant_id, u.session_id, u.example_us, c.lot
  FROM lots AS c
  JOIN session_commands AS u ON u.session_id = c.session_id AND ($app IS NULL OR u.app = $app)
  WHERE u.command IS NOT NULL
), large AS (
  SELECT command, via, min(CASE WHEN example_us IS NOT NULL THEN lot END) AS first_lot
  FROM uses GROUP BY command, via
  HAVING count(DISTINCT participant_id) >= $min_people OR count(participant_id) = 0
)
SELECT u.command, u.via, u.session_id, min(u.example_us) AS t_us
FROM uses AS u JOIN large AS l ON l.command = u.command AND l.via = u.via AND l.first_lot = u.lot
GROUP BY u.command, u.via, u.session_id
ORDER BY command, via
