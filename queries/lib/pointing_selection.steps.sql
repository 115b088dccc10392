-- Steps: the sessions that a map of one space and kind counts, and whether it may.
--
-- chosen as in lib/chosen_sessions, guard as in lib/open_selection.
-- steps of lib/chosen_sessions
, behind AS (
  SELECT 'all' AS level, 'all' AS scope, r.participant_id, r.app, r.cohort, r.os, r.source_format, r.actor,
    r.task_id, r.week, $app IS NULL OR r.app = $app AS is_of_app,
    c.session_id IS NOT NULL AND ($app IS NULL OR r.app = $app) AS is_in
  FROM pointing_people AS r LEFT JOIN chosen AS c ON c.session_id = r.session_id
  WHERE r.space = $space::VARCHAR AND r.kind = $kind::VARCHAR
),
-- steps of lib/open_selection
