-- Every command that was given, and every shortcut, in its session's order.
--
-- A command has the name that the recording gives it, else the one that its chord has by standard (see
-- lib/standard_chords) except in terminals, Emacs and Vim, which have chords of their own, else none.
-- It starts with the first input that belongs to it: the first of the modifiers pressed directly before the
-- key of a chord, else that key; the press on a button; for a menu the press that opened it, a click before.
-- The hand's way to that press is not in it. The recorder's own hotkeys are left out.
--
-- returns one row per command or shortcut, by session and seq
-- column session_id VARCHAR: session
-- column seq BIGINT: place in the session's true order
-- column t_us BIGINT [us]: when it was given
-- column start_us BIGINT [us]: when its first input came; NULL where unknown, or more than 30 s before
-- column app VARCHAR: application in front
-- column command VARCHAR: command; NULL for a chord without a name
-- column is_recorded BOOLEAN: the recording itself names it
-- column chord VARCHAR: modifiers + key; NULL where not by keys, where it types text, or where not known
-- column via VARCHAR: shortcut, menu, context_menu, toolbar or unknown
WITH inputs AS (
  SELECT e.session_id, e.seq, e.t_us, e.kind, e.app, nullif(e.command, '') AS command,
    CASE WHEN e.kind = 'shortcut' THEN 'shortcut' WHEN e.command <> '' THEN coalesce(e.via, 'unknown')
      END AS way,
    e.kind = 'key_down' AND coalesce(e.key, '') IN ('Control', 'Alt', 'Shift', 'Meta', 'AltGraph') AS is_mod,
    strpos(coalesce(e.flags, ''), 'recorder_hotkey') > 0 AS is_hotkey
  FROM events AS e
  WHERE e.command <> '' OR e.kind IN ('mouse_down', 'click', 'key_down', 'shortcut', 'drag', 'scroll')
), runs AS (
  SELECT session_id, seq, t_us, kind, app, command, way, is_mod, is_hotkey,
    sum(CASE WHEN is_mod THEN 0 ELSE 1 END) OVER (
      PARTITION BY session_id ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)::BIGINT AS run
  FROM inputs
), held AS (
  SELECT session_id, seq, t_us, kind, app, command, way, is_hotkey, CASE WHEN is_mod THEN
    min(CASE WHEN is_mod THEN t_us END) OVER (PARTITION BY session_id, run) END AS held_us
  FROM runs
), steps AS (
  SELECT session_id, seq, t_us, kind, app, command, way, is_hotkey,
    lag(kind, 1) OVER (PARTITION BY session_id ORDER BY seq) AS kind_1,
    lag(t_us, 1) OVER (PARTITION BY session_id ORDER BY seq) AS t_1_us,
    lag(held_us, 1) OVER (PARTITION BY session_id ORDER BY seq) AS held_1_us,
    lag(CASE WHEN command IS NULL THEN kind END, 2) OVER (PARTITION BY session_id ORDER BY seq) AS kind_2,
    lag(held_us, 2) OVER (PARTITION BY session_id ORDER BY seq) AS held_2_us,
    lag(kind, 3) OVER (PARTITION BY session_id ORDER BY seq) AS kind_3,
    lag(t_us, 3) OVER (PARTITION BY session_id ORDER BY seq) AS t_3_us
  FROM held
), given AS (
  SELECT session_id, seq, t_us, app, command, way, CASE
    WHEN kind = 'key_down' THEN coalesce(held_1_us, t_us)
    WHEN kind = 'shortcut' AND kind_1 = 'key_down' THEN coalesce(held_2_us, t_1_us)
    WHEN way = 'toolbar' AND kind_1 = 'mouse_down' THEN t_1_us
    WHEN way IN ('menu', 'context_menu') AND kind_1 = 'mouse_down' AND kind_2 = 'click'
      AND kind_3 = 'mouse_down' THEN t_3_us
    WHEN way IN ('menu', 'context_menu') AND kind_1 = 'click' THEN t_1_us END AS first_us
  FROM steps
  WHERE way IS NOT NULL AND NOT is_hotkey
), worded AS (
  SELECT g.session_id, g.seq, g.t_us, g.first_us, g.app, g.command, g.way, h.chord, CASE
      WHEN strpos(lower(g.app), 'term') > 0 OR strpos(lower(g.app), 'konsole') > 0 THEN NULL
      WHEN strpos(lower(g.app), 'powershell') > 0 OR strpos(lower(g.app), 'cmd.exe') > 0 THEN NULL
      WHEN strpos(lower(g.app), 'emacs') > 0 OR strpos(lower(g.app), 'vim') > 0 THEN NULL
      ELSE h.os END AS os
  FROM given AS g
  LEFT JOIN shown_chords AS h ON h.session_id = g.session_id AND h.seq = g.seq AND g.way = 'shortcut'
)
SELECT w.session_id, w.seq, w.t_us,
  CASE WHEN w.t_us - w.first_us BETWEEN 0 AND 30000000 THEN w.first_us END AS start_us, w.app,
  coalesce(w.command, c.command) AS command, w.command IS NOT NULL AS is_recorded, w.chord, w.way AS via
FROM worded AS w
LEFT JOIN standard_chords AS c ON c.os = w.os AND c.chord = w.chord
ORDER BY session_id, seq
