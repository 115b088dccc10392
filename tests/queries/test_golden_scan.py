"""Golden rows of queries/scan."""

from __future__ import annotations

from .conftest import Expects
from .golden import Trace

BOTH = {"first_session_id": "a", "last_session_id": "b"}


def test_sessions(expects: Expects, trace: Trace) -> None:
    expects("scan/sessions", "session_id  events_n  steps_n  frames_n")
    trace.record(
        """
        session_id  t_ms  kind
        a           0     click
        a           1     frame
        a           2     frame
        b           0     click
        """
    )
    expects(
        "scan/sessions",
        """
        session_id  events_n  steps_n  frames_n
        a           1         0        2
        b           1         0        0
        """,
    )


def test_frames(expects: Expects, trace: Trace) -> None:
    trace.record("session_id  t_ms  kind\n a  5  frame\n a  7  click\n a  9  frame\n b  1  frame")
    expects(
        "scan/frames",
        """
        frame_id   session_id  seq  t_ms
        a-0000000  a           0    5
        a-0000002  a           2    9
        """,
        session_id="a",
    )


def test_masks(expects: Expects, trace: Trace) -> None:
    width = {"frame_top_px": 2, "frame_width_px": 3, "frame_height_px": 4}
    mask = {"session_id": "a", "target": "frame", "frame_id": "a-0000001", "frame_left_px": 1, **width}
    trace.insert(
        "redactions",
        [
            {**mask, "redaction_id": "r2", "entity": "PERSON", "method": "fill"},
            {**mask, "redaction_id": "r1", "frame_left_px": 5, "frame_height_px": None},
            {"redaction_id": "r3", "session_id": "a", "target": "url"},
            {**mask, "redaction_id": "r4", "session_id": "b"},
        ],
    )
    expects(
        "scan/masks",
        """
        frame_id   redaction_id  frame_left_px  frame_height_px  entity  method
        a-0000001  r1            5              -                -       -
        a-0000001  r2            1              4                PERSON  fill
        """,
        session_id="a",
    )


def test_texts_are_distinct_and_know_their_rows(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        session_id  t_ms  kind            window_title  url  text  element_name
        a           0     click           Inbox         -    -     OK
        a           1     click           Inbox         u/1  -     x
        a           2     clipboard_copy  Inbox         -    val   -
        a           3     text_input      -             -    word  -
        a           4     text_input*     -             -    same  -
        b           0     click           Inbox         -    -     -
        c           0     click           Other         -    -     -
        """
    )
    trace.add("steps", "session_id  step  seq  thought\n b  3  9  hmm")
    expects(
        "scan/texts",
        """
        session_id  channel       source_table  source_column  text   seq  seq_end  t_ms  rows_n
        a           clipboard     events        text           val    2    2        2     1
        a           element_name  events        element_name   OK     0    0        0     1
        a           typed         events        text           word   3    3        3     1
        a           url           events        url            u/1    1    1        1     1
        a           window_title  events        window_title   Inbox  0    2        0     3
        b           thought       steps         thought        hmm    3    3        -     1
        b           window_title  events        window_title   Inbox  0    0        0     1
        """,
        **BOTH,
    )


def test_keys(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        session_id  t_ms  kind             key  mods   text
        a           0     key_down         A    shift  -
        a           1     key_up           A    shift  -
        a           2     clipboard_paste  -    -      val
        a           3     mouse_down       -    -      -
        a           4     shortcut*        c    ctrl   -
        b           0     window_focus     -    -      -
        c           0     key_down         x    -      -
        """
    )
    expects(
        "scan/keys",
        """
        session_id  seq  t_ms  kind             key  mods   pasted
        a           0    0     key_down         A    shift  -
        a           2    2     clipboard_paste  -    -      val
        a           3    3     mouse_down       -    -      -
        b           0    0     window_focus     -    -      -
        """,
        **BOTH,
    )


def test_covered(expects: Expects, trace: Trace) -> None:
    trace.add("sessions", "session_id  participant_id\n a  p1\n b  p2\n c  -")
    trace.insert(
        "participants",
        [
            {"participant_id": "p1", "consent_scope": "screenshots,keystrokes"},
            {"participant_id": "p2", "consent_scope": None},
        ],
    )
    expects(
        "scan/covered",
        """
        session_id  has_screenshots  has_keystrokes  has_window_titles
        a           true             true            false
        b           true             true            true
        c           true             true            true
        """,
    )


def test_fronts(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        session_id  t_ms  kind   app
        b           0     click  Mail
        b           5     click  Sheet
        b           9     click  Sheet
        a           3     click  Mail
        a           4     click  Mail
        """
    )
    expects(
        "scan/fronts",
        """
        session_id  start_ms  app
        a           3         Mail
        b           0         Mail
        b           5         Sheet
        """,
    )
