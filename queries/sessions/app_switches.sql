-- Switches from one application to another in one session.
--
-- A switch is an event in another application than the one before; rows made from other rows do not count.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row per switch, by seq
-- column seq BIGINT: first row in the new application
-- column t_us BIGINT [us]: time of that row; NULL where the source has no time
-- column from_app VARCHAR: application before
-- column to_app VARCHAR: application after
-- column window_title VARCHAR: title of the new window, as recorded
WITH fronts AS (
  SELECT seq, t_us, window_title, app, lag(app) OVER (ORDER BY seq) AS app_before
  FROM events
  WHERE session_id = $session_id::VARCHAR AND app IS NOT NULL AND NOT is_derived
)
SELECT seq, t_us, app_before AS from_app, app AS to_app, window_title
FROM fronts
WHERE app <> app_before
ORDER BY seq
