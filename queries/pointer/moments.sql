-- Moments behind one cell of a map, in random order, spread over the sessions.
--
-- Refused (no rows) as in pointer/heatmap, and for a cell of 1 to min_people - 1 known people. dwell: moments
-- in which the pointer moved there.
--
-- param kind VARCHAR: move, click, right_click, double_click, drag, scroll or dwell
-- param cell BIGINT: row * columns_n + column
-- param space VARCHAR = 'screen': screen or window
-- param columns_n BIGINT = 48: grid of the map: 96 or 48
-- param seed BIGINT = 1: another one gives another order
-- param limit_n BIGINT = 12: most moments, at most 100
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
-- returns one row per moment, by place
-- column place BIGINT: place in the random order, from 1
-- column session_id VARCHAR: session
-- column t_us BIGINT [us]: time of the row; NULL where the source has no time
-- column app VARCHAR: application in front
-- column frame_id VARCHAR: last frame before the row; NULL without one
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
), asked AS (
  SELECT $columns_n::BIGINT = 96 OR ($app IS NULL AND $kind IN ('move', 'dwell')) AS is_quarter,
    floor($cell::BIGINT / $columns_n::DOUBLE) AS line,
    $cell - floor($cell / $columns_n::DOUBLE) * $columns_n AS place
), squares AS (
  SELECT CASE WHEN is_quarter THEN floor(line / 2.0) * $columns_n / 2.0 + floor(place / 2.0) ELSE $cell END
      AS square, CASE WHEN is_quarter
      THEN (line - floor(line / 2.0) * 2) * 2 + place - floor(place / 2.0) * 2 END AS quarter
  FROM asked
), counts AS (
  SELECT session_id, block AS square, n_0, n_1, n_2, n_3
  FROM session_pointer_blocks
  WHERE space = $space AND kind = CASE WHEN $kind = 'dwell' THEN 'move' ELSE $kind END AND $app IS NULL
    AND ($columns_n = 48 OR $kind NOT IN ('move', 'dwell'))
  UNION ALL
  SELECT session_id, cell AS square, n_0, n_1, n_2, n_3
  FROM session_pointer_cells
  WHERE space = $space AND kind = CASE WHEN $kind = 'dwell' THEN 'move' ELSE $kind END
    AND (app = $app OR ($app IS NULL AND $columns_n = 96 AND $kind IN ('move', 'dwell')))
), places AS (
  SELECT c.session_id, c.participant_id, md5(concat($seed::BIGINT, ':', c.session_id)) AS lot
  FROM counts AS n
  JOIN squares AS q ON q.square = n.square
  JOIN chosen AS c ON c.session_id = n.session_id
  WHERE CASE q.quarter WHEN 0 THEN n_0 WHEN 1 THEN n_1 WHEN 2 THEN n_2 WHEN 3 THEN n_3
    ELSE n_0 + n_1 + n_2 + n_3 END > 0
  GROUP BY c.session_id, c.participant_id
), drawn AS (
  SELECT session_id, lot, row_number() OVER (ORDER BY lot) AS draw FROM places
), marks AS (
  SELECT m.session_id, m.seq, m.t_us, m.app, 'move' AS kind, NULL::VARCHAR AS button, m.cell AS screen_cell,
    m.window_cell
  FROM moves AS m JOIN drawn AS d ON d.session_id = m.session_id
  WHERE $kind IN ('move', 'dwell') AND d.draw <= $limit_n::BIGINT AND d.draw <= 100
  UNION ALL
  SELECT e.session_id, e.seq, e.t_us, e.app, e.kind, e.button, e.cell AS screen_cell, e.window_cell
  FROM events AS e JOIN drawn AS d ON d.session_id = e.session_id
  WHERE $kind NOT IN ('move', 'dwell') AND d.draw <= $limit_n AND d.draw <= 100
    AND (e.kind IN ('double_click', 'drag', 'scroll')
    OR (e.kind = 'click' AND (e.button IN ('left', 'right') OR e.button IS NULL)))
), found AS (
  SELECT m.session_id, m.seq, m.t_us, m.app,
    CASE WHEN $space = 'screen' THEN m.screen_cell ELSE m.window_cell END AS fine
  FROM marks AS m
  WHERE ($app IS NULL OR m.app = $app)
    AND CASE WHEN m.kind = 'click' AND m.button = 'right' THEN 'right_click'
      WHEN $kind = 'dwell' AND m.kind = 'move' THEN 'dwell' ELSE m.kind END = $kind
), ranked AS (
  SELECT f.session_id, f.seq, f.t_us, f.app, d.lot, row_number() OVER (PARTITION BY f.session_id
    ORDER BY md5(concat($seed, ':', f.session_id, ':', f.seq)), f.seq) AS turn
  FROM found AS f
  JOIN drawn AS d ON d.session_id = f.session_id
  WHERE floor(floor(f.fine / 192.0) * $columns_n / 192.0) * $columns_n
    + floor((f.fine - floor(f.fine / 192.0) * 192) * $columns_n / 192.0) = $cell
), placed AS (
  SELECT session_id, seq, t_us, app, row_number() OVER (ORDER BY turn, lot, session_id) AS place FROM ranked
), pictured AS (
  SELECT p.place, max(i.seq) AS seq
  FROM placed AS p
  JOIN frames_index AS i ON i.session_id = p.session_id AND i.seq <= p.seq
  WHERE p.place <= $limit_n AND p.place <= 100
  GROUP BY p.place
), known AS (
  SELECT count(DISTINCT participant_id) AS people_n FROM places
)
SELECT p.place, p.session_id, p.t_us, p.app, i.frame_id
FROM placed AS p
LEFT JOIN pictured AS f ON f.place = p.place
LEFT JOIN frames_index AS i ON i.session_id = p.session_id AND i.seq = f.seq
CROSS JOIN known AS k
CROSS JOIN guard AS g
WHERE p.place <= $limit_n AND p.place <= 100 AND (k.people_n = 0 OR k.people_n >= $min_people)
  AND (g.chosen_n = 0 OR (g.chosen_n >= $min_people AND g.few_n = 0
    AND (g.all_n = g.chosen_n OR g.all_n - g.chosen_n >= $min_people)))
ORDER BY place
