-- Counts of every session that the list, the facts and the filters show.
--
-- Rows made from other rows count as clicks, double clicks, drags and shortcuts, and nowhere else.
--
-- returns one row per session, by session
-- column session_id VARCHAR: session
-- column source_events_n BIGINT: rows of events that the source recorded itself
-- column clicks_n BIGINT: clicks with the left or an unnamed button
-- column right_clicks_n BIGINT: clicks with the right button
-- column double_clicks_n BIGINT: double clicks; their clicks are counted as clicks too
-- column drags_n BIGINT: drags
-- column scrolls_n BIGINT: scroll steps
-- column keys_n BIGINT: key_down rows; repeats of a held key count, for sources do not tell them apart
-- column shortcuts_n BIGINT: shortcuts
-- column app_switches_n BIGINT: events in another application than the event before
-- column apps_n BIGINT: different applications
-- column off_screen_n BIGINT: points off every display
-- column sentinel_n BIGINT: points that only meant "none" and have no position
-- column unresolved_keys_n BIGINT: key_down rows whose key is not known
-- column dangling_keys_n BIGINT: keys that were never released
-- column first_window_title VARCHAR: first window title, at most 300 characters
-- column first_app VARCHAR: first application
-- column first_frame_id VARCHAR: first frame
-- column middle_frame_id VARCHAR: frame in the middle, by count
-- column last_frame_id VARCHAR: last frame
WITH moved AS (
  SELECT session_id, count(*) FILTER (WHERE flags LIKE '%off_screen%') AS off_screen_n,
    count(*) FILTER (WHERE flags LIKE '%sentinel_xy%') AS sentinel_n
  FROM moves WHERE flags IS NOT NULL GROUP BY session_id
), fronts AS (
  SELECT session_id, app, lag(app) OVER (PARTITION BY session_id ORDER BY seq) AS app_before
  FROM events
  WHERE app IS NOT NULL AND NOT is_derived
  UNION ALL
  SELECT session_id, app, app AS app_before FROM moves GROUP BY session_id, app
), apps AS (
  SELECT session_id, count(DISTINCT app) AS apps_n, count(*) FILTER (WHERE app <> app_before) AS switches_n
  FROM fronts GROUP BY session_id
), counts AS (
  SELECT session_id, count(*) FILTER (WHERE NOT is_derived) AS source_events_n,
    count(*) FILTER (WHERE kind = 'click' AND (button = 'left' OR button IS NULL)) AS clicks_n,
    count(*) FILTER (WHERE kind = 'click' AND button = 'right') AS right_clicks_n,
    count(*) FILTER (WHERE kind = 'double_click') AS double_clicks_n,
    count(*) FILTER (WHERE kind = 'drag') AS drags_n, count(*) FILTER (WHERE kind = 'scroll') AS scrolls_n,
    count(*) FILTER (WHERE kind = 'key_down') AS keys_n,
    count(*) FILTER (WHERE kind = 'shortcut') AS shortcuts_n,
    count(*) FILTER (WHERE flags LIKE '%off_screen%' AND NOT is_derived) AS off_screen_n,
    count(*) FILTER (WHERE flags LIKE '%sentinel_xy%' AND NOT is_derived) AS sentinel_n,
    count(*) FILTER (WHERE flags LIKE '%unresolved_key%' AND kind = 'key_down') AS unresolved_keys_n,
    count(*) FILTER (WHERE flags LIKE '%dangling%' AND kind = 'key_down') AS dangling_keys_n,
    min(seq) FILTER (WHERE window_title IS NOT NULL) AS title_seq,
    min(seq) FILTER (WHERE app IS NOT NULL) AS app_seq
  FROM events GROUP BY session_id
), placed AS (
  SELECT session_id, frame_id, count(*) OVER (PARTITION BY session_id) AS frames_n,
    row_number() OVER (PARTITION BY session_id ORDER BY seq) AS place
  FROM frames
), pictured AS (
  SELECT session_id, max(frame_id) FILTER (WHERE place = 1) AS first_frame_id,
    max(frame_id) FILTER (WHERE place = floor((frames_n + 1) / 2.0)) AS middle_frame_id,
    max(frame_id) FILTER (WHERE place = frames_n) AS last_frame_id
  FROM placed GROUP BY session_id
)
SELECT s.session_id, coalesce(c.source_events_n, 0) AS source_events_n, coalesce(c.clicks_n, 0) AS clicks_n,
  coalesce(c.right_clicks_n, 0) AS right_clicks_n, coalesce(c.double_clicks_n, 0) AS double_clicks_n,
  coalesce(c.drags_n, 0) AS drags_n, coalesce(c.scrolls_n, 0) AS scrolls_n, coalesce(c.keys_n, 0) AS keys_n,
  coalesce(c.shortcuts_n, 0) AS shortcuts_n, coalesce(a.switches_n, 0) AS app_switches_n,
  coalesce(a.apps_n, 0) AS apps_n, coalesce(m.off_screen_n, 0) + coalesce(c.off_screen_n, 0) AS off_screen_n,
  coalesce(m.sentinel_n, 0) + coalesce(c.sentinel_n, 0) AS sentinel_n,
  coalesce(c.unresolved_keys_n, 0) AS unresolved_keys_n, coalesce(c.dangling_keys_n, 0) AS dangling_keys_n,
  substr(t.window_title, 1, 300) AS first_window_title, f.app AS first_app,
  p.first_frame_id, p.middle_frame_id, p.last_frame_id
FROM sessions AS s
LEFT JOIN counts AS c ON c.session_id = s.session_id
LEFT JOIN moved AS m ON m.session_id = s.session_id
LEFT JOIN apps AS a ON a.session_id = s.session_id
LEFT JOIN events AS t ON t.session_id = c.session_id AND t.seq = c.title_seq
LEFT JOIN events AS f ON f.session_id = c.session_id AND f.seq = c.app_seq
LEFT JOIN pictured AS p ON p.session_id = s.session_id
ORDER BY s.session_id
