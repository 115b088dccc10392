-- Activity of the listed sessions over 60 equal parts of each, by kind.
--
-- The sessions are those of sessions/list with the same parameters.
-- The filter of list, totals, density_of_list and ribbon_of_list is one text: the portable subset has no
-- macros, so it stands in each file, and a test compares them.
--
-- param cohort VARCHAR {cohort} = NULL: group of people; a group of fewer than min_people selects nothing
-- param app VARCHAR {app} = NULL: application used in the session
-- param os VARCHAR {os} = NULL: operating system
-- param source_format VARCHAR {source_format} = NULL: recorder format
-- param actor VARCHAR {actor} = NULL: who acted: human or agent
-- param day_from INTEGER = NULL: a day of the first week, days since 1970-01-01 UTC
-- param day_to INTEGER = NULL: a day of the last week, days since 1970-01-01 UTC
-- param task_id VARCHAR {task} = NULL: task
-- param search VARCHAR = NULL: text within task, window titles, thoughts and actions, in any case
-- param min_people BIGINT = 5: smallest group of people that is named
-- param limit_n BIGINT = 1000: most sessions
-- param offset_n BIGINT = 0: sessions to skip
-- returns one row per session, part and kind with at least one row, by session, part and kind
-- column session_id VARCHAR: session
-- column bin INTEGER: part of the duration, 0 to 59
-- column kind VARCHAR: move, click, right_click, scroll, key, shortcut, app_switch or frame
-- column rows_n BIGINT: rows of that kind
WITH large_cohorts AS (
  SELECT p.cohort
  FROM sessions AS s
  JOIN participants AS p ON p.participant_id = s.participant_id
  GROUP BY p.cohort
  HAVING count(DISTINCT s.participant_id) >= $min_people::BIGINT
), chosen AS (
  SELECT s.session_id,
    row_number() OVER (ORDER BY floor((s.started_day + 3) / 7.0) DESC NULLS LAST, s.session_id) AS place
  FROM sessions AS s
  LEFT JOIN participants AS p ON p.participant_id = s.participant_id
  LEFT JOIN large_cohorts AS c ON c.cohort = p.cohort
  WHERE ($cohort::VARCHAR IS NULL OR c.cohort = $cohort)
    AND ($os::VARCHAR IS NULL OR s.os = $os)
    AND ($source_format::VARCHAR IS NULL OR s.source_format = $source_format)
    AND ($actor::VARCHAR IS NULL OR s.actor = $actor)
    AND ($day_from::INTEGER IS NULL OR floor((s.started_day + 3) / 7.0) >= floor(($day_from + 3.0) / 7.0))
    AND ($day_to::INTEGER IS NULL OR floor((s.started_day + 3) / 7.0) <= floor(($day_to + 3.0) / 7.0))
    AND ($task_id::VARCHAR IS NULL OR s.task_id = $task_id)
    AND ($app::VARCHAR IS NULL
      OR s.session_id IN (SELECT a.session_id FROM session_app_counts AS a WHERE a.app = $app))
    AND (coalesce($search::VARCHAR, '') = '' OR strpos(lower(s.task), lower($search)) > 0 OR s.session_id IN (
      SELECT t.session_id FROM session_titles AS t WHERE strpos(lower(t.window_title), lower($search)) > 0)
      OR s.session_id IN (
      SELECT x.session_id FROM session_step_texts AS x WHERE strpos(lower(x.text), lower($search)) > 0))
)
SELECT d.session_id, d.bin, d.kind, d.rows_n
FROM chosen AS l
JOIN session_density AS d ON d.session_id = l.session_id
WHERE l.place > $offset_n::BIGINT AND l.place <= $limit_n::BIGINT::DOUBLE + $offset_n
ORDER BY session_id, bin, kind
