-- Long gaps between rows in one session.
--
-- Moves, events and frames count; rows made from other rows do not.
-- A clock that steps back is held at the latest time seen.
--
-- param session_id VARCHAR {session}: session to read
-- param gap_ms BIGINT [ms] = 60000: shortest gap that is reported
-- returns one row per gap longer than gap_ms, by seq
-- column seq BIGINT: row after the gap
-- column start_us BIGINT [us]: start of the gap
-- column end_us BIGINT [us]: end of the gap
WITH marks AS (
  SELECT seq, t_us FROM moves WHERE session_id = $session_id::VARCHAR
  UNION ALL
  SELECT seq, t_us FROM events WHERE session_id = $session_id AND NOT is_derived
  UNION ALL
  SELECT seq, t_us FROM frames_index WHERE session_id = $session_id
), clocked AS (
  SELECT seq, max(t_us) OVER (ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS end_us
  FROM marks
  WHERE t_us IS NOT NULL
), gaps AS (
  SELECT seq, lag(end_us) OVER (ORDER BY seq) AS start_us, end_us FROM clocked
)
SELECT seq, start_us, end_us
FROM gaps
WHERE end_us - start_us > $gap_ms::BIGINT::DOUBLE * 1000
ORDER BY seq
