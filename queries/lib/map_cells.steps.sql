-- Steps: the cells of one map, with how many people are behind each.
--
-- Reads `chosen`. cells: from whole_pointer_cells where no filter but the application narrows; else counted
-- from the sessions. judged: how many of them have few people, and their places, that of fewest people first.
who AS (
  SELECT c.session_id, n.person FROM chosen AS c JOIN session_numbers AS n ON n.session_id = c.session_id
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
)
