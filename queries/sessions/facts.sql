-- What is known of one session.
--
-- There is no person, no exact start or day and no file name here, nor extra, in which a source may say them.
-- A cohort of fewer than min_people people with sessions is not named, as in sessions/list; they are
-- counted in session_people, for of the relation sessions only this session may be read.
--
-- param session_id VARCHAR {session}: session to read
-- param min_people BIGINT = 5: smallest group of people that is named
-- returns one row; none when the session is not there
-- column session_id VARCHAR: source_format, '-', first 16 hex digits of sha256(source sha256 + inner id)
-- column source_format VARCHAR: recorder format
-- column source_sha256 VARCHAR: sha256 of the source
-- column importer_version VARCHAR: version of the importer
-- column actor VARCHAR: who acted
-- column time_precision VARCHAR: how fine the source's clock is
-- column clock VARCHAR: what the source's clock counts from
-- column duration_us BIGINT [us]: time of the last row
-- column os VARCHAR: operating system: linux, macos, windows, or as recorded
-- column recorder VARCHAR: program that recorded
-- column recorder_version VARCHAR: its version
-- column task_id VARCHAR: task
-- column task VARCHAR: what was to be done, in words
-- column task_outcome VARCHAR: how the task ended
-- column task_score DOUBLE: score of the task
-- column split VARCHAR: part of the source collection: train, test
-- column region VARCHAR: ISO 3166 code of the participant's country at capture; NULL unknown
-- column redaction_status VARCHAR: whether a redaction pass covered the session
-- column redaction_policy VARCHAR: name or digest of the policy the pass followed
-- column is_complete BOOLEAN: the recorder finished
-- column moves_n BIGINT: rows in moves
-- column events_n BIGINT: rows in events
-- column steps_n BIGINT: rows in steps
-- column frames_n BIGINT: rows in frames
-- column quality VARCHAR: sorted, comma-separated flags; empty when nothing was found
-- column cohort VARCHAR: group of people; NULL where unknown or smaller than min_people
-- column has_known_person BOOLEAN: the person is known under a pseudonym
-- column started_week_day INTEGER [d]: Monday of the week, days since 1970-01-01 UTC; NULL where unknown
-- column source_events_n BIGINT: rows of events that the source recorded itself
-- column clicks_n BIGINT: clicks with the left or an unnamed button
-- column right_clicks_n BIGINT: clicks with the right button
-- column double_clicks_n BIGINT: double clicks; their clicks are counted as clicks too
-- column drags_n BIGINT: drags
-- column scrolls_n BIGINT: scroll steps
-- column keys_n BIGINT: key_down rows; repeats of a held key count, for sources do not tell them apart
-- column shortcuts_n BIGINT: shortcuts
-- column app_switches_n BIGINT: events in another application than the event before
-- column apps_n BIGINT: different applications
-- column off_screen_n BIGINT: points off every display
-- column sentinel_n BIGINT: points that only meant "none" and have no position
-- column unresolved_keys_n BIGINT: key_down rows whose key is not known
-- column dangling_keys_n BIGINT: keys that were never released
-- column first_window_title VARCHAR: first window title, at most 300 characters
-- column first_app VARCHAR: first application
-- column first_frame_id VARCHAR: first frame
-- column middle_frame_id VARCHAR: frame in the middle, by count
-- column last_frame_id VARCHAR: last frame
WITH large_cohorts AS (
  SELECT p.cohort
  FROM session_people AS r
  JOIN participants AS p ON md5(p.participant_id) = r.person
  GROUP BY p.cohort
  HAVING count(DISTINCT r.person) >= $min_people::BIGINT
)
SELECT
  s.session_id, s.source_format, s.source_sha256, s.importer_version, s.actor,
  s.time_precision, s.clock, s.duration_us, s.os, s.recorder, s.recorder_version,
  s.task_id, s.task, s.task_outcome, s.task_score, s.split, s.region, s.redaction_status,
  s.redaction_policy, s.is_complete, s.moves_n, s.events_n, s.steps_n, s.frames_n, s.quality,
  l.cohort, s.participant_id IS NOT NULL AS has_known_person, (floor((s.started_day + 3) / 7.0) * 7 -
  3)::INTEGER AS started_week_day, m.source_events_n, m.clicks_n, m.right_clicks_n, m.double_clicks_n,
  m.drags_n, m.scrolls_n, m.keys_n, m.shortcuts_n, m.app_switches_n, m.apps_n, m.off_screen_n,
  m.sentinel_n, m.unresolved_keys_n, m.dangling_keys_n, m.first_window_title, m.first_app,
  m.first_frame_id, m.middle_frame_id, m.last_frame_id
FROM sessions AS s
JOIN session_summary AS m ON m.session_id = s.session_id
LEFT JOIN participants AS p ON p.participant_id = s.participant_id
LEFT JOIN large_cohorts AS l ON l.cohort = p.cohort
WHERE s.session_id = $session_id::VARCHAR AND m.session_id = $session_id
ORDER BY session_id
