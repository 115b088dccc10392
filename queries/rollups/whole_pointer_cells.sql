-- Where the pointer was in the whole collection, with how many people were there.
--
-- Made from session_pointer_cells, for the views that no filter but the application narrows. The unit is the
-- person; each session of a person who is not known stands for itself.
--
-- returns one row per grid, space, kind, scope, application and cell, in this order
-- column columns_n SMALLINT: columns of the grid: 96 (54 rows) or 48 (27 rows)
-- column space VARCHAR: screen or window
-- column kind VARCHAR: move, click, right_click, double_click, drag, scroll or dwell (on 48 columns alone)
-- column scope VARCHAR: app: one application; all: all of them together
-- column app VARCHAR: application in front; NULL where unknown, and in scope all
-- column cell SMALLINT: row * columns_n + column
-- column n BIGINT: rows of that kind; milliseconds of dwell
-- column people_n BIGINT: different people, where known
-- column unknown_people_sessions_n BIGINT: sessions of which the person is not known
WITH numbered AS (
  SELECT participant_id, row_number() OVER (ORDER BY participant_id) AS person
  FROM sessions
  WHERE participant_id IS NOT NULL
  GROUP BY participant_id
), people AS (
  SELECT s.session_id, n.person,
    CASE WHEN n.person IS NULL THEN row_number() OVER (ORDER BY s.session_id) END AS unknown
  FROM sessions AS s
  LEFT JOIN numbered AS n ON n.participant_id = s.participant_id
), sums AS (
  SELECT c.space, c.kind, c.app, c.cell, p.person, p.unknown, sum(c.n_0)::BIGINT AS n_0,
    sum(c.n_1)::BIGINT AS n_1, sum(c.n_2)::BIGINT AS n_2, sum(c.n_3)::BIGINT AS n_3,
    sum(c.dwell_ms)::BIGINT AS dwell_ms
  FROM session_pointer_cells AS c
  JOIN people AS p ON p.session_id = c.session_id
  WHERE c.cell IS NOT NULL
  GROUP BY c.space, c.kind, c.app, c.cell, p.person, p.unknown
), quarters AS (
  SELECT 0 AS quarter UNION ALL SELECT 1 AS quarter UNION ALL SELECT 2 AS quarter
  UNION ALL SELECT 3 AS quarter
), grids AS (
  SELECT 48 AS columns_n, space, kind, app, cell, person, unknown, n_0 + n_1 + n_2 + n_3 AS n FROM sums
  UNION ALL
  SELECT 48 AS columns_n, space, 'dwell' AS kind, app, cell, person, unknown, dwell_ms AS n FROM sums
  UNION ALL
  SELECT 96 AS columns_n, space, kind, app, (floor(s.cell / 48.0) * 2 + floor(q.quarter / 2.0)) * 96
      + (s.cell - floor(s.cell / 48.0) * 48) * 2 + q.quarter - floor(q.quarter / 2.0) * 2 AS cell, person,
    unknown, CASE q.quarter WHEN 0 THEN n_0 WHEN 1 THEN n_1 WHEN 2 THEN n_2 ELSE n_3 END AS n
  FROM sums AS s
  CROSS JOIN quarters AS q
), of_apps AS (
  SELECT columns_n, space, kind, app, cell, person, unknown, n FROM grids WHERE n > 0
), scoped AS (
  SELECT columns_n, space, kind, 'app' AS scope, app, cell, person, unknown, n FROM of_apps
  UNION ALL
  SELECT columns_n, space, kind, 'all' AS scope, NULL::VARCHAR AS app, cell, person, unknown,
    sum(of_apps.n)::BIGINT AS n
  FROM of_apps
  GROUP BY columns_n, space, kind, cell, person, unknown
)
SELECT o.columns_n::SMALLINT AS columns_n, o.space, o.kind, o.scope, o.app, o.cell::SMALLINT AS cell,
  sum(o.n)::BIGINT AS n, count(o.person) AS people_n, count(o.unknown) AS unknown_people_sessions_n
FROM scoped AS o
GROUP BY o.columns_n, o.space, o.kind, o.scope, o.app, o.cell::SMALLINT
ORDER BY columns_n, space, kind, scope, app, cell
