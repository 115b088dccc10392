-- How many window titles only few people have seen; no title is given.
--
-- A title that fewer than min_people people have on their screens may tell who they are. Sessions of nobody
-- known count as one person each. Rows made from other rows are left out.
--
-- param min_people BIGINT = 5: titles that fewer people have seen are rare
-- returns one row
-- column people_n BIGINT: people with titles
-- column titles_n BIGINT: distinct titles
-- column rare_titles_n BIGINT: titles that fewer than min_people people have seen
-- column rare_rows_n BIGINT: rows with such a title
WITH seen AS (
  SELECT e.window_title, coalesce(s.participant_id, e.session_id) AS person, count(*) AS own_n
  FROM events AS e JOIN sessions AS s ON s.session_id = e.session_id
  WHERE e.window_title IS NOT NULL AND NOT e.is_derived
  GROUP BY e.window_title, coalesce(s.participant_id, e.session_id)
), titles AS (
  SELECT seen.window_title, count(*) AS seen_by_n, sum(seen.own_n)::BIGINT AS rows_n
  FROM seen
  GROUP BY seen.window_title
), people AS (
  SELECT count(DISTINCT seen.person) AS people_n
  FROM seen
)
SELECT
  people.people_n, count(titles.seen_by_n) AS titles_n,
  count(titles.seen_by_n) FILTER (WHERE titles.seen_by_n < $min_people::BIGINT) AS rare_titles_n,
  coalesce(sum(titles.rows_n) FILTER (WHERE titles.seen_by_n < $min_people), 0)::BIGINT AS rare_rows_n
FROM people LEFT JOIN titles ON true
GROUP BY people.people_n
ORDER BY people.people_n
