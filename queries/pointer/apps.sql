-- Applications that people pointed in, for choosing one.
--
-- Refused (no rows) as in pointer/heatmap. An application of 1 to min_people - 1 known people is not named:
-- such ones stand together in one row, and with them the application of fewest people among the others.
--
-- param kind VARCHAR: move, click, right_click, double_click, drag, scroll or dwell
-- param space VARCHAR = 'screen': screen or window
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
-- returns one row per named application, most rows of that kind first, then one for the others together
-- column app VARCHAR: application as recorded; NULL where it is unknown, and where is_named is false
-- column is_named BOOLEAN: the row stands for one application, not for several of few people
-- column apps_n BIGINT: applications that the row stands for
-- column events_n BIGINT: rows of that kind; milliseconds of dwell
-- column people_n BIGINT: different people, where known; NULL where is_named is false
WITH
-- steps of lib/pointing_selection
, used AS (
  SELECT t.app, sum(t.events_n)::BIGINT AS events_n, count(DISTINCT c.participant_id) AS people_n
  FROM session_pointer_totals AS t
  JOIN chosen AS c ON c.session_id = t.session_id
  WHERE t.space = $space AND t.kind = $kind
  GROUP BY t.app
), judged AS (
  SELECT app, events_n, people_n,
    sum(CASE WHEN people_n BETWEEN 1 AND $min_people - 1 THEN 1 ELSE 0 END) OVER ()::BIGINT AS few_n,
    row_number() OVER (ORDER BY CASE WHEN people_n >= $min_people THEN people_n END NULLS LAST,
      app NULLS LAST) AS place
  FROM used
), named AS (
  SELECT j.app, j.events_n, j.people_n,
    (j.people_n = 0 OR (j.people_n >= $min_people AND (j.few_n = 0 OR j.place > 1))) AS is_named
  FROM judged AS j
)
SELECT CASE WHEN n.is_named THEN n.app END AS app, n.is_named, count(*) AS apps_n,
  sum(n.events_n)::BIGINT AS events_n, max(CASE WHEN n.is_named THEN n.people_n END) AS people_n
FROM named AS n
CROSS JOIN guard AS g
WHERE g.is_open
GROUP BY CASE WHEN n.is_named THEN n.app END, n.is_named
ORDER BY is_named DESC, events_n DESC, app NULLS LAST
