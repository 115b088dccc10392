"""Which calls are running, and for whom: one cursor a call, so that an owner's calls can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


class Running:
    """The cursors in use, by owner."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cursors: dict[str, set[duckdb.DuckDBPyConnection]] = {}

    @contextmanager
    def cursor(
        self, connection: duckdb.DuckDBPyConnection, owner: str
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of that instance for one call of the owner."""
        cursor = connection.cursor()
        with self._lock:
            self._cursors.setdefault(owner, set()).add(cursor)
        try:
            yield cursor
        finally:
            with self._lock:
                self._cursors[owner].discard(cursor)
                if not self._cursors[owner]:
                    del self._cursors[owner]
            cursor.close()

    def interrupt(self, owner: str | None) -> None:
        """Stop the calls of one owner, or all."""
        with self._lock:
            groups = [self._cursors.get(owner, set())] if owner is not None else self._cursors.values()
            for cursor in [cursor for group in groups for cursor in group]:
                cursor.interrupt()
