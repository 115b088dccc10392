"""What holds for every recording."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise, product
from typing import Any

import pytest
import sqlglot
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer import sql

from .golden import Trace

few = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

APPS = st.sampled_from(["Mail", "Sheets", None])
TITLES = st.sampled_from(["Inbox 100%", "a_b", "AxB", "ÄPFEL", "\\", None])
KINDS = ["move", "frame", "mouse_down", "click*", "click", "scroll", "key_down", "key_up", "shortcut*"]
KINDS += ["text_input", "window_focus", "custom", "double_click*"]
TIMES = st.one_of(st.none(), st.integers(0, 60_000_000), st.integers(0, 30).map(lambda s: s * 1_000_000))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "session_id": st.sampled_from(["a", "b"]),
            "kind": st.sampled_from(KINDS),
            "t_us": TIMES,
            "button": st.sampled_from(["left", "right", "middle", None]),
            "app": APPS,
            "window_title": TITLES,
        }
    ),
    max_size=40,
)
SESSIONS = st.lists(
    st.fixed_dictionaries(
        {
            "participant_id": st.sampled_from([*(f"p{n}" for n in range(1, 9)), None]),
            "source_format": st.sampled_from(["office", "balabit"]),
            "actor": st.sampled_from(["human", "agent"]),
            "os": st.sampled_from(["linux", "macos", None]),
            "started_day": st.one_of(st.none(), st.integers(0, 20)),
            "duration_us": st.one_of(st.none(), st.integers(0, 10**15)),
            "task": TITLES,
            "task_id": st.sampled_from(["t1", "t2", None]),
            "frames_n": st.integers(0, 9),
        }
    ),
    max_size=12,
)
STEPS = st.lists(
    st.fixed_dictionaries({"thought": TITLES, "action_type": TITLES, "action_code": TITLES}), max_size=4
)
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "cohort": st.sampled_from(["north", "south"]),
        "min_people": st.integers(5, 6),
        "source_format": st.sampled_from(["office", "balabit"]),
        "actor": st.sampled_from(["human", "agent"]),
        "os": st.sampled_from(["linux", "macos"]),
        "day_from": st.integers(0, 20),
        "day_to": st.integers(0, 20),
        "app": st.sampled_from(["Mail", "Chess"]),
        "task_id": st.sampled_from(["t1", "t3"]),
        "search": st.text("aAbBx_%\\ÄÜ 1", max_size=3),
    },
)


def _ask(trace: Trace, name: str, **params: object) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = trace.ask(name, **params).to_pylist()
    return rows


def _record(trace: Trace, rows: list[dict[str, Any]]) -> None:
    trace.clear()
    trace.insert_recording([dict(row) for row in rows])


def _drawn_kinds(rows: list[dict[str, Any]], session_id: str) -> Counter[str]:
    """The kinds of the activity strip, counted without SQL."""
    found: Counter[str] = Counter()
    app = None
    for row in rows:
        if row["session_id"] != session_id:
            continue
        kind, is_timed = row["kind"], row["t_us"] is not None
        if kind.startswith("click"):
            found["right_click" if row["button"] == "right" else "click"] += is_timed
        named = {"key_down": "key", "text_input": "key", "shortcut*": "shortcut"}.get(kind, kind)
        if named in ("move", "frame", "scroll", "key", "shortcut"):
            found[named] += is_timed
        if kind not in ("move", "frame") and not kind.endswith("*") and row["app"] is not None:
            found["app_switch"] += is_timed and app is not None and app != row["app"]
            app = row["app"]
    return +found


@few
@given(rows=ROWS, bins_n=st.integers(1, 200))
def test_density_sums_to_the_rows_of_the_session(
    trace: Trace, rows: list[dict[str, Any]], bins_n: int
) -> None:
    _record(trace, rows)
    for session_id in {row["session_id"] for row in rows}:
        density = _ask(trace, "replay/density", session_id=session_id, bins_n=bins_n)
        summed: Counter[str] = Counter()
        for part in density:
            summed[part["kind"]] += part["rows_n"]
            assert 0 <= part["bin"] < bins_n
            assert part["start_us"] <= part["end_us"]
        assert summed == _drawn_kinds(rows, session_id)


@few
@given(rows=ROWS)
def test_both_densities_agree(trace: Trace, rows: list[dict[str, Any]]) -> None:
    _record(trace, rows)
    rollup = _ask(trace, "rollups/session_density")
    for session_id in {row["session_id"] for row in rows}:
        own = [(r["bin"], r["kind"], r["rows_n"]) for r in rollup if r["session_id"] == session_id]
        density = _ask(trace, "replay/density", session_id=session_id, bins_n=60)
        assert own == [(r["bin"], r["kind"], r["rows_n"]) for r in density]


@few
@given(times=st.lists(st.integers(0, 10**12), min_size=1, max_size=30), bins_n=st.integers(1, 500))
def test_every_row_lies_within_its_part(trace: Trace, times: list[int], bins_n: int) -> None:
    _record(trace, [{"kind": "move", "t_us": t_us} for t_us in times])
    end_us = max(times)
    for part in _ask(trace, "replay/density", session_id="s", bins_n=bins_n):
        is_last = part["bin"] == bins_n - 1
        held = [t for t in times if part["start_us"] <= t < part["end_us"] or (is_last and t == end_us)]
        assert len(held) == part["rows_n"]


@few
@given(rows=ROWS, idle_gap_ms=st.integers(0, 20_000), merge_share=st.floats(0, 1))
def test_segments_tile_the_session(
    trace: Trace, rows: list[dict[str, Any]], idle_gap_ms: int, merge_share: float
) -> None:
    _record(trace, rows)
    params = {"idle_gap_ms": idle_gap_ms, "merge_share": merge_share}
    for session in _ask(trace, "sessions/list"):
        pieces = _ask(trace, "sessions/segments", session_id=session["session_id"], **params)
        edges = [0, *(piece["end_us"] for piece in pieces)]
        assert [piece["start_us"] for piece in pieces] == edges[:-1]
        assert edges[-1] == (session["duration_us"] or 0)
        assert all(piece["start_us"] < piece["end_us"] for piece in pieces)
        assert all(a["state"] != b["state"] for a, b in pairwise(pieces))
        assert [piece["segment"] for piece in pieces] == list(range(len(pieces)))


@few
@given(rows=ROWS, idle_gap_ms=st.integers(0, 20_000))
def test_time_in_apps_is_at_most_the_session(
    trace: Trace, rows: list[dict[str, Any]], idle_gap_ms: int
) -> None:
    _record(trace, rows)
    for session in _ask(trace, "sessions/list"):
        session_id, duration_us = session["session_id"], session["duration_us"] or 0
        apps = _ask(trace, "sessions/time_per_app", session_id=session_id, idle_gap_ms=idle_gap_ms)
        assert sum(row["active_ms"] for row in apps) <= duration_us / 1000
    for one, two in pairwise(_ask(trace, "rollups/session_apps")):
        assert one["session_id"] != two["session_id"] or one["end_us"] == two["start_us"]


@few
@given(sessions=SESSIONS, rows=ROWS, steps=STEPS, filters=FILTERS)
def test_list_totals_and_strips_agree(
    trace: Trace,
    sessions: list[dict[str, Any]],
    rows: list[dict[str, Any]],
    steps: list[dict[str, Any]],
    filters: dict[str, Any],
) -> None:
    trace.clear()
    cohorts = {f"p{n}": "south" if n == 8 else "north" for n in range(1, 9)}
    trace.insert("participants", [{"participant_id": p, "cohort": c} for p, c in cohorts.items()])
    trace.insert("sessions", [{"session_id": "abcdefghijkl"[i], **row} for i, row in enumerate(sessions)])
    trace.insert_recording([dict(row) for row in rows])
    thoughts = [{"session_id": "ab"[i % 2], "step": i, "seq": i, **step} for i, step in enumerate(steps)]
    trace.insert("steps", thoughts)
    listed = _ask(trace, "sessions/list", **filters)
    totals = _ask(trace, "sessions/totals", **filters)
    if not totals:
        assert listed == []
        assert filters["cohort"] not in [r["value"] for r in _facets(trace, filters, "cohort")]
        return
    assert totals[0]["sessions_n"] == len(listed)
    ids = {row["session_id"] for row in listed}
    people = {row["participant_id"] for i, row in enumerate(sessions) if "abcdefghijkl"[i] in ids}
    if totals[0]["people_n"] is not None:
        assert totals[0]["people_n"] == len(people - {None})
        assert totals[0]["duration_us"] == sum(row["duration_us"] or 0 for row in listed)
        assert totals[0]["frames_n"] == sum(row["frames_n"] for row in listed)
    else:
        assert people - {None}
        assert filters
    for strip, rollup in (("density", "density"), ("ribbon", "apps")):
        shown = _ask(trace, f"sessions/{strip}_of_list", **filters)
        assert shown == [r for r in _ask(trace, f"rollups/session_{rollup}") if r["session_id"] in ids]


@few
@given(days=st.lists(st.integers(-3, 30), min_size=1, max_size=8), day=st.integers(-3, 30))
def test_a_day_selects_its_whole_week(trace: Trace, days: list[int], day: int) -> None:
    trace.clear()
    trace.insert("sessions", [{"session_id": f"s{i}", "started_day": d} for i, d in enumerate(days)])
    found = {row["session_id"] for row in _ask(trace, "sessions/list", day_from=day, day_to=day)}
    assert found == {f"s{i}" for i, d in enumerate(days) if (d + 3) // 7 == (day + 3) // 7}


def _facets(trace: Trace, filters: dict[str, Any], facet: str) -> list[dict[str, Any]]:
    rows = _ask(trace, "sessions/facets", min_people=filters.get("min_people", 5))
    return [row for row in rows if row["facet"] == facet]


@few
@given(titles=st.lists(TITLES, min_size=1, max_size=6), search=st.text("aAbBx_%\\ÄÜ 1", max_size=3))
def test_search_takes_every_sign_literally(trace: Trace, titles: list[str | None], search: str) -> None:
    _record(
        trace, [{"session_id": f"s{i}", "kind": "custom", "window_title": t} for i, t in enumerate(titles)]
    )
    found = {row["session_id"] for row in _ask(trace, "sessions/list", search=search)}
    assert found == {
        f"s{i}" for i, t in enumerate(titles) if not search or (t and search.lower() in t.lower())
    }


@cache
def _order_of(name: str) -> list[str]:
    tree = sqlglot.parse_one(sql.load(name).sql, read="duckdb")
    return [key.this.name for key in tree.args["order"].expressions]


def test_results_are_ordered_by_columns_of_theirs() -> None:
    for name in sql.names():
        assert set(_order_of(name)) <= {column.name for column in sql.load(name).columns}, name


@settings(few, max_examples=5)
@given(rows=ROWS)
def test_the_order_of_every_result_is_total(trace: Trace, rows: list[dict[str, Any]]) -> None:
    _record(trace, rows)
    for name in sql.names():
        params = {p.name: "a" if p.type == "VARCHAR" else 0 for p in sql.load(name).params if p.is_required}
        found = [tuple(row[key] for key in _order_of(name)) for row in _ask(trace, name, **params)]
        assert len(found) == len(set(found)), name


HUGE = 10 * 366 * 86_400 * 1_000_000


@pytest.mark.parametrize("name", sql.names())
def test_the_longest_times_and_strangest_words_overflow_nothing(trace: Trace, name: str) -> None:
    strange = "'\";--<script>\x00\U0001f600" + "%_" * 50
    rows = [
        {
            "session_id": strange,
            "kind": kind,
            "t_us": t_us,
            "app": strange,
            "window_title": strange,
            "frame_id": kind,
        }
        for kind in ("move", "frame", "click*", "window_focus", "key_down")
        for t_us in (0, HUGE)
    ]
    trace.insert_recording([row | {"frame_id": f"f{i}"} for i, row in enumerate(rows)])
    widest = {"VARCHAR": strange, "BIGINT": 2**63 - 1, "INTEGER": 2**31 - 1, "DOUBLE": 1e308}
    params = {
        p.name: widest[p.type]
        for p in sql.load(name).params
        if p.is_required or p.unit or p.name.endswith("_n")
    }
    for signs in product((1, -1), repeat=len(params)):
        signed = zip(params.items(), signs, strict=True)
        answer = trace.ask(
            name,
            **{key: value if isinstance(value, str) else sign * value for (key, value), sign in signed},
        )
        assert answer.column_names == [column.name for column in sql.load(name).columns]
