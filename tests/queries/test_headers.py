"""Every header keeps its promises: parameters, columns, types, units, order, and a golden test."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from explorer import sql

from .golden import Trace
from .portable import first_casts, problems

NAMES = sql.names()
UNITS = {"us": "us", "ms": "ms", "px": "px", "day": "d"}
LONGEST_FILE = 80
WIDEST_LINE = 110
# Longer ones, each with its reason.
LONGER = {
    f"pointer/{name}.sql": (
        lines,
        "every row is looked at: where it is, whose it is, which are drawn or withheld",
    )
    for name, lines in {"moments": 110, "zoom": 95}.items()
}
GOLDEN = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
QUERY_FILES = sorted(sql.queries_root().rglob("*.sql"))


@pytest.mark.parametrize("name", NAMES)
def test_parameters_are_those_of_the_statement(trace: Trace, name: str) -> None:
    query = sql.load(name)
    statements = trace.con.extract_statements(query.sql)
    assert [statement.type for statement in statements] == [duckdb.StatementType.SELECT]
    assert statements[0].named_parameters == {param.name for param in query.params}
    assert first_casts(query.sql) == {param.name: param.type for param in query.params}


@pytest.mark.parametrize("name", NAMES)
def test_columns_are_those_of_the_result(trace: Trace, name: str) -> None:
    query = sql.load(name)
    values = {param.name: "x" if param.type == "VARCHAR" else 1 for param in query.params}
    found = trace.con.execute(f"DESCRIBE {query.sql}", values).fetchall()
    assert [(row[0], row[1]) for row in found] == [(column.name, column.type) for column in query.columns]


@pytest.mark.parametrize("name", NAMES)
def test_units_match_the_ends_of_the_names(name: str) -> None:
    query = sql.load(name)
    for field in (*query.params, *query.columns):
        assert field.unit == UNITS.get(field.name.rpartition("_")[2]), field.name


@pytest.mark.parametrize("name", NAMES)
def test_statement_is_portable(name: str) -> None:
    assert problems(sql.load(name).sql) == []


@pytest.mark.parametrize("name", NAMES)
def test_query_has_a_golden_test(name: str) -> None:
    assert re.search(rf'expects\(\s*"{name}"', GOLDEN)


ROLLUPS = {name.removeprefix("rollups/") for name in NAMES if name.startswith("rollups/")}


def rollups_in(name: str) -> set[str]:
    return ROLLUPS & set(re.findall(r"(?:FROM|JOIN) (\w+)", sql.load(f"rollups/{name}").sql))


@pytest.mark.parametrize("name", sorted(ROLLUPS))
def test_rollups_read_base_tables_or_rollups_that_do(name: str) -> None:
    query = sql.load(f"rollups/{name}")
    assert query.params == ()
    assert all(rollups_in(other) == set() for other in rollups_in(name))
    # Without it new sessions cannot just be added: then it is made anew, which only other rollups are small enough for.
    assert "session_id" in {column.name for column in query.columns} or rollups_in(name)


@pytest.mark.parametrize("name", NAMES)
def test_relations_of_one_session_are_all_filtered(name: str) -> None:
    """The engine opens that session's files alone: a relation without the filter would be read in part."""
    query = sql.load(name)
    if "session_id" not in {param.name for param in query.params}:
        return
    read = re.findall(r"(?:FROM|JOIN) (moves|events|frames|steps|displays|redactions|sessions)\b", query.sql)
    assert query.sql.count("$session_id") >= len(read)


@pytest.mark.parametrize("path", QUERY_FILES, ids=[path.stem for path in QUERY_FILES])
def test_file_is_small(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    longest, _ = LONGER.get(path.relative_to(sql.queries_root()).as_posix(), (LONGEST_FILE, ""))
    assert len(lines) <= longest
    assert max(map(len, lines)) <= WIDEST_LINE


def test_the_filter_of_the_list_is_one_text() -> None:
    assert [path for path in QUERY_FILES if "$cohort::" in path.read_text(encoding="utf-8")] == [
        sql.queries_root() / "lib" / "chosen_sessions.steps.sql"
    ]
    queries = [query for query in map(sql.load, NAMES) if any(p.name == "cohort" for p in query.params)]
    shared = [
        param for param in sql.load("sessions/list").params if param.name not in ("limit_n", "offset_n")
    ]
    for query in queries:
        assert text_between(query.sql, "large_cohorts AS .* chosen AS"), query.name
        told = {param.name: replace(param, text="") for param in query.params}
        assert [told.get(param.name) for param in shared] == [replace(param, text="") for param in shared], (
            query.name
        )


@pytest.mark.parametrize("name", [n for n in NAMES if n.startswith(("pointer/", "shortcuts/"))])
def test_figures_over_people_ask_whether_their_selection_is_open(name: str) -> None:
    query = sql.load(name)
    if any(param.name == "cohort" for param in query.params):
        assert "guard AS (" in query.sql
        assert "g.is_open" in query.sql


def text_between(text: str, pattern: str) -> str:
    found = re.search(pattern, text, re.DOTALL)
    assert found is not None
    return found[0]
