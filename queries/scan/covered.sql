-- What consent leaves to be shown of each session's findings.
--
-- Sessions that were withdrawn are not there.
--
-- returns one row per session, by session
-- column session_id VARCHAR: session
-- column has_screenshots BOOLEAN: consent covers screenshots, or is not known
-- column has_keystrokes BOOLEAN: consent covers keystrokes, or is not known
-- column has_window_titles BOOLEAN: consent covers window titles, or is not known
SELECT s.session_id,
  p.consent_scope IS NULL
    OR strpos(concat(',', p.consent_scope, ','), ',screenshots,') > 0 AS has_screenshots,
  p.consent_scope IS NULL
    OR strpos(concat(',', p.consent_scope, ','), ',keystrokes,') > 0 AS has_keystrokes,
  p.consent_scope IS NULL
    OR strpos(concat(',', p.consent_scope, ','), ',window_titles,') > 0 AS has_window_titles
FROM sessions AS s
LEFT JOIN participants AS p ON p.participant_id = s.participant_id
ORDER BY session_id
