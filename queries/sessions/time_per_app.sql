-- Active time per application in one session.
--
-- Time counts from each input or window change up to the next when the gap is at most idle_gap_ms; it goes to
-- the application that was in front at its start. A clock that steps back is held at the latest time seen.
--
-- param session_id VARCHAR {session}: session to read
-- param idle_gap_ms BIGINT [ms] = 5000: longest gap that still counts as active
-- returns one row per application, longest first, then by app
-- column app VARCHAR: application as recorded; NULL where it was not
-- column active_ms BIGINT [ms]: summed active time
WITH marks AS (
  SELECT seq, t_us, app
  FROM moves
  WHERE session_id = $session_id::VARCHAR AND t_us IS NOT NULL
  UNION ALL
  SELECT seq, t_us, app
  FROM events
  WHERE session_id = $session_id AND t_us IS NOT NULL AND NOT is_derived AND kind IN (
    'mouse_down', 'mouse_up', 'click', 'double_click', 'drag', 'scroll', 'key_down', 'key_up', 'shortcut',
    'text_input', 'touch_start', 'touch_move', 'touch_end', 'window_focus', 'navigation')
), clocked AS (
  SELECT seq, app, max(t_us) OVER (ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS clock_us
  FROM marks
), gaps AS (
  SELECT app, lead(clock_us) OVER (ORDER BY seq) - clock_us AS gap_us FROM clocked
)
SELECT app, floor(sum(gap_us)::DOUBLE / 1000)::BIGINT AS active_ms
FROM gaps
WHERE gap_us <= $idle_gap_ms::BIGINT::DOUBLE * 1000
GROUP BY app
ORDER BY active_ms DESC, app NULLS LAST
