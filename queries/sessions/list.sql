-- Sessions that pass the filter, for the list.
--
-- The filter of list, totals, density_of_list and ribbon_of_list is one text: the portable subset has no
-- macros, so it stands in each file, and a test compares them.
-- There is no person, no exact start and no idle time here. A cohort of fewer than min_people is not named.
--
-- param cohort VARCHAR {cohort} = NULL: group of people; a group of fewer than min_people selects nothing
-- param app VARCHAR {app} = NULL: application used in the session
-- param os VARCHAR {os} = NULL: operating system
-- param source_format VARCHAR {source_format} = NULL: recorder format
-- param actor VARCHAR {actor} = NULL: who acted: human or agent
-- param day_from INTEGER = NULL: a day of the first week, days since 1970-01-01 UTC
-- param day_to INTEGER = NULL: a day of the last week, days since 1970-01-01 UTC
-- param task_id VARCHAR {task} = NULL: task
-- param search VARCHAR = NULL: text within task, window titles, thoughts and actions, in any case
-- param min_people BIGINT = 5: smallest group of people that is named
-- param limit_n BIGINT = 1000: most sessions
-- param offset_n BIGINT = 0: sessions to skip
-- returns one row per session, latest week first, then by session_id
-- column session_id VARCHAR: session
-- column source_format VARCHAR: recorder format
-- column actor VARCHAR: human or agent
-- column cohort VARCHAR: group of people; NULL where unknown or smaller than min_people
-- column os VARCHAR: operating system
-- column started_week_day INTEGER [d]: Monday of the week, days since 1970-01-01 UTC; NULL where unknown
-- column duration_us BIGINT [us]: time of the last row
-- column task VARCHAR: what was to be done
-- column first_window_title VARCHAR: first window title, at most 300 characters
-- column task_outcome VARCHAR: done, fail or unknown
-- column redaction_status VARCHAR: none, partial, complete or unknown
-- column is_complete BOOLEAN: the recorder finished
-- column quality VARCHAR: sorted, comma-separated flags
-- column moves_n BIGINT: rows in moves
-- column events_n BIGINT: rows in events
-- column clicks_n BIGINT: clicks with the left or an unnamed button
-- column right_clicks_n BIGINT: clicks with the right button
-- column scrolls_n BIGINT: scroll steps
-- column keys_n BIGINT: key presses
-- column shortcuts_n BIGINT: shortcuts
-- column apps_n BIGINT: different applications
-- column frames_n BIGINT: frames
-- column steps_n BIGINT: steps
-- column first_frame_id VARCHAR: first frame
-- column middle_frame_id VARCHAR: frame in the middle, by count
-- column last_frame_id VARCHAR: last frame
WITH
-- steps of lib/chosen_sessions
, placed AS (
  SELECT session_id, large_cohort, started_day, row_number() OVER (
    ORDER BY floor((started_day + 3) / 7.0) DESC NULLS LAST, session_id) AS place
  FROM chosen
)
SELECT s.session_id, s.source_format, s.actor, l.large_cohort AS cohort, s.os,
  (floor((l.started_day + 3) / 7.0) * 7 - 3)::INTEGER AS started_week_day, s.duration_us, s.task,
  m.first_window_title, s.task_outcome, s.redaction_status, s.is_complete, s.quality, s.moves_n, s.events_n,
  m.clicks_n, m.right_clicks_n, m.scrolls_n, m.keys_n, m.shortcuts_n, m.apps_n, s.frames_n, s.steps_n,
  m.first_frame_id, m.middle_frame_id, m.last_frame_id
FROM placed AS l
JOIN sessions AS s ON s.session_id = l.session_id
JOIN session_summary AS m ON m.session_id = l.session_id
WHERE l.place > $offset_n::BIGINT AND l.place <= $limit_n::BIGINT::DOUBLE + $offset_n
ORDER BY started_week_day DESC NULLS LAST, session_id
