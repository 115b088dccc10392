-- One moment of every command and way, picked by chance among the sessions with it.
--
-- Only where at least min_people known people gave it so, or no known person at all. See shortcuts/coverage.
--
-- param cohort VARCHAR {cohort} = NULL: group of people; a group of fewer than min_people selects nothing
-- param app VARCHAR {app} = NULL: application: what was done in it, in sessions that used it
-- param os VARCHAR {os} = NULL: operating system
-- param source_format VARCHAR {source_format} = NULL: recorder format
-- param actor VARCHAR {actor} = NULL: who acted: human or agent
-- param day_from INTEGER = NULL: a day of the first week, days since 1970-01-01 UTC
-- param day_to INTEGER = NULL: a day of the last week, days since 1970-01-01 UTC
-- param task_id VARCHAR {task} = NULL: task
-- param search VARCHAR = NULL: text within task, window titles, thoughts and actions, in any case
-- param min_people BIGINT = 5: smallest group of people that is named or summed
-- param seed BIGINT = 1: another seed, other moments
-- returns one row per command and way, by these
-- column command VARCHAR: command
-- column via VARCHAR: shortcut, menu, context_menu, toolbar or unknown
-- column session_id VARCHAR: session of the moment
-- column t_us BIGINT [us]: when the command was given there
WITH
-- steps of lib/counted_sessions
, lots AS (
  SELECT session_id, participant_id, md5(concat($seed::BIGINT, ':', session_id)) AS lot FROM counted
), uses AS (
  SELECT u.command, u.via, c.participant_id, u.session_id, u.example_us, c.lot
  FROM lots AS c
  JOIN session_commands AS u ON u.session_id = c.session_id AND ($app IS NULL OR u.app = $app)
  WHERE u.command IS NOT NULL
), large AS (
  SELECT command, via, min(CASE WHEN example_us IS NOT NULL THEN lot END) AS first_lot
  FROM uses GROUP BY command, via
  HAVING count(DISTINCT participant_id) >= $min_people OR count(participant_id) = 0
)
SELECT u.command, u.via, u.session_id, min(u.example_us) AS t_us
FROM uses AS u JOIN large AS l ON l.command = u.command AND l.via = u.via AND l.first_lot = u.lot
GROUP BY u.command, u.via, u.session_id
ORDER BY command, via
