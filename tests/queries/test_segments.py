"""Active, passive and idle pieces, each recording drawn above its rows.

    i  input        f  frame or window change        =  active   -  passive   .  idle
One character is a second; the session ends where the drawing ends.
"""

from __future__ import annotations

import pytest

from .conftest import Expects
from .golden import Trace

STATES = {"=": "active", "-": "passive", ".": "idle"}
KINDS = {"i": "move", "f": "frame", "w": "window_focus"}


def _record(trace: Trace, marks: str, seconds: int) -> None:
    trace.add("sessions", f"session_id  duration_s\n s  {seconds}")
    rows = [{"kind": KINDS[c], "t_us": i * 1_000_000} for i, c in enumerate(marks) if c in KINDS]
    trace.insert_recording(rows)


def _drawn(trace: Trace, **params: object) -> str:
    signs = {state: sign for sign, state in STATES.items()}
    pieces = trace.ask("sessions/segments", session_id="s", **params).to_pylist()
    return "".join(signs[p["state"]] * round((p["end_us"] - p["start_us"]) / 1e6) for p in pieces)


@pytest.mark.parametrize(
    ("marks", "pieces"),
    [
        # input at most 5 s apart is active, also over the start and the end
        ("i    i    i", "=========="),
        ("   i    i   ", "==========="),
        # one second more is idle
        ("i     i    i", "......====="),
        # the wait after the last input counts too
        ("ii         ", "=........."),
        # a wait with frames at most 5 s apart is passive
        ("i    f    f    i", "---------------"),
        ("i    w    w    i", "---------------"),
        # frames that stop: idle from the last one on
        ("i  f            i", "---............."),
        # frames that come late: idle up to the first one
        ("i            f  i", ".............---"),
        # frames do not make a short wait passive
        ("i f i f i", "========"),
        # no input at all
        ("f    f    f       f  ", "----------........--"),
        ("           ", ".........."),
        # one input in a short session
        ("  i  ", "===="),
    ],
)
def test_pieces(trace: Trace, marks: str, pieces: str) -> None:
    assert len(pieces) == len(marks) - 1, "the drawing is one mark longer than its pieces"
    _record(trace, marks, len(pieces))
    assert _drawn(trace, merge_share=0) == pieces


def test_short_idle_pieces_become_active(trace: Trace) -> None:
    marks = "i     i    i    i    i" + " " * 15 + "i"
    _record(trace, marks, len(marks) - 1)
    assert _drawn(trace, merge_share=0) == "......" + "=" * 15 + "." * 16
    assert _drawn(trace, merge_share=0.2) == "=" * 21 + "." * 16
    assert _drawn(trace, merge_share=0.9) == "=" * 37


def test_idle_broken_by_a_frame_is_one_piece(trace: Trace) -> None:
    marks = "i      f      i"
    _record(trace, marks, 14)
    assert _drawn(trace, merge_share=0.6) == "." * 14


def test_other_gaps(trace: Trace) -> None:
    _record(trace, "i  i     i", 9)
    assert _drawn(trace, merge_share=0, idle_gap_ms=2000) == "........."
    assert _drawn(trace, merge_share=0, idle_gap_ms=3000) == "===......"
    assert _drawn(trace, merge_share=0, idle_gap_ms=2**63 - 1) == "========="


def test_rows_as_the_page_reads_them(expects: Expects, trace: Trace) -> None:
    # marks   i i i          f    f  i  end
    # pieces  =====..........-------=====
    trace.record(
        """
        t_s  kind        app
        0    move        -
        2    key_down    -
        4    mouse_down  -
        15   frame       -
        19   frame       -
        22   move        -
        22   click*      -
        26   custom      -
        """
    )
    expects(
        "sessions/segments",
        """
        segment  state    start_s  end_s
        0        active   0        4
        1        idle     4        15
        2        passive  15       22
        3        active   22       26
        """,
        session_id="s",
    )


@pytest.mark.parametrize("kind", ["click*", "custom", "idle", "display_change"])
def test_rows_that_are_no_input(trace: Trace, kind: str) -> None:
    trace.record(f"t_s  kind\n 0  move\n 10  {kind}\n 20  move")
    assert _drawn(trace) == "." * 20


@pytest.mark.parametrize("kind", ["key_down", "scroll", "text_input", "touch_move", "click", "shortcut"])
def test_rows_that_are_input(trace: Trace, kind: str) -> None:
    trace.record(f"t_s  kind\n 0  move\n 5  {kind}\n 10  move")
    assert _drawn(trace) == "=" * 10


def test_a_clock_that_steps_back_makes_no_idle_time(trace: Trace) -> None:
    trace.record("t_s  kind\n 0  move\n 4  move\n 0  move\n 1  move\n 8  move")
    assert _drawn(trace) == "=" * 8


def test_sessions_without_time_have_no_pieces(expects: Expects, trace: Trace) -> None:
    trace.record("session_id  t_s  kind\n s  -  click\n t  0  click")
    expects("sessions/segments", "segment  state", session_id="s")
    expects("sessions/segments", "segment  state", session_id="t")
    expects("sessions/segments", "segment  state", session_id="nowhere")
