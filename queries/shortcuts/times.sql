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
), names AS (
  SELECT command, row_number() OVER (ORDER BY command) AS number FROM session_command_times GROUP BY command
), uses AS (
  SELECT n.person, k.number * 2 + CASE WHEN u.is_shortcut THEN 1 ELSE 0 END AS way, u.spent_ms,
    sum(u.uses_n)::BIGINT AS n
  FROM counted AS c JOIN numbered AS n ON n.who = coalesce(c.participant_id, c.session_id)
  JOIN session_command_times AS u ON u.session_id = c.session_id AND ($app IS NULL OR u.app = $app)
  JOIN names AS k ON k.command = u.command
  GROUP BY n.person, k.number * 2 + CASE WHEN u.is_shortcut THEN 1 ELSE 0 END, u.spent_ms
), placed AS (
  SELECT person, way, spent_ms, n, sum(n) OVER (ORDER BY person, way, spent_ms
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)::BIGINT AS up_to_n
  FROM uses
), whole AS (
  SELECT person, way, sum(p.n)::BIGINT AS all_n, max(p.up_to_n) - sum(p.n)::BIGINT AS before_n
  FROM placed AS p GROUP BY person, way
)
SELECT p.person, c.is_known, k.command, p.way - floor(p.way / 2.0) * 2 = 1 AS is_shortcut, p.spent_ms
FROM placed AS p
JOIN whole AS w ON w.person = p.person AND w.way = p.way
JOIN names AS k ON k.number = floor(p.way / 2.0)
CROSS JOIN (SELECT count(participant_id) > 0 AS is_known FROM counted) AS c
WHERE p.up_to_n - w.before_n >= floor((w.all_n + 1) / 2.0)
  AND p.up_to_n - p.n - w.before_n < floor((w.all_n + 2) / 2.0)
ORDER BY person, command, is_shortcut, spent_ms
