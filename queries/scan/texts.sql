-- Distinct texts of some sessions, each with the rows that hold it.
--
-- Window titles, addresses, clipboard, names of elements, text that was typed as a whole, tasks, and what
-- steps say. Rows made from other rows are left out, as are texts of one character.
--
-- param first_session_id VARCHAR: first session to read
-- param last_session_id VARCHAR: last session to read
-- returns one row per session, channel, column and text, in this order
-- column session_id VARCHAR: session
-- column channel VARCHAR: window_title, url, clipboard, typed, element_name, task or thought
-- column source_table VARCHAR: table with the rows: events, steps or sessions
-- column source_column VARCHAR: column that holds the text
-- column text VARCHAR: the text
-- column seq BIGINT: first row that holds it, of steps the step; NULL for a task
-- column seq_end BIGINT: last row that holds it
-- column t_us BIGINT [us]: time of the first row
-- column rows_n BIGINT: rows that hold it
WITH read_events AS (
  SELECT session_id, kind, seq, t_us, window_title, url, element_name, text
  FROM events
  WHERE NOT is_derived
    AND session_id >= $first_session_id::VARCHAR AND session_id <= $last_session_id::VARCHAR
),
-- steps of lib/event_texts
, steps_in AS (
  SELECT session_id, step, t_us, instruction, observation, thought, reflection, action_args, action_code
  FROM steps
  WHERE session_id >= $first_session_id AND session_id <= $last_session_id
), rows_in AS (
  SELECT session_id, channel, 'events' AS source_table, source_column, text, seq, t_us FROM event_texts
  UNION ALL
  SELECT session_id, 'thought', 'steps', 'instruction', instruction, step, t_us FROM steps_in
  UNION ALL
  SELECT session_id, 'thought', 'steps', 'observation', observation, step, t_us FROM steps_in
  UNION ALL SELECT session_id, 'thought', 'steps', 'thought', thought, step, t_us FROM steps_in
  UNION ALL SELECT session_id, 'thought', 'steps', 'reflection', reflection, step, t_us FROM steps_in
  UNION ALL
  SELECT session_id, 'thought', 'steps', 'action_args', action_args, step, t_us FROM steps_in
  UNION ALL
  SELECT session_id, 'thought', 'steps', 'action_code', action_code, step, t_us FROM steps_in
  UNION ALL
  SELECT session_id, 'task', 'sessions', 'task', task, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
  FROM sessions
  WHERE session_id >= $first_session_id AND session_id <= $last_session_id
)
SELECT
  r.session_id, r.channel, r.source_table, r.source_column, r.text, min(r.seq) AS seq, max(r.seq) AS seq_end,
  min(r.t_us) AS t_us, count(*) AS rows_n
FROM rows_in AS r
WHERE r.text IS NOT NULL AND length(r.text) > 1
GROUP BY r.session_id, r.channel, r.source_table, r.source_column, r.text
ORDER BY r.session_id, r.channel, r.source_table, r.source_column, r.text
