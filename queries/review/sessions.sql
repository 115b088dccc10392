-- Sessions to review: how much there is to read in each, and its task.
--
-- param session_id VARCHAR {session} = NULL: this session alone
-- returns one row per session, by session
-- column session_id VARCHAR: session
-- column participant_id VARCHAR: pseudonym of the person; NULL where unknown
-- column task VARCHAR: what was to be done, in words
-- column events_n BIGINT: events
-- column steps_n BIGINT: steps
SELECT s.session_id, s.participant_id, s.task, coalesce(s.events_n, 0)::BIGINT AS events_n,
  coalesce(s.steps_n, 0)::BIGINT AS steps_n
FROM sessions AS s
WHERE $session_id::VARCHAR IS NULL OR s.session_id = $session_id
ORDER BY session_id
