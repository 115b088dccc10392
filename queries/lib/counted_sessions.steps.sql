-- Steps: the sessions that figures about shortcuts count, see shortcuts/coverage.
--
-- chosen and guard as in lib/chosen_sessions and lib/open_selection. counted: known people's sessions, or all
-- where no person is known, but for those whose consent does not cover keystrokes; none where refused.
-- steps of lib/chosen_sessions
, behind AS (
  SELECT r.level, r.used, r.session_id, r.app,
    $app IS NULL OR r.level IN ('all', 'keyed') OR r.app = $app AS is_of_app,
    c.session_id IS NOT NULL AND ($app IS NULL OR r.level IN ('all', 'keyed') OR r.app = $app) AS is_in
  FROM shortcut_people AS r LEFT JOIN chosen AS c ON c.session_id = r.session_id
),
-- steps of lib/open_selection
, counted AS (
  SELECT c.session_id, c.participant_id, c.os, c.started_day, c.cohort
  FROM chosen AS c CROSS JOIN guard AS g
  WHERE (c.consent_scope IS NULL OR strpos(concat(',', c.consent_scope, ','), ',keystrokes,') > 0)
    AND g.is_open AND (g.chosen_n = 0 OR c.participant_id IS NOT NULL)
)
