-- Groups of people in the whole collection.
--
-- A cohort of fewer than min_people people is not named: such cohorts are summed. Where they are fewer than
-- min_people people even together, the smallest other cohort joins them, for the whole minus the named ones
-- would tell how many they are. Sessions of unknown people are in no cohort.
--
-- param min_people BIGINT = 5: smallest group of people that is named
-- returns one row per named cohort, most people first, then one for the others together
-- column cohort VARCHAR: cohort; NULL for people of whom none is known, and where is_named is false
-- column is_named BOOLEAN: the row stands for one cohort, not for several small ones
-- column cohorts_n BIGINT: cohorts that the row stands for
-- column people_n BIGINT: people in it; NULL where they are fewer than min_people
-- column sessions_n BIGINT: their sessions; NULL where the people are fewer than min_people
WITH groups AS (
  SELECT p.cohort, count(DISTINCT s.participant_id) AS people_n, count(*) AS sessions_n
  FROM sessions AS s
  LEFT JOIN participants AS p ON p.participant_id = s.participant_id
  WHERE s.participant_id IS NOT NULL
  GROUP BY p.cohort
), smaller AS (
  SELECT cohort, people_n, sessions_n, coalesce(sum(people_n) OVER (
    ORDER BY people_n, cohort NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ), 0)::BIGINT AS before_n
  FROM groups
), judged AS (
  SELECT cohort, people_n, sessions_n,
    people_n >= $min_people::BIGINT AND (before_n = 0 OR before_n >= $min_people) AS is_named
  FROM smaller
), shown AS (
  SELECT CASE WHEN j.is_named THEN j.cohort END AS cohort, j.is_named, count(*) AS cohorts_n,
    sum(j.people_n)::BIGINT AS people_n, sum(j.sessions_n)::BIGINT AS sessions_n
  FROM judged AS j
  GROUP BY CASE WHEN j.is_named THEN j.cohort END, j.is_named
)
SELECT o.cohort, o.is_named, o.cohorts_n, CASE WHEN o.people_n >= $min_people THEN o.people_n END AS people_n,
  CASE WHEN o.people_n >= $min_people THEN o.sessions_n END AS sessions_n
FROM shown AS o
ORDER BY is_named DESC, people_n DESC NULLS LAST, cohort NULLS LAST
