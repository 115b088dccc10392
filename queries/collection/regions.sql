-- Regions of the whole collection, and whether they were announced.
--
-- A region is that of the person at capture, else the person's own; sessions without one are left out. It is
-- named where at least min_people known people are in it, or no known person at all. The others stand
-- together in one row each for what was announced and what was not. Where a row, or those without a region,
-- are 1 to min_people - 1 people, all numbers are withheld: the whole minus the others would tell.
--
-- param announced VARCHAR = NULL: announced regions, parted by |, in any case; NULL: not known
-- param min_people BIGINT = 5: smallest group of people that is named
-- returns one row per named region and group of others; not announced ones first, then by sessions
-- column region VARCHAR: ISO 3166 code of the country; NULL for a group
-- column is_announced BOOLEAN: it was announced; NULL where that is not known
-- column regions_n BIGINT: regions that the row stands for
-- column sessions_n BIGINT: sessions recorded there; NULL where withheld
-- column people_n BIGINT: known people there; NULL where withheld
-- column is_few BOOLEAN: they are 1 to min_people - 1
WITH placed AS (
  SELECT s.session_id, s.participant_id, coalesce(s.region, p.region) AS region
  FROM sessions AS s
  LEFT JOIN participants AS p ON p.participant_id = s.participant_id
), told AS (
  SELECT session_id, participant_id, region, region IS NOT NULL AS is_known,
    CASE WHEN $announced::VARCHAR IS NULL OR region IS NULL THEN NULL
      ELSE region <> '' AND strpos(region, '|') = 0 AND strpos(concat('|', lower($announced), '|'),
        concat('|', lower(region), '|')) > 0 END AS is_announced
  FROM placed
), named AS (
  SELECT region
  FROM told
  WHERE is_known
  GROUP BY region
  HAVING count(DISTINCT participant_id) >= $min_people::BIGINT OR count(participant_id) = 0
), counted AS (
  SELECT n.region, t.is_known, t.is_announced, count(DISTINCT t.region) AS regions_n,
    count(DISTINCT t.session_id) AS sessions_n, count(DISTINCT t.participant_id) AS people_n
  FROM told AS t
  LEFT JOIN named AS n ON n.region = t.region
  GROUP BY n.region, t.is_known, t.is_announced
), few AS (
  SELECT count(*) AS few_n FROM counted WHERE people_n > 0 AND people_n < $min_people
)
SELECT c.region, c.is_announced, c.regions_n, CASE WHEN f.few_n = 0 THEN c.sessions_n END AS sessions_n,
  CASE WHEN c.people_n = 0 OR f.few_n = 0 THEN c.people_n END AS people_n,
  c.people_n > 0 AND c.people_n < $min_people AS is_few
FROM counted AS c
CROSS JOIN few AS f
WHERE c.is_known
ORDER BY is_announced NULLS LAST, sessions_n DESC NULLS LAST, region NULLS LAST
