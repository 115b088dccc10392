-- Tasks that were tried more than once.
--
-- Attempts are sessions of one task_id; sessions without one are not joined by their words.
--
-- param limit_n BIGINT = 1000: most tasks
-- returns one row per task, most attempts first, then by task_id
-- column task_id VARCHAR: task
-- column task VARCHAR: what was to be done; the first in order of the alphabet where sessions differ
-- column texts_n BIGINT: different wordings among the attempts
-- column attempts_n BIGINT: sessions with that task
-- column agent_attempts_n BIGINT: attempts by agents
WITH counted AS (
  SELECT s.task_id, min(s.task) AS task, count(DISTINCT s.task) AS texts_n, count(*) AS attempts_n,
    count(*) FILTER (WHERE s.actor = 'agent') AS agent_attempts_n
  FROM sessions AS s
  WHERE s.task_id IS NOT NULL
  GROUP BY s.task_id
  HAVING count(*) > 1
), placed AS (
  SELECT task_id, task, texts_n, attempts_n, agent_attempts_n,
    row_number() OVER (ORDER BY attempts_n DESC, task_id) AS place
  FROM counted
)
SELECT task_id, task, texts_n, attempts_n, agent_attempts_n
FROM placed
WHERE place <= $limit_n::BIGINT
ORDER BY attempts_n DESC, task_id
