"""The store's file: who may read it, several processes, and what is said when it cannot be used."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sqlite3
import stat
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from multiprocessing.queues import Queue
from pathlib import Path

import pytest

from explorer.errors import StoreBusyError, StoreError
from explorer.store import connect, open_store

SPAWN = multiprocessing.get_context("spawn")
NOBODY = 65534


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "trace-explorer"


@pytest.fixture
def dataset_id() -> str:
    return str(uuid.uuid4())


@pytest.fixture
def file(home: Path, dataset_id: str) -> Path:
    """A store with one mark."""
    open_store(dataset_id).add_mark("a", 1, note="first")
    return home / f"{dataset_id}.sqlite"


def test_only_the_user_may_read_it_also_where_the_folder_was_open(home: Path, dataset_id: str) -> None:
    home.mkdir(mode=0o755)
    store = open_store(dataset_id)
    assert store.marks() == []
    assert list(home.iterdir()) == []  # looking makes no file
    old = os.umask(0)
    try:
        store.add_mark("a", 1)
    finally:
        os.umask(old)
    assert [path.name for path in home.iterdir()] == [f"{dataset_id}.sqlite"]
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / f"{dataset_id}.sqlite").stat().st_mode) == 0o600


def test_settings_that_keep_what_was_acknowledged(file: Path) -> None:
    connection = connect._opened(file)
    asked = {name: connection.execute(f"PRAGMA {name}").fetchone()[0]
             for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")}  # fmt: skip
    connection.close()
    assert asked == {"journal_mode": "delete", "synchronous": 3, "foreign_keys": 1, "secure_delete": 1,
                     "busy_timeout": connect.BUSY_MS}  # fmt: skip


def test_a_changed_note_leaves_no_rest_in_the_file(file: Path, dataset_id: str) -> None:
    store = open_store(dataset_id)
    (mark,) = store.marks()
    store.change_mark(mark.session_id, mark.mark_id, note="an old remark of some length")
    store.change_mark(mark.session_id, mark.mark_id, note="new")
    assert b"old remark" not in file.read_bytes()


def _add(dataset_id: str, name: str, marks_n: int) -> None:
    store = open_store(dataset_id)
    for t_us in range(marks_n):
        store.add_mark(name, t_us)


def test_processes_that_start_at_once_lose_nothing(home: Path, dataset_id: str) -> None:
    programs = [SPAWN.Process(target=_add, args=(dataset_id, f"p{n}", 15)) for n in range(4)]
    for program in programs:
        program.start()
    for program in programs:
        program.join(60)
    assert [program.exitcode for program in programs] == [0, 0, 0, 0]
    listed = [(mark.session_id, mark.t_us) for mark in open_store(dataset_id).marks()]
    assert listed == [(f"p{n}", t_us) for n in range(4) for t_us in range(15)]


def _add_and_tell(dataset_id: str, told: Queue[str]) -> None:
    store = open_store(dataset_id)
    while True:
        told.put(store.add_mark("a", 1).mark_id)


def test_a_killed_program_loses_nothing_that_it_was_told_is_kept(home: Path, dataset_id: str) -> None:
    told: Queue[str] = SPAWN.Queue()
    program = SPAWN.Process(target=_add_and_tell, args=(dataset_id, told))
    program.start()
    acknowledged = {told.get(timeout=60) for _ in range(5)}
    os.kill(program.pid or 0, signal.SIGKILL)
    program.join(60)
    store = open_store(dataset_id)
    assert acknowledged <= {mark.mark_id for mark in store.marks()}
    store.add_mark("b", 1)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: b"no database at all" * 100,
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:100] + bytes(len(raw) - 100),
        lambda raw: raw[:4096] + b"\xff" * (len(raw) - 4096),
    ],
    ids=["foreign", "half", "empty pages", "noise"],
)
def test_a_damaged_file_is_named(file: Path, dataset_id: str, spoil: Callable[[bytes], bytes]) -> None:
    file.write_bytes(spoil(file.read_bytes()))
    with pytest.raises(StoreError, match=f"{file.name}: .*(backup|state folder)") as told:
        _use(dataset_id)
    assert "first" not in str(told.value)
    assert str(file.parent) not in str(told.value)


def _use(dataset_id: str) -> None:
    store = open_store(dataset_id)
    store.marks()
    store.add_mark("a", 1)


def test_a_newer_version_is_refused_and_left_as_it_is(file: Path, dataset_id: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE store_version SET version = 2")
    connection.close()
    before = file.read_bytes()
    with pytest.raises(StoreError, match=r"newer program \(store version 2, this one reads 1\).*Update"):
        open_store(dataset_id)
    assert file.read_bytes() == before


def test_a_file_of_no_version_is_refused(file: Path, dataset_id: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM store_version")
    connection.close()
    with pytest.raises(StoreError, match="no known store version"):
        open_store(dataset_id)


@pytest.fixture
def short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "BUSY_MS", 200)


def test_a_locked_file_is_told_after_a_while_and_used_again(
    file: Path, dataset_id: str, short_wait: None
) -> None:
    store = open_store(dataset_id)
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    for act in (lambda: store.add_mark("a", 2), store.marks, lambda: open_store(dataset_id)):
        with pytest.raises(StoreBusyError, match=f"{file.name}: is locked by another program. Try again"):
            act()
    holder.execute("ROLLBACK")
    holder.close()
    store.add_mark("a", 2)
    assert len(store.marks()) == 2


def test_a_writer_waits_for_another(file: Path, dataset_id: str) -> None:
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    program = SPAWN.Process(target=_add, args=(dataset_id, "later", 1))
    program.start()
    time.sleep(1.5)
    assert program.is_alive()
    holder.execute("ROLLBACK")
    holder.close()
    program.join(60)
    assert [mark.session_id for mark in open_store(dataset_id).marks()] == ["a", "later"]


def test_a_full_database_keeps_what_was_kept(
    file: Path, dataset_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = connect._opened

    def with_no_room(path: Path) -> sqlite3.Connection:
        connection = opened(path)
        connection.execute("PRAGMA max_page_count = 8").close()
        return connection

    monkeypatch.setattr(connect, "_opened", with_no_room)
    store = open_store(dataset_id)
    kept = [mark.mark_id for mark in store.marks()]
    with pytest.raises(StoreError, match=f"{file.name}: cannot be written: the disk is full. Make room"):
        kept.extend(store.add_mark("a", 2, note="x y " * 120).mark_id for _ in range(200))
    assert len(store.marks()) < 200
    assert {mark.mark_id for mark in store.marks()} >= set(kept)


def _add_within(dataset_id: str, most_bytes: int, told: Queue[str]) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    _tell(lambda: open_store(dataset_id).add_mark("a", 2, note="x" * 400), told)


def _as_nobody(dataset_id: str, told: Queue[str]) -> None:
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    store = open_store(dataset_id)
    told.put(f"{len(store.marks())} marks")
    _tell(lambda: store.add_mark("a", 2), told)


def _tell(act: Callable[[], object], told: Queue[str]) -> None:
    try:
        told.put(f"done: {act()}")
    except StoreError as error:
        told.put(str(error))


def test_a_write_that_the_system_refuses_is_told(file: Path, dataset_id: str) -> None:
    told: Queue[str] = SPAWN.Queue()
    program = SPAWN.Process(target=_add_within, args=(dataset_id, 512, told))
    program.start()
    assert f"{file.name}: cannot be read or written (input/output error)" in told.get(timeout=60)
    program.join(60)
    assert len(open_store(dataset_id).marks()) == 1


@pytest.fixture
def open_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A state folder that another account can reach, unlike those of pytest."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        monkeypatch.setenv("XDG_STATE_HOME", name)
        yield Path(name) / "trace-explorer"


def test_in_a_read_only_folder_marks_are_listed_and_none_is_added(open_home: Path, dataset_id: str) -> None:
    open_store(dataset_id).add_mark("a", 1)
    file = open_home / f"{dataset_id}.sqlite"
    file.chmod(0o444)
    open_home.chmod(0o555)
    told: Queue[str] = SPAWN.Queue()
    program = SPAWN.Process(target=_as_nobody, args=(dataset_id, told))
    program.start()
    assert told.get(timeout=60) == "1 marks"
    assert f"{file.name}: cannot be written (Permission denied). Make" in told.get(timeout=60)
    program.join(60)
    open_home.chmod(0o700)


def test_a_state_folder_that_is_none_is_told(
    tmp_path: Path, dataset_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    store = open_store(dataset_id)
    assert store.marks() == []
    with pytest.raises(StoreError, match=r"cannot be written \(Not a directory\).*state folder"):
        store.add_mark("a", 1)


def test_a_file_that_is_removed_meanwhile_is_made_anew(file: Path, dataset_id: str) -> None:
    store = open_store(dataset_id)
    file.unlink()
    assert store.marks() == []
    store.add_mark("b", 1)
    assert [mark.session_id for mark in store.marks()] == ["b"]


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_missing_driver_is_named_and_no_password(
    dataset_id: str, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError) as told:
        open_store(dataset_id, f"{scheme}://reviewer:hush42@db.example/marks?password=hush42")
    assert (
        str(told.value) == "PostgreSQL db.example/marks: needs the driver psycopg. Run: pip install psycopg"
    )


@pytest.mark.parametrize(
    "url", ["mysql://reviewer:hush42@db.example/marks", "hush42", "sqlite:///hush42", ""]
)
def test_another_address_is_refused_without_being_quoted(dataset_id: str, url: str) -> None:
    with pytest.raises(StoreError, match="not the address of a PostgreSQL") as told:
        open_store(dataset_id, url)
    assert "hush42" not in str(told.value)
