-- Active, passive and idle time of one session.
--
-- Input is a move or an event of mouse, scroll wheel, key, touch or text that the source recorded itself.
-- active: between inputs at most idle_gap_ms apart; the session's start and end count as input if it has any.
-- passive: a longer wait, while frames or window changes keep arriving at most idle_gap_ms apart.
-- idle: a longer wait without them. Idle pieces shorter than merge_share of the session become active.
-- A clock that steps back is held at the latest time seen. A session without time has no rows.
--
-- param session_id VARCHAR {session}: session to read
-- param idle_gap_ms BIGINT [ms] = 5000: longest wait that is not idle
-- param merge_share DOUBLE = 0.02: share of the session below which an idle piece becomes active
-- returns one row per piece, by segment; the pieces tile [0, duration_us), neighbours differ in state
-- column segment INTEGER: number of the piece, from 0
-- column state VARCHAR: active, passive or idle
-- column start_us BIGINT [us]: start of the piece
-- column end_us BIGINT [us]: end of the piece
WITH session AS (
  SELECT duration_us, $idle_gap_ms::BIGINT::DOUBLE * 1000 AS gap_us,
    $merge_share::DOUBLE * duration_us AS short_us
  FROM sessions
  WHERE session_id = $session_id::VARCHAR AND duration_us > 0
), marks AS (
  SELECT seq, t_us, 1 AS is_input FROM moves WHERE session_id = $session_id
  UNION ALL
  SELECT seq, t_us, CASE WHEN kind IN ('window_focus', 'navigation') THEN 0 ELSE 1 END AS is_input
  FROM events
  WHERE session_id = $session_id AND NOT is_derived AND kind IN (
    'mouse_down', 'mouse_up', 'click', 'double_click', 'drag', 'scroll', 'key_down', 'key_up', 'shortcut',
    'text_input', 'touch_start', 'touch_move', 'touch_end', 'window_focus', 'navigation')
  UNION ALL
  SELECT seq, t_us, 0 AS is_input FROM frames_index WHERE session_id = $session_id
  UNION ALL
  SELECT -1 AS seq, 0 AS t_us, 0 AS is_input
), clocked AS (
  SELECT is_input, max(t_us) OVER (ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS clock_us
  FROM marks
  WHERE t_us IS NOT NULL
), instants AS (
  SELECT clock_us, max(is_input) AS has_input FROM clocked GROUP BY clock_us
), waits AS (
  SELECT s.duration_us, s.gap_us, s.short_us, i.clock_us AS start_us,
    coalesce(lead(i.clock_us) OVER (ORDER BY i.clock_us), s.duration_us) AS end_us,
    max(CASE WHEN i.has_input = 1 THEN i.clock_us END) OVER (
      ORDER BY i.clock_us ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS input_before_us,
    min(CASE WHEN i.has_input = 1 THEN i.clock_us END) OVER (
      ORDER BY i.clock_us ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS input_after_us
  FROM instants AS i
  JOIN session AS s ON i.clock_us <= s.duration_us
), pieces AS (
  SELECT duration_us, short_us, start_us, CASE
      WHEN coalesce(input_before_us, input_after_us) IS NOT NULL
        AND coalesce(input_after_us, duration_us) - coalesce(input_before_us, 0) <= gap_us THEN 'active'
      WHEN end_us - start_us <= gap_us THEN 'passive'
      ELSE 'idle'
    END AS state
  FROM waits
  WHERE start_us < duration_us
), turns AS (
  SELECT duration_us, short_us, start_us, state, lag(state) OVER (ORDER BY start_us) AS state_before
  FROM pieces
), runs AS (
  SELECT duration_us, short_us, start_us, state, lead(start_us) OVER (ORDER BY start_us) AS next_us
  FROM turns
  WHERE state_before IS NULL OR state_before <> state
), settled AS (
  SELECT r.duration_us, r.start_us, CASE
      WHEN r.state = 'idle' AND coalesce(r.next_us, r.duration_us) - r.start_us < r.short_us THEN 'active'
      ELSE r.state
    END AS state
  FROM runs AS r
), settled_turns AS (
  SELECT duration_us, start_us, state, lag(state) OVER (ORDER BY start_us) AS state_before FROM settled
)
SELECT (row_number() OVER (ORDER BY start_us) - 1)::INTEGER AS segment, state, start_us,
  coalesce(lead(start_us) OVER (ORDER BY start_us), duration_us) AS end_us
FROM settled_turns
WHERE state_before IS NULL OR state_before <> state
ORDER BY segment
