-- Chords of all events that may be shown: those that type no text.
--
-- Keys with a name, and chords with Ctrl, Alt or Meta, type nothing, unless a layout types with them: Option
-- on macOS, and Ctrl + Alt (AltGr on Windows) with all but a letter or a digit. Each is spelled anew from
-- its modifiers in one order, left and right alike, and the key in lower case: nothing else can stand there.
--
-- returns one row per shortcut or command given by keys, with a chord that may be shown; by session and seq
-- column session_id VARCHAR: session
-- column seq BIGINT: place in the session's true order
-- column os VARCHAR: operating system
-- column chord VARCHAR: modifiers + key, case-folded: ctrl+c
WITH pressed AS (
  SELECT e.session_id, e.seq, s.os, lower(coalesce(e.chord,
    CASE WHEN e.mods IS NULL THEN e.key ELSE concat(e.mods, '+', e.key) END)) AS keys
  FROM events AS e
  JOIN sessions AS s ON s.session_id = e.session_id
  WHERE (e.kind = 'shortcut' OR (e.kind = 'key_down' AND e.command IS NOT NULL))
    AND (e.chord IS NOT NULL OR e.key IS NOT NULL)
), held AS (
  SELECT session_id, seq, os, keys, strpos(concat('+', keys), '+ctrl+') > 0 AS has_ctrl,
    strpos(concat('+', keys), '+alt+') > 0 AS has_alt, strpos(concat('+', keys), '+shift+') > 0 AS has_shift,
    strpos(concat('+', keys), '+meta+') > 0 AS has_meta
  FROM pressed
), parted AS (
  SELECT session_id, seq, os, has_ctrl, has_alt, has_shift, has_meta, substr(keys, 1
    + CASE WHEN has_ctrl THEN 5 ELSE 0 END + CASE WHEN has_alt THEN 4 ELSE 0 END
    + CASE WHEN has_shift THEN 6 ELSE 0 END + CASE WHEN has_meta THEN 5 ELSE 0 END) AS name
  FROM held
), judged AS (
  SELECT session_id, seq, os, has_ctrl, has_alt, has_shift, has_meta,
    CASE WHEN p.name = ' ' THEN 'space' ELSE p.name END AS word, p.name IN (
      'alt', 'altgraph', 'arrowdown', 'arrowleft', 'arrowright', 'arrowup', 'audiovolumedown',
      'audiovolumemute', 'audiovolumeup', 'backspace', 'brightnessdown', 'brightnessup', 'browserback',
      'browserforward', 'capslock', 'clear', 'compose', 'contextmenu', 'control', 'convert', 'ctrl', 'dead',
      'delete', 'end', 'enter', 'escape', 'f1', 'f10', 'f11', 'f12', 'f13', 'f14', 'f15', 'f16', 'f17',
      'f18', 'f19', 'f2', 'f20', 'f21', 'f22', 'f23', 'f24', 'f3', 'f4', 'f5', 'f6', 'f7', 'f8', 'f9', 'fn',
      'home', 'insert', 'mediaplaypause', 'mediastop', 'mediatracknext', 'mediatrackprevious', 'meta',
      'nonconvert', 'numlock', 'pagedown', 'pageup', 'pause', 'printscreen', 'process', 'scrolllock',
      'shift', 'space', 'tab', 'unidentified')
      OR (length(p.name) = 1 AND (has_meta OR (has_ctrl AND NOT has_alt)
        OR (has_ctrl AND has_alt AND ((p.name >= 'a' AND p.name <= 'z') OR (p.name >= '0' AND p.name <= '9')))
        OR (has_alt AND NOT has_ctrl AND coalesce(os, '') <> 'macos'))) AS is_shown
  FROM parted AS p
)
SELECT session_id, seq, os, concat(CASE WHEN has_ctrl THEN 'ctrl+' ELSE '' END,
  CASE WHEN has_alt THEN 'alt+' ELSE '' END, CASE WHEN has_shift THEN 'shift+' ELSE '' END,
  CASE WHEN has_meta THEN 'meta+' ELSE '' END, word) AS chord
FROM judged
WHERE is_shown
ORDER BY session_id, seq
