-- Activity over 60 equal parts of every session, by kind, for the sparkline.
--
-- Kinds are those of the screen: click is a click of any button but the right one; key is a key press, or
-- text that the source recorded itself; app_switch is an event in another application than the one before.
-- Rows without time have no part. The last part includes the end of the session.
--
-- returns one row per session, part and kind with at least one row, by session, part and kind
-- column session_id VARCHAR: session
-- column bin INTEGER: part of the duration, 0 to 59
-- column kind VARCHAR: move, click, right_click, scroll, key, shortcut, app_switch or frame
-- column rows_n BIGINT: rows of that kind
WITH fronts AS (
  SELECT session_id, t_us, app, lag(app) OVER (PARTITION BY session_id ORDER BY seq) AS app_before
  FROM events
  WHERE app IS NOT NULL AND NOT is_derived
), marks AS (
  SELECT session_id, t_us, 'move' AS kind FROM moves
  UNION ALL
  SELECT e.session_id, e.t_us, CASE
      WHEN e.kind = 'click' AND e.button = 'right' THEN 'right_click'
      WHEN e.kind IN ('click', 'scroll', 'shortcut') THEN e.kind
      WHEN e.kind = 'key_down' OR (e.kind = 'text_input' AND NOT e.is_derived) THEN 'key'
    END AS kind
  FROM events AS e
  UNION ALL
  SELECT session_id, t_us, 'app_switch' AS kind FROM fronts WHERE app <> app_before
  UNION ALL
  SELECT session_id, t_us, 'frame' AS kind FROM frames
), binned AS (
  SELECT m.session_id, m.kind, CASE
      WHEN m.t_us >= s.duration_us THEN 59
      ELSE floor(m.t_us::DOUBLE * 60 / s.duration_us)::INTEGER
    END AS bin
  FROM marks AS m
  JOIN sessions AS s ON s.session_id = m.session_id
  WHERE m.kind IS NOT NULL AND m.t_us IS NOT NULL AND s.duration_us IS NOT NULL
)
SELECT session_id, bin, kind, count(*) AS rows_n
FROM binned
GROUP BY session_id, bin, kind
ORDER BY session_id, bin, kind
