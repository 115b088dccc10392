-- Steps: the sessions that a map of one space and kind counts, and whether it may.
--
-- chosen as in lib/chosen_sessions, guard as in lib/open_selection.
-- steps of lib/chosen_sessions
, behind AS (
  SELECT 'all' AS level, '' AS used, t.session_id, coalesce(t.app, '') AS app,
    $app IS NULL OR coalesce(t.app, '') = $app AS is_of_app,
    c.session_id IS NOT NULL AND ($app IS NULL OR coalesce(t.app, '') = $app) AS is_in
  FROM session_pointer_totals AS t LEFT JOIN chosen AS c ON c.session_id = t.session_id
  WHERE t.space = $space::VARCHAR AND t.kind = $kind::VARCHAR
),
-- steps of lib/open_selection
