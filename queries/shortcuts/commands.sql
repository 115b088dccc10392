-- How often each command was given in each way.
--
-- Rows of fewer than min_people people are summed as the others; where these are still fewer, the smallest
-- row joins them; where all are too few, there is no row. See shortcuts/coverage for what is counted.
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
-- param with_app BOOLEAN = FALSE: a row for every application
-- returns one row per command and way, most uses first, then one for the others
-- column app VARCHAR: application; NULL where unknown or not asked for
-- column command VARCHAR: command
-- column via VARCHAR: shortcut, menu, context_menu, toolbar or unknown
-- column is_comparable BOOLEAN: the way is known, and the command is one of lib/comparable_commands
-- column is_other BOOLEAN: the row stands for several small ones
-- column uses_n BIGINT: times it was given
-- column people_n BIGINT: known people who gave it
WITH
-- steps of lib/counted_sessions
, uses AS (
  SELECT CASE WHEN $with_app::BOOLEAN THEN u.app END AS app, u.command, u.via, c.participant_id, u.uses_n,
    k.command IS NOT NULL AND u.via <> 'unknown' AS is_comparable
  FROM counted AS c JOIN session_commands AS u ON u.session_id = c.session_id
  LEFT JOIN comparable_commands AS k ON k.command = u.command
  WHERE u.command IS NOT NULL AND ($app IS NULL OR u.app = $app)
), cells AS (
  SELECT app, command, via, is_comparable, participant_id, sum(u.uses_n)::BIGINT AS uses_n,
    concat(command, '|', via, '|', coalesce(app, '')) AS name,
    count(participant_id) OVER (PARTITION BY app, command, via, is_comparable) AS people_n
  FROM uses AS u GROUP BY app, command, via, is_comparable, participant_id
), few AS (
  SELECT CASE WHEN count(DISTINCT CASE WHEN people_n < $min_people THEN participant_id END)
    BETWEEN 1 AND $min_people - 1 THEN min(CASE WHEN people_n >= $min_people
    THEN concat(1000000000 + people_n, name) END) END AS joining FROM cells
)
SELECT e.app, e.command, e.via, e.is_comparable, FALSE AS is_other, sum(e.uses_n)::BIGINT AS uses_n,
  e.people_n
FROM cells AS e CROSS JOIN few AS f WHERE e.people_n = 0 OR (e.people_n >= $min_people
  AND (f.joining IS NULL OR f.joining <> concat(1000000000 + e.people_n, e.name)))
GROUP BY e.app, e.command, e.via, e.is_comparable, e.people_n
UNION ALL
SELECT NULL::VARCHAR AS app, NULL::VARCHAR AS command, NULL::VARCHAR AS via, NULL::BOOLEAN AS is_comparable,
  TRUE AS is_other, sum(e.uses_n)::BIGINT AS uses_n, count(DISTINCT e.participant_id) AS people_n
FROM cells AS e CROSS JOIN few AS f WHERE e.people_n > 0 AND (e.people_n < $min_people
  OR f.joining = concat(1000000000 + e.people_n, e.name))
GROUP BY f.joining HAVING count(DISTINCT e.participant_id) >= $min_people
ORDER BY is_other, uses_n DESC, command, via, app NULLS LAST
