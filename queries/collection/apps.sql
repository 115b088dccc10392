-- Applications of the whole collection, and whether they were announced.
--
-- An application is named where at least min_people known people used it, or no known person at all, as with
-- agents. The others stand together in one row each for what was announced and what was not.
--
-- param announced VARCHAR = NULL: announced applications, parted by |, in any case; NULL: not known
-- param min_people BIGINT = 5: smallest group of people that is named
-- returns one row per named application and group of others; not announced ones first, then by sessions
-- column app VARCHAR: application as recorded; NULL for a group
-- column is_announced BOOLEAN: it was announced; NULL where that is not known
-- column apps_n BIGINT: applications that the row stands for
-- column sessions_n BIGINT: sessions in which they were used; NULL for a group of fewer than min_people
WITH used AS (
  SELECT a.session_id, a.app, s.participant_id, CASE WHEN $announced::VARCHAR IS NULL THEN NULL
    ELSE a.app <> '' AND strpos(a.app, '|') = 0
      AND strpos(concat('|', lower($announced), '|'), concat('|', lower(a.app), '|')) > 0 END AS is_announced
  FROM session_app_counts AS a
  JOIN sessions AS s ON s.session_id = a.session_id
), named AS (
  SELECT app
  FROM used
  GROUP BY app
  HAVING count(DISTINCT participant_id) >= $min_people::BIGINT OR count(participant_id) = 0
), counted AS (
  SELECT n.app, u.is_announced, count(DISTINCT u.app) AS apps_n, count(DISTINCT u.session_id) AS sessions_n,
    count(DISTINCT u.participant_id) AS people_n
  FROM used AS u
  LEFT JOIN named AS n ON n.app = u.app
  GROUP BY n.app, u.is_announced
)
SELECT c.app, c.is_announced, c.apps_n,
  CASE WHEN c.people_n = 0 OR c.people_n >= $min_people THEN c.sessions_n END AS sessions_n
FROM counted AS c
ORDER BY is_announced NULLS LAST, sessions_n DESC NULLS LAST, app NULLS LAST
