-- All attempts at one task.
--
-- Attempts are sessions, by people and by agents. They are never listed or ordered by person or by speed.
--
-- param task_id VARCHAR {task}: task
-- returns one row per session of the task: done, not done, unknown; then by actor and session_id
-- column session_id VARCHAR: session
-- column source_format VARCHAR: recorder format
-- column actor VARCHAR: human or agent
-- column model VARCHAR: model that decided most of its steps; NULL where unknown
-- column models_n BIGINT: different models among its steps
-- column task VARCHAR: what was to be done, in this session's words
-- column task_outcome VARCHAR: done, fail or unknown
-- column task_score DOUBLE: score of the task
-- column steps_n BIGINT: steps
-- column events_n BIGINT: moves and events, without rows made from other rows
-- column duration_us BIGINT [us]: time of the last row
-- column started_week_day INTEGER [d]: Monday of the week, days since 1970-01-01 UTC; NULL where unknown
-- column last_frame_id VARCHAR: last frame
WITH placed AS (
  SELECT m.session_id, m.model, count(*) OVER (PARTITION BY m.session_id) AS models_n,
    row_number() OVER (PARTITION BY m.session_id ORDER BY m.steps_n DESC, m.model) AS place
  FROM session_models AS m
)
SELECT s.session_id, s.source_format, s.actor, p.model, coalesce(p.models_n, 0) AS models_n, s.task,
  s.task_outcome, s.task_score, s.steps_n, s.moves_n + y.source_events_n AS events_n, s.duration_us,
  (floor((s.started_day + 3) / 7.0) * 7 - 3)::INTEGER AS started_week_day, y.last_frame_id
FROM sessions AS s
JOIN session_summary AS y ON y.session_id = s.session_id
LEFT JOIN placed AS p ON p.session_id = s.session_id AND p.place = 1
WHERE s.task_id = $task_id::VARCHAR
ORDER BY task_outcome NULLS LAST, actor, session_id
