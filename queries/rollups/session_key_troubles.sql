-- Key rows of every session that a count of chords alone would take for what they are not.
--
-- repeat: a key that repeats while it is held. across_apps: a key that was released in another application
-- than it was pressed in; titles are no proof of another window: they change while one types. never_released:
-- its release is missing. unresolved: a shortcut of which the key is not known. typed: a shortcut that types
-- text on its layout, so its key is not shown. recorder: a shortcut that steers the recorder.
--
-- returns one row per session and trouble that occurs, by these
-- column session_id VARCHAR: session
-- column trouble VARCHAR: repeat, across_apps, never_released, unresolved, typed or recorder
-- column keys_n BIGINT: key presses, or shortcuts, with it
WITH keyed AS (
  SELECT session_id, kind, t_us, flags, app,
    lag(kind) OVER (PARTITION BY session_id, coalesce(lower(key), code) ORDER BY seq) AS kind_before,
    t_us - lag(t_us) OVER (PARTITION BY session_id, coalesce(lower(key), code) ORDER BY seq) AS after_us,
    lead(kind) OVER (PARTITION BY session_id, coalesce(lower(key), code) ORDER BY seq) AS kind_next,
    lead(app) OVER (PARTITION BY session_id, coalesce(lower(key), code) ORDER BY seq) AS app_next
  FROM events
  WHERE kind IN ('key_down', 'key_up') AND (key IS NOT NULL OR code IS NOT NULL)
), troubled AS (
  SELECT session_id, 'repeat' AS trouble FROM keyed
  WHERE kind = 'key_down' AND kind_before = 'key_down' AND after_us BETWEEN 0 AND 2000000
  UNION ALL
  SELECT session_id, 'across_apps' AS trouble FROM keyed
  WHERE kind = 'key_down' AND kind_next = 'key_up' AND app_next <> app
  UNION ALL
  SELECT session_id, 'never_released' AS trouble
  FROM keyed
  WHERE kind = 'key_down' AND flags LIKE '%dangling%'
  UNION ALL
  SELECT e.session_id, CASE WHEN e.flags LIKE '%recorder_hotkey%' THEN 'recorder'
    WHEN e.chord IS NULL THEN 'unresolved' ELSE 'typed' END AS trouble
  FROM events AS e
  LEFT JOIN shown_chords AS h ON h.session_id = e.session_id AND h.seq = e.seq
  WHERE e.kind = 'shortcut' AND (h.seq IS NULL OR e.flags LIKE '%recorder_hotkey%')
)
SELECT session_id, trouble, count(*) AS keys_n
FROM troubled
GROUP BY session_id, trouble
ORDER BY session_id, trouble
