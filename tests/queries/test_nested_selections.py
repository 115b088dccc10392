"""Answers over two selections, one within the other, never differ by what a few people did: all pairs are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer import sql

MIN_PEOPLE = 5
WEEKS = (0, 1, 2)
VALUES = {
    "app": ("Mail", "Sheet"),
    "os": ("linux", "macos"),
    "cohort": ("a", "b"),
    "actor": ("human", "agent"),
    "source_format": ("office", "other"),
    "task_id": ("t", "u"),
}
DONE = ("session_commands", "session_right_clicks")
RANGES = ((None, None), (0, 0), (0, 1), (1, None))
# What the guards read, without what does not matter to them.
TABLES = """
CREATE TABLE sessions (session_id VARCHAR, participant_id VARCHAR, os VARCHAR, source_format VARCHAR, actor VARCHAR,
    task_id VARCHAR, task VARCHAR, started_day INTEGER, duration_us BIGINT, moves_n BIGINT, frames_n BIGINT);
CREATE TABLE participants (participant_id VARCHAR, cohort VARCHAR, consent_scope VARCHAR);
CREATE TABLE session_app_counts (session_id VARCHAR, app VARCHAR);
CREATE TABLE session_titles (session_id VARCHAR, window_title VARCHAR);
CREATE TABLE session_step_texts (session_id VARCHAR, text VARCHAR);
CREATE TABLE session_pointer_totals (session_id VARCHAR, space VARCHAR, kind VARCHAR, app VARCHAR);
CREATE TABLE session_commands (session_id VARCHAR, app VARCHAR);
CREATE TABLE session_right_clicks (session_id VARCHAR, app VARCHAR);
"""

Row = dict[str, Any]  # one session in one application: person, session, week, and a value of each filter


class Guard:
    """The steps of a query that decide whether a selection is answered, over a few sessions."""

    def __init__(self, name: str, **asked: str) -> None:
        self.con = duckdb.connect(config={"threads": 1})
        self.con.execute(TABLES)
        self._work_out()
        text = sql.load(name).sql
        end = text.index("\n)", text.index("guard AS ("))
        self.select = self.con.extract_statements(f"{text[:end]}) SELECT chosen_n FROM guard WHERE is_open")[
            0
        ]
        self.asked = dict.fromkeys(self.select.named_parameters) | asked | {"min_people": MIN_PEOPLE}

    def _work_out(self) -> None:
        """The relations of queries/lib, kept: every selection would make them anew."""
        for relation in ("session_numbers", "shortcut_people"):
            self.con.execute(f"CREATE OR REPLACE TABLE {relation} AS {sql.load(f'lib/{relation}').sql}")

    def fill(self, rows: list[Row]) -> None:
        for (table,) in self.con.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            self.con.execute(f"DELETE FROM {table}")
        told = {row["person"]: (row["cohort"], row.get("consent_scope")) for row in rows}
        self._add("participants", [(person, *own) for person, own in told.items()])
        names = ("session", "person", "os", "source_format", "actor", "task_id")
        sessions = {row["session"]: row for row in rows}.values()
        self._add(
            "sessions",
            [(*(row[name] for name in names), None, _monday(row["week"]), 0, 0, 0) for row in sessions],
        )
        self._add("session_app_counts", [(row["session"], row["app"]) for row in rows])
        self._add("session_pointer_totals", [(row["session"], "screen", "move", row["app"]) for row in rows])
        for table in DONE:
            self._add(table, [(row["session"], row["app"]) for row in rows if table in row.get("done", ())])
        self._work_out()

    def _add(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        """All rows at once: a statement for each row cost more than all that is asked of them."""
        columns = {str(place): pa.array(column) for place, column in enumerate(zip(*rows, strict=True))}
        if columns:
            self.con.register("given", pa.table(columns))
            self.con.execute(f"INSERT INTO {table} FROM given")
            self.con.unregister("given")

    def is_answered(self, asked: dict[str, Any]) -> bool:
        first, last = asked["weeks"]
        days = {"day_from": _monday(first), "day_to": None if last is None else _monday(last) + 6}  # type: ignore[operator]
        values = {name: value for name, value in asked.items() if name != "weeks"}
        found = self.con.execute(self.select, self.asked | days | values).fetchall()
        return bool(found) and found[0][0] > 0


def _monday(week: int | None) -> int | None:
    return None if week is None else 4 + 7 * week


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    made = Guard("pointer/heatmap", space="screen", kind="move")
    yield made
    made.con.close()


@pytest.fixture(scope="module")
def shortcut_guard() -> Iterator[Guard]:
    made = Guard("shortcuts/coverage")
    yield made
    made.con.close()


def selections(names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """What filters by these names and by weeks select."""
    for values in product(*((None, *VALUES[name]) for name in names), RANGES):
        yield dict(zip((*names, "weeks"), values, strict=True))


def chosen(rows: list[Row], asked: dict[str, Any]) -> frozenset[int]:
    """Places of the rows that a selection counts; a cohort of few people is none."""
    first, last = asked["weeks"]
    small = {
        cohort for cohort in VALUES["cohort"]
        if len({row["person"] for row in rows if row["cohort"] == cohort}) < MIN_PEOPLE
    }  # fmt: skip
    if asked.get("cohort") in small:
        return frozenset()
    return frozenset(
        place for place, row in enumerate(rows)
        if (first is None or row["week"] >= first) and (last is None or row["week"] <= last)
        and all(value in (None, row[name]) for name, value in asked.items() if name != "weeks")
    )  # fmt: skip


def recorded(draw: Any) -> list[Row]:
    """Groups of five or six people who are alike, and some sessions that differ from them in a thing or two."""
    values = st.fixed_dictionaries({name: st.sampled_from(own) for name, own in VALUES.items()})
    group = st.tuples(values, st.sampled_from(WEEKS), st.integers(MIN_PEOPLE, 6))
    rows: list[Row] = []
    for told, week, people_n in draw(st.lists(group, min_size=1, max_size=4)):
        rows += [{**told, "week": week, "person": f"p{len(rows) + n}"} for n in range(people_n)]
    for number in range(draw(st.integers(1, 5))):
        like = dict(draw(st.sampled_from(rows)))
        name = draw(st.sampled_from([*VALUES, "week"]))
        if name == "cohort" or draw(st.booleans()):
            like["person"] = f"q{number}"
        like[name] = draw(st.sampled_from(WEEKS if name == "week" else VALUES[name]))
        rows.append(like)
    return [{**row, "session": f"s{place}"} for place, row in enumerate(rows)]


def at_work(draw: Any) -> list[Row]:
    """The same people, some of whose sessions used another application too; what was done there; consent to keys."""
    rows = recorded(draw)
    also = draw(st.lists(st.sampled_from(rows), max_size=len(rows), unique_by=lambda row: row["session"]))
    other = dict(zip(VALUES["app"], reversed(VALUES["app"]), strict=True))
    rows += [{**row, "app": other[row["app"]]} for row in also]
    keyless = draw(st.sets(st.sampled_from([row["person"] for row in rows]), max_size=6))
    kinds = st.sampled_from([DONE, DONE, DONE[:1], ()])
    return [
        {**row, "done": draw(kinds), "consent_scope": "window_titles" if row["person"] in keyless else None}
        for row in rows
    ]


def counted(rows: list[Row], asked: dict[str, Any]) -> dict[str, frozenset[Any]]:
    """What figures about shortcuts count of a selection: sessions, those with keys, and places of what was done."""
    in_sessions = chosen(rows, {**asked, "app": None})
    used = {row["session"] for row in rows if asked.get("app") in (None, row["app"])}
    places = [place for place in in_sessions if rows[place]["session"] in used]
    keyed = [place for place in places if rows[place]["consent_scope"] is None]
    own = [place for place in keyed if asked.get("app") in (None, rows[place]["app"])]
    return {
        "all": frozenset(rows[place]["session"] for place in places),
        "keyed": frozenset(rows[place]["session"] for place in keyed),
        **{kind: frozenset(place for place in own if kind in rows[place]["done"]) for kind in DONE},
    }


def people_of(rows: list[Row], kind: str, found: frozenset[Any]) -> set[str]:
    if kind in DONE:
        return {rows[place]["person"] for place in found}
    return {row["person"] for row in rows if row["session"] in found}


PAIRS = st.sampled_from([names for names in combinations(VALUES, 2) if names != ("os", "actor")])


@given(rows=st.composite(recorded)(), names=PAIRS)
@settings(max_examples=25, deadline=None)
def test_two_maps_never_differ_by_few_people(guard: Guard, rows: list[Row], names: tuple[str, ...]) -> None:
    guard.fill(rows)
    answered: dict[frozenset[int], dict[str, Any]] = {}
    for asked in selections(names):
        found = chosen(rows, asked)
        # Rows that one selection gives away are given away: another one that selects them says nothing new.
        if found and found not in answered and guard.is_answered(asked):
            answered[found] = asked
    for one, other in combinations(answered, 2):
        narrow, wide = sorted((one, other), key=len)
        if narrow < wide:
            people_n = len({rows[place]["person"] for place in wide - narrow})
            assert people_n >= MIN_PEOPLE, (answered[narrow], answered[wide])
    assert all(len({rows[place]["person"] for place in found}) >= MIN_PEOPLE for found in answered)


@given(rows=st.composite(at_work)(), names=PAIRS)
@settings(max_examples=15, deadline=None)
def test_two_answers_on_shortcuts_never_differ_by_few_people(
    shortcut_guard: Guard, rows: list[Row], names: tuple[str, ...]
) -> None:
    shortcut_guard.fill(rows)
    asked: list[dict[str, Any]] = []
    facts: list[dict[str, frozenset[Any]]] = []
    for one in selections(names):
        fact = counted(rows, one)
        # One that counts what an answered one counts says nothing new.
        if fact not in facts and shortcut_guard.is_answered(one):
            asked.append(one)
            facts.append(fact)
    assert all(len(people_of(rows, "all", fact["all"])) >= MIN_PEOPLE for fact in facts)
    for kind in ("all", "keyed", *DONE):
        answered = {fact[kind]: one for fact, one in zip(facts, asked, strict=True)}
        # Figures of so few people are withheld, so nothing can be subtracted.
        told = [found for found in answered if len(people_of(rows, kind, found)) >= MIN_PEOPLE]
        for one, other in combinations(told, 2):
            narrow, wide = sorted((one, other), key=len)
            if narrow < wide:
                people_n = len(people_of(rows, kind, wide - narrow))
                assert people_n >= MIN_PEOPLE, (kind, answered[narrow], answered[wide])


def test_selections_that_all_have_many_people_beside_them_are_answered(
    guard: Guard, shortcut_guard: Guard
) -> None:
    rows = [
        {**dict(zip(VALUES, ("Mail", *values), strict=True)), "week": week, "person": f"p{place}-{n}"}
        for place, (*values, week) in enumerate(product(*list(VALUES.values())[1:], WEEKS))
        for n in range(MIN_PEOPLE)
    ]
    rows = [{**row, "session": f"s{place}", "done": DONE} for place, row in enumerate(rows)]
    pairs = (("os", "cohort"), ("actor", "task_id"), ("app", "source_format"))
    for one, names in [*product((guard,), pairs), (shortcut_guard, pairs[-1])]:
        one.fill(rows)
        for asked in selections(names):
            assert one.is_answered(asked) == bool(chosen(rows, asked)), asked
