-- How many rows of every kind each session has, and how many of them are in no map.
--
-- Made from session_pointer_cells. Rows are counted, or outside, or their place is unknown.
--
-- returns one row per session, space, kind and application, in this order
-- column session_id VARCHAR: session
-- column space VARCHAR: screen or window
-- column kind VARCHAR: move, click, right_click, double_click, drag, scroll or dwell
-- column app VARCHAR: application in front; NULL where unknown
-- column events_n BIGINT: rows of that kind; milliseconds of dwell
-- column counted_n BIGINT: those in a cell
-- column outside_n BIGINT: those off every display, or outside of the window
-- column is_estimated BOOLEAN: no display was recorded: the session's screen size is an estimate
WITH counts AS (
  SELECT session_id, space, kind, app, cell, is_outside, n_0 + n_1 + n_2 + n_3 AS n
  FROM session_pointer_cells
  UNION ALL
  SELECT session_id, space, 'dwell' AS kind, app, cell, is_outside, dwell_ms AS n
  FROM session_pointer_cells AS p
  WHERE p.kind = 'move'
), estimated AS (
  SELECT session_id FROM displays WHERE is_estimated GROUP BY session_id
)
SELECT c.session_id, c.space, c.kind, c.app, sum(c.n)::BIGINT AS events_n,
  coalesce(sum(c.n) FILTER (WHERE c.cell IS NOT NULL), 0)::BIGINT AS counted_n,
  coalesce(sum(c.n) FILTER (WHERE c.is_outside), 0)::BIGINT AS outside_n,
  e.session_id IS NOT NULL AS is_estimated
FROM counts AS c
LEFT JOIN estimated AS e ON e.session_id = c.session_id
WHERE c.n > 0
GROUP BY c.session_id, c.space, c.kind, c.app, e.session_id
ORDER BY session_id, space, kind, app
