-- How often every person gave every command in each way, to estimate over people; not offered on screen.
--
-- See shortcuts/coverage for whom and what is counted. Where no person is known, sessions stand for people.
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
-- returns one row per person, command and way, by these
-- column person BIGINT: number within this answer, in an order of chance
-- column is_known BOOLEAN: it is a person, not a session of an unknown one
-- column command VARCHAR: command
-- column via VARCHAR: shortcut, menu, context_menu, toolbar or unknown
-- column is_comparable BOOLEAN: the way is known, and the command is one of lib/comparable_commands
-- column uses_n BIGINT: times it was given
WITH
-- steps of lib/counted_sessions
, uses AS (
  SELECT coalesce(c.participant_id, c.session_id) AS who, c.participant_id IS NOT NULL AS is_known, u.command,
    u.via, k.command IS NOT NULL AND u.via <> 'unknown' AS is_comparable, u.uses_n
  FROM counted AS c
  JOIN session_commands AS u ON u.session_id = c.session_id AND ($app IS NULL OR u.app = $app)
  LEFT JOIN comparable_commands AS k ON k.command = u.command
  WHERE u.command IS NOT NULL
), numbered AS (
  SELECT who, row_number() OVER (ORDER BY md5(concat('order', who)), who) AS person FROM uses GROUP BY who
)
SELECT n.person, u.is_known, u.command, u.via, u.is_comparable, sum(u.uses_n)::BIGINT AS uses_n
FROM uses AS u JOIN numbered AS n ON n.who = u.who
GROUP BY n.person, u.is_known, u.command, u.via, u.is_comparable
ORDER BY person, command, via
