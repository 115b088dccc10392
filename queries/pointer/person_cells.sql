-- Where each person points, on 48 x 27 cells, for comparing two groups of people.
--
-- Asked once for each group; person_number tells who is in both. It stands for one person, so this serves
-- comparisons alone and is not offered on screen. Refused (no rows) as in pointer/heatmap; cells are not
-- withheld.
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
-- returns one row per person, operating system and cell that has anything, by person_number, os and cell
-- column person_number INTEGER: number in the whole collection, in an order that tells nothing
-- column is_person BOOLEAN: the person is known; else the number stands for a session
-- column os VARCHAR: operating system of those sessions
-- column cell INTEGER: row * 48 + column
-- column n BIGINT: rows of that kind; milliseconds of dwell
WITH
-- steps of lib/pointing_selection
, units AS (
  SELECT session_id, os, participant_id IS NOT NULL AS is_person,
    concat(CASE WHEN participant_id IS NULL THEN 'session:' ELSE 'person:' END,
      coalesce(participant_id, session_id)) AS unit
  FROM sessions
), numbered AS (
  SELECT unit, (row_number() OVER (ORDER BY md5(unit), unit) - 1)::INTEGER AS person FROM units GROUP BY unit
), who AS (
  SELECT u.session_id, u.is_person, u.os, n.person
  FROM units AS u
  JOIN chosen AS c ON c.session_id = u.session_id
  JOIN numbered AS n ON n.unit = u.unit
), counts AS (
  SELECT session_id, block AS place, n_0, n_1, n_2, n_3
  FROM session_pointer_blocks
  WHERE space = $space AND kind = $kind AND $app IS NULL
  UNION ALL
  SELECT session_id, cell AS place,
    CASE WHEN $kind = 'dwell' THEN p.dwell_ms ELSE p.n_0 END AS n_0,
    CASE WHEN $kind = 'dwell' THEN 0 ELSE p.n_1 END AS n_1,
    CASE WHEN $kind = 'dwell' THEN 0 ELSE p.n_2 END AS n_2,
    CASE WHEN $kind = 'dwell' THEN 0 ELSE p.n_3 END AS n_3
  FROM session_pointer_cells AS p
  WHERE space = $space AND kind = CASE WHEN $kind = 'dwell' THEN 'move' ELSE $kind END AND app = $app
    AND cell IS NOT NULL
), of_people AS (
  SELECT w.person, w.is_person, w.os, c.place, sum(c.n_0)::BIGINT AS n_0, sum(c.n_1)::BIGINT AS n_1,
    sum(c.n_2)::BIGINT AS n_2, sum(c.n_3)::BIGINT AS n_3
  FROM counts AS c
  JOIN who AS w ON w.session_id = c.session_id
  GROUP BY w.person, w.is_person, w.os, c.place
), quarters AS (
  SELECT 0 AS quarter UNION ALL SELECT 1 AS quarter UNION ALL SELECT 2 AS quarter
  UNION ALL SELECT 3 AS quarter
), parts AS (
  SELECT person, is_person, os, place AS cell, n_0 + n_1 + n_2 + n_3 AS n
  FROM of_people
  WHERE $app IS NOT NULL OR $kind NOT IN ('move', 'dwell')
  UNION ALL
  SELECT person, is_person, os, (floor(p.place / 24.0) * 2 + floor(q.quarter / 2.0)) * 48
      + (p.place - floor(p.place / 24.0) * 24) * 2 + q.quarter - floor(q.quarter / 2.0) * 2 AS cell,
    CASE q.quarter WHEN 0 THEN n_0 WHEN 1 THEN n_1 WHEN 2 THEN n_2 ELSE n_3 END AS n
  FROM of_people AS p
  CROSS JOIN quarters AS q
  WHERE NOT ($app IS NOT NULL OR $kind NOT IN ('move', 'dwell'))
)
SELECT o.person AS person_number, o.is_person, o.os, o.cell::INTEGER AS cell, o.n
FROM parts AS o
CROSS JOIN guard AS g
WHERE o.n > 0 AND g.is_open
ORDER BY person_number, os NULLS FIRST, cell
