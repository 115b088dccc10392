-- Sessions, with everything that a filter can tell apart as numbers: equal numbers, equal values.
--
-- Numbers are compared and counted several times as fast as texts. They are places of sessions, no more.
--
-- returns one row per session, by session
-- column session_id VARCHAR: session
-- column person BIGINT: the person, where known; else below 0, another number for every session
-- column cohort_number BIGINT: group of people
-- column os_number BIGINT: operating system
-- column source_number BIGINT: recorder format
-- column actor_number BIGINT: human or agent
-- column task_number BIGINT: task
-- column week BIGINT: weeks since the Monday before 1970-01-01; long before all others without a day
-- column is_keyed BOOLEAN: consent covers keystrokes
WITH placed AS (
  SELECT s.session_id, s.participant_id, p.cohort, s.os, s.source_format, s.actor, s.task_id, s.started_day,
    p.consent_scope, row_number() OVER (ORDER BY s.session_id) AS place
  FROM sessions AS s
  LEFT JOIN participants AS p ON p.participant_id = s.participant_id
)
SELECT p.session_id,
  CASE WHEN p.participant_id IS NULL THEN -p.place ELSE min(p.place) OVER (PARTITION BY p.participant_id) END
    AS person,
  min(p.place) OVER (PARTITION BY p.cohort) AS cohort_number,
  min(p.place) OVER (PARTITION BY p.os) AS os_number,
  min(p.place) OVER (PARTITION BY p.source_format) AS source_number,
  min(p.place) OVER (PARTITION BY p.actor) AS actor_number,
  min(p.place) OVER (PARTITION BY p.task_id) AS task_number,
  coalesce(floor((p.started_day + 3) / 7.0)::BIGINT, -1000000000) AS week,
  p.consent_scope IS NULL OR strpos(concat(',', p.consent_scope, ','), ',keystrokes,') > 0 AS is_keyed
FROM placed AS p
ORDER BY session_id
