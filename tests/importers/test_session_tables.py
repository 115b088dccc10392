"""A recording becomes tables: one order, times from zero, places, windows, frames, quality."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.errors import SourceError
from explorer.importers.recording import EVENT_BITS, MOVE_BITS, NO_TIME, Frame
from explorer.importers.tables import session_tables
from explorer.trace.displays import Display
from explorer.trace.schema import FARTHEST_PX, MOVE_FLAGS

Make = Callable[..., Any]
SCREEN = (Display("main", 0, 0, 1000, 500),)
DAY_US = 86_400_000_000


def test_the_flags_of_moves_and_events_share_their_bits() -> None:
    assert all(MOVE_BITS[name] == EVENT_BITS[name] for name in MOVE_FLAGS)


def test_seq_is_dense_over_all_tables_and_derived_rows_follow_directly(
    recording_of: Make, tables_of: Make, seq_of_all: Make, png: Make
) -> None:
    recording = recording_of(
        events=[
            {"order": 2, "kind": "mouse_down", "button": "left", "x": 5.0, "y": 5.0},
            {"order": 4, "kind": "mouse_up", "button": "left", "x": 5.0, "y": 5.0},
            {"order": 6, "kind": "key_down", "key": "F5"},
        ],
        moves=[(1, 100, 5, 5), (3, 300, 5, 5), (7, 700, 6, 6)],
        frames=[Frame(0, 0), Frame(5, 500)],
        pictures=lambda: iter([png(1), png(2)]),
        displays=SCREEN,
    )
    tables = tables_of(recording)
    assert seq_of_all(tables) == list(range(10))
    assert tables["moves"]["seq"].to_pylist() == [1, 3, 9]
    events = tables["events"].select(["seq", "kind", "is_derived"]).to_pylist()
    assert [(row["seq"], row["kind"], row["is_derived"]) for row in events] == [
        (2, "mouse_down", False), (4, "mouse_up", False), (5, "click", True), (7, "key_down", False),
        (8, "shortcut", True),
    ]  # fmt: skip
    assert tables["frames"]["seq"].to_pylist() == [0, 6]
    session = tables["sessions"].to_pylist()[0]
    assert (session["moves_n"], session["events_n"], session["frames_n"]) == (3, 5, 2)


def test_time_counts_from_the_earliest_row_whatever_the_clock_counts_from(
    recording_of: Make, tables_of: Make
) -> None:
    tables = tables_of(
        recording_of(
            events=[{"order": 9, "t_us": 1_700_000_000_500_000, "kind": "pause"}],
            moves=[(1, 1_700_000_000_250_000, 1, 1)],
            session={"clock": "epoch"},
        )
    )
    session = tables["sessions"].to_pylist()[0]
    assert tables["moves"]["t_us"].to_pylist() == [0]
    assert tables["events"]["t_us"].to_pylist() == [250_000]
    assert (session["started_at_unix_us"], session["started_day"]) == (1_700_000_000_250_000, 19_675)
    assert session["duration_us"] == 250_000


def test_a_monotonic_clock_gives_no_wall_clock(recording_of: Make, tables_of: Make) -> None:
    session = tables_of(recording_of(events=[{"kind": "pause"}]))["sessions"].to_pylist()[0]
    assert session["started_at_unix_us"] is None
    assert session["started_day"] is None


def test_without_time_only_the_order_remains(recording_of: Make, tables_of: Make) -> None:
    recording = recording_of(
        events=[{"kind": "pause", "t_us": NO_TIME}, {"kind": "resume", "t_us": NO_TIME}],
        session={"time_precision": "none", "clock": "step"},
    )
    tables = tables_of(recording)
    assert tables["events"]["t_us"].to_pylist() == [None, None]
    session = tables["sessions"].to_pylist()[0]
    assert session["duration_us"] is None
    assert "no_time" in session["quality"].split(",")


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (10.5, 20.4, (11, 20, "main", None)),
        (999.7, 499.6, (999, 499, "main", None)),  # rounding never carries a point off its display
        (-3.0, 5.0, (-3, 5, None, "off_screen")),
        (1_000.0, 5.0, (1_000, 5, None, "off_screen")),
        (math.nan, 5.0, (None, None, None, "sentinel_xy")),
        (math.inf, 5.0, (None, None, None, "sentinel_xy")),
        (1e18, 1e18, (None, None, None, "sentinel_xy")),
        (65_535.0, 65_535.0, (None, None, None, "sentinel_xy")),
        (FARTHEST_PX, 0.0, (FARTHEST_PX, 0, None, "off_screen")),
    ],
)
def test_positions(
    recording_of: Make, tables_of: Make, x: float, y: float, expected: tuple[Any, ...]
) -> None:
    recording = recording_of(
        events=[{"order": 1, "kind": "scroll", "x": x, "y": y}],
        moves=[(0, 0, x, y)],
        displays=SCREEN,
        sentinels=(65_535.0,),
    )
    tables = tables_of(recording)
    for name in ("moves", "events"):
        row = tables[name].to_pylist()[0]
        assert (row["x_px"], row["y_px"], row["display_id"], row["flags"]) == expected
    quality = tables["sessions"]["quality"][0].as_py().split(",")
    assert (expected[3] in quality) == (expected[3] is not None)


def test_a_key_has_no_position_and_no_complaint(recording_of: Make, tables_of: Make) -> None:
    row = tables_of(recording_of(events=[{"kind": "key_down", "key": "a"}], displays=SCREEN))[
        "events"
    ].to_pylist()[0]
    assert (row["x_px"], row["cell"], row["flags"]) == (None, None, "dangling")


def test_displays_that_change_are_looked_up_in_time(recording_of: Make, tables_of: Make) -> None:
    displays = (Display("a", 0, 0, 1000, 500, 0, 5_000), Display("a", 0, 0, 2000, 1000, 5_000))
    tables = tables_of(recording_of(moves=[(0, 1_000, 1_500, 5), (1, 6_000, 1_500, 5)], displays=displays))
    assert tables["moves"]["flags"].to_pylist() == ["off_screen", None]
    periods = tables["displays"].select(["start_us", "end_us", "width_px"]).to_pylist()
    assert [tuple(row.values()) for row in periods] == [(0, 4_000, 1000), (4_000, None, 2000)]


def test_an_unknown_screen_is_estimated_and_said_so(recording_of: Make, tables_of: Make) -> None:
    tables = tables_of(recording_of(moves=[(0, 0, 1_300, 700), (1, 1, 3, 3)]))
    display = tables["displays"].to_pylist()[0]
    assert (display["width_px"], display["height_px"], display["is_estimated"]) == (1366, 768, True)
    assert "estimated_display" in tables["sessions"]["quality"][0].as_py()
    nowhere = tables_of(recording_of(moves=[(0, 0, 100_000, 5)]))
    assert nowhere["displays"].num_rows == 0
    assert nowhere["moves"]["flags"].to_pylist() == ["no_geometry"]
    assert "no_display" in nowhere["sessions"]["quality"][0].as_py()


def test_the_window_in_front_is_carried_forward(recording_of: Make, tables_of: Make) -> None:
    focus = {"kind": "window_focus", "app": "Editor", "window_title": "Letter", "window_left_px": 100,
             "window_top_px": 100, "window_width_px": 200, "window_height_px": 100}  # fmt: skip
    recording = recording_of(
        events=[
            {"order": 1, **focus},
            {"order": 3, "kind": "scroll", "x": 150.0, "y": 150.0},
            {"order": 4, "kind": "window_focus", "window_title": "Other"},
            {"order": 6, "kind": "navigation", "url": "https://example.org", "window_title": "Page"},
            {"order": 7, "kind": "pause"},
        ],
        moves=[(0, 0, 150, 150), (2, 2_000, 150, 150), (5, 5_000, 150, 150)],
        displays=SCREEN,
    )
    tables = tables_of(recording)
    assert tables["moves"]["app"].to_pylist() == [None, "Editor", None]
    assert tables["moves"]["window_cell"].to_pylist() == [None, 54 * 192 + 48, None]
    events = tables["events"].to_pylist()
    assert [row["window_title"] for row in events] == ["Letter", "Letter", "Other", "Page", "Page"]
    assert [row["url"] for row in events] == [None, None, None, "https://example.org", "https://example.org"]
    assert events[1]["window_width_px"] == 200
    assert events[2]["window_width_px"] is None


def test_a_title_of_a_megabyte_stays_on_the_row_that_brought_it(recording_of: Make, tables_of: Make) -> None:
    title = "x" * 1_000_000
    events = [{"kind": "window_focus", "window_title": title}, *({"kind": "pause"} for _ in range(2_000))]
    titles = tables_of(recording_of(events=events))["events"]["window_title"].to_pylist()
    assert titles[0] == title
    assert {len(text) for text in titles[1:]} == {1_000}


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert(1)</script>",
        "a\0b",
        "\ud800 lone surrogate",
        "'; DROP TABLE sessions; --",
        "\u202e",
        "💣" * 9,
    ],
)
def test_hostile_titles_come_in_as_text(recording_of: Make, tables_of: Make, title: str) -> None:
    tables = tables_of(recording_of(events=[{"kind": "window_focus", "window_title": title, "app": title}]))
    expected = title.encode("utf-8", "replace").decode()
    assert tables["events"]["window_title"].to_pylist() == [expected]


def test_frames_before_and_after_are_linked(recording_of: Make, tables_of: Make, png: Make) -> None:
    recording = recording_of(
        events=[{"order": order, "kind": "pause"} for order in (0, 2, 4)],
        frames=[Frame(1, 1_000), Frame(3, 3_000)],
        pictures=lambda: iter([png(1), png(2)]),
    )
    events = tables_of(recording)["events"].to_pylist()
    links = [(row["frame_id"], row["frame_after_id"]) for row in events]
    name = events[0]["session_id"]
    assert links == [
        (None, f"{name}-0000000"),
        (f"{name}-0000000", f"{name}-0000001"),
        (f"{name}-0000001", None),
    ]


def test_links_that_the_source_gives_win(recording_of: Make, tables_of: Make, png: Make) -> None:
    recording = recording_of(
        events=[{"order": 5, "kind": "pause", "frame": 0, "frame_after": 0}, {"order": 6, "kind": "resume"}],
        frames=[Frame(1, 1_000), Frame(3, 3_000)],
        pictures=lambda: iter([png(1), png(2)]),
    )
    events = tables_of(recording)["events"].to_pylist()
    assert [row["frame_id"][-1] for row in events] == ["0", "1"]
    assert events[0]["frame_after_id"].endswith("-0000000")


def test_a_clock_that_steps_back_is_kept_and_flagged(recording_of: Make, tables_of: Make) -> None:
    tables = tables_of(recording_of(moves=[(0, 5_000, 1, 1), (1, 4_000, 1, 1), (2, 6_000, 1, 1)]))
    assert tables["moves"]["t_us"].to_pylist() == [1_000, 0, 2_000]
    assert "clock_backwards" in tables["sessions"]["quality"][0].as_py()


@pytest.mark.parametrize("times", [(0, 2 * DAY_US, 1), (0, 1, 40 * 366 * DAY_US)])
def test_a_clock_beyond_reason_is_damage_with_its_place(recording_of: Make, times: tuple[int, ...]) -> None:
    recording = recording_of(moves=[(place + 7, t_us, 1, 1) for place, t_us in enumerate(times)])
    with pytest.raises(SourceError) as caught:
        session_tables(recording, "0" * 64, "1")
    assert caught.value.where == "made.jsonl:9"


def test_rows_out_of_order_are_sorted_by_their_place(recording_of: Make, tables_of: Make) -> None:
    tables = tables_of(
        recording_of(
            events=[{"order": 3, "kind": "resume", "url": "b"}, {"order": 1, "kind": "pause", "url": "a"}],
            moves=[(2, 2_000, 2, 2), (0, 0, 0, 0)],
        )
    )
    assert tables["moves"]["x_px"].to_pylist() == [0, 2]
    assert tables["events"]["url"].to_pylist() == ["a", "b"]


def test_a_drag_lasts_from_press_to_release(recording_of: Make, tables_of: Make) -> None:
    down = {"kind": "mouse_down", "button": "left", "x": 5.0, "y": 5.0}
    up = {"kind": "mouse_up", "button": "left", "x": 95.0, "y": 5.0}
    drag = tables_of(recording_of(events=[down, {"kind": "pause"}, up]))["events"].to_pylist()[-1]
    assert (drag["kind"], drag["t_us"], drag["end_us"], drag["x_px"]) == ("drag", 0, 2_000, 5)


def test_steps_name_their_frames(recording_of: Make, tables_of: Make, png: Make) -> None:
    steps = [
        {"order": 0, "step": 0, "frame_before": 0, "thought": "look"},
        {"order": 2, "step": 1, "t_us": 9_000},
    ]
    recording = recording_of(steps=steps, frames=[Frame(1, 0)], pictures=lambda: iter([png()]))
    rows = tables_of(recording)["steps"].to_pylist()
    assert rows[0]["frame_before_id"].endswith("-0000000")
    assert [row["seq"] for row in rows] == [0, 2]
    assert rows[1]["t_us"] == 9_000


def test_identity_depends_on_format_source_and_inner_id(recording_of: Make) -> None:
    def name(sha256: str, inner_id: str) -> str:
        recording = recording_of(events=[{"kind": "pause"}])
        recording.inner_id = inner_id
        return session_tables(recording, sha256, "1").session_id

    assert name("0" * 64, "") == name("0" * 64, "")
    assert len({name("0" * 64, ""), name("1" * 64, ""), name("0" * 64, "a")}) == 3
    assert name("0" * 64, "").startswith("ducktrack-")


points = st.one_of(st.floats(-50, 2_000), st.sampled_from([math.nan, math.inf, 1e18, -1e18]))
kinds = st.sampled_from(["mouse_down", "mouse_up", "scroll", "key_down", "key_up", "window_focus", "pause"])


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(kinds, points, points, st.sampled_from(["left", "right"]), st.sampled_from(["a", "Control", "F5"]),
                  st.integers(0, 10**9)),
        max_size=30,
    ),
    st.lists(st.tuples(points, points, st.integers(0, 10**9)), max_size=30),
)  # fmt: skip
def test_any_rows_become_tables_that_keep_the_rules(
    recording_of: Make, tables_of: Make, seq_of_all: Make, events: list[Any], moves: list[Any]
) -> None:
    rows = []
    for place, (kind, x, y, button, key, t_us) in enumerate(events):
        row: dict[str, Any] = {"order": 2 * place, "t_us": t_us, "kind": kind}
        row |= {"x": x, "y": y, "button": button} if kind.startswith("mouse") else {}
        row |= {"key": key} if kind.startswith("key") else {}
        row |= {"app": key, "window_left_px": x} if kind == "window_focus" else {}
        rows.append(row)
    recording = recording_of(rows, [(2 * place + 1, t_us, x, y) for place, (x, y, t_us) in enumerate(moves)])
    tables: dict[str, pa.Table] = tables_of(recording)
    derived = tables["events"]["is_derived"].to_pylist()
    assert derived.count(False) + tables["moves"].num_rows == len(events) + len(moves)
    assert seq_of_all(tables) == list(range(tables["events"].num_rows + tables["moves"].num_rows))
    made = tables["events"]["kind"].to_pylist()
    assert made.count("click") + made.count("drag") <= made.count("mouse_up")
    known = [
        t
        for t in (*tables["events"]["t_us"].to_pylist(), *tables["moves"]["t_us"].to_pylist())
        if t is not None
    ]
    assert not known or min(known) == 0
