-- Events of one session whose frame is much older than they are.
--
-- The frame is the one that the recording names for the event, else the latest one before it.
-- Rows made from other rows do not count.
--
-- param session_id VARCHAR {session}: session to read
-- param lag_ms BIGINT [ms] = 1000: longest lag that is not reported
-- returns one row per event, by seq
-- column seq BIGINT: event
-- column kind VARCHAR: what happened
-- column t_us BIGINT [us]: time of the event
-- column frame_t_us BIGINT [us]: time of its frame
WITH shown AS (
  SELECT frame_id, seq, t_us FROM frames_index WHERE session_id = $session_id::VARCHAR AND t_us IS NOT NULL
), inputs AS (
  SELECT seq, t_us, kind, frame_id
  FROM events
  WHERE session_id = $session_id AND t_us IS NOT NULL AND NOT is_derived
), marks AS (
  SELECT seq, t_us AS shown_us FROM shown
  UNION ALL
  SELECT seq, NULL::BIGINT AS shown_us FROM inputs
), latest AS (
  SELECT seq, max(shown_us) OVER (
    ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS latest_us
  FROM marks
), lags AS (
  SELECT i.seq, i.t_us, i.kind, i.frame_id, coalesce(f.t_us, l.latest_us) AS frame_t_us
  FROM inputs AS i
  JOIN latest AS l ON l.seq = i.seq
  LEFT JOIN shown AS f ON f.frame_id = i.frame_id
)
SELECT seq, kind, t_us, frame_t_us
FROM lags
WHERE t_us - frame_t_us > $lag_ms::BIGINT::DOUBLE * 1000
ORDER BY seq
