"""Errors of the databases as errors that a user can act on; their own words may quote values and are not passed on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from explorer.errors import StoreBusyError, StoreError

_PLACE = "It lies in trace-explorer's state folder ($XDG_STATE_HOME, else ~/.local/state)"
_WRITABLE = f"Make the file and its folder writable. {_PLACE}"
# Beginning of SQLite's name of the error -> what failed, what to do.
_SQLITE = {
    "SQLITE_FULL": ("cannot be written: the disk is full", "Make room; nothing that was kept is lost"),
    "SQLITE_READONLY": ("cannot be written: it is read-only", _WRITABLE),
    "SQLITE_CANTOPEN": ("cannot be opened, or its folder cannot be written to", _WRITABLE),
    "SQLITE_PERM": ("cannot be opened: permission denied", _WRITABLE),
    "SQLITE_AUTH": ("cannot be opened: permission denied", _WRITABLE),
    "SQLITE_CORRUPT": ("is damaged", f"Restore it from a backup, or move it away. {_PLACE}"),
    "SQLITE_NOTADB": ("is damaged: it is no SQLite file", f"Restore it from a backup, or move it away. {_PLACE}"),
    "SQLITE_IOERR": ("cannot be read or written (input/output error)", "Check the disk and the room on it"),
}  # fmt: skip


@contextmanager
def told(where: str) -> Iterator[None]:
    """Raise StoreError, or StoreBusyError, for what the database raises inside."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise _told(error, where) from None


def _told(error: Exception, where: str) -> StoreError:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, sqlite3.Error):
        return StoreError(
            f"cannot be used ({type(cause).__name__})",
            where=where,
            hint="Check that the database runs and lets you in",
        )
    name = getattr(cause, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusyError(
            "is locked by another program", where=where, hint="Try again; close the program that holds it"
        )
    for beginning, (what, hint) in _SQLITE.items():
        if name.startswith(beginning):
            return StoreError(what, where=where, hint=hint)
    return StoreError(f"cannot be used ({name or type(cause).__name__})", where=where, hint=_PLACE)
