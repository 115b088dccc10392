-- How often comparable commands were given by shortcut, by week or by cohort.
--
-- Commands are those of lib/comparable_commands, in a known way. Small rows as in shortcuts/commands.
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
-- param by_cohort BOOLEAN = FALSE: by cohort, not by week
-- returns one row per week or cohort, in their order, then one for the others
-- column week_day INTEGER [d]: Monday of the week, days since 1970-01-01 UTC; NULL where unknown
-- column cohort VARCHAR: group of people; NULL where unknown
-- column is_other BOOLEAN: the row stands for several small ones
-- column uses_n BIGINT: times that comparable commands were given
-- column by_shortcut_n BIGINT: of these by shortcut
-- column people_n BIGINT: known people who gave them
WITH
-- steps of lib/counted_sessions
, uses AS (
  SELECT CASE WHEN $by_cohort::BOOLEAN THEN c.cohort END AS cohort, c.participant_id, u.uses_n,
    CASE WHEN NOT $by_cohort THEN (floor((c.started_day + 3) / 7.0) * 7 - 3)::INTEGER END AS week_day,
    CASE WHEN u.via = 'shortcut' THEN u.uses_n ELSE 0 END AS by_shortcut_n
  FROM counted AS c JOIN session_commands AS u ON u.session_id = c.session_id
  JOIN comparable_commands AS k ON k.command = u.command
  WHERE u.via <> 'unknown' AND ($app IS NULL OR u.app = $app)
), cells AS (
  SELECT week_day, cohort, participant_id, sum(u.uses_n)::BIGINT AS uses_n,
    sum(u.by_shortcut_n)::BIGINT AS by_shortcut_n,
    concat(coalesce(week_day::VARCHAR, ''), coalesce(cohort, '')) AS name,
    count(participant_id) OVER (PARTITION BY week_day, cohort) AS people_n
  FROM uses AS u GROUP BY week_day, cohort, participant_id
), few AS (
  SELECT CASE WHEN count(DISTINCT CASE WHEN people_n < $min_people THEN participant_id END)
    BETWEEN 1 AND $min_people - 1 THEN min(CASE WHEN people_n >= $min_people
    THEN concat(1000000000 + people_n, name) END) END AS joining FROM cells
)
SELECT e.week_day, e.cohort, FALSE AS is_other, sum(e.uses_n)::BIGINT AS uses_n,
  sum(e.by_shortcut_n)::BIGINT AS by_shortcut_n, e.people_n
FROM cells AS e CROSS JOIN few AS f WHERE e.people_n = 0 OR (e.people_n >= $min_people
  AND (f.joining IS NULL OR f.joining <> concat(1000000000 + e.people_n, e.name)))
GROUP BY e.week_day, e.cohort, e.people_n
UNION ALL
SELECT NULL::INTEGER AS week_day, NULL::VARCHAR AS cohort, TRUE AS is_other,
  sum(e.uses_n)::BIGINT AS uses_n, sum(e.by_shortcut_n)::BIGINT AS by_shortcut_n,
  count(DISTINCT e.participant_id) AS people_n
FROM cells AS e CROSS JOIN few AS f WHERE e.people_n > 0 AND (e.people_n < $min_people
  OR f.joining = concat(1000000000 + e.people_n, e.name))
GROUP BY f.joining HAVING count(DISTINCT e.participant_id) >= $min_people
ORDER BY is_other, week_day NULLS LAST, cohort NULLS LAST
