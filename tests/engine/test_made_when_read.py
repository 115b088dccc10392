"""A relation is made when the first query reads it: no sooner, once, whoever asks, and with an error of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from explorer.engine import library, open_engine
from explorer.engine.asking import AskError
from explorer.engine.duckdb import DuckDBAsker, DuckDBEngine
from explorer.engine.library import Relation
from explorer.errors import EngineError

Make = Callable[..., Path]
BASE = Relation("base", "SELECT * FROM read_parquet(['/middle/upper.parquet'])", is_base=True)
MIDDLE = Relation("middle", "SELECT * FROM base")
UPPER = Relation("upper", "SELECT * FROM middle")
ALL = (BASE, MIDDLE, UPPER)


@pytest.fixture
def engine(tmp_path: Path, dataset_of: Make) -> Iterator[DuckDBEngine]:
    rows = [
        {"session_id": s, "seq": i, "t_us": i, "kind": "click", "app": "Mail"} for s in "ab" for i in range(3)
    ]
    opened = open_engine(dataset_of(tmp_path / "d", events=rows))
    assert isinstance(opened, DuckDBEngine)
    yield opened
    opened.close()


def made(engine: DuckDBEngine) -> set[str]:
    """Relations that stand for all cursors."""
    cursor = engine._opened.connection.cursor()
    views = "SELECT view_name FROM duckdb_views() WHERE NOT internal"
    return {
        name
        for (name,) in cursor.execute(f"{views} UNION ALL SELECT table_name FROM duckdb_tables()").fetchall()
    }


def test_nothing_is_made_before_it_is_read(engine: DuckDBEngine) -> None:
    assert made(engine) == set()
    assert engine.answer("SELECT count(*) AS n FROM events", {}, "own")["n"].to_pylist() == [6]
    assert made(engine) == {"events"}
    engine.run("sessions/list")
    assert {"events", "sessions"} <= made(engine)
    assert not {"redactions", "session_commands"} & made(engine)


def test_a_query_about_one_session_makes_nothing_that_is_narrowed_for_it(engine: DuckDBEngine) -> None:
    assert engine.run("replay/events", {"session_id": "a"}).num_rows == 3
    assert "events" not in made(engine)


def test_many_threads_that_ask_first_get_right_answers(engine: DuckDBEngine) -> None:
    names = ["sessions/list", "sessions/totals", "shortcuts/coverage", "shortcuts/commands"]
    wanted = {name: engine.run(name) for name in names}
    with ThreadPoolExecutor(8) as pool:
        fresh = open_engine(engine.dataset.root)
        found = list(pool.map(fresh.run, names * 3))
    assert all(table.equals(wanted[name]) for name, table in zip(names * 3, found, strict=True))
    fresh.close()


def test_making_has_no_limit_of_time(engine: DuckDBEngine) -> None:
    limit = "SELECT current_setting('max_execution_time')"
    connection = engine._opened.connection
    assert [c.execute(limit).fetchall() for c in (connection, connection.cursor())] == [[(0,)], [(10_000,)]]


def test_a_relation_that_cannot_be_made_is_said_without_its_text(
    engine: DuckDBEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: DuckDBAsker, name: str, text: str, kind: str = "TABLE") -> None:
        raise AskError("IO Error: a secret of the rows")

    monkeypatch.setattr(DuckDBAsker, "keep", refuse)
    with pytest.raises(EngineError, match=r"could not be opened \(IO Error\)") as caught:
        engine.run("sessions/list")
    assert "secret" not in str(caught.value)
    monkeypatch.undo()
    assert engine.run("sessions/list").num_rows == 2


@pytest.mark.parametrize(
    ("text", "before", "wanted"),
    [
        ("SELECT 1", (), []),
        ("SELECT * FROM upper", (), ["base", "middle", "upper"]),
        ("SELECT * FROM Upper", (), ["base", "middle", "upper"]),
        ("SELECT * FROM upper", (Relation("base", "SELECT 1"),), ["base", "middle", "upper"]),
        ("SELECT * FROM middle", (Relation("middle", "SELECT * FROM base"),), ["base"]),
        ("SELECT * FROM middle", (Relation("middle", "'base'", is_base=True),), []),
    ],
)
def test_what_has_to_be_made(text: str, before: tuple[Relation, ...], wanted: list[str]) -> None:
    found: list[Any] = [relation.name for relation in library.read_by(text, ALL, before)]
    assert found == wanted
