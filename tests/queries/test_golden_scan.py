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
    hidden = {"session_id": "b", "kind": "key_down", "is_derived": False, "is_text_redacted": True}
    trace.insert("events", [{**hidden, "seq": 1, "t_us": 1_000}, {**hidden, "seq": 2, "t_us": 2_000, "code": "KeyA"},
                            {**hidden, "seq": 3, "t_us": 3_000, "key": "A"},
                            {**hidden, "seq": 4, "t_us": 4_000, "is_text_redacted": None}])  # fmt: skip
    expects(
        "scan/keys",
        """
        session_id  seq  t_ms  kind             key  mods   pasted  is_masked  has_code
        a           0    0     key_down         A    shift  -       false      false
        a           2    2     clipboard_paste  -    -      val     false      false
        a           3    3     mouse_down       -    -      -       false      false
        b           0    0     window_focus     -    -      -       false      false
        b           1    1     key_down         -    -      -       true       false
        b           2    2     key_down         -    -      -       true       true
        b           3    3     key_down         A    -      -       false      false
        b           4    4     key_down         -    -      -       false      false
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


def test_masked_moments(expects: Expects, trace: Trace) -> None:
    trace.record("session_id  t_ms  kind\n a  0  frame\n a  1  click\n a  2  frame\n b  0  frame")
    mask = {"session_id": "a", "target": "frame", "frame_id": "a-0000000", "frame_left_px": 1}
    trace.insert(
        "redactions",
        [
            {**mask, "redaction_id": "r2", "entity": "PERSON"},
            {**mask, "redaction_id": "r1", "entity": "EMAIL_ADDRESS"},
            {**mask, "redaction_id": "r3", "entity": "PERSON", "frame_id": "a-0000002"},
            {**mask, "redaction_id": "r4"},
            {**mask, "redaction_id": "r5", "entity": "PERSON", "target": "url"},
        ],
    )
    expects(
        "scan/masked_moments",
        """
        frame_id   redaction_id  entity         seq  seq_next  frame_left_px
        a-0000000  r1            EMAIL_ADDRESS  0    2         1
        a-0000000  r2            PERSON         0    2         1
        a-0000002  r3            PERSON         2    -         1
        """,
        session_id="a",
    )


def test_moment_texts(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        session_id  t_ms  kind            window_title  text  window_left_px
        a           0     click           Inbox         -     7
        a           1     key_down        -             -     7
        a           2     clipboard_copy  -             val   -
        a           3     click*          Inbox         -     -
        b           0     click           Other         -     -
        """
    )
    expects(
        "scan/moment_texts",
        """
        seq  t_ms  window_title  text  window_left_px
        0    0     Inbox         -     7
        2    2     -             val   -
        """,
        session_id="a",
    )


def test_title_people(expects: Expects, trace: Trace) -> None:
    expects("scan/title_people", "people_n  titles_n  rare_titles_n  rare_rows_n\n 0  0  0  0")
    people = [{"session_id": f"s{at}", "participant_id": "P" if at < 2 else f"P{at}"} for at in range(6)]
    trace.insert("sessions", [*people, {"session_id": "s6"}])
    titles = [f"s{at}  0  click  Inbox" for at in range(7)]
    rare = ["s0  1  click  Mine", "s1  1  click  Mine", "s1  2  click*  Derived"]
    trace.record("\n".join(["session_id  t_ms  kind  window_title", *titles, *rare]))
    expects(
        "scan/title_people",
        """
        people_n  titles_n  rare_titles_n  rare_rows_n
        6         2         1              2
        """,
    )
    expects("scan/title_people", "people_n  titles_n  rare_titles_n\n 6  2  2", min_people=7)


def test_placeholder_texts(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        session_id  t_ms  kind             window_title    url            text      element_name
        b           0     click            <PERSON_1> - x  -              ••••      -
        a           0     click            plain           u/%3CP_1%3E    -         <B>
        a           1     click            -               u/<P_1>        a < b     [x
        a           2     click            -               u/<P_1>        a>b ****  ***
        a           3     clipboard_copy   -               -              a>b ****  -
        a           4     clipboard_cut    -               -              <P_1>     -
        a           5     clipboard_paste  -               -              <P_1>     -
        """
    )
    expects(
        "scan/placeholder_texts",
        """
        session_id  channel       source_column  text            seq  seq_end  t_us
        a           clipboard     text           <P_1>           4    5        4000
        a           clipboard     text           a>b ****        3    3        3000
        a           element_name  element_name   <B>             0    0        0
        a           typed         text           a>b ****        2    2        2000
        a           url           url            u/%3CP_1%3E     0    0        0
        a           url           url            u/<P_1>         1    2        1000
        b           typed         text           ••••            0    0        0
        b           window_title  window_title   <PERSON_1> - x  0    0        0
        """,
    )


def test_kept_lengths(expects: Expects, trace: Trace) -> None:
    row = {"session_id": "a", "kind": "text_input", "is_derived": False, "is_text_redacted": True}
    trace.insert(
        "events",
        [
            {**row, "seq": 0, "text": None, "text_len": 9, "t_us": 40},
            {**row, "seq": 1, "text": "<PERSON>", "text_len": 12},
            {**row, "seq": 2, "text": "<PERSON>", "text_len": 8},
            {**row, "seq": 3, "text": None, "text_len": 9, "is_text_redacted": None},
            {**row, "seq": 4, "text": None, "text_len": None},
            {**row, "seq": 5, "text": "<PERSON>", "text_len": 12, "kind": "clipboard_paste"},
        ],
    )
    expects(
        "scan/kept_lengths",
        """
        session_id  channel    seq  seq_end  t_us  rows_n
        a           clipboard  5    5        -     1
        a           typed      0    1        40    2
        """,
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
