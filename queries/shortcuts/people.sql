-- How often every person gave every command in each way, to estimate over people; not offered on screen.
--
-- See shortcuts/coverage for whom and what is counted. Where no person is known, sessions stand for people.
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
-- returns one row per person, command and way, by these
-- column person BIGINT: number within this answer, in an order of chance
-- column is_known BOOLEAN: it is a person, not a session of an unknown one
-- column command VARCHAR: command
-- column via VARCHAR: shortcut, menu, context_menu, toolbar or unknown
-- column is_comparable BOOLEAN: the way is known, and the command is one of lib/comparable_commands
-- column uses_n BIGINT: times it was given
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
), uses AS (
  SELECT coalesce(c.participant_id, c.session_id) AS who, c.participant_id IS NOT NULL AS is_known, u.command,
    u.via, k.command IS NOT NULL AND u.via <> 'unknown' AS is_comparable, u.uses_n
  FROM counted AS c
  JOIN session_commands AS u ON u.session_id = c.session_id AND ($app IS NULL OR u.app = $app)
  LEFT JOIN comparable_commands AS k ON k.command = u.command
  WHERE u.command IS NOT NULL
), numbered AS (
  SELECT who, row_number() OVER (ORDER BY md5(concat('order', who)), who) AS person FROM uses GROUP BY who
)
SELECT n.person, u.is_known, u.command, u.via, u.is_comparable, sum(u.uses_n)::BIGINT AS uses_n
FROM uses AS u JOIN numbered AS n ON n.who = u.who
GROUP BY n.person, u.is_known, u.command, u.via, u.is_comparable
ORDER BY person, command, via
