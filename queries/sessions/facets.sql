-- Values that the filter of the list offers, with their sessions.
--
-- A value is offered where at least min_people known people stand behind it, or no known person at all, as
-- with agents: fewer people could be told by what only they use. Values that are not known are left out.
--
-- param min_people BIGINT = 5: smallest group of people that is named
-- returns one row per facet and value, by facet, most sessions first, then by value
-- column facet VARCHAR: cohort, app, os, source_format, actor or week
-- column value VARCHAR: value; a week is its Monday in days since 1970-01-01 UTC
-- column sessions_n BIGINT: sessions with that value
WITH described AS (
  SELECT 'cohort' AS facet, p.cohort AS value, s.session_id, s.participant_id
  FROM sessions AS s
  JOIN participants AS p ON p.participant_id = s.participant_id
  UNION ALL
  SELECT 'app' AS facet, a.app AS value, s.session_id, s.participant_id
  FROM sessions AS s
  JOIN session_app_counts AS a ON a.session_id = s.session_id
  UNION ALL
  SELECT 'os' AS facet, os AS value, session_id, participant_id FROM sessions
  UNION ALL
  SELECT 'source_format' AS facet, source_format AS value, session_id, participant_id FROM sessions
  UNION ALL
  SELECT 'actor' AS facet, actor AS value, session_id, participant_id FROM sessions
  UNION ALL
  SELECT 'week' AS facet, (floor((started_day + 3) / 7.0) * 7 - 3)::INTEGER::VARCHAR AS value, session_id,
    participant_id
  FROM sessions
)
SELECT facet, value, count(*) AS sessions_n
FROM described
WHERE value IS NOT NULL
GROUP BY facet, value
HAVING count(DISTINCT participant_id) >= $min_people::BIGINT OR count(participant_id) = 0
ORDER BY facet, sessions_n DESC, value
