-- Applications of every session, also of sessions without time.
--
-- Rows made from other rows are not counted.
--
-- returns one row per session and application, by session and application
-- column session_id VARCHAR: session
-- column app VARCHAR: application in front, as recorded
-- column rows_n BIGINT: moves and events recorded in it
WITH counted AS (
  SELECT session_id, app, count(*) AS rows_n
  FROM moves
  WHERE app IS NOT NULL
  GROUP BY session_id, app
  UNION ALL
  SELECT session_id, app, count(*) AS rows_n
  FROM events
  WHERE app IS NOT NULL AND NOT is_derived
  GROUP BY session_id, app
)
SELECT session_id, app, sum(counted.rows_n)::BIGINT AS rows_n
FROM counted
GROUP BY session_id, app
ORDER BY session_id, app
