-- What the filter of the list selects, in numbers.
--
-- The filter of list, totals, density_of_list and ribbon_of_list is one text: the portable subset has no
-- macros, so it stands in each file, and a test compares them.
--
-- param cohort VARCHAR {cohort} = NULL: group of people; a group of fewer than min_people selects nothing
-- param app VARCHAR {app} = NULL: application used in the session
-- param os VARCHAR {os} = NULL: operating system
-- param source_format VARCHAR {source_format} = NULL: recorder format
-- param actor VARCHAR {actor} = NULL: who acted: human or agent
-- param day_from INTEGER = NULL: first day, days since 1970-01-01 UTC
-- param day_to INTEGER = NULL: last day, days since 1970-01-01 UTC
-- param task_id VARCHAR {task} = NULL: task
-- param search VARCHAR = NULL: text within task, window titles, thoughts and actions, in any case
-- param min_people BIGINT = 5: smallest group of people that is named
-- returns one row; none when the cohort asked for has fewer than min_people people
-- column sessions_n BIGINT: sessions
-- column people_n BIGINT: different people, where known
-- column unknown_people_sessions_n BIGINT: sessions of which the person is not known
-- column duration_us BIGINT [us]: summed length of the sessions
-- column events_n BIGINT: moves and events, without rows made from other rows
-- column frames_n BIGINT: frames
WITH large_cohorts AS (
  SELECT p.cohort
  FROM sessions AS s
  JOIN participants AS p ON p.participant_id = s.participant_id
  GROUP BY p.cohort
  HAVING count(DISTINCT s.participant_id) >= $min_people::BIGINT
), chosen AS (
  SELECT s.session_id, s.participant_id, s.duration_us, s.moves_n, s.frames_n
  FROM sessions AS s
  LEFT JOIN participants AS p ON p.participant_id = s.participant_id
  LEFT JOIN large_cohorts AS c ON c.cohort = p.cohort
  WHERE ($cohort::VARCHAR IS NULL OR c.cohort = $cohort)
    AND ($os::VARCHAR IS NULL OR s.os = $os)
    AND ($source_format::VARCHAR IS NULL OR s.source_format = $source_format)
    AND ($actor::VARCHAR IS NULL OR s.actor = $actor)
    AND ($day_from::INTEGER IS NULL OR s.started_day >= $day_from)
    AND ($day_to::INTEGER IS NULL OR s.started_day <= $day_to)
    AND ($task_id::VARCHAR IS NULL OR s.task_id = $task_id)
    AND ($app::VARCHAR IS NULL
      OR s.session_id IN (SELECT a.session_id FROM session_app_counts AS a WHERE a.app = $app))
    AND (coalesce($search::VARCHAR, '') = '' OR strpos(lower(s.task), lower($search)) > 0 OR s.session_id IN (
      SELECT t.session_id FROM session_titles AS t WHERE strpos(lower(t.window_title), lower($search)) > 0)
      OR s.session_id IN (
      SELECT x.session_id FROM session_step_texts AS x WHERE strpos(lower(x.text), lower($search)) > 0))
)
SELECT count(*) AS sessions_n, count(DISTINCT c.participant_id) AS people_n,
  count(*) FILTER (WHERE c.participant_id IS NULL) AS unknown_people_sessions_n,
  coalesce(sum(c.duration_us), 0)::BIGINT AS duration_us,
  coalesce(sum(c.moves_n + m.source_events_n), 0)::BIGINT AS events_n,
  coalesce(sum(c.frames_n), 0)::BIGINT AS frames_n
FROM chosen AS c
JOIN session_summary AS m ON m.session_id = c.session_id
HAVING $cohort IS NULL OR $cohort IN (SELECT l.cohort FROM large_cohorts AS l)
ORDER BY sessions_n
