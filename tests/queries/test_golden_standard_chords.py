"""The table of standard chords, written down a second time: a change of it is meant, or it fails here."""

from __future__ import annotations

from explorer.trace.keys import chord
from explorer.trace.schema import MODIFIERS
from explorer.trace.shown_keys import is_named, shown_key

from .conftest import Expects
from .golden import Trace

STANDARD = """
os       chord             command
linux    alt+arrowleft     Back
linux    alt+arrowright    Forward
linux    alt+d             Address bar
linux    alt+f2            Run
linux    alt+f4            Close window
linux    alt+shift+tab     Switch app
linux    alt+tab           Switch app
linux    ctrl++            Zoom in
linux    ctrl+,            Preferences
linux    ctrl+-            Zoom out
linux    ctrl+0            Normal size
linux    ctrl+=            Zoom in
linux    ctrl+a            Select all
linux    ctrl+b            Bold
linux    ctrl+backspace    Delete word before
linux    ctrl+c            Copy
linux    ctrl+end          Go to end
linux    ctrl+f            Find
linux    ctrl+g            Find next
linux    ctrl+h            Replace
linux    ctrl+home         Go to start
linux    ctrl+i            Italic
linux    ctrl+insert       Copy
linux    ctrl+k            Insert link
linux    ctrl+l            Address bar
linux    ctrl+n            New
linux    ctrl+o            Open
linux    ctrl+p            Print
linux    ctrl+pagedown     Next tab
linux    ctrl+pageup       Previous tab
linux    ctrl+q            Quit
linux    ctrl+r            Reload
linux    ctrl+s            Save
linux    ctrl+shift+s      Save as
linux    ctrl+shift+t      Reopen closed tab
linux    ctrl+shift+tab    Previous tab
linux    ctrl+shift+v      Paste without formatting
linux    ctrl+shift+z      Redo
linux    ctrl+t            New tab
linux    ctrl+tab          Next tab
linux    ctrl+u            Underline
linux    ctrl+v            Paste
linux    ctrl+w            Close
linux    ctrl+x            Cut
linux    ctrl+y            Redo
linux    ctrl+z            Undo
linux    f1                Help
linux    f11               Full screen
linux    f2                Rename
linux    f3                Find next
linux    f5                Reload
linux    meta+d            Show desktop
linux    meta+e            File manager
linux    meta+h            Minimise
linux    meta+l            Lock screen
linux    shift+delete      Cut
linux    shift+insert      Paste
macos    alt+shift+meta+v  Paste without formatting
macos    ctrl+arrowup      Show all windows
macos    ctrl+meta+f       Full screen
macos    ctrl+meta+q       Lock screen
macos    ctrl+shift+tab    Previous tab
macos    ctrl+tab          Next tab
macos    f11               Show desktop
macos    meta++            Zoom in
macos    meta+,            Preferences
macos    meta+-            Zoom out
macos    meta+0            Normal size
macos    meta+=            Zoom in
macos    meta+[            Back
macos    meta+]            Forward
macos    meta+a            Select all
macos    meta+arrowdown    Go to end
macos    meta+arrowup      Go to start
macos    meta+b            Bold
macos    meta+c            Copy
macos    meta+f            Find
macos    meta+g            Find next
macos    meta+i            Italic
macos    meta+k            Insert link
macos    meta+l            Address bar
macos    meta+m            Minimise
macos    meta+n            New
macos    meta+o            Open
macos    meta+p            Print
macos    meta+q            Quit
macos    meta+r            Reload
macos    meta+s            Save
macos    meta+space        Search
macos    meta+t            New tab
macos    meta+tab          Switch app
macos    meta+u            Underline
macos    meta+v            Paste
macos    meta+w            Close
macos    meta+x            Cut
macos    meta+z            Undo
macos    shift+meta+/      Help
macos    shift+meta+4      Screenshot
macos    shift+meta+s      Save as
macos    shift+meta+t      Reopen closed tab
macos    shift+meta+tab    Switch app
macos    shift+meta+z      Redo
windows  alt+arrowleft     Back
windows  alt+arrowright    Forward
windows  alt+d             Address bar
windows  alt+f4            Quit
windows  alt+shift+tab     Switch app
windows  alt+tab           Switch app
windows  ctrl++            Zoom in
windows  ctrl+-            Zoom out
windows  ctrl+0            Normal size
windows  ctrl+=            Zoom in
windows  ctrl+a            Select all
windows  ctrl+b            Bold
windows  ctrl+backspace    Delete word before
windows  ctrl+c            Copy
windows  ctrl+end          Go to end
windows  ctrl+f            Find
windows  ctrl+f4           Close
windows  ctrl+g            Find next
windows  ctrl+h            Replace
windows  ctrl+home         Go to start
windows  ctrl+i            Italic
windows  ctrl+insert       Copy
windows  ctrl+k            Insert link
windows  ctrl+l            Address bar
windows  ctrl+n            New
windows  ctrl+o            Open
windows  ctrl+p            Print
windows  ctrl+pagedown     Next tab
windows  ctrl+pageup       Previous tab
windows  ctrl+r            Reload
windows  ctrl+s            Save
windows  ctrl+shift+s      Save as
windows  ctrl+shift+t      Reopen closed tab
windows  ctrl+shift+tab    Previous tab
windows  ctrl+shift+v      Paste without formatting
windows  ctrl+shift+z      Redo
windows  ctrl+t            New tab
windows  ctrl+tab          Next tab
windows  ctrl+u            Underline
windows  ctrl+v            Paste
windows  ctrl+w            Close
windows  ctrl+x            Cut
windows  ctrl+y            Redo
windows  ctrl+z            Undo
windows  f1                Help
windows  f11               Full screen
windows  f2                Rename
windows  f3                Find next
windows  f5                Reload
windows  meta+arrowdown    Minimise
windows  meta+d            Show desktop
windows  meta+e            File manager
windows  meta+l            Lock screen
windows  meta+r            Run
windows  meta+s            Search
windows  meta+tab          Show all windows
windows  meta+v            Clipboard history
windows  shift+delete      Cut
windows  shift+insert      Paste
windows  shift+meta+s      Screenshot
"""


def test_standard_chords(expects: Expects) -> None:
    expects("lib/standard_chords", STANDARD)


def test_standard_chords_are_spelled_as_recorded_ones_are(trace: Trace) -> None:
    rows = trace.ask("lib/standard_chords").to_pylist()
    assert len({(row["os"], row["chord"]) for row in rows}) == len(rows)
    for row in rows:
        held = [name for name in MODIFIERS if f"+{name}+" in f"+{row['chord']}"]
        name = row["chord"][sum(len(word) + 1 for word in held) :]
        assert chord(held, name) == row["chord"]
        assert len(name) == 1 or is_named(name)
        assert shown_key(None, None, row["chord"], row["os"])[2] == row["chord"], "it types nothing"
        assert set(row["sources"]) <= set("WAGKBO")
        assert row["sources"]
