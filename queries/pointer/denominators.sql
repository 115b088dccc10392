-- What stands behind a map of pointer/heatmap: people, sessions, and what is in no cell.
--
-- events_n = counted_n + off_screen_n + no_geometry_n; milliseconds for dwell. withheld_n is the part of
-- counted_n that the map withholds: cells of few people, and one other so that nobody's part is told.
--
-- param kind VARCHAR: move, click, right_click, double_click, drag, scroll or dwell
-- param space VARCHAR = 'screen': screen or window
-- param columns_n BIGINT = 48: grid of the map
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
-- returns one row; none where the map is refused
-- column people_n BIGINT: different people with rows of that kind, where known
-- column unknown_people_sessions_n BIGINT: sessions with such rows of which the person is not known
-- column sessions_n BIGINT: sessions with such rows
-- column events_n BIGINT: rows of that kind
-- column counted_n BIGINT: those in a cell
-- column off_screen_n BIGINT: those off every display, or outside of the window in front
-- column no_geometry_n BIGINT: those whose place is unknown: no position, or no display or window known
-- column estimated_n BIGINT: counted rows of sessions whose screen size is an estimate
-- column withheld_n BIGINT: counted rows that the map withholds; all of them on a grid that it has not
WITH
-- steps of lib/pointing_selection
,
-- steps of lib/map_cells
, sums AS (
  SELECT count(DISTINCT t.session_id) AS sessions_n, coalesce(sum(t.events_n), 0)::BIGINT AS events_n,
    count(DISTINCT CASE WHEN c.participant_id IS NULL THEN t.session_id END) AS unknown_people_sessions_n,
    coalesce(sum(t.counted_n), 0)::BIGINT AS counted_n, coalesce(sum(t.outside_n), 0)::BIGINT AS off_screen_n,
    coalesce(sum(t.counted_n) FILTER (WHERE t.is_estimated), 0)::BIGINT AS estimated_n
  FROM session_pointer_totals AS t
  JOIN chosen AS c ON c.session_id = t.session_id
  WHERE t.space = $space AND t.kind = $kind AND ($app IS NULL OR t.app = $app)
), drawn AS (
  SELECT coalesce(sum(j.n), 0)::BIGINT AS shown_n
  FROM judged AS j
  WHERE (j.people_n = 0 OR (j.people_n >= $min_people AND (j.few_n = 0 OR j.place > 1)))
)
SELECT g.chosen_n AS people_n, u.unknown_people_sessions_n, u.sessions_n, u.events_n, u.counted_n,
  u.off_screen_n, u.events_n - u.counted_n - u.off_screen_n AS no_geometry_n, u.estimated_n,
  u.counted_n - k.shown_n AS withheld_n
FROM sums AS u
CROSS JOIN guard AS g
CROSS JOIN drawn AS k
WHERE g.is_open
ORDER BY people_n
