-- Where the pointer was in every session and application, on a grid over the screen and over the window.
--
-- click: clicks of the left or an unnamed button, those within a double click too. right_click: of the right
-- button. double_click: double clicks alone. drag: where drags began. scroll: each step of the wheel. move:
-- every move; with it dwell_ms, the time after rows that the source recorded of the pointer itself (moves,
-- buttons, wheel, touches) until the session's next recorded row, at most 5,000 ms of it.
-- A cell is one of 48 x 27; n_0 to n_3 are its quarters, which are the cells of the grid of 96 x 54.
-- In the window's space a point is outside when it has a position, and the session tells where windows of its
-- application lie; else its place is unknown.
--
-- returns one row per space, kind, application, session and cell, in this order
-- column session_id VARCHAR: session
-- column space VARCHAR: screen or window
-- column kind VARCHAR: move, click, right_click, double_click, drag or scroll
-- column app VARCHAR: application in front; NULL where unknown
-- column cell SMALLINT: row * 48 + column; NULL where it is not in the grid
-- column is_outside BOOLEAN: off every display, or outside of the window; false where the place is unknown
-- column n_0 INTEGER: rows of that kind in the upper left quarter; all of them where there is no cell
-- column n_1 INTEGER: in the upper right quarter
-- column n_2 INTEGER: in the lower left quarter
-- column n_3 INTEGER: in the lower right quarter
-- column dwell_ms BIGINT [ms]: summed dwell, rounded once; 0 for all kinds but move
WITH recorded AS (
  SELECT session_id, seq, t_us, 'move' AS kind, app, cell, window_cell, flags, x_px FROM moves
  UNION ALL
  SELECT session_id, seq, t_us, kind, app, cell, window_cell, flags, x_px FROM events WHERE NOT is_derived
), timed AS (
  SELECT session_id, kind, app, cell, window_cell, flags, x_px,
    coalesce(lead(t_us) OVER (PARTITION BY session_id ORDER BY seq) - t_us, 0) AS rest_us
  FROM recorded
), marks AS (
  SELECT session_id, 'move' AS kind, app, cell, window_cell, flags, x_px,
    CASE WHEN timed.kind = 'move' THEN 1 ELSE 0 END AS one,
    CASE WHEN rest_us > 5000000 THEN 5000000 WHEN rest_us > 0 THEN rest_us ELSE 0 END AS dwell_us
  FROM timed
  WHERE timed.kind IN ('move', 'mouse_down', 'mouse_up', 'click', 'double_click', 'drag', 'scroll',
    'touch_start', 'touch_move', 'touch_end')
  UNION ALL
  SELECT session_id, CASE WHEN button = 'right' AND events.kind = 'click' THEN 'right_click' ELSE events.kind
    END AS kind, app, cell, window_cell, flags, x_px, 1 AS one, 0 AS dwell_us
  FROM events
  WHERE events.kind IN ('double_click', 'drag', 'scroll')
    OR (events.kind = 'click' AND (button IN ('left', 'right') OR button IS NULL))
), placed AS (
  SELECT session_id, kind, app, 'screen' AS space, cell AS fine, one, dwell_us,
    cell IS NULL AND coalesce(flags, '') LIKE '%off_screen%' AS is_off
  FROM marks
  UNION ALL
  SELECT session_id, kind, app, 'window' AS space, window_cell AS fine, one, dwell_us,
    window_cell IS NULL AND x_px IS NOT NULL AS is_off
  FROM marks
), counted AS (
  SELECT session_id, kind, app, space, floor(floor(fine / 192.0) / 2.0) AS line, is_off,
    floor((fine - floor(fine / 192.0) * 192) / 2.0) AS place, sum(one)::BIGINT AS n,
    sum(dwell_us)::BIGINT AS us
  FROM placed
  GROUP BY session_id, kind, app, space, floor(floor(fine / 192.0) / 2.0), is_off,
    floor((fine - floor(fine / 192.0) * 192) / 2.0)
), known AS (
  SELECT session_id, kind, app, space, line, place, n, us, is_off AND (space = 'screen'
    OR max(place) OVER (PARTITION BY session_id, app, space) IS NOT NULL) AS is_outside,
    coalesce((line - floor(line / 2.0) * 2) * 2 + place - floor(place / 2.0) * 2, 0) AS quarter
  FROM counted
)
SELECT k.session_id, k.space, k.kind, k.app,
  (floor(k.line / 2.0) * 48 + floor(k.place / 2.0))::SMALLINT AS cell, k.is_outside,
  sum(CASE WHEN k.quarter = 0 THEN k.n ELSE 0 END)::INTEGER AS n_0,
  sum(CASE WHEN k.quarter = 1 THEN k.n ELSE 0 END)::INTEGER AS n_1,
  sum(CASE WHEN k.quarter = 2 THEN k.n ELSE 0 END)::INTEGER AS n_2,
  sum(CASE WHEN k.quarter = 3 THEN k.n ELSE 0 END)::INTEGER AS n_3,
  floor(sum(k.us)::BIGINT / 1000.0 + 0.5)::BIGINT AS dwell_ms
FROM known AS k
GROUP BY k.session_id, k.space, k.kind, k.app, (floor(k.line / 2.0) * 48 + floor(k.place / 2.0))::SMALLINT,
  k.is_outside
ORDER BY space, kind, app, session_id, cell, is_outside
