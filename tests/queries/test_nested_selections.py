"""Maps of two selections, one within the other, never differ by the rows of a few people: all pairs are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import duckdb
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
RANGES = ((None, None), (0, 0), (0, 1), (1, None))
# What the guard reads, without what does not matter to it.
TABLES = """
CREATE TABLE sessions (session_id VARCHAR, participant_id VARCHAR, os VARCHAR, source_format VARCHAR, actor VARCHAR,
    task_id VARCHAR, task VARCHAR, started_day INTEGER);
CREATE TABLE participants (participant_id VARCHAR, cohort VARCHAR);
CREATE TABLE session_app_counts (session_id VARCHAR, app VARCHAR);
CREATE TABLE session_titles (session_id VARCHAR, window_title VARCHAR);
CREATE TABLE session_step_texts (session_id VARCHAR, text VARCHAR);
CREATE TABLE session_pointer_totals (session_id VARCHAR, space VARCHAR, kind VARCHAR, app VARCHAR);
"""

Row = dict[str, Any]  # one session in one application: person, session, week, and a value of each filter


class Guard:
    """The steps of pointer/heatmap that decide whether a selection is answered, over a few sessions."""

    def __init__(self) -> None:
        self.con = duckdb.connect(config={"threads": 1})
        self.con.execute(TABLES)
        self.con.execute(f"CREATE VIEW pointing_people AS {sql.load('lib/pointing_people').sql}")
        text = sql.load("pointer/heatmap").sql
        holds = text[text.index("(g.chosen_n = 0 OR") : text.rindex("ORDER BY cell")]
        select = f"{text[: text.index('), who AS (')]}) SELECT g.chosen_n FROM guard AS g WHERE {holds}"
        self.select = self.con.extract_statements(select)[0]
        self.asked = dict.fromkeys(self.select.named_parameters) | {
            "space": "screen", "kind": "move", "min_people": MIN_PEOPLE,
        }  # fmt: skip

    def fill(self, rows: list[Row]) -> None:
        for table in ("sessions", "participants", "session_app_counts", "session_pointer_totals"):
            self.con.execute(f"DELETE FROM {table}")
        for person, cohort in {row["person"]: row["cohort"] for row in rows}.items():
            self.con.execute("INSERT INTO participants VALUES (?, ?)", [person, cohort])
        for session, row in {row["session"]: row for row in rows}.items():
            own = [row[name] for name in ("person", "os", "source_format", "actor", "task_id")]
            self.con.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, NULL, ?)",
                [session, *own, _monday(row["week"])],
            )
        for row in rows:
            at = [row["session"], row["app"]]
            self.con.execute("INSERT INTO session_app_counts VALUES (?, ?)", at)
            self.con.execute("INSERT INTO session_pointer_totals VALUES (?, 'screen', 'move', ?)", at)

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
    made = Guard()
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


@given(
    rows=st.composite(recorded)(),
    names=st.sampled_from([names for names in combinations(VALUES, 2) if names != ("os", "actor")]),
)
@settings(max_examples=25, deadline=None)
def test_two_maps_never_differ_by_few_people(guard: Guard, rows: list[Row], names: tuple[str, ...]) -> None:
    guard.fill(rows)
    answered = {
        found: asked
        for asked in selections(names)
        if (found := chosen(rows, asked)) and guard.is_answered(asked)
    }
    for one, other in combinations(answered, 2):
        narrow, wide = sorted((one, other), key=len)
        if narrow < wide:
            people_n = len({rows[place]["person"] for place in wide - narrow})
            assert people_n >= MIN_PEOPLE, (answered[narrow], answered[wide])
    assert all(len({rows[place]["person"] for place in found}) >= MIN_PEOPLE for found in answered)


def test_selections_that_all_have_many_people_beside_them_are_answered(guard: Guard) -> None:
    rows = [
        {**dict(zip(VALUES, ("Mail", *values), strict=True)), "week": week, "person": f"p{place}-{n}"}
        for place, (*values, week) in enumerate(product(*list(VALUES.values())[1:], WEEKS))
        for n in range(MIN_PEOPLE)
    ]
    rows = [{**row, "session": f"s{place}"} for place, row in enumerate(rows)]
    guard.fill(rows)
    for names in (("os", "cohort"), ("actor", "task_id"), ("app", "source_format")):
        for asked in selections(names):
            assert guard.is_answered(asked) == bool(chosen(rows, asked)), asked
