"""Golden rows of queries/quality."""

from __future__ import annotations

from explorer.trace.schema import QUALITY_FLAGS

from .conftest import Expects
from .golden import Trace


def test_gaps(expects: Expects, trace: Trace) -> None:
    # t_s  0 ........... 61  . 121 (derived 200)  50 (back)  122 ........... 183
    trace.record(
        """
        t_s  kind
        0    move
        61   key_down
        121  frame
        200  click*
        50   move
        122  move
        183  move
        """
    )
    expects("quality/gaps", "seq  start_s  end_s\n 1  0  61\n 6  122  183", session_id="s")
    expects("quality/gaps", "seq  start_s  end_s", session_id="s", gap_ms=61_000)


def test_clock_steps(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        t_ms  kind
        10    move
        4     click*
        10    key_down
        7     frame
        8     move
        -     move
        1     move
        """
    )
    expects("quality/clock_steps", "seq  before_ms  after_ms\n 3  10  7", session_id="s")


def test_frame_lag(expects: Expects, trace: Trace) -> None:
    # frames  f0 at 0 ....... f3 at 3.0      f5 at 3.1
    # events  ......  2.0 .. (f0)  3.0 (f0)  ... 3.2 (latest: f5)  3.3 names f0
    trace.record(
        """
        t_ms  kind        frame_id
        0     frame       f0
        1000  key_down    -
        1001  key_down    f0
        3000  frame       f3
        3000  click*      f0
        3100  frame       f5
        3200  key_down    -
        3300  mouse_down  f0
        3300  mouse_up    gone
        """
    )
    expects(
        "quality/frame_lag",
        """
        seq  kind        t_ms  frame_t_ms
        2    key_down    1001  0
        7    mouse_down  3300  0
        """,
        session_id="s",
    )


def test_session_report(expects: Expects, trace: Trace) -> None:
    trace.record(
        """
        t_ms   kind        x_px  flags                       frame_id
        0      frame       -     -                           f0
        0      key_up      -     held_at_start               f0
        500    move        5     -                           -
        400    move        9999  off_screen                  -
        600    move        -     sentinel_xy                 -
        700    mouse_down  5     no_geometry                 f0
        700    click*      5     no_geometry,off_screen      f0
        2500   key_down    -     dangling,unresolved_key     f0
        2600   key_down    -     -                           -
        2700   key_up      -     unresolved_key              -
        90000  move        1     -                           -
        """
    )
    expects(
        "quality/session_report",
        """
        place  measure          found_n  of_n  worst_ms
        1      off_screen       1        5     -
        2      no_geometry      1        5     -
        3      sentinel_xy      1        5     -
        4      unresolved_keys  1        2     -
        5      dangling_keys    1        2     -
        6      held_at_start    1        2     -
        7      gaps             1        9     87300
        8      clock_backwards  1        9     100
        9      frame_lag        3        5     2700
        """,
        session_id="s",
    )


def test_session_report_without_time_or_session(expects: Expects, trace: Trace) -> None:
    trace.record("kind\n click\n move")
    report = trace.ask("quality/session_report", session_id="s").to_pylist()
    assert [row["of_n"] for row in report] == [0] * 9
    expects("quality/session_report", "measure  label  note", session_id="nowhere")


def test_report_and_detail_agree(trace: Trace) -> None:
    trace.record("t_s  kind\n 0  frame\n 70  key_down\n 60  key_down\n 61  move\n 300  mouse_down")
    report = {
        row["measure"]: row["found_n"]
        for row in trace.ask("quality/session_report", session_id="s").to_pylist()
    }
    details = {"gaps": "gaps", "clock_backwards": "clock_steps", "frame_lag": "frame_lag"}
    for measure, name in details.items():
        assert trace.ask(f"quality/{name}", session_id="s").num_rows == report[measure] > 0


def test_collection(expects: Expects, trace: Trace) -> None:
    trace.add(
        "sessions",
        """
        session_id  quality
        s1          no_frames,no_time
        s2          no_frames
        s3          -
        """,
    )
    expects(
        "quality/collection",
        """
        flag               sessions_n  of_n
        no_frames          2           3
        no_time            1           3
        clock_backwards    0           3
        dangling_keys      0           3
        estimated_display  0           3
        held_keys          0           3
        incomplete         0           3
        no_display         0           3
        off_screen         0           3
        recorder_hotkey    0           3
        sentinel_xy        0           3
        unknown_zone       0           3
        unread_video       0           3
        unresolved_keys    0           3
        """,
    )
    flags = trace.ask("quality/collection")["flag"].to_pylist()
    assert sorted(flags) == sorted(QUALITY_FLAGS)
