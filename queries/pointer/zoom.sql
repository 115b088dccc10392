-- Where people point within a part of the screen, from every row and the display that was valid at its time.
--
-- The part is given in shares of the display, so that screens of all sizes, scaled and rotated ones, meet in
-- one picture. Refused and withheld as in pointer/heatmap; the sum of what is withheld is not told here.
-- Titles stand on events alone: with a title, moves have no rows.
--
-- param kind VARCHAR: move, click, right_click, double_click, drag or scroll
-- param x0 DOUBLE = 0: left edge, share of the display's width
-- param x1 DOUBLE = 1: right edge
-- param y0 DOUBLE = 0: top edge, share of the display's height
-- param y1 DOUBLE = 1: bottom edge
-- param columns_n BIGINT = 480: columns of the grid
-- param rows_n BIGINT = 270: rows of the grid
-- param title VARCHAR = NULL: text within the window's title, in any case
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
-- column value BIGINT: rows of that kind
-- column people_n BIGINT: different people, where known
WITH
-- steps of lib/chosen_sessions
, behind AS (
  SELECT 'all' AS level, '' AS used, t.session_id, coalesce(t.app, '') AS app,
    $app IS NULL OR coalesce(t.app, '') = $app AS is_of_app,
    c.session_id IS NOT NULL AND ($app IS NULL OR coalesce(t.app, '') = $app) AS is_in
  FROM session_pointer_totals AS t LEFT JOIN chosen AS c ON c.session_id = t.session_id
  WHERE t.space = 'screen' AND t.kind = $kind::VARCHAR
),
-- steps of lib/open_selection
, who AS (
  SELECT c.session_id, n.person FROM chosen AS c JOIN session_numbers AS n ON n.session_id = c.session_id
), marks AS (
  SELECT session_id, t_us, display_id, x_px, y_px, cell
  FROM moves
  WHERE $kind = 'move' AND coalesce($title::VARCHAR, '') = '' AND cell IS NOT NULL
    AND ($app IS NULL OR app = $app)
  UNION ALL
  SELECT session_id, t_us, display_id, x_px, y_px, cell
  FROM events
  WHERE $kind <> 'move' AND cell IS NOT NULL AND ($app IS NULL OR app = $app)
    AND CASE WHEN kind = 'click' AND button = 'right' THEN 'right_click' ELSE kind END = $kind
    AND kind IN ('click', 'double_click', 'drag', 'scroll')
    AND (kind <> 'click' OR button IN ('left', 'right') OR button IS NULL)
    AND (coalesce($title, '') = '' OR strpos(lower(window_title), lower($title)) > 0)
), near AS (
  SELECT session_id, t_us, display_id, x_px, y_px
  FROM marks
  WHERE cell - floor(cell / 192.0) * 192 >= floor($x0::DOUBLE * 192)
    AND cell - floor(cell / 192.0) * 192 <= floor($x1::DOUBLE * 192)
    AND floor(cell / 192.0) >= floor($y0::DOUBLE * 108) AND floor(cell / 192.0) <= floor($y1::DOUBLE * 108)
), shares AS (
  SELECT w.person,
    floor(((n.x_px - d.left_px) / d.width_px::DOUBLE - $x0) / ($x1 - $x0)::DOUBLE * $columns_n::BIGINT)
      AS place,
    floor(((n.y_px - d.top_px) / d.height_px::DOUBLE - $y0) / ($y1 - $y0)::DOUBLE * $rows_n::BIGINT) AS line
  FROM near AS n
  JOIN who AS w ON w.session_id = n.session_id
  JOIN displays AS d ON d.session_id = n.session_id AND d.display_id = n.display_id
    AND (d.start_us <= 0 OR d.start_us <= n.t_us) AND (d.end_us IS NULL OR n.t_us < d.end_us)
), of_people AS (
  SELECT (line * $columns_n + place)::INTEGER AS cell, person, count(*) AS n
  FROM shares
  WHERE place >= 0 AND place < $columns_n AND line >= 0 AND line < $rows_n
  GROUP BY (line * $columns_n + place)::INTEGER, person
), cells AS (
  SELECT o.cell, sum(o.n)::BIGINT AS n, count(*) FILTER (WHERE o.person > 0) AS people_n
  FROM of_people AS o
  GROUP BY o.cell
), judged AS (
  SELECT cell, n, people_n,
    sum(CASE WHEN people_n BETWEEN 1 AND $min_people - 1 THEN 1 ELSE 0 END) OVER ()::BIGINT AS few_n,
    row_number() OVER (ORDER BY CASE WHEN people_n >= $min_people THEN people_n END NULLS LAST, cell) AS place
  FROM cells
)
SELECT j.cell::INTEGER AS cell, j.n AS value, j.people_n
FROM judged AS j
CROSS JOIN guard AS g
WHERE (j.people_n = 0 OR (j.people_n >= $min_people AND (j.few_n = 0 OR j.place > 1)))
  AND g.is_open
ORDER BY cell
