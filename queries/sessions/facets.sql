-- Values that the filter of the list offers, with their sessions.
--
-- A cohort of fewer than min_people people is not offered. Values that are not known are left out.
--
-- param min_people BIGINT = 5: smallest group of people that is named
-- returns one row per facet and value, by facet, most sessions first, then by value
-- column facet VARCHAR: cohort, app, os, source_format, actor or week
-- column value VARCHAR: value; a week is its Monday in days since 1970-01-01 UTC
-- column sessions_n BIGINT: sessions with that value
WITH cohorts AS (
  SELECT p.cohort, count(*) AS sessions_n
  FROM sessions AS s
  JOIN participants AS p ON p.participant_id = s.participant_id
  GROUP BY p.cohort
  HAVING count(DISTINCT s.participant_id) >= $min_people::BIGINT
), weeks AS (
  SELECT (floor((started_day + 3) / 7.0) * 7 - 3)::INTEGER AS started_week_day FROM sessions
), facets AS (
  SELECT 'cohort' AS facet, cohort AS value, sessions_n FROM cohorts
  UNION ALL
  SELECT 'app' AS facet, app AS value, count(*) AS sessions_n FROM session_app_counts GROUP BY app
  UNION ALL
  SELECT 'os' AS facet, os AS value, count(*) AS sessions_n FROM sessions GROUP BY os
  UNION ALL
  SELECT 'source_format' AS facet, source_format AS value, count(*) AS sessions_n
  FROM sessions
  GROUP BY source_format
  UNION ALL
  SELECT 'actor' AS facet, actor AS value, count(*) AS sessions_n FROM sessions GROUP BY actor
  UNION ALL
  SELECT 'week' AS facet, started_week_day::VARCHAR AS value, count(*) AS sessions_n
  FROM weeks
  GROUP BY started_week_day
)
SELECT facet, value, sessions_n
FROM facets
WHERE value IS NOT NULL
ORDER BY facet, sessions_n DESC, value
