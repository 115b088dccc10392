-- Who pointed in which application of which session, with everything that a filter can tell apart.
--
-- Known people alone: sessions of unknown people stand for nobody.
--
-- returns one row per session, space, kind and application
-- column session_id VARCHAR: session
-- column space VARCHAR: screen or window
-- column kind VARCHAR: move, click, right_click, double_click, drag, scroll or dwell
-- column participant_id VARCHAR: person
-- column app VARCHAR: application in front; empty where unknown
-- column cohort VARCHAR: group of people; empty for none
-- column os VARCHAR: operating system; empty where unknown
-- column source_format VARCHAR: recorder format
-- column actor VARCHAR: human or agent
-- column task_id VARCHAR: task; empty for none
-- column week BIGINT: weeks since the Monday before 1970-01-01; long before all others without a day
SELECT t.session_id, t.space, t.kind, s.participant_id, coalesce(t.app, '') AS app,
  coalesce(p.cohort, '') AS cohort, coalesce(s.os, '') AS os, coalesce(s.source_format, '') AS source_format,
  coalesce(s.actor, '') AS actor, coalesce(s.task_id, '') AS task_id,
  coalesce(floor((s.started_day + 3) / 7.0)::BIGINT, -1000000000) AS week
FROM session_pointer_totals AS t
JOIN sessions AS s ON s.session_id = t.session_id
LEFT JOIN participants AS p ON p.participant_id = s.participant_id
WHERE s.participant_id IS NOT NULL
ORDER BY session_id, space, kind, app
