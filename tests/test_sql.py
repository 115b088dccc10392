"""Query files: what the header may say, what is refused, and how they are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer import resources, sql
from explorer.errors import QueryFileError

HEADER = """\
-- Active time per application.
--
-- Time counts up to the next event.
-- Idle time does not.
--
-- param session_id VARCHAR {session}: session to read
-- param idle_gap_ms BIGINT [ms] = 5000: longest gap: still active
-- param share DOUBLE = -0.5: a share
-- param app VARCHAR {app} = NULL: application
-- param word VARCHAR = 'a = b: c': a word
-- param is_human BOOLEAN = TRUE: humans alone
-- returns one row per application, longest first
-- column app VARCHAR: application name: as recorded
-- column active_ms BIGINT [ms]: summed active time
SELECT app, active_ms
FROM t -- not the header
WHERE session_id = $session_id;
"""


def test_header_is_read() -> None:
    query = sql.parse("sessions/demo", HEADER)
    assert (query.name, query.path) == ("sessions/demo", Path("sessions/demo.sql"))
    assert query.summary == "Active time per application."
    assert query.notes == "Time counts up to the next event.\nIdle time does not."
    assert query.rows == "one row per application, longest first"
    assert query.sql.splitlines()[0] == "SELECT app, active_ms"
    assert query.sql.endswith("WHERE session_id = $session_id")
    assert query.params == (
        sql.Param("session_id", "VARCHAR", None, "session to read", choices="session"),
        sql.Param(
            "idle_gap_ms", "BIGINT", "ms", "longest gap: still active", is_required=False, default=5000
        ),
        sql.Param("share", "DOUBLE", None, "a share", is_required=False, default=-0.5),
        sql.Param("app", "VARCHAR", None, "application", is_required=False, choices="app"),
        sql.Param("word", "VARCHAR", None, "a word", is_required=False, default="a = b: c"),
        sql.Param("is_human", "BOOLEAN", None, "humans alone", is_required=False, default=True),
    )
    assert query.columns == (
        sql.ResultColumn("app", "VARCHAR", None, "application name: as recorded"),
        sql.ResultColumn("active_ms", "BIGINT", "ms", "summed active time"),
    )


def test_notes_and_parameters_are_optional() -> None:
    query = sql.parse("a/b", "-- All.\n--\n-- returns one row\n-- column n BIGINT: rows\nSELECT 1 AS n\n")
    assert (query.notes, query.params) == ("", ())


def _edited(old: str, new: str) -> str:
    assert old in HEADER
    return HEADER.replace(old, new)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "starts with a summary"),
        ("SELECT 1", 1, "starts with a summary"),
        ("\n" + HEADER, 1, "starts with a summary"),
        (_edited("application.\n--\n", "application\n--\n"), 1, "starts with a summary"),
        (_edited("application.\n--\n", "application.\n"), 1, "starts with a summary"),
        (_edited("not.\n--\n", "not.\n"), 5, "blank comment line must stand above the fields"),
        (_edited("session_id VARCHAR {session}:", "session_id:"), 6, "not of the form"),
        (_edited("session_id VARCHAR {session}:", "SessionId VARCHAR:"), 6, "not of the form"),
        (_edited("VARCHAR {session}: session to read", "VARCHAR {session}:"), 6, "not of the form"),
        (
            _edited("VARCHAR {session}: session to read", "VARCHAR {session} session to read"),
            6,
            "not of the form",
        ),
        (_edited("{session}", "{people}"), 6, "choices are one of session, task, cohort"),
        (_edited("BIGINT [ms] = 5000", "BIGINT = 5000 [ms]"), 7, "not of the form"),
        (_edited("BIGINT [ms] = 5000", "HUGEINT [ms] = 5000"), 7, "types are VARCHAR"),
        (
            _edited("BIGINT [ms] = 5000", "BIGINT [ms] = 0.5"),
            7,
            "default of idle_gap_ms is not a whole number",
        ),
        (_edited("BIGINT [ms] = 5000", f"BIGINT [ms] = {2**63}"), 7, "at most 64 bits"),
        (_edited("BIGINT [ms] = 5000", "BIGINT [ms] = many"), 7, "not of the form"),
        (_edited("share DOUBLE", "idle_gap_ms DOUBLE"), 8, "idle_gap_ms is there twice"),
        (_edited("-- param app", "-- oops\n-- param app"), 9, "fields are param lines"),
        (_edited("-- param app", "--\n-- param app"), 9, "fields are param lines"),
        (_edited("-- returns one row per application, longest first\n", ""), 12, "fields are param lines"),
        (_edited("returns one row per application, longest first", "returns"), 12, "fields are param lines"),
        (_edited("-- column app", "-- returns more\n-- column app"), 13, "fields are param lines"),
        (_edited("-- column app", "-- param late BIGINT: late\n-- column app"), 13, "fields are param lines"),
        (_edited("column app VARCHAR", "column app VARCHAR = 'x'"), 13, "no default and no choices"),
        (_edited("column app VARCHAR", "column app VARCHAR {app}"), 13, "no default and no choices"),
        (_edited("column active_ms", "column app"), 14, "app is there twice"),
        (HEADER[: HEADER.index("-- column")] + "SELECT 1", 13, "a column line"),
        (HEADER[: HEADER.index("SELECT")], 15, "a statement"),
        (HEADER[: HEADER.index("SELECT")] + " ;\n", 15, "a statement"),
    ],
)
def test_malformed_headers_name_file_and_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(QueryFileError) as caught:
        sql.parse("sessions/demo", text, Path("queries/sessions/demo.sql"))
    assert caught.value.where == f"queries/sessions/demo.sql:{line}"
    assert reason in caught.value.what


def test_names_are_those_of_the_folder() -> None:
    files = {path.relative_to(resources.queries_root()) for path in resources.queries_root().rglob("*.sql")}
    assert sql.names() == sorted(
        path.with_suffix("").as_posix() for path in files if path.name.count(".") == 1
    )
    assert "sessions/list" in sql.names()


@pytest.mark.parametrize("name", sql.names())
def test_every_file_loads(name: str) -> None:
    assert sql.load(name).name == name
    assert sql.load(name) is sql.load(name)
    assert sql.load(name, "duckdb").columns == sql.load(name).columns


@pytest.mark.parametrize(
    "name",
    [
        "",
        "sessions",
        "sessions/lists",
        "../queries/sessions/list",
        "/etc/passwd",
        "sessions/list.duckdb",
        "x" * 999,
    ],
)
def test_unknown_names_are_refused(name: str) -> None:
    with pytest.raises(QueryFileError, match="no such query"):
        sql.load(name)


def test_a_near_name_is_offered() -> None:
    with pytest.raises(QueryFileError, match="Try sessions/list"):
        sql.load("sessions/lists")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sql, "queries_root", lambda: tmp_path)
    (tmp_path / "sessions").mkdir()
    (tmp_path / "sessions" / "demo.sql").write_text(HEADER, encoding="utf-8")
    sql.load.cache_clear()
    return tmp_path


def test_an_override_is_loaded_for_its_engine_alone(folder: Path) -> None:
    special = HEADER.replace("FROM t", "FROM special")
    (folder / "sessions" / "demo.duckdb.sql").write_text(special, encoding="utf-8")
    assert sql.names() == ["sessions/demo"]
    assert "special" in sql.load("sessions/demo", "duckdb").sql
    assert "special" not in sql.load("sessions/demo").sql
    assert "special" not in sql.load("sessions/demo", "spark").sql


def test_an_override_has_the_same_parameters_and_columns(folder: Path) -> None:
    special = HEADER.replace("column active_ms BIGINT", "column active_ms DOUBLE")
    (folder / "sessions" / "demo.duckdb.sql").write_text(special, encoding="utf-8")
    with pytest.raises(QueryFileError, match=r"differ from demo\.sql"):
        sql.load("sessions/demo", "duckdb")
