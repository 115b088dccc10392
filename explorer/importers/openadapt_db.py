"""Opening the SQLite database of an openadapt-capture recording as the recorder left it, crash included."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from explorer.errors import SourceError
from explorer.importers.recording import HINT_DAMAGED

DB_NAME = "recording.db"
MAGIC = b"SQLite format 3\x00"
# The write-ahead log and the rollback journal hold what a killed recorder had not yet moved into the database.
_BESIDE = ("-wal", "-journal")


def files_beside(db: Path) -> list[Path]:
    """The database's log files that hold something."""
    beside = [db.with_name(db.name + ending) for ending in _BESIDE]
    return [path for path in beside if path.is_file() and path.stat().st_size]


@contextmanager
def opened(db: Path) -> Iterator[sqlite3.Connection]:
    """The database with everything in its logs, on a private copy when there are any; the source is never written.

    Raises SourceError when it is damaged.
    """
    beside = files_beside(db)
    try:
        if not beside:
            with closing(_connect(f"{db.absolute().as_uri()}?mode=ro&immutable=1")) as connection:
                yield connection
            return
        with tempfile.TemporaryDirectory(prefix="trace-explorer-") as folder:
            # Copying the shared-memory file is needless: SQLite rebuilds it from the log.
            for path in (db, *beside):
                shutil.copyfile(path, Path(folder) / path.name)
            with closing(_connect((Path(folder) / db.name).as_uri())) as connection:
                yield connection
    except sqlite3.Error as error:
        what = f"the database is damaged ({_reason(error)})"
        raise SourceError(what, where=db.name, hint=HINT_DAMAGED) from None


def check_whole(connection: sqlite3.Connection, name: str) -> None:
    """Raise SourceError unless SQLite finds every page in order."""
    found = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found is None or found[0] != "ok":
        raise SourceError(
            "the database is damaged (pages are missing or broken)", where=name, hint=HINT_DAMAGED
        )


def columns_of(connection: sqlite3.Connection, table: str) -> set[str]:
    """Column names of a table; empty when there is none."""
    return {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}


def is_database(path: Path) -> bool:
    """True when the file begins like a SQLite database."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _connect(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    connection.row_factory = sqlite3.Row
    return connection


def _reason(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "") or type(error).__name__
    return {"SQLITE_CORRUPT": "broken pages", "SQLITE_NOTADB": "not a database"}.get(name, name)
