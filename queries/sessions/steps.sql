-- Steps of one session: what was thought, done and judged.
--
-- Without the person's consent to keystrokes an action's arguments and code are NULL, without consent to
-- screenshots or window titles what was seen and thought.
--
-- param session_id VARCHAR {session}: session to read
-- param limit_n BIGINT = 1000: most steps
-- param offset_n BIGINT = 0: steps to skip
-- returns one row per step, in true order
-- column place BIGINT: place among the steps, from 1
-- column step BIGINT: number of the step
-- column seq BIGINT: place in the session's true order, shared by all its tables
-- column t_us BIGINT [us]: time since the session's earliest row
-- column actor VARCHAR: who decided: human or agent
-- column model VARCHAR: model that decided
-- column instruction VARCHAR: what was asked
-- column observation VARCHAR: what was seen
-- column thought VARCHAR: reasoning before the action
-- column reflection VARCHAR: reasoning after the action
-- column action_type VARCHAR: kind of action
-- column action_args VARCHAR: its arguments, JSON text
-- column action_code VARCHAR: its source code
-- column frame_before_id VARCHAR: screen before the step
-- column frame_after_id VARCHAR: screen after the step
-- column is_correct BOOLEAN: the step was judged right; NULL where it was not judged
-- column is_redundant BOOLEAN: the step was judged needless; NULL where it was not judged
-- column reward DOUBLE: reward of the step
WITH consent AS (
  SELECT s.session_id,
    p.consent_scope IS NULL OR strpos(concat(',', p.consent_scope, ','), ',keystrokes,') > 0 AS has_keys,
    p.consent_scope IS NULL OR (strpos(concat(',', p.consent_scope, ','), ',screenshots,') > 0
      AND strpos(concat(',', p.consent_scope, ','), ',window_titles,') > 0) AS has_screen
  FROM sessions AS s
  LEFT JOIN participants AS p ON p.participant_id = s.participant_id
  WHERE s.session_id = $session_id::VARCHAR
), placed AS (
  SELECT session_id, step, row_number() OVER (ORDER BY seq, step) AS place
  FROM steps
  WHERE session_id = $session_id
)
SELECT l.place, t.step, t.seq, t.t_us, t.actor, t.model, t.instruction,
  CASE WHEN c.has_screen THEN t.observation END AS observation,
  CASE WHEN c.has_screen THEN t.thought END AS thought,
  CASE WHEN c.has_screen THEN t.reflection END AS reflection, t.action_type,
  CASE WHEN c.has_keys THEN t.action_args END AS action_args,
  CASE WHEN c.has_keys THEN t.action_code END AS action_code,
  t.frame_before_id, t.frame_after_id, t.is_correct, t.is_redundant, t.reward
FROM steps AS t
JOIN placed AS l ON l.session_id = t.session_id AND l.step = t.step
JOIN consent AS c ON c.session_id = t.session_id
WHERE t.session_id = $session_id AND l.place > $offset_n::BIGINT
  AND l.place <= $limit_n::BIGINT::DOUBLE + $offset_n
ORDER BY place
