"""Golden rows of the screenshots that a map's background is made of."""

from __future__ import annotations

import pytest

from .conftest import Expects
from .golden import Trace


@pytest.fixture
def recorded(trace: Trace) -> Trace:
    """Six people in Mail and then in Docs, each with one screenshot of a display that begins at 100, 50.

    Redaction never covered f6.
    """
    trace.add(
        "sessions",
        "session_id  participant_id  duration_us\n" + "\n".join(f" s{i}  p{i}  4" for i in range(1, 7)),
    )
    trace.add(
        "displays",
        "session_id  display_id  left_px  top_px  width_px  height_px\n"
        + "\n".join(f" s{i}  main  100  50  1000  500" for i in range(1, 7)),
    )
    trace.insert_recording(
        row
        for i in range(1, 7)
        for row in (
            {"session_id": f"s{i}", "kind": "window_focus", "app": "Mail", "t_us": 0},
            {"session_id": f"s{i}", "kind": "frame", "frame_id": f"f{i}", "t_us": 0, "display_id": "main",
             "width_px": 1600, "height_px": 900, "capture_left_px": 0, "capture_top_px": 0, "scale_x": 2.0,
             "scale_y": 1.0, "is_redacted": i != 6},
            {"session_id": f"s{i}", "kind": "click", "app": "Mail", "frame_id": f"f{i}", "t_us": 1,
             "window_left_px": 200, "window_top_px": 60, "window_width_px": 10 * i, "window_height_px": 80},
            {"session_id": f"s{i}", "kind": "click", "app": "Docs", "frame_id": f"f{i}", "t_us": 2},
        )
    )  # fmt: skip
    return trace


def test_one_of_each_person_and_never_a_bare_one(expects: Expects, recorded: Trace) -> None:
    expects(
        "pointer/background",
        """
        place  frame_id  left_px  top_px  width_px  height_px
        1      f2        200      50      2000      500
        2      f4        200      50      2000      500
        """,
        app="Mail",
        limit_n=2,
    )
    assert sorted(recorded.ask("pointer/background", app="Mail")["frame_id"].to_pylist()) == [
        "f1", "f2", "f3", "f4", "f5",
    ]  # fmt: skip
    bare = recorded.ask("pointer/background", app="Mail", with_bare=True)["frame_id"].to_pylist()
    assert "f6" in bare


def test_a_second_screenshot_of_a_person_is_not_used(recorded: Trace) -> None:
    recorded.con.execute("UPDATE sessions SET participant_id = 'p1'")
    assert recorded.ask("pointer/background", app="Mail").num_rows == 0
    assert recorded.ask("pointer/background", app="Mail", with_bare=True).num_rows == 1


def test_few_people_have_no_background(recorded: Trace) -> None:
    recorded.con.execute("UPDATE frames SET is_redacted = false WHERE frame_id = 'f5'")
    assert recorded.ask("pointer/background", app="Mail").num_rows == 0
    assert recorded.ask("pointer/background", app="Mail", with_bare=True).num_rows == 6


def test_a_screenshot_counts_for_the_app_in_front_when_it_was_taken(recorded: Trace) -> None:
    assert recorded.ask("pointer/background", app="Docs", with_bare=True).num_rows == 0
    recorded.con.execute("UPDATE frames SET t_us = 2")
    assert recorded.ask("pointer/background", app="Mail", with_bare=True).num_rows == 0
    assert recorded.ask("pointer/background", app="Docs", with_bare=True).num_rows == 6


def test_without_times_the_next_input_tells_the_app(recorded: Trace) -> None:
    recorded.con.execute("UPDATE frames SET t_us = NULL")
    assert recorded.ask("pointer/background", app="Mail", with_bare=True).num_rows == 6
    recorded.con.execute("UPDATE events SET app = 'Other' WHERE app = 'Mail'")
    assert recorded.ask("pointer/background", app="Mail", with_bare=True).num_rows == 0


def test_the_window_instead_of_the_screen(expects: Expects, recorded: Trace) -> None:
    expects(
        "pointer/background",
        """
        place  frame_id  left_px  top_px  width_px  height_px
        1      f2        400      60      40        80
        2      f4        400      60      80        80
        """,
        app="Mail",
        space="window",
        limit_n=2,
    )
    recorded.con.execute("UPDATE events SET window_width_px = NULL")
    assert recorded.ask("pointer/background", app="Mail", space="window", with_bare=True).num_rows == 0
