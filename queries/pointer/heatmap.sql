-- Where people point: how much is in each cell of a grid over the screen, or over the window in front.
--
-- Refused (no rows) where 1 to min_people - 1 known people have such rows in the selection, outside of it, or
-- in what another selection that holds it has more.
-- Else cells of 1 to min_people - 1 known people are withheld, and with them the one of fewest people among
-- the others; pointer/denominators has their sum. rollups/session_pointer_cells says what each kind counts.
--
-- param kind VARCHAR: move, click, right_click, double_click, drag, scroll or dwell
-- param space VARCHAR = 'screen': screen or window
-- param by VARCHAR = 'events': events (milliseconds for dwell), ms (dwell alone) or people
-- param columns_n BIGINT = 48: 48 (27 rows) or 96 (54 rows); no 96 for dwell, nor filtered moves of all apps
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
-- returns one row per cell that has anything and is not withheld, by cell
-- column cell INTEGER: row * columns_n + column
-- column value BIGINT: what is measured; people: known people, and each session of an unknown one
-- column people_n BIGINT: different people, where known
WITH
-- steps of lib/pointing_selection
,
-- steps of lib/map_cells
SELECT j.cell::INTEGER AS cell, CASE WHEN $by::VARCHAR = 'people' THEN j.people_n + j.unknown_n ELSE j.n END
  AS value, j.people_n
FROM judged AS j
CROSS JOIN guard AS g
WHERE (j.people_n = 0 OR (j.people_n >= $min_people AND (j.few_n = 0 OR j.place > 1)))
  AND ($by IN ('events', 'people') OR ($by = 'ms' AND $kind = 'dwell'))
  AND g.is_open
ORDER BY cell
