"""The DuckDB engine: right answers, locked down, stopped in time, and healthy beside damaged files."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from explorer import sql
from explorer.engine import Engine, library, open_engine
from explorer.errors import DatasetError, EngineError, ParameterError, QueryTimeout
from explorer.trace.arrow import from_rows
from explorer.trace.commit import writing
from explorer.trace.dataset import Dataset
from explorer.trace.writer import PartWriter

Make = Callable[..., Path]


def moves(session_id: str, n: int = 50) -> list[dict[str, Any]]:
    return [{"session_id": session_id, "seq": i, "t_us": i * 1000, "x_px": i, "y_px": i} for i in range(n)]


@pytest.fixture
def root(tmp_path: Path, dataset_of: Make, frame_row: Callable[..., dict[str, Any]]) -> Path:
    """Two sessions, each in parts of its own."""
    return dataset_of(
        tmp_path / "d",
        commits=2,
        moves=[*moves("a-1"), *moves("b-1")],
        frames=[frame_row("a-1", i, seq=100 + i) for i in range(20)],
    )


@pytest.fixture
def engine(root: Path) -> Iterator[Engine]:
    opened = open_engine(root)
    yield opened
    opened.close()


@pytest.fixture
def own_queries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Put query files of the test's own in the library's place."""
    home = tmp_path / "queries"

    def place(name: str, statement: str, params: str = "") -> None:
        path = home / f"{name}.sql"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"-- Test.\n--\n{params}-- returns rows\n-- column n BIGINT: number\n{statement}\n")
        forget()

    def forget() -> None:
        for remembered in (sql.load, library.texts, library.reached):
            remembered.cache_clear()

    monkeypatch.setattr(sql, "queries_root", lambda: home)
    yield place
    forget()


def test_one_sessions_rows_come_in_order(engine: Engine) -> None:
    rows = engine.run("replay/moves", {"session_id": "b-1"})
    assert rows["x_px"].to_pylist() == list(range(50))


@pytest.mark.parametrize("hostile", ["' OR 1=1 --", "a-1'; DROP TABLE x", "", "a-%", "\x00", "x" * 100_000])
def test_a_hostile_session_id_finds_nothing(engine: Engine, hostile: str) -> None:
    assert engine.run("replay/moves", {"session_id": hostile}).num_rows == 0
    assert engine.frame(hostile) is None
    assert engine.thumb(f"{hostile}-0000000") is None


def test_wrong_parameters_are_named(engine: Engine) -> None:
    with pytest.raises(ParameterError, match="session_id"):
        engine.run("replay/moves")
    with pytest.raises(ParameterError, match="colour"):
        engine.run("replay/moves", {"session_id": "a-1", "colour": "red"})


def test_frames_come_byte_for_byte(engine: Engine, frame_row: Callable[..., dict[str, Any]]) -> None:
    for index in (0, 7, 8, 19):
        row = frame_row("a-1", index, seq=0)
        frame = engine.frame(row["frame_id"])
        assert frame is not None
        assert (frame.bytes, frame.format, frame.sha256) == (row["image"]["bytes"], "png", row["sha256"])
        assert engine.thumb(row["frame_id"]) == row["thumb"]
    assert engine.frame("a-1-0000020") is None


ESCAPES = [
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM read_parquet('{root}/*/*.parquet')",
    "SELECT * FROM read_blob('{root}/dataset.json')",
    "SELECT * FROM read_parquet('{root}/../d/moves/../../other.parquet')",
    "COPY (SELECT 1) TO '{root}/x.csv'",
    "COPY (SELECT 1) TO '{file}' (FORMAT parquet)",
    "ATTACH '{root}/new.duckdb' AS n",
    "EXPORT DATABASE '{root}/e'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET allowed_paths = ['/etc/passwd']",
    "RESET lock_configuration",
    "PRAGMA database_list; SELECT * FROM read_text('/etc/passwd')",
    "CREATE TABLE t AS SELECT 1 AS n",
]


@pytest.mark.parametrize("statement", ESCAPES)
def test_no_statement_leaves_the_allowed_files(
    root: Path, own_queries: Callable[..., None], statement: str
) -> None:
    file = root / Dataset.open(root).files("moves")[0].path
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    own_queries("test/escape", statement.format(root=root, file=file))
    engine = open_engine(root)
    with pytest.raises(EngineError):
        engine.run("test/escape")
    engine.close()
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


ENDLESS = (
    "SELECT count(*)::BIGINT AS n FROM range(2000000) a, range(2000000) b WHERE (a.range * b.range) % 7 = 3"
)


def test_a_query_that_takes_too_long_is_stopped(root: Path, own_queries: Callable[..., None]) -> None:
    own_queries("test/endless", ENDLESS)
    own_queries("test/short", "SELECT count(*)::BIGINT AS n FROM moves")
    engine = open_engine(root, time_limit_ms=300)
    began = time.monotonic()
    with pytest.raises(QueryTimeout, match="took too long"):
        engine.run("test/endless")
    assert time.monotonic() - began < 20
    assert engine.run("test/short")["n"].to_pylist() == [100]
    engine.close()


def test_interrupt_stops_only_the_owners_queries(root: Path, own_queries: Callable[..., None]) -> None:
    own_queries("test/endless", ENDLESS)
    engine = open_engine(root, time_limit_ms=60_000)
    ended: list[str] = []

    def ask(owner: str) -> None:
        with pytest.raises(QueryTimeout):
            engine.run("test/endless", owner=owner)
        ended.append(owner)

    threads = [threading.Thread(target=ask, args=(owner,)) for owner in ("one", "two")]
    for thread in threads:
        thread.start()
    for owner in ("one", "two"):
        expected = [*ended, owner]
        deadline = time.monotonic() + 30
        while ended != expected and time.monotonic() < deadline:
            engine.interrupt(owner)
            time.sleep(0.02)
        assert ended == expected
    for thread in threads:
        thread.join()
    engine.close()


def test_many_threads_may_ask_at_once(engine: Engine) -> None:
    found: list[int] = []

    def ask() -> None:
        for session_id in ("a-1", "b-1") * 5:
            found.append(engine.run("replay/moves", {"session_id": session_id}).num_rows)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [50] * 80


def test_a_commit_is_seen_without_reopening(engine: Engine, root: Path, dataset_of: Make) -> None:
    version = engine.version_id
    assert engine.run("replay/moves", {"session_id": "c-1"}).num_rows == 0
    dataset_of(root, moves=moves("c-1", 7))
    assert engine.run("replay/moves", {"session_id": "c-1"}).num_rows == 7
    assert engine.version_id != version


def file_of(root: Path, session_id: str) -> Path:
    (entry,) = [e for e in Dataset.open(root).files("moves") if e.first_session_id == session_id]
    return root / entry.path


def test_a_file_changed_since_the_import_is_left_out_by_name(root: Path) -> None:
    path = file_of(root, "a-1")
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    engine = open_engine(root)
    assert [file.file for file in engine.quarantined()] == [path.relative_to(root).as_posix()]
    assert "sha256" in engine.quarantined()[0].reason
    assert engine.run("replay/moves", {"session_id": "b-1"}).num_rows == 50
    engine.close()


@pytest.mark.parametrize("damage", ["footer", "truncated", "emptied", "removed"])
def test_a_file_damaged_while_open_is_left_out_and_the_rest_goes_on(root: Path, damage: str) -> None:
    engine = open_engine(root)
    engine.run("replay/moves", {"session_id": "b-1"})
    path = file_of(root, "a-1")
    raw = path.read_bytes()
    if damage == "removed":
        path.unlink()
    else:
        path.write_bytes(
            {"footer": raw[:-200] + bytes(200), "truncated": raw[: len(raw) // 2], "emptied": b""}[damage]
        )
    assert engine.run("replay/moves", {"session_id": "a-1"}).num_rows == 0
    assert [file.file for file in engine.quarantined()] == [path.relative_to(root).as_posix()]
    assert engine.run("replay/moves", {"session_id": "b-1"}).num_rows == 50
    engine.close()


@pytest.mark.parametrize("position", range(8, 260, 12))
def test_no_bad_footer_byte_takes_the_engine_down(root: Path, position: int) -> None:
    path = file_of(root, "a-1")
    engine = open_engine(root)
    raw = bytearray(path.read_bytes())
    raw[-position] ^= 0x55
    path.write_bytes(raw)
    engine.run("replay/moves", {"session_id": "a-1"})
    assert engine.run("replay/moves", {"session_id": "b-1"}).num_rows == 50
    engine.close()


def test_a_file_of_the_wrong_shape_is_left_out_with_its_column(tmp_path: Path, dataset_of: Make) -> None:
    root = dataset_of(tmp_path / "x", commits=2, moves=[*moves("a-1"), *moves("b-1")])
    with writing(root) as commit:
        old = [e for e in Dataset.open(root).files("moves") if e.first_session_id == "a-1"]
        narrow = pq.read_table(root / old[0].path).drop_columns(["y_px"])
        writer = PartWriter(root)
        writer.add({"moves": from_rows("moves", moves("a-1"))})
        (entry,) = writer.close()
        pq.write_table(narrow, root / entry.path)
        from dataclasses import replace

        from explorer.trace.parts import sha256_of

        path = root / entry.path
        commit.swap([replace(entry, bytes=path.stat().st_size, sha256=sha256_of(path))], drop=old)
    engine = open_engine(root)
    assert [file.reason for file in engine.quarantined()] == ["column y_px is missing"]
    assert engine.run("replay/moves", {"session_id": "b-1"}).num_rows == 50
    engine.close()


def test_no_dataset_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="trace-explorer import"):
        open_engine(tmp_path / "nowhere")


def test_the_instance_is_really_locked(engine: Engine) -> None:
    cursor = engine._opened.connection.cursor()  # type: ignore[attr-defined]
    with pytest.raises(duckdb.Error):
        cursor.execute("SET threads = 1")
