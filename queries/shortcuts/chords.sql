-- Chords, the commands they gave, and how often they were pressed.
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
-- returns one row per system, chord and command, most presses first, then one for the others
-- column app VARCHAR: application; NULL where unknown or not asked for
-- column os VARCHAR: operating system; NULL where unknown
-- column chord VARCHAR: modifiers + key: ctrl+c
-- column command VARCHAR: command; NULL where it has no name
-- column is_recorded BOOLEAN: the recording itself names the command
-- column is_other BOOLEAN: the row stands for several small ones
-- column presses_n BIGINT: times it was pressed
-- column people_n BIGINT: known people who pressed it
WITH
-- steps of lib/counted_sessions
, uses AS (
  SELECT CASE WHEN $with_app::BOOLEAN THEN u.app END AS app, c.os, u.chord, u.command, u.is_recorded,
    c.participant_id, u.uses_n AS presses_n
  FROM counted AS c JOIN session_commands AS u ON u.session_id = c.session_id
  WHERE u.chord IS NOT NULL AND ($app IS NULL OR u.app = $app)
), cells AS (
  SELECT app, os, chord, command, is_recorded, participant_id, sum(u.presses_n)::BIGINT AS presses_n,
    concat(chord, '|', coalesce(os, ''), coalesce(command, '|'), coalesce(app, '|'), is_recorded) AS name,
    count(participant_id) OVER (PARTITION BY app, os, chord, command, is_recorded) AS people_n
  FROM uses AS u GROUP BY app, os, chord, command, is_recorded, participant_id
), few AS (
  SELECT CASE WHEN count(DISTINCT CASE WHEN people_n < $min_people THEN participant_id END)
    BETWEEN 1 AND $min_people - 1 THEN min(CASE WHEN people_n >= $min_people
    THEN concat(1000000000 + people_n, name) END) END AS joining FROM cells
)
SELECT e.app, e.os, e.chord, e.command, e.is_recorded, FALSE AS is_other,
  sum(e.presses_n)::BIGINT AS presses_n, e.people_n
FROM cells AS e CROSS JOIN few AS f WHERE e.people_n = 0 OR (e.people_n >= $min_people
  AND (f.joining IS NULL OR f.joining <> concat(1000000000 + e.people_n, e.name)))
GROUP BY e.app, e.os, e.chord, e.command, e.is_recorded, e.people_n
UNION ALL
SELECT NULL::VARCHAR AS app, NULL::VARCHAR AS os, NULL::VARCHAR AS chord, NULL::VARCHAR AS command,
  NULL::BOOLEAN AS is_recorded, TRUE AS is_other, sum(e.presses_n)::BIGINT AS presses_n,
  count(DISTINCT e.participant_id) AS people_n
FROM cells AS e CROSS JOIN few AS f WHERE e.people_n > 0 AND (e.people_n < $min_people
  OR f.joining = concat(1000000000 + e.people_n, e.name))
GROUP BY f.joining HAVING count(DISTINCT e.participant_id) >= $min_people
ORDER BY is_other, presses_n DESC, chord, os NULLS LAST, command NULLS LAST, is_recorded, app NULLS LAST
