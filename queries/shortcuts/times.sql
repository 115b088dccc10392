-- Middle time of every command of every person, by shortcut and by menu; not offered on screen.
--
-- Of an even number the two in the middle, where they differ: their mean is the median. What is measured: see
-- rollups/session_command_times; whom and what is counted: see shortcuts/coverage. Where no person is known,
-- sessions stand for people.
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
-- returns one row per person, command, way and time, by these
-- column person BIGINT: number within this answer, in an order of chance
-- column is_known BOOLEAN: it is a person, not a session of an unknown one
-- column command VARCHAR: command
-- column is_shortcut BOOLEAN: by its shortcut, not by a menu
-- column spent_ms BIGINT [ms]: from its first input to the command
WITH
-- steps of lib/counted_sessions
, numbered AS (
  SELECT o.who, row_number() OVER (ORDER BY md5(concat('order', o.who)), o.who) AS person
  FROM (SELECT coalesce(participant_id, session_id) AS who FROM counted) AS o GROUP BY o.who
), uses AS (
  SELECT n.person, c.participant_id IS NOT NULL AS is_known, u.command, u.is_shortcut, u.spent_ms,
    count(*) AS n
  FROM counted AS c JOIN numbered AS n ON n.who = coalesce(c.participant_id, c.session_id)
  JOIN session_command_times AS u ON u.session_id = c.session_id AND ($app IS NULL OR u.app = $app)
  GROUP BY n.person, c.participant_id IS NOT NULL, u.command, u.is_shortcut, u.spent_ms
), placed AS (
  SELECT person, is_known, command, is_shortcut, spent_ms, n, sum(n) OVER (PARTITION BY person, command,
    is_shortcut ORDER BY spent_ms ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)::BIGINT AS up_to_n,
    sum(n) OVER (PARTITION BY person, command, is_shortcut)::BIGINT AS all_n
  FROM uses
)
SELECT person, is_known, command, is_shortcut, spent_ms FROM placed
WHERE up_to_n >= floor((all_n + 1) / 2.0) AND up_to_n - n < floor((all_n + 2) / 2.0)
ORDER BY person, command, is_shortcut, spent_ms
