-- Sequences of two to four commands, and how often they came.
--
-- Those of rollups/session_sequences; with app, of sessions that used it, whatever was in front. Only what
-- min_people people did or more, or no known person at all. See shortcuts/coverage for what is counted.
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
-- returns one row per sequence, the most frequent first
-- column sequence VARCHAR: its commands, parted by an arrow
-- column commands_n BIGINT: how many commands it has: 2, 3 or 4
-- column times_n BIGINT: how often it came
-- column people_n BIGINT: known people who did it
WITH
-- steps of lib/counted_sessions
, of_people AS (
  SELECT u.sequence, u.commands_n, c.participant_id, sum(u.times_n)::BIGINT AS times_n
  FROM counted AS c JOIN session_sequences AS u ON u.session_id = c.session_id
  GROUP BY u.sequence, u.commands_n, c.participant_id
)
SELECT o.sequence, o.commands_n, sum(o.times_n)::BIGINT AS times_n, count(o.participant_id) AS people_n
FROM of_people AS o
GROUP BY o.sequence, o.commands_n
HAVING count(o.participant_id) >= $min_people OR count(o.participant_id) = 0
ORDER BY times_n DESC, commands_n DESC, sequence
