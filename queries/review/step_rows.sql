-- Steps that say something, in one session or several.
--
-- param first_session_id VARCHAR = '': first session to read
-- param last_session_id VARCHAR = NULL: last session to read; NULL to the end
-- param session_id VARCHAR {session} = NULL: this session alone
-- param seq BIGINT = NULL: first row
-- param seq_end BIGINT = NULL: last row
-- returns one row per step, in true order
-- column session_id VARCHAR: session
-- column seq BIGINT: place in the session's true order
-- column step BIGINT: number of the step
-- column instruction VARCHAR: what was asked
-- column observation VARCHAR: what was seen
-- column thought VARCHAR: reasoning before the action
-- column reflection VARCHAR: reasoning after the action
-- column action_args VARCHAR: the action's arguments
-- column action_code VARCHAR: its source code
SELECT session_id, seq, step, instruction, observation, thought, reflection, action_args, action_code
FROM steps
WHERE ($session_id::VARCHAR IS NULL OR session_id = $session_id)
  AND session_id >= $first_session_id::VARCHAR
  AND ($last_session_id::VARCHAR IS NULL OR session_id <= $last_session_id)
  AND ($seq::BIGINT IS NULL OR seq >= $seq) AND ($seq_end::BIGINT IS NULL OR seq <= $seq_end)
  AND coalesce(instruction, observation, thought, reflection, action_args, action_code) IS NOT NULL
ORDER BY session_id, seq, step
