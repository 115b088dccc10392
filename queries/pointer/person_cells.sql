-- Where each person points, on 48 x 27 cells, for comparing two groups of people.
--
-- Asked once for each group; person_id tells who is in both. It stands for one person, so this serves
-- comparisons alone and is not offered on screen. Refused (no rows) as in pointer/heatmap; cells are not
-- withheld.
--
-- param kind VARCHAR: move, click, right_click, double_click, drag, scroll or dwell
-- param space VARCHAR = 'screen': screen or window
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
-- returns one row per person, operating system and cell that has anything, by person_number, os and cell
-- column person_number INTEGER: number of the person in this answer, from 0, in an order that tells nothing
-- column person_id VARCHAR: md5 that stands for the person, or for the session of a person who is not known
-- column is_person BOOLEAN: the person is known
-- column os VARCHAR: operating system of those sessions
-- column cell INTEGER: row * 48 + column
-- column n BIGINT: rows of that kind; milliseconds of dwell
WITH large_cohorts AS (
  SELECT p.cohort
  FROM sessions AS s
  JOIN participants AS p ON p.participant_id = s.participant_id
  GROUP BY p.cohort
  HAVING count(DISTINCT s.participant_id) >= $min_people::BIGINT
), chosen AS (
  SELECT s.session_id, s.participant_id
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
), guard AS (
  SELECT count(DISTINCT CASE WHEN $app IS NULL OR t.app = $app THEN s.participant_id END) AS all_n,
    count(DISTINCT CASE WHEN c.session_id IS NOT NULL
      AND ($app IS NULL OR t.app = $app) THEN s.participant_id END) AS chosen_n,
    count(DISTINCT CASE WHEN c.session_id IS NULL OR coalesce(t.app <> $app, $app IS NOT NULL)
      THEN s.participant_id END) AS rest_n
  FROM session_pointer_totals AS t
  JOIN sessions AS s ON s.session_id = t.session_id
  LEFT JOIN chosen AS c ON c.session_id = t.session_id
  WHERE t.space = $space::VARCHAR AND t.kind = $kind::VARCHAR
), counts AS (
  SELECT c.participant_id, CASE WHEN c.participant_id IS NULL THEN p.session_id END AS unknown_id, s.os,
    CASE WHEN p.columns_n = 48 THEN p.cell ELSE floor(floor(p.cell / 96.0) / 2.0) * 48
      + floor((p.cell - floor(p.cell / 96.0) * 96) / 2.0) END AS cell,
    CASE WHEN $kind = 'dwell' THEN p.dwell_ms ELSE p.rows_n END AS n
  FROM session_pointer_cells AS p
  JOIN chosen AS c ON c.session_id = p.session_id
  JOIN sessions AS s ON s.session_id = p.session_id
  WHERE p.columns_n = CASE WHEN $kind IN ('move', 'dwell') THEN 48 ELSE 96 END AND p.space = $space
    AND p.kind = CASE WHEN $kind = 'dwell' THEN 'move' ELSE $kind END AND p.cell IS NOT NULL
    AND p.scope = CASE WHEN $kind = 'move' AND $app IS NULL THEN 'all' ELSE 'app' END
    AND ($app IS NULL OR p.app = $app)
), sums AS (
  SELECT o.participant_id, o.unknown_id, o.os, o.cell, sum(o.n)::BIGINT AS n
  FROM counts AS o
  WHERE o.n > 0
  GROUP BY o.participant_id, o.unknown_id, o.os, o.cell
), people AS (
  SELECT participant_id, unknown_id, md5(CASE WHEN participant_id IS NULL THEN concat('session:', unknown_id)
    ELSE concat('person:', participant_id) END) AS person_id
  FROM sums
  GROUP BY participant_id, unknown_id
), numbered AS (
  SELECT participant_id, unknown_id, person_id, (row_number() OVER (ORDER BY person_id) - 1)::INTEGER AS place
  FROM people
)
SELECT n.place AS person_number, n.person_id, u.participant_id IS NOT NULL AS is_person, u.os,
  u.cell::INTEGER AS cell, u.n
FROM sums AS u
JOIN numbered AS n ON coalesce(n.participant_id, '') = coalesce(u.participant_id, '')
  AND coalesce(n.unknown_id, '') = coalesce(u.unknown_id, '')
CROSS JOIN guard AS g
WHERE (g.chosen_n = 0 OR (g.chosen_n >= $min_people AND (g.rest_n = 0 OR g.rest_n >= $min_people)
    AND (g.all_n = g.chosen_n OR g.all_n - g.chosen_n >= $min_people)))
ORDER BY person_number, os NULLS FIRST, cell
