"""The pieces of the Queries page and of steps: fields, cells, charts, actions."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer import sql
from explorer.charts.suggested import MOST_BARS, suggested
from explorer.widgets.attempts import in_order
from explorer.widgets.query_fields import fields_of, read
from explorer.widgets.result_table import cells
from explorer.widgets.steps import PAGE_N, actions, outcome, page_of
from explorer.widgets.wording import milliseconds

LIST = sql.load("sessions/list")
NUMBERS = sql.ResultColumn("rows_n", "BIGINT", None, "rows")


@given(st.dictionaries(st.sampled_from([*(p.name for p in LIST.params), "other"]), st.text(max_size=30)))
def test_any_address_is_read(given_texts: dict[str, str]) -> None:
    reading = read(LIST, given_texts)
    assert reading.params["min_people"] == 5
    assert "min_people" not in reading.texts
    bound = sql.bind(LIST, reading.params)
    assert bound["min_people"] == 5
    assert not set(reading.wrong) & set(reading.params)
    assert set(reading.texts) <= {field.param.name for field in fields_of(LIST)}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("day_from", "2026-11-16", 20_773),
        ("day_from", "20773", None),
        ("limit_n", "1,000", 1000),
        ("limit_n", "-3", -3),
        ("limit_n", "1e3", None),
        ("limit_n", str(2**70), None),
        ("search", " a ", " a "),
        ("app", "Mail", "Mail"),
    ],
)
def test_values_have_the_type_of_the_header(name: str, text: str, value: object) -> None:
    reading = read(LIST, {name: text})
    assert reading.params.get(name) == value
    assert (name in reading.wrong) == (value is None)
    assert text not in reading.wrong.get(name, "")


def test_required_fields_come_first_and_are_missed() -> None:
    query = sql.load("replay/frame_place")
    assert read(query, {}).missing == ("session_id", "frame_id")
    assert [field.kind for field in fields_of(query)] == ["id", "id"]
    assert fields_of(LIST)[0].kind == "choice"
    assert {field.param.name for field in fields_of(LIST) if field.is_typed} == {"search"}


def test_no_parameter_has_a_name_that_the_address_needs() -> None:
    for name in sql.names():
        assert not {"name", "token"} & {param.name for param in sql.load(name).params}


def test_cells_keep_numbers_exact() -> None:
    assert cells(NUMBERS, [1, None, 2**53, -(2**62)]) == [1, None, f"{2**53:,}", f"{-(2**62):,}"]
    day = sql.ResultColumn("started_week_day", "INTEGER", "d", "week")
    assert cells(day, [20_769, -3, 2**31 - 1]) == ["2026-11-12", "1969-12-29", f"{2**31 - 1:,}"]
    text = sql.ResultColumn("task", "VARCHAR", None, "task")
    assert cells(text, ["a\x00b", "x" * 400]) == ["a b", "x" * 300 + "…"]
    assert cells(sql.ResultColumn("x", "DOUBLE", None, "x"), [1234567.0, 0.25]) == ["1.23457e+06", "0.25"]
    assert cells(sql.ResultColumn("is_x", "BOOLEAN", None, "x"), [True, False]) == ["yes", "no"]


def traces(table: dict[str, list[Any]], **options: Any) -> list[Any]:
    figure = suggested(pa.table(table), {"Mail": "#123456"}, **options)
    return [] if figure is None else list(figure.data)


def test_bins_become_stacked_bars_in_the_colours_of_their_kinds() -> None:
    table = {
        "bin": [0, 0, 2],
        "kind": ["move", "click", "move"],
        "start_us": [0, 0, 2_000_000],
        "rows_n": [3, 1, 5],
    }
    moves, clicks = traces(table, is_dark=True)
    assert (list(moves.x), list(moves.y), moves.marker.color) == ([0.0, 2.0], [3, 5], "#7E8590")
    assert (clicks.type, list(clicks.y)) == ("bar", [1])


def test_shares_over_time_become_a_line() -> None:
    [line] = traces({"t_us": [0, 1_000_000], "leak_share": [0.5, 0.25]})
    assert (line.type, line.mode, list(line.x), list(line.y)) == ("scatter", "lines", [0.0, 1.0], [0.5, 0.25])


def test_categories_become_bars_and_stay_text() -> None:
    [bars] = traces({"app": ["<b>x</b>", "Mail", None], "active_ms": [1, 3, 2]})
    assert (bars.orientation, list(bars.x)) == ("h", [3, 2, 1])
    figure = suggested(pa.table({"app": ["<b>x</b>", "Mail"], "active_ms": [1, 3]}), {})
    assert figure is not None
    assert list(figure.layout.yaxis.ticktext) == ["Mail", "&lt;b&gt;x&lt;/b&gt;"]
    [many] = traces({"app": [f"a{n}" for n in range(90)], "active_ms": list(range(90))})
    assert len(many.x) == MOST_BARS


def test_cells_and_places_become_a_map() -> None:
    [cells_map] = traces({"cell": [0, 193, 193], "rows_n": [1, 2, 3]})
    assert cells_map.z.shape == (108, 192)
    assert (cells_map.z[0][0], cells_map.z[1][1], cells_map.z.sum()) == (1, 5, 6)
    [places] = traces({"x": [0, 3], "y": [0, 1], "rows_n": [1, 2]})
    assert places.z.shape == (2, 4)


@pytest.mark.parametrize(
    "table",
    [
        {"session_id": ["a", "b"], "bin": [0, 1], "rows_n": [1, 2]},
        {"app": ["a", "a"], "rows_n": [1, 2]},
        {"app": ["a"], "rows_n": [1]},
        {"flag": ["a", "b"], "sessions_n": [0, 0], "of_n": [9, 9]},
        {"state": ["active", "idle"], "start_us": [0, 5], "end_us": [5, 9]},
        {"title": ["a", "b"], "rows_n": [1, 2]},
        {"x": [-5, 3], "y": [0, 1], "rows_n": [1, 2]},
        {"seq": [1, 2], "t_us": [1, 2]},
    ],
)
def test_nothing_is_drawn_where_nothing_fits(table: dict[str, list[Any]]) -> None:
    found = traces(table)
    assert found == [] or "end_us" in table


@given(st.none() | st.text(), st.none() | st.text() | st.recursive(
    st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
).map(json.dumps))  # fmt: skip
def test_any_action_is_said_as_text(kind: str | None, text: str | None) -> None:
    for word, pairs in actions(kind, text):
        assert all(isinstance(part, str) and len(part) <= 302 for part in [word, *sum(pairs, ())])


def test_actions_by_name_and_value() -> None:
    assert actions("click", '{"x": 3, "keys": ["ctrl", "c"]}') == [
        ("click", [("x", "3"), ("keys", "ctrl + c")])
    ]
    calls = '{"calls": [{"call": "pyautogui.moveTo", "x": 0.5}, {"call": "pyautogui.scroll", "0": -3}]}'
    assert actions("moveTo,scroll", calls) == [("moveTo", [("x", "0.5")]), ("scroll", [("0", "-3")])]
    assert actions("wait", "[1") == [("wait", [("", "[1")])]
    assert actions("x", "[" * 30_000)[0][0] == "x"
    assert actions(None, None) == []


def test_outcomes_and_pages() -> None:
    assert [outcome(*pair) for pair in ((True, None), (True, True), (False, True), (None, None), (None, False))] == [
        "correct", "redundant", "wrong", "unknown", "unknown",
    ]  # fmt: skip
    assert [page_of(place, 250) for place in (1, PAGE_N, PAGE_N + 1, 9999)] == [0, 0, PAGE_N, 2 * PAGE_N]
    assert page_of(1, 0) == 0


def test_attempts_are_ordered_by_outcome_or_actor_only() -> None:
    rows = pa.table({"actor": ["human", "agent"], "task_outcome": ["done", "fail"], "session_id": ["a", "b"]})
    for order in ("outcome", "", "duration_us", "participant_id"):
        assert in_order(rows, order)["session_id"].to_pylist() == ["a", "b"]
    assert in_order(rows, "actor")["session_id"].to_pylist() == ["b", "a"]


def test_times_of_queries_are_said() -> None:
    assert [milliseconds(ms) for ms in (0.2, 12.4, 999, 3400)] == ["under 1 ms", "12 ms", "999 ms", "3.4 s"]
