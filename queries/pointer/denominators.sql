-- What stands behind a map of pointer/heatmap: people, sessions, and what is in no cell.
--
-- events_n = counted_n + off_screen_n + no_geometry_n; milliseconds for dwell. withheld_n is the part of
-- counted_n that the map withholds: cells of few people, and one other so that nobody's part is told.
--
-- param kind VARCHAR: move, click, right_click, double_click, drag, scroll or dwell
-- param space VARCHAR = 'screen': screen or window
-- param columns_n BIGINT = 48: grid of the map
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
-- returns one row; none where the map is refused
-- column people_n BIGINT: different people with rows of that kind, where known
-- column unknown_people_sessions_n BIGINT: sessions with such rows of which the person is not known
-- column sessions_n BIGINT: sessions with such rows
-- column events_n BIGINT: rows of that kind
-- column counted_n BIGINT: those in a cell
-- column off_screen_n BIGINT: those off every display, or outside of the window in front
-- column no_geometry_n BIGINT: those whose place is unknown: no position, or no display or window known
-- column estimated_n BIGINT: counted rows of sessions whose screen size is an estimate
-- column withheld_n BIGINT: counted rows that the map withholds; all of them on a grid that it has not
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
), who AS (
  SELECT session_id, CASE WHEN participant_id IS NULL THEN -place
    ELSE min(place) OVER (PARTITION BY participant_id) END AS person
  FROM (SELECT session_id, participant_id, row_number() OVER (ORDER BY session_id) AS place FROM chosen) AS n
), counts AS (
  SELECT session_id, block AS square, $kind IN ('move', 'dwell') OR $columns_n::BIGINT = 96 AS is_fine, n_0,
    n_1, n_2, n_3
  FROM session_pointer_blocks
  WHERE space = $space AND kind = $kind AND $app IS NULL
    AND ($columns_n = 48 OR ($columns_n = 96 AND $kind NOT IN ('move', 'dwell')))
  UNION ALL
  SELECT session_id, cell AS square, $columns_n = 96 AS is_fine,
    CASE WHEN $kind = 'dwell' THEN p.dwell_ms ELSE p.n_0 END AS n_0,
    CASE WHEN $kind = 'dwell' THEN 0 ELSE p.n_1 END AS n_1,
    CASE WHEN $kind = 'dwell' THEN 0 ELSE p.n_2 END AS n_2,
    CASE WHEN $kind = 'dwell' THEN 0 ELSE p.n_3 END AS n_3
  FROM session_pointer_cells AS p
  WHERE space = $space AND kind = CASE WHEN $kind = 'dwell' THEN 'move' ELSE $kind END AND app = $app
    AND cell IS NOT NULL AND ($columns_n = 48 OR ($columns_n = 96 AND $kind <> 'dwell'))
), of_people AS (
  SELECT c.square, w.person,
    sum(CASE WHEN is_fine THEN c.n_0 ELSE c.n_0 + c.n_1 + c.n_2 + c.n_3 END)::BIGINT AS n_0,
    sum(CASE WHEN is_fine THEN c.n_1 ELSE 0 END)::BIGINT AS n_1,
    sum(CASE WHEN is_fine THEN c.n_2 ELSE 0 END)::BIGINT AS n_2,
    sum(CASE WHEN is_fine THEN c.n_3 ELSE 0 END)::BIGINT AS n_3
  FROM counts AS c
  JOIN who AS w ON w.session_id = c.session_id
  WHERE NOT (
    $cohort IS NULL AND $os IS NULL AND $source_format IS NULL AND $actor IS NULL AND $day_from IS NULL
    AND $day_to IS NULL AND $task_id IS NULL AND coalesce($search, '') = '')
  GROUP BY c.square, w.person
), squares AS (
  SELECT o.square, sum(o.n_0)::BIGINT AS n_0, sum(o.n_1)::BIGINT AS n_1, sum(o.n_2)::BIGINT AS n_2,
    sum(o.n_3)::BIGINT AS n_3,
    count(CASE WHEN o.n_0 > 0 THEN 1 END) AS all_0,
    count(CASE WHEN o.n_0 > 0 AND person > 0 THEN 1 END) AS people_0,
    count(CASE WHEN o.n_1 > 0 THEN 1 END) AS all_1,
    count(CASE WHEN o.n_1 > 0 AND person > 0 THEN 1 END) AS people_1,
    count(CASE WHEN o.n_2 > 0 THEN 1 END) AS all_2,
    count(CASE WHEN o.n_2 > 0 AND person > 0 THEN 1 END) AS people_2,
    count(CASE WHEN o.n_3 > 0 THEN 1 END) AS all_3,
    count(CASE WHEN o.n_3 > 0 AND person > 0 THEN 1 END) AS people_3
  FROM of_people AS o
  GROUP BY o.square
), quarters AS (
  SELECT 0 AS quarter UNION ALL SELECT 1 AS quarter UNION ALL SELECT 2 AS quarter
  UNION ALL SELECT 3 AS quarter
), parts AS (
  SELECT CASE WHEN $columns_n = 48 AND ($app IS NOT NULL OR $kind NOT IN ('move', 'dwell')) THEN s.square ELSE
      (floor(s.square * 2.0 / $columns_n) * 2 + floor(q.quarter / 2.0)) * $columns_n
      + (s.square - floor(s.square * 2.0 / $columns_n) * ($columns_n / 2.0)) * 2
      + q.quarter - floor(q.quarter / 2.0) * 2 END AS cell,
    CASE q.quarter WHEN 0 THEN n_0 WHEN 1 THEN n_1 WHEN 2 THEN n_2 ELSE n_3 END AS n,
    CASE q.quarter WHEN 0 THEN people_0 WHEN 1 THEN people_1 WHEN 2 THEN people_2 ELSE people_3 END
      AS people_n,
    CASE q.quarter WHEN 0 THEN all_0 WHEN 1 THEN all_1 WHEN 2 THEN all_2 ELSE all_3 END AS units_n
  FROM squares AS s CROSS JOIN quarters AS q
), cells AS (
  SELECT cell, n, people_n, units_n - people_n AS unknown_n FROM parts WHERE n > 0
  UNION ALL
  SELECT cell, n, people_n, unknown_people_sessions_n AS unknown_n
  FROM whole_pointer_cells
  WHERE columns_n = $columns_n AND space = $space AND kind = $kind
    AND $cohort IS NULL AND $os IS NULL AND $source_format IS NULL AND $actor IS NULL AND $day_from IS NULL
    AND $day_to IS NULL AND $task_id IS NULL AND coalesce($search, '') = ''
    AND scope = CASE WHEN $app IS NULL THEN 'all' ELSE 'app' END AND ($app IS NULL OR app = $app)
), judged AS (
  SELECT cell, n, people_n, unknown_n,
    sum(CASE WHEN people_n BETWEEN 1 AND $min_people - 1 THEN 1 ELSE 0 END) OVER ()::BIGINT AS few_n,
    row_number() OVER (ORDER BY CASE WHEN people_n >= $min_people THEN people_n END NULLS LAST, cell) AS place
  FROM cells
), sums AS (
  SELECT count(DISTINCT t.session_id) AS sessions_n, coalesce(sum(t.events_n), 0)::BIGINT AS events_n,
    count(DISTINCT CASE WHEN c.participant_id IS NULL THEN t.session_id END) AS unknown_people_sessions_n,
    coalesce(sum(t.counted_n), 0)::BIGINT AS counted_n, coalesce(sum(t.outside_n), 0)::BIGINT AS off_screen_n,
    coalesce(sum(t.counted_n) FILTER (WHERE t.is_estimated), 0)::BIGINT AS estimated_n
  FROM session_pointer_totals AS t
  JOIN chosen AS c ON c.session_id = t.session_id
  WHERE t.space = $space AND t.kind = $kind AND ($app IS NULL OR t.app = $app)
), drawn AS (
  SELECT coalesce(sum(j.n), 0)::BIGINT AS shown_n
  FROM judged AS j
  WHERE (j.people_n = 0 OR (j.people_n >= $min_people AND (j.few_n = 0 OR j.place > 1)))
)
SELECT g.chosen_n AS people_n, u.unknown_people_sessions_n, u.sessions_n, u.events_n, u.counted_n,
  u.off_screen_n, u.events_n - u.counted_n - u.off_screen_n AS no_geometry_n, u.estimated_n,
  u.counted_n - k.shown_n AS withheld_n
FROM sums AS u
CROSS JOIN guard AS g
CROSS JOIN drawn AS k
WHERE (g.chosen_n = 0 OR (g.chosen_n >= $min_people AND g.few_n = 0
    AND (g.all_n = g.chosen_n OR g.all_n - g.chosen_n >= $min_people)))
ORDER BY people_n
