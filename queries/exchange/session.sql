-- One session as its export describes it.
--
-- The exact start is here because recorder formats count from it; the person only when asked for.
--
-- param session_id VARCHAR {session}: session to read
-- param with_people BOOLEAN = FALSE: name the participant's pseudonym
-- returns one row, none when the session is unknown or hidden
-- column session_id VARCHAR: session
-- column participant_id VARCHAR: pseudonym; NULL unless asked for
-- column source_format VARCHAR: recorder format
-- column actor VARCHAR: human or agent
-- column started_at_unix_us BIGINT [us]: wall clock of the first row, UTC; NULL where unknown
-- column time_precision VARCHAR: us, ms, s or none
-- column duration_us BIGINT [us]: time of the last row
-- column os VARCHAR: operating system
-- column recorder VARCHAR: program that recorded
-- column task_id VARCHAR: task
-- column task VARCHAR: what was to be done, in words
-- column task_outcome VARCHAR: done, fail or unknown
-- column redaction_status VARCHAR: none, partial, complete or unknown
-- column is_complete BOOLEAN: the recorder finished
-- column moves_n BIGINT: rows in moves
-- column steps_n BIGINT: rows in steps
SELECT s.session_id, CASE WHEN $with_people::BOOLEAN THEN s.participant_id END AS participant_id,
  s.source_format, s.actor, s.started_at_unix_us, s.time_precision, s.duration_us, s.os, s.recorder,
  s.task_id, s.task, s.task_outcome, s.redaction_status, s.is_complete, s.moves_n, s.steps_n
FROM sessions AS s
WHERE s.session_id = $session_id::VARCHAR
ORDER BY session_id
