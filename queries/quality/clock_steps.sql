-- Places where the clock of one session steps back.
--
-- Neighbouring moves, events and frames are compared; rows made from other rows do not count.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row per step, by seq
-- column seq BIGINT: row after the step
-- column before_us BIGINT [us]: time of the row before
-- column after_us BIGINT [us]: time of the row after
WITH marks AS (
  SELECT seq, t_us FROM moves WHERE session_id = $session_id::VARCHAR
  UNION ALL
  SELECT seq, t_us FROM events WHERE session_id = $session_id AND NOT is_derived
  UNION ALL
  SELECT seq, t_us FROM frames_index WHERE session_id = $session_id
), steps_between AS (
  SELECT seq, lag(t_us) OVER (ORDER BY seq) AS before_us, t_us AS after_us
  FROM marks
)
SELECT seq, before_us, after_us
FROM steps_between
WHERE after_us < before_us
ORDER BY seq
