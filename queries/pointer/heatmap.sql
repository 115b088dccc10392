-- Where people point: how much is in each cell of a grid over the screen, or over the window in front.
--
-- Refused (no rows) where 1 to min_people - 1 known people have such rows in the selection, or outside of it.
-- Else cells of 1 to min_people - 1 known people are withheld, and with them the one of fewest people among
-- the others; pointer/denominators has their sum. rollups/session_pointer_cells says what each kind counts.
--
-- param kind VARCHAR: move, click, right_click, double_click, drag, scroll or dwell
-- param space VARCHAR = 'screen': screen or window
-- param by VARCHAR = 'events': events (milliseconds for dwell), ms (dwell alone) or people
-- param columns_n BIGINT = 48: 48 (27 rows) or 96 (54 rows); no 96 for dwell, nor filtered moves of all apps
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
-- returns one row per cell that has anything and is not withheld, by cell
-- column cell INTEGER: row * columns_n + column
-- column value BIGINT: what is measured; people: known people, and each session of an unknown one
-- column people_n BIGINT: different people, where known
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
  SELECT CASE WHEN p.columns_n = $columns_n::BIGINT THEN p.cell ELSE floor(floor(p.cell / 96.0) / 2.0) * 48
      + floor((p.cell - floor(p.cell / 96.0) * 96) / 2.0) END AS cell,
    c.participant_id, CASE WHEN c.participant_id IS NULL THEN p.session_id END AS unknown_id,
    CASE WHEN $kind = 'dwell' THEN p.dwell_ms ELSE p.rows_n END AS n
  FROM session_pointer_cells AS p
  JOIN chosen AS c ON c.session_id = p.session_id
  WHERE NOT (
    $cohort IS NULL AND $os IS NULL AND $source_format IS NULL AND $actor IS NULL AND $day_from IS NULL
    AND $day_to IS NULL AND $task_id IS NULL AND coalesce($search, '') = '')
    AND p.columns_n = CASE WHEN $kind IN ('move', 'dwell') THEN $columns_n ELSE 96 END AND p.space = $space
    AND p.kind = CASE WHEN $kind = 'dwell' THEN 'move' ELSE $kind END AND p.cell IS NOT NULL
    AND p.scope = CASE WHEN $kind = 'move' AND $columns_n = 48 AND $app IS NULL THEN 'all' ELSE 'app' END
    AND ($app IS NULL OR p.app = $app)
    AND ($columns_n = 48 OR ($columns_n = 96 AND ($kind <> 'move' OR $app IS NOT NULL)))
), of_people AS (
  SELECT o.cell, o.participant_id, o.unknown_id, sum(o.n)::BIGINT AS n
  FROM counts AS o
  WHERE o.n > 0
  GROUP BY o.cell, o.participant_id, o.unknown_id
), cells AS (
  SELECT o.cell, sum(o.n)::BIGINT AS n, count(o.participant_id) AS people_n, count(o.unknown_id) AS unknown_n
  FROM of_people AS o
  GROUP BY o.cell
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
)
SELECT j.cell::INTEGER AS cell, CASE WHEN $by::VARCHAR = 'people' THEN j.people_n + j.unknown_n ELSE j.n END
  AS value, j.people_n
FROM judged AS j
CROSS JOIN guard AS g
WHERE (j.people_n = 0 OR (j.people_n >= $min_people AND (j.few_n = 0 OR j.place > 1)))
  AND ($by IN ('events', 'people') OR ($by = 'ms' AND $kind = 'dwell'))
  AND (g.chosen_n = 0 OR (g.chosen_n >= $min_people AND (g.rest_n = 0 OR g.rest_n >= $min_people)
    AND (g.all_n = g.chosen_n OR g.all_n - g.chosen_n >= $min_people)))
ORDER BY cell
