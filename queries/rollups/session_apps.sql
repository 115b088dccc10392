-- Stretches of time in one application, for the ribbon of every session.
--
-- A stretch lasts from the first event in the application to the first one in the next, the last stretch to
-- the end of the session; idle time is included. Time before the first known application is in no stretch.
-- A clock that steps back is held at the latest time seen. Of events at one time the last one counts.
--
-- returns one row per stretch, by session and segment; half-open [start_us, end_us), none of length 0
-- column session_id VARCHAR: session
-- column segment INTEGER: number of the stretch within the session, from 0
-- column app VARCHAR: application in front, as recorded
-- column start_us BIGINT [us]: start of the stretch
-- column end_us BIGINT [us]: end of the stretch
WITH clocked AS (
  SELECT session_id, seq, app, max(t_us) OVER (
    PARTITION BY session_id ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS clock_us
  FROM events
  WHERE app IS NOT NULL AND t_us IS NOT NULL AND NOT is_derived
), instants AS (
  SELECT session_id, clock_us, max(seq) AS last_seq
  FROM clocked
  GROUP BY session_id, clock_us
), fronts AS (
  SELECT c.session_id, c.seq, c.app, c.clock_us,
    lag(c.app) OVER (PARTITION BY c.session_id ORDER BY c.seq) AS app_before
  FROM clocked AS c
  JOIN instants AS i ON i.session_id = c.session_id AND i.last_seq = c.seq
), stretches AS (
  SELECT f.session_id, f.seq, f.app, f.clock_us AS start_us,
    coalesce(lead(f.clock_us) OVER (PARTITION BY f.session_id ORDER BY f.seq), s.duration_us) AS end_us
  FROM fronts AS f
  JOIN sessions AS s ON s.session_id = f.session_id
  WHERE f.app_before IS NULL OR f.app_before <> f.app
)
SELECT session_id, (row_number() OVER (PARTITION BY session_id ORDER BY seq) - 1)::INTEGER AS segment,
  app, start_us, end_us
FROM stretches
WHERE start_us < end_us
ORDER BY session_id, segment
