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
WITH
-- steps of lib/pointing_selection
, asked AS (
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
    AND ($space <> 'screen' OR ($cell BETWEEN 0 AND 9999
      AND m.cell >= floor(floor($cell / $columns_n::DOUBLE) * 36864 / $columns_n::DOUBLE)::INTEGER
      AND m.cell <= floor((floor($cell / $columns_n::DOUBLE) + 1) * 36864 / $columns_n::DOUBLE)::INTEGER))
  UNION ALL
  SELECT e.session_id, e.seq, e.t_us, e.app, e.kind, e.button, e.cell AS screen_cell, e.window_cell
  FROM events AS e JOIN drawn AS d ON d.session_id = e.session_id
  WHERE $kind NOT IN ('move', 'dwell') AND d.draw <= $limit_n AND d.draw <= 100
    AND ($space <> 'screen' OR ($cell BETWEEN 0 AND 9999
      AND e.cell >= floor(floor($cell / $columns_n::DOUBLE) * 36864 / $columns_n::DOUBLE)::INTEGER
      AND e.cell <= floor((floor($cell / $columns_n::DOUBLE) + 1) * 36864 / $columns_n::DOUBLE)::INTEGER))
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
  AND g.is_open
ORDER BY place
