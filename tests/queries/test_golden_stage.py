"""Golden rows of the queries that the replay's byte routes are made of."""

from __future__ import annotations

import pytest

from explorer import sql
from explorer.trace.schema import TABLES

from .conftest import Expects
from .golden import Trace

RECORDED = """
    session_id  t_ms  kind        x_px  y_px   button  app   key  extra
    s           0     move        5     6      -       Mail  -    -
    s           9     mouse_down  7     -      left    Mail  -    {"a":1}
    s           4     drag*       -9    40000  left    -     -    {"end_x_px":3}
    s           9     frame       -     -      -       -     -    -
    s           -     key_down    -     -      -       Docs  a    -
    s           -     move        -     -      -       -     -    -
    other       0     move        1     1      -       -     -    -
    other       0     key_down    -     -      -       -     b    -
"""


def test_positions_and_inputs_of_one_session(expects: Expects, trace: Trace) -> None:
    trace.record(RECORDED)
    expects(
        "replay/positions",
        """
        seq  t_ms  x_px  y_px
        0    0     5     6
        5    -     -     -
        """,
        session_id="s",
    )
    expects(
        "replay/inputs",
        """
        seq  t_ms  kind        x_px  y_px   button  app   is_derived
        1    9     mouse_down  7     -      left    Mail  false
        2    4     drag        -9    40000  left    -     true
        4    -     key_down    -     -      -       Docs  false
        """,
        session_id="s",
    )


def test_details_of_one_session(expects: Expects, trace: Trace) -> None:
    trace.record(RECORDED)
    expects(
        "replay/details",
        """
        seq  t_ms  key  button  app   is_derived  drag_extra
        1    9     -    left    Mail  false       -
        2    4     -    left    -     true        {"end_x_px":3}
        4    -     a    -       Docs  false       -
        """,
        session_id="s",
    )


@pytest.mark.parametrize("name", ["replay/details", "replay/inputs"])
def test_columns_keep_the_names_of_the_schema(name: str) -> None:
    known = {column.name: column.type for column in TABLES["events"].columns} | {"drag_extra": "VARCHAR"}
    assert {column.name: column.type for column in sql.load(name).columns}.items() <= known.items()


def test_session_with_what_consent_leaves(expects: Expects, trace: Trace) -> None:
    trace.add(
        "participants", "participant_id  consent_scope\n P1  keystrokes,training\n P2  -\n P3  screenshots"
    )
    trace.add(
        "sessions",
        """
        session_id  participant_id  actor  os     task   duration_s  moves_n  frames_n
        a           P1              human  linux  Reply  3           7        2
        b           P2              agent  -      -      -           0        0
        c           P3              human  macos  -      1           0        0
        d           -               human  -      -      0           0        0
        """,
    )
    header = (
        "session_id  actor  os     task   duration_s  moves_n  frames_n  has_keystrokes  has_screenshots\n"
    )
    for row in (
        "a           human  linux  Reply  3           7        2         true            false",
        "b           agent  -      -      -           0        0         true            true",
        "c           human  macos  -      1           0        0         false           true",
        "d           human  -      -      0           0        0         true            true",
    ):
        expects("replay/session", header + row, session_id=row[0])
    assert trace.ask("replay/session", session_id="e").num_rows == 0


def test_masks_of_the_screenshots_that_are_there(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        session_id  kind   frame_id
        s           frame  s-0
        other       frame  other-0
        """
    )
    trace.add(
        "redactions",
        """
        redaction_id  session_id  target     frame_id  frame_left_px  frame_width_px  entity       score  method
        r1            s           frame      s-0       4              90              PERSON       0.9    fill
        r2            s           frame      s-9       4              90              PERSON       0.9    fill
        r3            s           frame      -         4              90              PERSON       0.9    fill
        r4            s           clipboard  s-0       -              -               CREDIT_CARD  -      placeholder
        r5            other       frame      other-0   1              1               PERSON       -      blur
        r6            s           frame      other-0   1              1               PERSON       -      blur
        """,
    )
    expects(
        "replay/masks",
        """
        redaction_id  target     frame_id  frame_left_px  frame_width_px  entity       score  method
        r1            frame      s-0       4              90              PERSON       0.9    fill
        r4            clipboard  -         -              -               CREDIT_CARD  -      placeholder
        """,
        session_id="s",
    )
