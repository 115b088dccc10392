"""What holds for shortcuts in every recording and under every filter."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer import sql
from explorer.trace.schema import MODIFIERS
from explorer.trace.shown_keys import shown_key

from .golden import Trace

few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

NAMES = [name for name in sql.names() if name.startswith("shortcuts/")]
PROTECTED = [name for name in NAMES if name not in ("shortcuts/people", "shortcuts/times")]
SYSTEMS = st.sampled_from(["linux", "macos", "windows", None])
LETTERS = "aéßЖ7?ł"
KEYS = st.sampled_from([*LETTERS, "c", "v", "Delete", "F5", " ", "Enter", "nonsense"])
HELD = st.sets(st.sampled_from(MODIFIERS), max_size=3)
USES = st.lists(
    st.fixed_dictionaries(
        {
            "person": st.integers(0, 11),
            "kind": st.sampled_from(["shortcut*", "click*", "click", "key_down", "custom"]),
            "key": KEYS,
            "held": HELD,
            "command": st.sampled_from(["Copy", "Paste", "Save", None]),
            "via": st.sampled_from(["shortcut", "menu", "context_menu", "toolbar", None]),
            "button": st.sampled_from(["left", "right"]),
            "app": st.sampled_from(["Mail", "Sheet", None]),
        }
    ),
    max_size=80,
)
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "cohort": st.sampled_from(["north", "south"]),
        "min_people": st.integers(5, 7),
        "os": st.sampled_from(["linux", "macos"]),
        "day_from": st.integers(0, 14),
        "day_to": st.integers(0, 14),
        "app": st.sampled_from(["Mail", "Chess"]),
        "actor": st.sampled_from(["human", "agent"]),
    },
)
SESSIONS = st.lists(
    st.fixed_dictionaries({"os": SYSTEMS, "started_day": st.one_of(st.none(), st.integers(0, 14))}),
    min_size=12,
    max_size=12,
)


def _chord(use: dict[str, Any]) -> str:
    name = "space" if use["key"] == " " else use["key"].casefold()
    return "+".join([*(held for held in MODIFIERS if held in use["held"]), name])


def _insert(trace: Trace, sessions: list[dict[str, Any]], uses: list[dict[str, Any]]) -> None:
    """Twelve sessions of nine people (one of whom keeps keystrokes closed), and of unknown ones."""
    trace.clear()
    people = [f"p{i % 9}" if i < 10 else None for i in range(12)]
    scope = {8: "screenshots"}
    trace.insert(
        "participants",
        [
            {
                "participant_id": f"p{i}",
                "cohort": "north" if i < 6 else "south",
                "consent_scope": scope.get(i),
            }
            for i in range(9)
        ],
    )
    described = zip(sessions, people, strict=True)
    trace.insert(
        "sessions",
        [
            {"session_id": f"s{i}", "participant_id": who, "actor": "human" if who else "agent", **session}
            for i, (session, who) in enumerate(described)
        ],
    )
    rows = []
    for place, use in enumerate(uses):
        is_keys = use["kind"] in ("shortcut*", "key_down")
        row = {
            "session_id": f"s{use['person']}",
            "t_us": place * 1_000_000,
            "kind": use["kind"],
            "app": use["app"],
        }
        row |= {"key": use["key"], "chord": _chord(use)} if is_keys else {"button": use["button"]}
        rows.append(row | {"command": use["command"], "via": use["via"] if use["command"] else None})
    trace.insert_recording(rows)


def _ask(trace: Trace, name: str, **params: object) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = trace.ask(name, **params).to_pylist()
    return rows


@few
@given(sessions=SESSIONS, uses=USES, filters=FILTERS, with_app=st.booleans())
def test_no_filter_reveals_few_people(
    trace: Trace,
    sessions: list[dict[str, Any]],
    uses: list[dict[str, Any]],
    filters: dict[str, Any],
    with_app: bool,
) -> None:
    _insert(trace, sessions, uses)
    min_people = filters.get("min_people", 5)
    totals = _ask(trace, "sessions/totals", **filters)
    for name in NAMES:
        more = {"with_app": with_app} if "with_app" in {p.name for p in sql.load(name).params} else {}
        rows = _ask(trace, name, **filters, **more)
        if not totals or totals[0]["people_n"] is None:
            assert rows == [], name
        for row in rows if name in PROTECTED else ():
            assert row.get("people_n") is None or row["people_n"] == 0 or row["people_n"] >= min_people, name
            assert row.get("people_n") is not None or row.get("rows_n") is None, name


@few
@given(sessions=SESSIONS, uses=USES)
def test_all_uses_are_in_a_row_or_in_the_others(
    trace: Trace, sessions: list[dict[str, Any]], uses: list[dict[str, Any]]
) -> None:
    """The rows that are shown, and the others where they are enough, are all uses there are."""
    _insert(trace, sessions, uses)
    people = _ask(trace, "shortcuts/people")
    asked = {row["session_id"] for row in _ask(trace, "rollups/session_commands")}
    assert asked <= {f"s{i}" for i in range(12)}
    by_cell: dict[tuple[str, str], Counter[int]] = {}
    for row in people:
        by_cell.setdefault((row["command"], row["via"]), Counter())[row["person"]] += row["uses_n"]
    rows = _ask(trace, "shortcuts/commands")
    for row in rows:
        if not row["is_other"]:
            cell = by_cell.pop((row["command"], row["via"]))
            assert (row["uses_n"], row["people_n"]) == (cell.total(), len(cell))
    behind = {person for cell in by_cell.values() for person in cell}
    others = [row for row in rows if row["is_other"]]
    if others:
        assert (others[0]["uses_n"], others[0]["people_n"]) == (
            sum(cell.total() for cell in by_cell.values()),
            len(behind),
        )
    else:
        assert len(behind) < 5


@few
@given(sessions=SESSIONS, uses=USES)
def test_named_and_unnamed_are_all_shortcuts(
    trace: Trace, sessions: list[dict[str, Any]], uses: list[dict[str, Any]]
) -> None:
    _insert(trace, sessions, uses)
    shortcuts = Counter(f"s{use['person']}" for use in uses if use["kind"] == "shortcut*")
    keys = Counter(
        f"s{use['person']}"
        for use in uses
        if use["kind"] != "shortcut*" and use["command"] and use["via"] == "shortcut"
    )
    found: Counter[str] = Counter()
    for row in _ask(trace, "rollups/session_commands"):
        if row["via"] == "shortcut":
            found[row["session_id"]] += row["uses_n"]
            assert row["command"] is None or row["is_recorded"] or row["chord"] is not None
    assert found == shortcuts + keys


@few
@given(sessions=SESSIONS, uses=USES)
def test_letters_that_type_are_never_there(
    trace: Trace, sessions: list[dict[str, Any]], uses: list[dict[str, Any]]
) -> None:
    _insert(trace, sessions, uses)
    systems = {f"s{i}": session["os"] for i, session in enumerate(sessions)}
    for row in _ask(trace, "lib/shown_chords"):
        assert shown_key(None, None, row["chord"], systems[row["session_id"]])[2] == row["chord"]
    kept = {row["chord"] for row in _ask(trace, "rollups/session_commands")} - {None}
    wanted = {
        shown_key(None, None, _chord(use), systems[f"s{use['person']}"])[2]
        for use in uses
        if use["kind"] == "shortcut*" or (use["kind"] == "key_down" and use["command"] and use["via"] == "shortcut")
    }  # fmt: skip
    assert kept == {chord for chord in wanted - {None} if "ß" not in chord and "ss" not in chord}
    said = [row["sequence"] for row in _ask(trace, "rollups/session_sequences")]
    said += [row["chord"] or "" for row in _ask(trace, "shortcuts/chords")]
    for letter in LETTERS:
        pattern = rf"(?:^|[ →])(?:shift\+)?{re.escape(letter)}(?:$|[ →])"
        assert not [text for text in said if re.search(pattern, text)]


@few
@given(sessions=SESSIONS, filters=FILTERS)
def test_the_filter_is_that_of_the_list(
    trace: Trace, sessions: list[dict[str, Any]], filters: dict[str, Any]
) -> None:
    """Where it is not refused, it counts the listed sessions of known people, or all of nobody known."""
    uses = [{"person": i, "kind": "click", "command": "Copy", "via": "menu", "app": "Mail", "key": "c",
             "held": set(), "button": "left"} for i in range(12)]  # fmt: skip
    _insert(trace, sessions, uses)
    coverage = {row["part"]: row["rows_n"] for row in _ask(trace, "shortcuts/coverage", **filters)}
    listed = [row["session_id"] for row in _ask(trace, "sessions/list", **filters)]
    known = [session_id for session_id in listed if int(session_id[1:]) < 10]
    if "sessions" in coverage:
        assert coverage["sessions"] == len(known or listed)
