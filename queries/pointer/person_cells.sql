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
), seats AS (
  SELECT person, is_person, os, row_number() OVER (ORDER BY person, os) AS seat
  FROM who GROUP BY person, is_person, os
), seated AS (
  SELECT w.session_id, s.seat
  FROM who AS w JOIN seats AS s ON s.person = w.person
    AND (s.os = w.os OR (s.os IS NULL AND w.os IS NULL))
), squares AS (
  SELECT w.seat, b.block, sum(b.n_0)::BIGINT AS n_0, sum(b.n_1)::BIGINT AS n_1, sum(b.n_2)::BIGINT AS n_2,
    sum(b.n_3)::BIGINT AS n_3
  FROM session_pointer_blocks AS b
  JOIN seated AS w ON w.session_id = b.session_id
  WHERE b.space = $space AND b.kind = $kind AND $app IS NULL AND $kind IN ('move', 'dwell')
  GROUP BY w.seat, b.block
), quarters AS (
  SELECT v.quarter FROM (VALUES (0), (1), (2), (3)) AS v (quarter)
), counts AS (
  SELECT session_id, block AS cell, n_0 + n_1 + n_2 + n_3 AS n
  FROM session_pointer_blocks
  WHERE space = $space AND kind = $kind AND $app IS NULL AND $kind NOT IN ('move', 'dwell')
  UNION ALL
  SELECT session_id, cell, CASE WHEN $kind = 'dwell' THEN dwell_ms ELSE n_0 + n_1 + n_2 + n_3 END AS n
  FROM session_pointer_cells
  WHERE space = $space AND kind = CASE WHEN $kind = 'dwell' THEN 'move' ELSE $kind END AND app = $app
    AND cell IS NOT NULL
), parts AS (
  SELECT w.seat, c.cell, sum(c.n)::BIGINT AS n
  FROM counts AS c JOIN seated AS w ON w.session_id = c.session_id
  GROUP BY w.seat, c.cell
  UNION ALL
  SELECT seat, (floor(s.block / 24.0) * 2 + floor(q.quarter / 2.0)) * 48
      + (s.block - floor(s.block / 24.0) * 24) * 2 + q.quarter - floor(q.quarter / 2.0) * 2 AS cell,
    CASE q.quarter WHEN 0 THEN n_0 WHEN 1 THEN n_1 WHEN 2 THEN n_2 ELSE n_3 END AS n
  FROM squares AS s
  CROSS JOIN quarters AS q
)
SELECT s.person AS person_number, s.is_person, s.os, o.cell::INTEGER AS cell, o.n
FROM parts AS o
JOIN seats AS s ON s.seat = o.seat
CROSS JOIN guard AS g
WHERE o.n > 0 AND g.is_open
ORDER BY person_number, os NULLS FIRST, cell
