-- Where the pointer was in every session, of all applications together: for maps that a filter narrows.
--
-- Made from session_pointer_cells. A row stands for four cells that form a square: an eighth of the rows of
-- moves, and a few columns more. Moves and dwell are counted on 48 x 27 cells, the others on 96 x 54.
--
-- returns one row per space, kind, session and block, in this order
-- column session_id VARCHAR: session
-- column space VARCHAR: screen or window
-- column kind VARCHAR: move, click, right_click, double_click, drag, scroll or dwell
-- column block SMALLINT: row * 24 + column of the four cells for moves and dwell, else row * 48 + column
-- column n_0 BIGINT: rows of that kind in the upper left cell; milliseconds for dwell
-- column n_1 BIGINT: in the upper right cell
-- column n_2 BIGINT: in the lower left cell
-- column n_3 BIGINT: in the lower right cell
WITH coarse AS (
  SELECT session_id, space, kind, floor(cell / 48.0) AS line, cell - floor(cell / 48.0) * 48 AS place,
    n_0 + n_1 + n_2 + n_3 AS n
  FROM session_pointer_cells
  WHERE kind = 'move' AND cell IS NOT NULL
  UNION ALL
  SELECT session_id, space, 'dwell' AS kind, floor(cell / 48.0) AS line,
    cell - floor(cell / 48.0) * 48 AS place, dwell_ms AS n
  FROM session_pointer_cells AS c
  WHERE c.kind = 'move' AND cell IS NOT NULL
), quartered AS (
  SELECT session_id, space, kind, floor(line / 2.0) * 24 + floor(place / 2.0) AS block, n,
    (line - floor(line / 2.0) * 2) * 2 + place - floor(place / 2.0) * 2 AS quarter
  FROM coarse
), blocks AS (
  SELECT session_id, space, kind, block, CASE WHEN quarter = 0 THEN n ELSE 0 END AS n_0,
    CASE WHEN quarter = 1 THEN n ELSE 0 END AS n_1, CASE WHEN quarter = 2 THEN n ELSE 0 END AS n_2,
    CASE WHEN quarter = 3 THEN n ELSE 0 END AS n_3
  FROM quartered
  WHERE n > 0
  UNION ALL
  SELECT session_id, space, kind, cell AS block, n_0, n_1, n_2, n_3
  FROM session_pointer_cells
  WHERE kind <> 'move' AND cell IS NOT NULL
)
SELECT b.session_id, b.space, b.kind, b.block::SMALLINT AS block, sum(b.n_0)::BIGINT AS n_0,
  sum(b.n_1)::BIGINT AS n_1, sum(b.n_2)::BIGINT AS n_2, sum(b.n_3)::BIGINT AS n_3
FROM blocks AS b
GROUP BY b.session_id, b.space, b.kind, b.block::SMALLINT
ORDER BY space, kind, session_id, block
