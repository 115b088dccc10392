"""Connections to the store: a SQLite file of this user, or a PostgreSQL database that several hosts share."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from explorer.errors import ParameterError, StoreError
from explorer.store.failures import told
from explorer.trace.verified import state_home

BUSY_MS = 10_000
_DATASET_ID = re.compile(r"[A-Za-z0-9-]{1,64}")


@dataclass(frozen=True, slots=True)
class Database:
    """Where marks are kept; `where` names it in errors, without account and password; `path` is None in PostgreSQL."""

    engine: Engine
    where: str
    path: Path | None = None

    @property
    def is_there(self) -> bool:
        """False while no SQLite file was made yet."""
        return self.path is None or self.path.exists()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads. Raises StoreError."""
        with told(self.where), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes and is durable when it ends; one at a time over all programs. Raises StoreError."""
        if self.path is not None:
            _make_file(self.path)
        engine = self.engine.execution_options(begins="BEGIN IMMEDIATE")
        with told(self.where), engine.begin() as connection:
            yield connection


def connected(dataset_id: str, url: str | None = None) -> Database:
    """The database of a dataset's marks, not yet opened. Raises ParameterError, StoreError."""
    if not _DATASET_ID.fullmatch(dataset_id):
        raise ParameterError("is not the id of a dataset", where="dataset_id")
    if url is not None:
        return _postgres(url)
    path = state_home() / f"{dataset_id}.sqlite"
    # No pool: a file that was removed or restored is seen at once, and nothing stays open.
    engine = create_engine(
        "sqlite://", creator=lambda: _opened(path), poolclass=NullPool, hide_parameters=True
    )
    event.listen(engine, "begin", _begin)
    return Database(engine, path.name, path)


def _opened(path: Path) -> sqlite3.Connection:
    """A connection to a file that is there; it is never made here, so that its mode is right from the start."""
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode=rw", uri=True, timeout=BUSY_MS / 1000, isolation_level=None,
        check_same_thread=False,
    )  # fmt: skip
    try:
        # A rollback journal: the system's SQLite may carry the fault of its write-ahead log. EXTRA: the folder too is
        # synced, so what was acknowledged outlives a power cut. secure_delete: a note that was changed leaves no rest.
        for setting in (
            "journal_mode = DELETE",
            "synchronous = EXTRA",
            "foreign_keys = ON",
            "secure_delete = ON",
        ):
            connection.execute(f"PRAGMA {setting}").close()
    except BaseException:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    """Begin here, as the driver would begin too late: two that read first and then write would block each other."""
    connection.exec_driver_sql(str(connection.get_execution_options().get("begins", "BEGIN")))


def _make_file(path: Path) -> None:
    """The file and its folder, which only this user may enter."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise StoreError(
            f"cannot be written ({error.strerror})",
            where=path.name,
            hint="Make trace-explorer's state folder writable ($XDG_STATE_HOME, else ~/.local/state)",
        ) from None
    # Somebody else's folder cannot be closed, only used.
    with contextlib.suppress(PermissionError):
        path.parent.chmod(0o700)
        path.chmod(0o600)


def _postgres(text: str) -> Database:
    try:
        url = make_url(text)
        known = url.get_backend_name() in ("postgresql", "postgres")
    except (ArgumentError, ValueError):
        known = False
    if not known:
        raise StoreError(
            "is not the address of a PostgreSQL database",
            where="store",
            hint="Write it as postgresql://USER:PASSWORD@HOST/DATABASE",
        )
    where = f"PostgreSQL {url.host or 'on this computer'}/{url.database or ''}"
    try:
        return Database(_postgres_engine(url), where)
    except (ModuleNotFoundError, NoSuchModuleError):
        raise StoreError("needs the driver psycopg", where=where, hint="Run: pip install psycopg") from None


def _postgres_engine(url: URL) -> Engine:
    return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True)
