-- What was recorded of every session, by the channels that people are told about.
--
-- moves: pointer positions. clicks: clicks of any button, and touches. keys: key presses and shortcuts that
-- say which key. text: typed, pasted or copied text. screenshots: frames. window_titles: titles of windows,
-- and names of the elements in them. urls: addresses of pages.
-- Rows made from other rows count as clicks, and nowhere else.
--
-- returns one row per session and channel with at least one row, by session and channel
-- column session_id VARCHAR: session
-- column channel VARCHAR: moves, clicks, keys, text, screenshots, window_titles or urls
-- column rows_n BIGINT: rows that hold something of that channel
WITH counts AS (
  SELECT session_id, count(*) FILTER (WHERE kind IN ('click', 'touch_start')) AS clicks_n,
    count(*) FILTER (WHERE kind IN ('key_down', 'shortcut') AND NOT is_derived
      AND (key IS NOT NULL OR code IS NOT NULL OR chord IS NOT NULL)) AS keys_n,
    count(*) FILTER (WHERE text <> '' AND NOT is_derived) AS text_n,
    count(*) FILTER (WHERE (coalesce(window_title, '') <> '' OR coalesce(element_name, '') <> '')
      AND NOT is_derived) AS titles_n,
    count(*) FILTER (WHERE url <> '' AND NOT is_derived) AS urls_n
  FROM events
  GROUP BY session_id
), counted AS (
  SELECT session_id, 'moves' AS channel, count(*) AS rows_n FROM moves GROUP BY session_id
  UNION ALL
  SELECT session_id, 'clicks' AS channel, clicks_n AS rows_n FROM counts
  UNION ALL
  SELECT session_id, 'keys' AS channel, keys_n AS rows_n FROM counts
  UNION ALL
  SELECT session_id, 'text' AS channel, text_n AS rows_n FROM counts
  UNION ALL
  SELECT session_id, 'screenshots' AS channel, count(*) AS rows_n FROM frames GROUP BY session_id
  UNION ALL
  SELECT session_id, 'window_titles' AS channel, titles_n AS rows_n FROM counts
  UNION ALL
  SELECT session_id, 'urls' AS channel, urls_n AS rows_n FROM counts
)
SELECT session_id, channel, rows_n
FROM counted
WHERE rows_n > 0
ORDER BY session_id, channel
