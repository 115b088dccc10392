-- Middle time of every command of every person, by shortcut and by menu; not offered on screen.
--
-- Of an even number the two in the middle, where they differ: their mean is the median. What is measured: see
-- rollups/session_command_times; whom and what is counted: see shortcuts/coverage. Where no person is known,
-- sessions stand for people.
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
-- returns one row per person, command, way and time, by these
-- column person BIGINT: number within this answer, in an order of chance
-- column is_known BOOLEAN: it is a person, not a session of an unknown one
-- column command VARCHAR: command
-- column is_shortcut BOOLEAN: by its shortcut, not by a menu
-- column spent_ms BIGINT [ms]: from its first input to the command
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
), numbered AS (
  SELECT o.who, row_number() OVER (ORDER BY md5(concat('order', o.who)), o.who) AS person
  FROM (SELECT coalesce(participant_id, session_id) AS who FROM counted) AS o GROUP BY o.who
), uses AS (
  SELECT n.person, c.participant_id IS NOT NULL AS is_known, u.command, u.is_shortcut, u.spent_ms,
    count(*) AS n
  FROM counted AS c JOIN numbered AS n ON n.who = coalesce(c.participant_id, c.session_id)
  JOIN session_command_times AS u ON u.session_id = c.session_id AND ($app IS NULL OR u.app = $app)
  GROUP BY n.person, c.participant_id IS NOT NULL, u.command, u.is_shortcut, u.spent_ms
), placed AS (
  SELECT person, is_known, command, is_shortcut, spent_ms, n, sum(n) OVER (PARTITION BY person, command,
    is_shortcut ORDER BY spent_ms ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)::BIGINT AS up_to_n,
    sum(n) OVER (PARTITION BY person, command, is_shortcut)::BIGINT AS all_n
  FROM uses
)
SELECT person, is_known, command, is_shortcut, spent_ms FROM placed
WHERE up_to_n >= floor((all_n + 1) / 2.0) AND up_to_n - n < floor((all_n + 2) / 2.0)
ORDER BY person, command, is_shortcut, spent_ms
