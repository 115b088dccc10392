-- What is wrong or missing in one session.
--
-- Moves, events and frames count; rows made from other rows do not.
-- The frame of an event is the one that the recording names for it, else the latest one before it.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row per measure, always the same ones, by place; none when the session is not there
-- column place INTEGER: place on the screen, from 1
-- column measure VARCHAR: short name
-- column label VARCHAR: name for the screen
-- column found_n BIGINT: how often it was found
-- column of_n BIGINT: among how many
-- column worst_ms DOUBLE [ms]: worst case, where the measure is a time
-- column note VARCHAR: what it means
WITH marks AS (
  SELECT seq, t_us, 'move' AS kind, x_px, flags, NULL::BIGINT AS frame_us
  FROM moves
  WHERE session_id = $session_id::VARCHAR
  UNION ALL
  SELECT e.seq, e.t_us, e.kind, e.x_px, e.flags, f.t_us AS frame_us
  FROM events AS e
  LEFT JOIN frames_index AS f ON f.session_id = e.session_id AND f.frame_id = e.frame_id
  WHERE e.session_id = $session_id AND NOT e.is_derived
  UNION ALL
  SELECT seq, t_us, 'frame' AS kind, NULL::INTEGER AS x_px, NULL::VARCHAR AS flags, t_us AS frame_us
  FROM frames_index
  WHERE session_id = $session_id
), clocked AS (
  SELECT kind, x_px, flags, t_us, lag(t_us) OVER (ORDER BY seq) AS before_us,
    max(t_us) OVER (ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest_us,
    coalesce(frame_us, max(CASE WHEN kind = 'frame' THEN t_us END) OVER (
      ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)) AS shown_us
  FROM marks
), spans AS (
  SELECT kind, x_px, flags, t_us - latest_us AS gap_us, before_us - t_us AS back_us,
    CASE WHEN kind NOT IN ('move', 'frame') THEN t_us - shown_us END AS lag_us
  FROM clocked
), counts AS (
  SELECT count(*) FILTER (WHERE x_px IS NOT NULL OR flags LIKE '%sentinel_xy%') AS points_n,
    count(*) FILTER (WHERE flags LIKE '%off_screen%') AS off_screen_n,
    count(*) FILTER (WHERE flags LIKE '%no_geometry%') AS no_geometry_n,
    count(*) FILTER (WHERE flags LIKE '%sentinel_xy%') AS sentinel_n,
    count(*) FILTER (WHERE kind = 'key_down') AS keys_n,
    count(*) FILTER (WHERE kind = 'key_down' AND flags LIKE '%unresolved_key%') AS unresolved_n,
    count(*) FILTER (WHERE kind = 'key_down' AND flags LIKE '%dangling%') AS dangling_n,
    count(*) FILTER (WHERE kind IN ('key_down', 'key_up') AND flags LIKE '%held_at_start%') AS held_n,
    count(gap_us) AS pairs_n, count(*) FILTER (WHERE gap_us > 60000000) AS gaps_n, max(gap_us) AS longest_us,
    count(*) FILTER (WHERE back_us > 0) AS backs_n, max(back_us) FILTER (WHERE back_us > 0) AS farthest_us,
    count(lag_us) AS framed_n, count(*) FILTER (WHERE lag_us > 1000000) AS late_n, max(lag_us) AS latest_us
  FROM spans
), found AS (
  SELECT 1 AS place, off_screen_n AS found_n, points_n AS of_n, NULL::BIGINT AS worst_us FROM counts
  UNION ALL SELECT 2, no_geometry_n, points_n, NULL::BIGINT FROM counts
  UNION ALL SELECT 3, sentinel_n, points_n, NULL::BIGINT FROM counts
  UNION ALL SELECT 4, unresolved_n, keys_n, NULL::BIGINT FROM counts
  UNION ALL SELECT 5, dangling_n, keys_n, NULL::BIGINT FROM counts
  UNION ALL SELECT 6, held_n, keys_n, NULL::BIGINT FROM counts
  UNION ALL SELECT 7, gaps_n, pairs_n, longest_us FROM counts
  UNION ALL SELECT 8, backs_n, pairs_n, farthest_us FROM counts
  UNION ALL SELECT 9, late_n, framed_n, latest_us FROM counts
), words AS (
  SELECT w.place, w.measure, w.label, w.note FROM (VALUES
    (1, 'off_screen', 'Points off every display', 'kept, but on no map'),
    (2, 'no_geometry', 'Points without a known display', 'kept, but on no map'),
    (3, 'sentinel_xy', 'Points without a position', 'the source wrote a number that means none'),
    (4, 'unresolved_keys', 'Keys that could not be named', 'their shortcuts have no name'),
    (5, 'dangling_keys', 'Keys never released', 'the recording ended first, or a release is missing'),
    (6, 'held_at_start', 'Keys held at the start', 'pressed before the recording began'),
    (7, 'gaps', 'Gaps over 60 s', 'nothing was recorded in between'),
    (8, 'clock_backwards', 'Clock steps backwards', 'order follows the recording, not the clock'),
    (9, 'frame_lag', 'Events whose screenshot is over 1 s old', 'the screen may have looked different')
  ) AS w(place, measure, label, note)
)
SELECT w.place, w.measure, w.label, f.found_n, f.of_n, f.worst_us::DOUBLE / 1000 AS worst_ms, w.note
FROM found AS f
JOIN words AS w ON w.place = f.place
JOIN sessions AS s ON s.session_id = $session_id
ORDER BY place
