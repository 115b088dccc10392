"""The pieces below the pages: address, strips, palette, charts, remembered answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.charts.apps_in_session import SHOWN_N, app_runs, time_per_app
from explorer.charts.palette import APP_COLOURS, APP_GREY, app_colours
from explorer.engine import open_engine
from explorer.widgets.opened import Answers
from explorer.widgets.session_head import place_of
from explorer.widgets.session_table import ordered
from explorer.widgets.strips import BINS, activity, ribbons
from explorer.widgets.url_state import SORTS, Filters, Sort, filters_of, sort_of

TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40).map(str.strip).filter(bool)
SOME = st.builds(
    Filters, cohort=st.none() | TEXT, app=st.none() | TEXT, os=st.none() | TEXT,
    source_format=st.sampled_from([None, "balabit"]), actor=st.sampled_from([None, "human", "agent"]),
    task_id=st.none() | TEXT,
    day_from=st.none() | st.integers(0, 8_000).map(lambda week: 7 * week - 3),
    day_to=st.none() | st.integers(0, 8_000).map(lambda week: 7 * week + 3), search=st.none() | TEXT,
)  # fmt: skip


@given(SOME)
def test_filters_go_through_an_address_unchanged(filters: Filters) -> None:
    assert filters_of(filters.address(has_search=True)) == filters
    assert filters_of(filters.address()) == filters.without("search")


@given(st.dates(date(1969, 12, 29), date(2199, 12, 29)), st.dates(date(1969, 12, 29), date(2199, 12, 29)))
def test_an_address_names_whole_weeks(begin: date, end: date) -> None:
    shown = filters_of({"from": begin.isoformat(), "to": end.isoformat()}).address()
    monday, sunday = date.fromisoformat(shown["from"]), date.fromisoformat(shown["to"])
    assert (monday.weekday(), sunday.weekday()) == (0, 6)
    assert 0 <= (begin - monday).days <= 6
    assert 0 <= (sunday - end).days <= 6


def test_numbers_that_are_no_days_stay_out_of_an_address() -> None:
    assert Filters(day_from=10**9, day_to=-(2**31)).address() == {}


@given(st.sampled_from(SORTS), st.booleans())
def test_orders_go_through_an_address_unchanged(by: str, is_rising: bool) -> None:
    assert sort_of(Sort(by, is_rising).address()) == Sort(by, is_rising)


@given(
    st.dictionaries(st.sampled_from(["app", "source", "actor", "from", "to", "sort", "search"]), st.text())
)
def test_any_address_is_understood(address: dict[str, str]) -> None:
    filters = filters_of(address)
    assert filters.actor in (None, "human", "agent")
    assert all(len(value) <= 200 for value in filters.params().values() if isinstance(value, str))
    assert sort_of(address).by in SORTS


def test_activity_is_packed_by_session_kind_and_bin() -> None:
    table = pa.table({
        "session_id": ["b", "b", "a", "x", "b"], "bin": [0, 59, 3, 0, 60],
        "kind": ["move", "move", "click", "move", "move"],
        "rows_n": [1, 99, 99, 5, 5],
    })  # fmt: skip
    first, second, third = activity(table, ["a", "b", "c"])
    assert first == "1" + "aaa" + "z" + "a" * 56
    assert (second[0], second[1], second[60], len(second)) == ("0", "e", "z", 1 + BINS)
    assert third == ""


def test_ribbons_join_what_is_too_narrow_to_see() -> None:
    segments = pa.table({
        "session_id": ["s", "s", "s", "t", "u"], "app": ["Mail", "Blink", "Sheets", None, "Mail"],
        "start_us": [0, 500, 503, 0, 0], "end_us": [500, 503, 1000, 10, 10],
    })  # fmt: skip
    packed = ribbons(segments, ["s", "t", "u"], [1000, 10, None])
    assert [packed.apps[place] for place in packed.runs[0][::3]] == ["Mail", "Sheets"]
    assert packed.runs[0][1:3] == [0, 503]
    assert packed.runs[1:] == [[], []]


@given(st.lists(st.text(max_size=8), unique=True, max_size=15))
def test_ten_applications_have_ten_colours(apps: list[str]) -> None:
    colours = app_colours(apps)
    assert list(colours) == apps[:10]
    assert len(set(colours.values())) == len(colours)
    assert set(colours.values()) <= set(APP_COLOURS)


def test_runs_tile_the_session() -> None:
    # t_us   0     10      30  25(back)   100
    # app    Mail  Sheets  Mail           end
    switches = pa.table({"t_us": [10, 30, 25, None], "to_app": ["Sheets", "Mail", "X", "Y"]})
    assert app_runs("Mail", switches, 100) == [("Mail", 0, 10), ("Sheets", 10, 30), ("Mail", 30, 100)]


def test_time_per_app_sums_the_small_ones() -> None:
    rows = pa.table(
        {"app": [f"app {n}" for n in range(20)], "active_ms": [1000 * (20 - n) for n in range(20)]}
    )
    [bars] = time_per_app(rows, {"app 0": "#123456"}).data
    assert len(bars.x) == SHOWN_N + 1
    assert sum(bars.x) == sum(range(21))
    assert bars.marker.color[0] == "#123456"
    assert set(bars.marker.color[1:]) == {APP_GREY}


@pytest.mark.parametrize("sort", [Sort(by, rising) for by in SORTS for rising in (False, True)])
def test_every_order_is_total_and_keeps_all_rows(sort: Sort) -> None:
    rows = pa.table({
        "session_id": ["c", "a", "b", "d"], "started_week_day": [7, None, 7, 14], "duration_us": [5, 5, None, 5],
        "clicks_n": [1, 1, 1, 0], "right_clicks_n": [0, 0, 0, 9], "shortcuts_n": [0, 0, 0, 0], "frames_n": [2, 2, 1, 1],
    })  # fmt: skip
    once = ordered(rows, sort)
    assert sorted(once["session_id"].to_pylist()) == ["a", "b", "c", "d"]
    assert ordered(rows.take([3, 2, 1, 0]), sort).equals(once)
    if sort == Sort():
        assert once["session_id"].to_pylist() == ["d", "b", "c", "a"]
    if sort == Sort("clicks"):
        assert once["session_id"].to_pylist()[0] == "d"


def test_neighbours_in_the_list() -> None:
    place = place_of("b", ["a", "b", "c"])
    assert place is not None
    assert (place.at, place.of_n, place.previous_id, place.next_id) == (2, 3, "a", "c")
    first = place_of("a", ["a"])
    assert first is not None
    assert (first.previous_id, first.next_id) == (None, None)
    assert place_of("x", ["a"]) is None


def test_answers_are_remembered_until_the_dataset_changes(small_root: Path, monkeypatch: Any) -> None:
    engine = open_engine(small_root)
    answers = Answers(engine)
    once = answers.run("sessions/totals", {})
    assert answers.run("sessions/totals", {}) is once
    assert answers.bytes == once.nbytes
    monkeypatch.setattr(type(engine), "version_id", property(lambda _engine: "another"))
    assert answers.run("sessions/totals", {}) is not once


def test_remembered_answers_stay_within_their_limit(small_root: Path) -> None:
    engine = open_engine(small_root)
    size = Answers(engine).run("sessions/list", {}).nbytes
    answers = Answers(engine, limit_bytes=3 * size)
    for limit_n in range(1, 25):
        answers.run("sessions/list", {"limit_n": limit_n})
        assert answers.bytes <= 3 * size
    assert answers.run("sessions/list", {"limit_n": 24}) is answers.run("sessions/list", {"limit_n": 24})
