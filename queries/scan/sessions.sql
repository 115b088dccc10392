-- How much there is to look at in each session.
--
-- Only what consent allows is counted.
--
-- returns one row per session, by session
-- column session_id VARCHAR: session
-- column events_n BIGINT: events
-- column steps_n BIGINT: steps
-- column frames_n BIGINT: screenshots
SELECT
  s.session_id, coalesce(s.events_n, 0)::BIGINT AS events_n, coalesce(s.steps_n, 0)::BIGINT AS steps_n,
  count(f.frame_id)::BIGINT AS frames_n
FROM sessions AS s LEFT JOIN frames_index AS f ON f.session_id = s.session_id
GROUP BY s.session_id, s.events_n, s.steps_n
ORDER BY s.session_id
