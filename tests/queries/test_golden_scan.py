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


# One picture in both sessions, one only in b, and one of which nothing is known but its row.
PICTURES = """
    session_id  t_ms  kind   pixels_sha256  sha256
    a           1     frame  p1             x
    a           2     frame  p1             y
    b           1     frame  p1             z
    b           2     frame  -              z2
    b           3     frame  -              -
    b           4     click  -              -
"""


def test_picture_homes_count_a_picture_where_it_is_shown_first(expects: Expects, trace: Trace) -> None:
    expects("scan/picture_homes", "session_id  pictures_n")
    trace.record(PICTURES)
    expects("scan/picture_homes", "session_id  pictures_n\n a  1\n b  2")


def test_home_pictures_come_with_every_screenshot_that_shows_them(expects: Expects, trace: Trace) -> None:
    trace.record(PICTURES)
    expects(
        "scan/home_pictures",
        """
        picture  frame_id   session_id  seq  t_ms
        p1       a-0000000  a           0    1
        p1       a-0000001  a           1    2
        p1       b-0000000  b           0    1
        """,
        home_session_id="a",
    )
    expects(
        "scan/home_pictures",
        """
        picture    frame_id   session_id  seq  t_ms
        b-0000002  b-0000002  b           2    3
        z2         b-0000001  b           1    2
        """,
        home_session_id="b",
    )
