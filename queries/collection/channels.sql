-- What was recorded, by the channels that people are told about.
--
-- What each channel holds is said in rollups/session_channels.
--
-- returns one row per channel, in a fixed order
-- column place INTEGER: place in that order, from 1
-- column channel VARCHAR: moves, clicks, keys, text, screenshots, window_titles or urls
-- column rows_n BIGINT: rows that hold something of that channel
-- column sessions_n BIGINT: sessions with at least one such row
-- column of_n BIGINT: all sessions
WITH channels AS (
  SELECT c.place, c.channel FROM (VALUES
    (1, 'moves'), (2, 'clicks'), (3, 'keys'), (4, 'text'), (5, 'screenshots'), (6, 'window_titles'),
    (7, 'urls')
  ) AS c(place, channel)
), counted AS (
  SELECT channel, sum(r.rows_n)::BIGINT AS rows_n, count(*) AS sessions_n
  FROM session_channels AS r
  GROUP BY channel
), everything AS (
  SELECT count(*) AS of_n FROM sessions
)
SELECT c.place::INTEGER AS place, c.channel, coalesce(n.rows_n, 0) AS rows_n,
  coalesce(n.sessions_n, 0) AS sessions_n, e.of_n
FROM channels AS c
CROSS JOIN everything AS e
LEFT JOIN counted AS n ON n.channel = c.channel
ORDER BY place
