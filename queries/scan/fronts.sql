-- From when which application was in front, of every session: for the findings of a moment.
--
-- returns one row per stretch, by session and start
-- column session_id VARCHAR: session
-- column start_us BIGINT [us]: time since the session's earliest row
-- column app VARCHAR: application in front from then on
SELECT session_id, start_us, app
FROM session_apps
ORDER BY session_id, start_us
