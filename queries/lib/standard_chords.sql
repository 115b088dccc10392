-- Chords that mean the same command in most applications of a system.
--
-- What the makers of the systems, or nearly all browsers and office suites, have in common; an application
-- may still bind a chord to something else. Where a row is documented, by letter: W Microsoft, Keyboard
-- shortcuts in Windows; A Apple, Mac keyboard shortcuts; G GNOME, Human Interface Guidelines and help; K KDE,
-- standard shortcuts (KStandardShortcut) and Plasma; B shortcut pages of Firefox and Chrome; O shortcut pages
-- of Microsoft Office and LibreOffice.
--
-- returns one row per system and chord, by system and chord
-- column os VARCHAR: windows, macos or linux
-- column chord VARCHAR: modifiers + key, case-folded: ctrl+c
-- column command VARCHAR: command
-- column sources VARCHAR: letters of the sources
WITH listed AS (
  SELECT v.command, v.windows, v.macos, v.linux, v.sources
  FROM (VALUES
    ('Copy', 'ctrl+c', 'meta+c', 'ctrl+c', 'WAGK'), ('Copy', 'ctrl+insert', NULL, 'ctrl+insert', 'WK'),
    ('Cut', 'ctrl+x', 'meta+x', 'ctrl+x', 'WAGK'), ('Cut', 'shift+delete', NULL, 'shift+delete', 'WK'),
    ('Paste', 'ctrl+v', 'meta+v', 'ctrl+v', 'WAGK'), ('Paste', 'shift+insert', NULL, 'shift+insert', 'WK'),
    ('Paste without formatting', 'ctrl+shift+v', 'alt+shift+meta+v', 'ctrl+shift+v', 'AB'),
    ('Undo', 'ctrl+z', 'meta+z', 'ctrl+z', 'WAGK'),
    ('Redo', 'ctrl+y', 'shift+meta+z', 'ctrl+shift+z', 'WAGK'),
    ('Redo', 'ctrl+shift+z', NULL, 'ctrl+y', 'BO'), ('Select all', 'ctrl+a', 'meta+a', 'ctrl+a', 'WAGK'),
    ('Find', 'ctrl+f', 'meta+f', 'ctrl+f', 'WAGK'), ('Find next', 'f3', 'meta+g', 'f3', 'AKB'),
    ('Find next', 'ctrl+g', NULL, 'ctrl+g', 'GB'), ('Replace', 'ctrl+h', NULL, 'ctrl+h', 'GO'),
    ('New', 'ctrl+n', 'meta+n', 'ctrl+n', 'WAGK'), ('Open', 'ctrl+o', 'meta+o', 'ctrl+o', 'WAGK'),
    ('Save', 'ctrl+s', 'meta+s', 'ctrl+s', 'WAGK'),
    ('Save as', 'ctrl+shift+s', 'shift+meta+s', 'ctrl+shift+s', 'AGK'),
    ('Print', 'ctrl+p', 'meta+p', 'ctrl+p', 'WAGK'), ('Close', 'ctrl+w', 'meta+w', 'ctrl+w', 'WAGK'),
    ('Close', 'ctrl+f4', NULL, NULL, 'W'), ('Quit', 'alt+f4', 'meta+q', 'ctrl+q', 'WAGK'),
    ('Close window', NULL, NULL, 'alt+f4', 'GK'), ('Help', 'f1', 'shift+meta+/', 'f1', 'WAGK'),
    ('Bold', 'ctrl+b', 'meta+b', 'ctrl+b', 'AGO'), ('Italic', 'ctrl+i', 'meta+i', 'ctrl+i', 'AGO'),
    ('Underline', 'ctrl+u', 'meta+u', 'ctrl+u', 'AGO'), ('Insert link', 'ctrl+k', 'meta+k', 'ctrl+k', 'O'),
    ('New tab', 'ctrl+t', 'meta+t', 'ctrl+t', 'GB'),
    ('Reopen closed tab', 'ctrl+shift+t', 'shift+meta+t', 'ctrl+shift+t', 'B'),
    ('Next tab', 'ctrl+tab', 'ctrl+tab', 'ctrl+tab', 'WB'),
    ('Previous tab', 'ctrl+shift+tab', 'ctrl+shift+tab', 'ctrl+shift+tab', 'WB'),
    ('Next tab', 'ctrl+pagedown', NULL, 'ctrl+pagedown', 'GB'),
    ('Previous tab', 'ctrl+pageup', NULL, 'ctrl+pageup', 'GB'),
    ('Address bar', 'ctrl+l', 'meta+l', 'ctrl+l', 'GB'), ('Address bar', 'alt+d', NULL, 'alt+d', 'WB'),
    ('Reload', 'ctrl+r', 'meta+r', 'ctrl+r', 'WGB'), ('Reload', 'f5', NULL, 'f5', 'WKB'),
    ('Back', 'alt+arrowleft', 'meta+[', 'alt+arrowleft', 'WGB'),
    ('Forward', 'alt+arrowright', 'meta+]', 'alt+arrowright', 'WGB'),
    ('Zoom in', 'ctrl++', 'meta++', 'ctrl++', 'WAGK'), ('Zoom in', 'ctrl+=', 'meta+=', 'ctrl+=', 'B'),
    ('Zoom out', 'ctrl+-', 'meta+-', 'ctrl+-', 'WAGK'), ('Normal size', 'ctrl+0', 'meta+0', 'ctrl+0', 'GB'),
    ('Full screen', 'f11', 'ctrl+meta+f', 'f11', 'WAG'), ('Rename', 'f2', NULL, 'f2', 'WGK'),
    ('Preferences', NULL, 'meta+,', 'ctrl+,', 'AG'),
    ('Go to start', 'ctrl+home', 'meta+arrowup', 'ctrl+home', 'WA'),
    ('Go to end', 'ctrl+end', 'meta+arrowdown', 'ctrl+end', 'WA'),
    ('Delete word before', 'ctrl+backspace', NULL, 'ctrl+backspace', 'WO'),
    ('Switch app', 'alt+tab', 'meta+tab', 'alt+tab', 'WAGK'),
    ('Switch app', 'alt+shift+tab', 'shift+meta+tab', 'alt+shift+tab', 'WAGK'),
    ('Show all windows', 'meta+tab', 'ctrl+arrowup', NULL, 'WA'),
    ('Show desktop', 'meta+d', 'f11', 'meta+d', 'WAK'),
    ('Lock screen', 'meta+l', 'ctrl+meta+q', 'meta+l', 'WAGK'),
    ('File manager', 'meta+e', NULL, 'meta+e', 'WK'),
    ('Search', 'meta+s', 'meta+space', NULL, 'WA'), ('Run', 'meta+r', NULL, 'alt+f2', 'WGK'),
    ('Screenshot', 'shift+meta+s', 'shift+meta+4', NULL, 'WA'),
    ('Clipboard history', 'meta+v', NULL, NULL, 'W'),
    ('Minimise', 'meta+arrowdown', 'meta+m', 'meta+h', 'WAG')
  ) AS v (command, windows, macos, linux, sources)
)
SELECT 'windows' AS os, windows AS chord, command, sources FROM listed WHERE windows IS NOT NULL
UNION ALL
SELECT 'macos' AS os, macos AS chord, command, sources FROM listed WHERE macos IS NOT NULL
UNION ALL
SELECT 'linux' AS os, linux AS chord, command, sources FROM listed WHERE linux IS NOT NULL
ORDER BY os, chord
