-- Window titles of every session, for search.
--
-- Rows made from other rows are not counted.
--
-- returns one row per session and title, by session and title
-- column session_id VARCHAR: session
-- column window_title VARCHAR: title as recorded
-- column rows_n BIGINT: events recorded under that title
SELECT session_id, window_title, count(*) AS rows_n
FROM events
WHERE window_title IS NOT NULL AND NOT is_derived
GROUP BY session_id, window_title
ORDER BY session_id, window_title
