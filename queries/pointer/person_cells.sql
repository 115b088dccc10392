-- Where each person points, on 48 x 27 cells, for comparing two groups of people.
--
-- Asked once for each group; person_number tells who is in both. It stands for one person, so this serves
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
-- column person_number INTEGER: number in the whole collection, in an order that tells nothing
-- column is_person BOOLEAN: the person is known; else the number stands for a session
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
), pointing AS (
  SELECT r.participant_id, r.app, r.cohort, r.os, r.source_format, r.actor, r.task_id, r.week, $app IS NULL
    OR r.app = $app AS is_of_app, c.session_id IS NOT NULL AND ($app IS NULL OR r.app = $app) AS is_in
  FROM pointing_people AS r LEFT JOIN chosen AS c ON c.session_id = r.session_id
  WHERE r.space = $space::VARCHAR AND r.kind = $kind::VARCHAR
), alike AS (
  SELECT count(DISTINCT participant_id) AS people_n, min(week) AS first_week, max(week) AS last_week,
    CASE WHEN min(app) = max(app) THEN min(app) END AS one_app,
    CASE WHEN min(cohort) = max(cohort) THEN min(cohort) END AS one_cohort,
    CASE WHEN min(os) = max(os) THEN min(os) END AS one_os,
    CASE WHEN min(source_format) = max(source_format) THEN min(source_format) END AS one_source,
    CASE WHEN min(actor) = max(actor) THEN min(actor) END AS one_actor,
    CASE WHEN min(task_id) = max(task_id) THEN min(task_id) END AS one_task
  FROM pointing WHERE is_in
), beside AS (
  SELECT p.participant_id,
    CASE WHEN p.app = a.one_app THEN 1 ELSE 0 END AS by_app,
    CASE WHEN p.cohort = a.one_cohort THEN 1 ELSE 0 END AS by_cohort,
    CASE WHEN p.os = a.one_os THEN 1 ELSE 0 END AS by_os,
    CASE WHEN p.source_format = a.one_source THEN 1 ELSE 0 END AS by_source,
    CASE WHEN p.actor = a.one_actor THEN 1 ELSE 0 END AS by_actor,
    CASE WHEN p.task_id = a.one_task THEN 1 ELSE 0 END AS by_task,
    CASE WHEN p.week < a.first_week THEN a.first_week - p.week ELSE 0 END AS early,
    CASE WHEN p.week > a.last_week THEN p.week - a.last_week ELSE 0 END AS late
  FROM pointing AS p CROSS JOIN alike AS a WHERE NOT p.is_in
), rests AS (
  SELECT by_app, by_cohort, by_os, by_source, by_actor, by_task, early, late, by_app + by_cohort + by_os
    + by_source + by_actor + by_task - early - late AS near, count(DISTINCT participant_id) AS people_n
  FROM beside GROUP BY by_app, by_cohort, by_os, by_source, by_actor, by_task, early, late
), few AS (
  SELECT count(*) AS few_n
  FROM rests AS r LEFT JOIN rests AS n ON n.near > r.near AND n.by_app >= r.by_app
    AND n.by_cohort >= r.by_cohort AND n.by_os >= r.by_os AND n.by_source >= r.by_source
    AND n.by_actor >= r.by_actor AND n.by_task >= r.by_task AND n.early <= r.early AND n.late <= r.late
  WHERE r.people_n < $min_people AND n.near IS NULL
), guard AS (
  SELECT a.people_n AS chosen_n, f.few_n, o.all_n FROM alike AS a CROSS JOIN few AS f CROSS JOIN (
    SELECT count(DISTINCT participant_id) AS all_n FROM pointing WHERE is_of_app) AS o
), units AS (
  SELECT session_id, os, participant_id IS NOT NULL AS is_person,
    concat(CASE WHEN participant_id IS NULL THEN 'session:' ELSE 'person:' END,
      coalesce(participant_id, session_id)) AS unit
  FROM sessions
), numbered AS (
  SELECT unit, (row_number() OVER (ORDER BY md5(unit), unit) - 1)::INTEGER AS person FROM units GROUP BY unit
), who AS (
  SELECT u.session_id, u.is_person, u.os, n.person
  FROM units AS u
  JOIN chosen AS c ON c.session_id = u.session_id
  JOIN numbered AS n ON n.unit = u.unit
), counts AS (
  SELECT session_id, block AS place, n_0, n_1, n_2, n_3
  FROM session_pointer_blocks
  WHERE space = $space AND kind = $kind AND $app IS NULL
  UNION ALL
  SELECT session_id, cell AS place,
    CASE WHEN $kind = 'dwell' THEN p.dwell_ms ELSE p.n_0 END AS n_0,
    CASE WHEN $kind = 'dwell' THEN 0 ELSE p.n_1 END AS n_1,
    CASE WHEN $kind = 'dwell' THEN 0 ELSE p.n_2 END AS n_2,
    CASE WHEN $kind = 'dwell' THEN 0 ELSE p.n_3 END AS n_3
  FROM session_pointer_cells AS p
  WHERE space = $space AND kind = CASE WHEN $kind = 'dwell' THEN 'move' ELSE $kind END AND app = $app
    AND cell IS NOT NULL
), of_people AS (
  SELECT w.person, w.is_person, w.os, c.place, sum(c.n_0)::BIGINT AS n_0, sum(c.n_1)::BIGINT AS n_1,
    sum(c.n_2)::BIGINT AS n_2, sum(c.n_3)::BIGINT AS n_3
  FROM counts AS c
  JOIN who AS w ON w.session_id = c.session_id
  GROUP BY w.person, w.is_person, w.os, c.place
), quarters AS (
  SELECT 0 AS quarter UNION ALL SELECT 1 AS quarter UNION ALL SELECT 2 AS quarter
  UNION ALL SELECT 3 AS quarter
), parts AS (
  SELECT person, is_person, os, place AS cell, n_0 + n_1 + n_2 + n_3 AS n
  FROM of_people
  WHERE $app IS NOT NULL OR $kind NOT IN ('move', 'dwell')
  UNION ALL
  SELECT person, is_person, os, (floor(p.place / 24.0) * 2 + floor(q.quarter / 2.0)) * 48
      + (p.place - floor(p.place / 24.0) * 24) * 2 + q.quarter - floor(q.quarter / 2.0) * 2 AS cell,
    CASE q.quarter WHEN 0 THEN n_0 WHEN 1 THEN n_1 WHEN 2 THEN n_2 ELSE n_3 END AS n
  FROM of_people AS p
  CROSS JOIN quarters AS q
  WHERE NOT ($app IS NOT NULL OR $kind NOT IN ('move', 'dwell'))
)
SELECT o.person AS person_number, o.is_person, o.os, o.cell::INTEGER AS cell, o.n
FROM parts AS o
CROSS JOIN guard AS g
WHERE o.n > 0 AND (g.chosen_n = 0 OR (g.chosen_n >= $min_people AND g.few_n = 0
    AND (g.all_n = g.chosen_n OR g.all_n - g.chosen_n >= $min_people)))
ORDER BY person_number, os NULLS FIRST, cell
