"""Golden rows of what commands and chords are: queries/lib, and the rollups that read it."""

from __future__ import annotations

import pytest

from .conftest import Expects
from .golden import Trace


def on(trace: Trace, os: str) -> None:
    """A session s on that system."""
    trace.add("sessions", f"session_id  os\n s  {os}")


def test_chords_that_may_be_shown(expects: Expects, trace: Trace) -> None:
    on(trace, "windows")
    trace.record(
        """
        session_id  kind       key     mods        chord         command
        s           shortcut*  C       ctrl        Ctrl+C        -
        s           shortcut*  -       -           ctrl+alt+e    -
        s           shortcut*  -       -           ctrl+alt+ć    -
        s           shortcut*  -       -           shift+a       -
        s           shortcut*  -       -           a             -
        s           shortcut*  -       -           alt+ctrl+f4   -
        s           shortcut*  -       -           shift+meta+s  -
        s           shortcut*  -       -           ctrl++        -
        s           shortcut*  -       -           ctrl+space    -
        s           shortcut*  -       -           alt+f         -
        s           shortcut*  -       -           ctrl+secret   -
        s           shortcut*  -       -           -             -
        s           key_down   Delete  -           -             Delete
        s           key_down   a       -           -             -
        s           key_down   h       ctrl+shift  -             Highlight
        """
    )
    expects(
        "lib/shown_chords",
        """
        seq  os       chord
        0    windows  ctrl+c
        1    windows  ctrl+alt+e
        5    windows  ctrl+alt+f4
        6    windows  shift+meta+s
        7    windows  ctrl++
        8    windows  ctrl+space
        9    windows  alt+f
        12   windows  delete
        14   windows  ctrl+shift+h
        """,
    )


def test_option_types_on_macos(expects: Expects, trace: Trace) -> None:
    on(trace, "macos")
    trace.record(
        """
        session_id  kind       chord
        s           shortcut*  alt+g
        s           shortcut*  alt+arrowleft
        s           shortcut*  alt+meta+v
        """
    )
    expects("lib/shown_chords", "seq  chord\n 1  alt+arrowleft\n 2  alt+meta+v")


def test_a_command_starts_with_its_first_input(expects: Expects, trace: Trace) -> None:
    on(trace, "linux")
    trace.record(
        """
        session_id  t_ms   kind        key      button  chord         command  via           app       flags
        s           100    key_down    Control  -       -             -        -             Mail      -
        s           120    key_down    Shift    -       -             -        -             Mail      -
        s           150    key_down    m        -       -             -        -             Mail      -
        s           150    shortcut*   m        -       ctrl+shift+m  Letter   shortcut      Mail      -
        s           300    key_down    c        -       -             -        -             Mail      -
        s           300    shortcut*   c        -       ctrl+c        -        -             Mail      -
        s           400    key_down    v        -       -             -        -             Mail      -
        s           400    shortcut*   v        -       ctrl+v        -        -             Terminal  -
        s           1000   mouse_down  -        left    -             -        -             Mail      -
        s           1080   click*      -        left    -             -        -             Mail      -
        s           2000   mouse_down  -        left    -             -        -             Mail      -
        s           2090   click*      -        left    -             Copy     menu          Mail      -
        s           3000   mouse_down  -        right   -             -        -             Mail      -
        s           3090   click*      -        right   -             -        -             Mail      -
        s           40000  mouse_down  -        left    -             -        -             Mail      -
        s           40090  click*      -        left    -             Paste    context_menu  Mail      -
        s           50000  mouse_down  -        left    -             -        -             Mail      -
        s           50070  click*      -        left    -             Save     toolbar       Mail      -
        s           51000  key_down    Delete   -       -             Delete   shortcut      Mail      -
        s           52000  click       -        -       -             -        -             Mail      -
        s           53000  click       -        -       -             Bold     menu          Mail      -
        s           54000  shortcut*   x        -       ctrl+x        -        -             Mail      recorder_hotkey
        s           55000  shortcut    -        -       -             -        -             Mail      unresolved_key
        s           56000  custom      -        -       -             Print    -             Mail      -
        """
    )
    expects(
        "lib/command_rows",
        """
        seq  t_ms   start_ms  app       command  is_recorded  chord         via
        3    150    100       Mail      Letter   true         ctrl+shift+m  shortcut
        5    300    300       Mail      Copy     false        ctrl+c        shortcut
        7    400    400       Terminal  -        false        ctrl+v        shortcut
        11   2090   1000      Mail      Copy     true         -             menu
        15   40090  -         Mail      Paste    true         -             context_menu
        17   50070  50000     Mail      Save     true         -             toolbar
        18   51000  51000     Mail      Delete   true         delete        shortcut
        20   53000  52000     Mail      Bold     true         -             menu
        22   55000  -         Mail      -        false        -             shortcut
        23   56000  -         Mail      Print    true         -             unknown
        """,
    )
    expects(
        "rollups/session_command_times",
        """
        app   command  is_shortcut  spent_ms  uses_n
        Mail  Bold     false        1000      1
        Mail  Copy     false        1090      1
        Mail  Copy     true         0         1
        Mail  Delete   true         0         1
        Mail  Letter   true         50        1
        """,
    )


@pytest.mark.parametrize(("app", "command"), [("GNOME Terminal", "-"), ("GVim", "-"), ("Vienna", "Copy")])
def test_applications_with_chords_of_their_own(
    expects: Expects, trace: Trace, app: str, command: str
) -> None:
    on(trace, "linux")
    trace.record(f"session_id  kind  chord  app\n s  shortcut*  ctrl+c  {app}")
    expects("lib/command_rows", f"seq  chord  command\n 0  ctrl+c  {command}")


def test_commands_of_a_session_are_counted(expects: Expects, trace: Trace) -> None:
    on(trace, "macos")
    trace.record(
        """
        session_id  t_ms  kind       chord   command  via       app
        s           -     shortcut*  meta+c  -        -         Mail
        s           20    shortcut*  meta+c  -        -         Mail
        s           30    click      -       Copy     menu      Mail
        s           40    shortcut*  meta+c  Copy     shortcut  Mail
        s           50    shortcut*  meta+j  -        -         -
        s           60    shortcut*  -       -        -         Mail
        """
    )
    expects(
        "rollups/session_commands",
        """
        app   command  is_recorded  chord   via       uses_n  example_ms
        Mail  Copy     false        meta+c  shortcut  2       20
        Mail  Copy     true         meta+c  shortcut  1       40
        Mail  Copy     true         -       menu      1       30
        Mail  -        false        -       shortcut  1       60
        -     -        false        meta+j  shortcut  1       50
        """,
    )


def test_sequences_of_a_session(expects: Expects, trace: Trace) -> None:
    on(trace, "linux")
    trace.record(
        """
        session_id  t_s  kind       chord   command
        s           0    click      -       Copy
        s           5    key_down   -       -
        s           9    click      -       Find
        s           19   shortcut*  ctrl+j  -
        s           20   click      -       Copy
        s           31   click      -       Find
        s           32   shortcut*  -       -
        s           33   click      -       Find
        """
    )
    expects(
        "rollups/session_sequences",
        """
        sequence                     commands_n  times_n
        Copy → Find                  2           1
        Find → ctrl+j                2           1
        ctrl+j → Copy                2           1
        Copy → Find → ctrl+j         3           1
        Find → ctrl+j → Copy         3           1
        Copy → Find → ctrl+j → Copy  4           1
        """,
    )


def test_what_follows_a_right_click(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        session_id  t_ms   kind        button  key     command  via           app
        s           0      click*      right   -       -        -             Mail
        s           10     mouse_down  left    -       -        -             Mail
        s           900    click*      left    -       Copy     context_menu  Mail
        s           1000   click*      right   -       -        -             Mail
        s           4001   click*      left    -       -        -             Mail
        s           5000   click*      right   -       -        -             Sheet
        s           6000   click*      right   -       -        -             Sheet
        s           7000   key_down    -       Escape  -        -             Sheet
        s           8000   click*      right   -       -        -             Sheet
        s           9000   scroll      -       -       -        -             Sheet
        s           9500   click*      right   -       -        -             Sheet
        s           9600   click*      left    -       Save     toolbar       Sheet
        s           9700   click*      right   -       -        -             Sheet
        s           9800   key_down    -       a       -        -             Sheet
        s           9900   click*      right   -       -        -             Sheet
        t           -      click*      right   -       -        -             Sheet
        t           -      click*      left    -       -        -             Sheet
        """
    )
    expects(
        "rollups/session_right_clicks",
        """
        session_id  app    followed_by    command  right_clicks_n
        s           Mail   context_menu   Copy     1
        s           Mail   nothing        -        1
        s           Sheet  click          -        1
        s           Sheet  escape         -        1
        s           Sheet  key            -        1
        s           Sheet  nothing        -        1
        s           Sheet  other_command  Save     1
        s           Sheet  pointer        -        1
        t           Sheet  not_timed      -        1
        """,
    )


def test_troubles_with_keys(expects: Expects, trace: Trace) -> None:
    on(trace, "windows")
    trace.record(
        """
        session_id  t_ms  kind       key      code   chord       app   flags
        s           0     key_down   Alt      -      -           Mail  -
        s           10    key_down   Tab      -      -           Mail  -
        s           20    key_up     Tab      -      -           Mail  -
        s           30    key_up     Alt      -      -           Docs  -
        s           100   key_down   x        -      -           Docs  -
        s           150   key_down   x        -      -           Docs  -
        s           200   key_down   X        -      -           Docs  -
        s           250   key_up     x        -      -           Docs  -
        s           9000  key_down   q        -      -           Docs  dangling
        s           9100  key_down   -        VK_84  -           Docs  -
        s           9200  shortcut*  -        VK_84  -           Docs  unresolved_key
        s           9300  shortcut*  ć        -      ctrl+alt+ć  Docs  -
        s           9400  shortcut*  F9       -      f9          Docs  recorder_hotkey
        s           9500  shortcut*  c        -      ctrl+c      Docs  -
        """
    )
    expects(
        "rollups/session_key_troubles",
        """
        trouble         keys_n
        across_apps     1
        never_released  1
        recorder        1
        repeat          2
        typed           1
        unresolved      1
        """,
    )


def test_commands_that_can_be_compared(expects: Expects, trace: Trace) -> None:
    for number in range(5):
        trace.add("sessions", f"session_id  participant_id  os\n s{number}  p{number}  linux")
        trace.record(
            f"""
            session_id  kind       chord   command  via
            s{number}   shortcut*  ctrl+c  -        -
            s{number}   click      -       Copy     menu
            s{number}   shortcut*  ctrl+a  -        -
            s{number}   click      -       Heading  toolbar
            s{number}   click      -       Print    menu
            s{number}   shortcut*  ctrl+j  Justify  shortcut
            """
        )
    trace.record("session_id  kind  chord  command  via\n s0  shortcut*  ctrl+e  Embed  shortcut")
    expects("lib/comparable_commands", "command\n Copy\n Justify\n Print")
