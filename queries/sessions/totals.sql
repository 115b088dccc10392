-- What the filter of the list selects, in numbers.
--
-- With a filter, the figures but sessions_n are withheld (NULL) where 1 to min_people - 1 known people are
-- selected, are not selected, or have sessions that are not: the whole minus the selection would tell what
-- those few did. A selection without any known person is summed, and so is the whole collection.
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
-- returns one row; none when the cohort asked for has fewer than min_people people
-- column sessions_n BIGINT: sessions
-- column people_n BIGINT: different people, where known; NULL where withheld
-- column unknown_people_sessions_n BIGINT: sessions of which the person is not known; NULL where withheld
-- column duration_us BIGINT [us]: summed length of the sessions; NULL where withheld
-- column events_n BIGINT: moves and events, without rows made from others; NULL where withheld
-- column frames_n BIGINT: frames; NULL where withheld
WITH
-- steps of lib/chosen_sessions
, sums AS (
  SELECT count(*) AS sessions_n, count(DISTINCT c.participant_id) AS people_n,
    count(*) FILTER (WHERE c.participant_id IS NULL) AS unknown_people_sessions_n,
    coalesce(sum(c.duration_us), 0)::BIGINT AS duration_us,
    coalesce(sum(c.moves_n + m.source_events_n), 0)::BIGINT AS events_n,
    coalesce(sum(c.frames_n), 0)::BIGINT AS frames_n
  FROM chosen AS c
  JOIN session_summary AS m ON m.session_id = c.session_id
), people AS (
  SELECT count(DISTINCT c.participant_id) AS chosen_n,
    count(DISTINCT s.participant_id) - count(DISTINCT c.participant_id) AS others_n,
    count(DISTINCT CASE WHEN c.session_id IS NULL THEN s.participant_id END) AS rest_n
  FROM sessions AS s
  LEFT JOIN chosen AS c ON c.session_id = s.session_id
), guard AS (
  SELECT chosen_n = 0 OR (chosen_n >= $min_people AND (others_n = 0 OR others_n >= $min_people)
      AND (rest_n = 0 OR rest_n >= $min_people))
    OR ($cohort IS NULL AND $app IS NULL AND $os IS NULL AND $source_format IS NULL AND $actor IS NULL
      AND $day_from IS NULL AND $day_to IS NULL AND $task_id IS NULL AND coalesce($search, '') = '')
      AS is_open
  FROM people
)
SELECT sessions_n, CASE WHEN g.is_open THEN u.people_n END AS people_n,
  CASE WHEN g.is_open THEN u.unknown_people_sessions_n END AS unknown_people_sessions_n,
  CASE WHEN g.is_open THEN u.duration_us END AS duration_us,
  CASE WHEN g.is_open THEN u.events_n END AS events_n, CASE WHEN g.is_open THEN u.frames_n END AS frames_n
FROM sums AS u
CROSS JOIN guard AS g
WHERE $cohort IS NULL OR $cohort IN (SELECT l.cohort FROM large_cohorts AS l)
ORDER BY sessions_n
