-- Activity of one session over equal parts of its time, by kind.
--
-- Kinds are those of rollups/session_density. Rows without time have no part; the last part includes its end.
--
-- param session_id VARCHAR {session}: session to read
-- param bins_n BIGINT = 120: number of parts, 1 to 100,000
-- returns one row per part and kind with at least one row, by part and kind
-- column bin INTEGER: part of the duration, from 0
-- column kind VARCHAR: move, click, right_click, scroll, key, shortcut, app_switch or frame
-- column start_us BIGINT [us]: start of the part (included)
-- column end_us BIGINT [us]: end of the part (excluded)
-- column rows_n BIGINT: rows of that kind
WITH session AS (
  SELECT duration_us FROM sessions WHERE session_id = $session_id::VARCHAR AND duration_us IS NOT NULL
), fronts AS (
  SELECT t_us, app, lag(app) OVER (ORDER BY seq) AS app_before
  FROM events
  WHERE session_id = $session_id AND app IS NOT NULL AND NOT is_derived
), marks AS (
  SELECT t_us, 'move' AS kind FROM moves WHERE session_id = $session_id
  UNION ALL
  SELECT e.t_us, CASE
      WHEN e.kind = 'click' AND e.button = 'right' THEN 'right_click'
      WHEN e.kind IN ('click', 'scroll', 'shortcut') THEN e.kind
      WHEN e.kind = 'key_down' OR (e.kind = 'text_input' AND NOT e.is_derived) THEN 'key'
    END AS kind
  FROM events AS e
  WHERE session_id = $session_id
  UNION ALL
  SELECT t_us, 'app_switch' AS kind FROM fronts WHERE app <> app_before
  UNION ALL
  SELECT t_us, 'frame' AS kind FROM frames_index WHERE session_id = $session_id
), binned AS (
  SELECT s.duration_us, m.kind, CASE
      WHEN m.t_us >= s.duration_us THEN ($bins_n::BIGINT - 1)::INTEGER
      ELSE floor(m.t_us::DOUBLE * $bins_n / s.duration_us)::INTEGER
    END AS bin
  FROM marks AS m
  CROSS JOIN session AS s
  WHERE m.kind IS NOT NULL AND m.t_us IS NOT NULL AND $bins_n BETWEEN 1 AND 100000
)
SELECT bin, kind, ceil(bin::DOUBLE * duration_us / $bins_n)::BIGINT AS start_us,
  ceil((bin::DOUBLE + 1) * duration_us / $bins_n)::BIGINT AS end_us, count(*) AS rows_n
FROM binned
GROUP BY bin, kind, duration_us
ORDER BY bin, kind
