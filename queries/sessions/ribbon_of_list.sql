-- Stretches of time in one application of the listed sessions.
--
-- The sessions are those of sessions/list with the same parameters.
-- The filter of list, totals, density_of_list and ribbon_of_list is one text: the portable subset has no
-- macros, so it stands in each file, and a test compares them.
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
-- returns one row per stretch, by session and segment; half-open [start_us, end_us)
-- column session_id VARCHAR: session
-- column segment INTEGER: number of the stretch within the session, from 0
-- column app VARCHAR: application in front, as recorded
-- column start_us BIGINT [us]: start of the stretch
-- column end_us BIGINT [us]: end of the stretch
WITH
-- steps of lib/chosen_sessions
, placed AS (
  SELECT session_id, row_number() OVER (
    ORDER BY floor((started_day + 3) / 7.0) DESC NULLS LAST, session_id) AS place
  FROM chosen
)
SELECT a.session_id, a.segment, a.app, a.start_us, a.end_us
FROM placed AS l
JOIN session_apps AS a ON a.session_id = l.session_id
WHERE l.place > $offset_n::BIGINT AND l.place <= $limit_n::BIGINT::DOUBLE + $offset_n
ORDER BY session_id, segment
