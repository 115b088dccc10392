-- What the replay says of one session: what it is, how much of it there is, and what consent leaves of it.
--
-- There is no person, no time of day and no file name here.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row, none when the session is unknown or hidden
-- column session_id VARCHAR: session
-- column source_format VARCHAR: recorder format
-- column actor VARCHAR: who acted: human or agent
-- column os VARCHAR: operating system
-- column task VARCHAR: what was to be done, in words
-- column first_window_title VARCHAR: first window title, at most 300 characters
-- column duration_us BIGINT [us]: time of the last row; NULL where the source has no time
-- column redaction_status VARCHAR: whether a redaction pass covered the session
-- column quality VARCHAR: sorted, comma-separated flags; empty when nothing was found
-- column moves_n BIGINT: rows in moves
-- column events_n BIGINT: rows in events
-- column frames_n BIGINT: rows in frames; 0 where consent does not cover screenshots
-- column has_keystrokes BOOLEAN: consent covers keystrokes, or is not known
-- column has_screenshots BOOLEAN: consent covers screenshots, or is not known
SELECT
  s.session_id, s.source_format, s.actor, s.os, s.task, m.first_window_title, s.duration_us,
  s.redaction_status, s.quality, s.moves_n, s.events_n, s.frames_n,
  p.consent_scope IS NULL OR strpos(concat(',', p.consent_scope, ','), ',keystrokes,') > 0 AS has_keystrokes,
  p.consent_scope IS NULL OR strpos(concat(',', p.consent_scope, ','), ',screenshots,') > 0 AS has_screenshots
FROM sessions AS s
LEFT JOIN session_summary AS m ON m.session_id = s.session_id AND m.session_id = $session_id::VARCHAR
LEFT JOIN participants AS p ON p.participant_id = s.participant_id
WHERE s.session_id = $session_id
ORDER BY session_id
