-- How many people agreed, as far as the recordings say.
--
-- Withdrawn people have no rows here. A number of 1 to min_people - 1 people is withheld, and so is the other
-- one then: the whole minus it would tell. Sessions of unknown people are not counted.
--
-- param min_people BIGINT = 5: smallest group of people that is named
-- returns one row per state of consent, granted first
-- column consent VARCHAR: granted, or unknown
-- column people_n BIGINT: people; NULL where withheld
-- column is_few BOOLEAN: they are 1 to min_people - 1
WITH people AS (
  SELECT s.participant_id,
    CASE WHEN max(strpos(lower(p.consent_status), 'granted')) > 0 THEN 'granted' ELSE 'unknown' END AS consent
  FROM sessions AS s
  LEFT JOIN participants AS p ON p.participant_id = s.participant_id
  WHERE s.participant_id IS NOT NULL
  GROUP BY s.participant_id
), states AS (
  SELECT c.consent FROM (VALUES ('granted'), ('unknown')) AS c(consent)
), counted AS (
  SELECT c.consent, count(p.participant_id) AS people_n
  FROM states AS c
  LEFT JOIN people AS p ON p.consent = c.consent
  GROUP BY c.consent
), few AS (
  SELECT count(*) AS few_n FROM counted WHERE people_n > 0 AND people_n < $min_people::BIGINT
)
SELECT c.consent, CASE WHEN c.people_n = 0 OR f.few_n = 0 THEN c.people_n END AS people_n,
  c.people_n > 0 AND c.people_n < $min_people AS is_few
FROM counted AS c
CROSS JOIN few AS f
ORDER BY consent
