"""Which calls are running, and for whom: one cursor a call, so that an owner's calls can be stopped.

Cursors that were narrowed to one session's files wait a while for the next call about that session: making the narrower
views costs more than many a query over them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

    from explorer.engine.library import Relation


_WAITING_N = 128  # about 0.1 MiB each


class Waiting:
    """Idle cursors of one instance by the views that were made on them; those that waited longest go first."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._idle: OrderedDict[tuple[Relation, ...], duckdb.DuckDBPyConnection] = OrderedDict()

    @contextmanager
    def cursor(self, relations: tuple[Relation, ...]) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor on which these views stand before the relations of the same names; not used again after an error."""
        with self._lock:
            cursor = self._idle.pop(relations, None)
        if cursor is None:
            cursor = self._connection.cursor()
            for relation in relations:
                view(cursor, relation.name, relation.sql)
        try:
            yield cursor
        except BaseException:
            cursor.close()
            raise
        with self._lock:
            dropped = self._idle.pop(relations, None)
            self._idle[relations] = cursor
            if len(self._idle) > _WAITING_N:
                dropped = self._idle.popitem(last=False)[1]
        if dropped is not None:
            dropped.close()


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
        try:
            with self.noted(cursor, owner):
                yield cursor
        finally:
            cursor.close()

    @contextmanager
    def noted(self, cursor: duckdb.DuckDBPyConnection, owner: str) -> Iterator[None]:
        """The owner can stop what this cursor runs meanwhile."""
        with self._lock:
            self._cursors.setdefault(owner, set()).add(cursor)
        try:
            yield
        finally:
            with self._lock:
                self._cursors[owner].discard(cursor)
                if not self._cursors[owner]:
                    del self._cursors[owner]

    def interrupt(self, owner: str | None) -> None:
        """Stop the calls of one owner, or all."""
        with self._lock:
            groups = [self._cursors.get(owner, set())] if owner is not None else self._cursors.values()
            for cursor in [cursor for group in groups for cursor in group]:
                cursor.interrupt()


def view(cursor: duckdb.DuckDBPyConnection, name: str, text: str) -> None:
    """Put a narrower relation before the one of the same name, for this cursor alone."""
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {text}")
