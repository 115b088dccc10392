"""The DuckDB engine: the only file that imports duckdb.

One instance per opened state, locked down to its exact files; one cursor per call; a query about one session sees
only the files that can hold it. A damaged file is left out by name and the instance rebuilt, because one bad footer can
invalidate a whole instance.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa

from explorer import sql
from explorer.engine import library, rollups, state
from explorer.engine.asking import AskError
from explorer.engine.base import Frame, Pictures, Quarantined
from explorer.engine.instance import Opened, give, lock_down
from explorer.engine.mapped_open import open_mapped
from explorer.engine.places import SessionPlaces
from explorer.engine.running import Running, view
from explorer.errors import EngineError, QueryTimeout
from explorer.trace.dataset import Dataset
from explorer.trace.manifest import FileEntry
from explorer.trace.mapping import Mapping as Document

_Read = TypeVar("_Read")
# Errors that speak of the query's text, not of the rows it read: their message is safe and useful.
_ABOUT_THE_QUERY = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException)


class DuckDBEngine:
    """Engine over one dataset on disk, or over Parquet through a mapping; reopens by itself when the files change."""

    def __init__(
        self, root: Path, *, time_limit_ms: int, on_file: Callable[[FileEntry], None] | None = None,
        mapping: Document | None = None,
    ) -> None:  # fmt: skip
        self._root, self._mapping = root.expanduser().resolve(), mapping
        self._time_limit_ms, self._on_file = time_limit_ms, on_file
        self._lock, self._running, self._places = threading.RLock(), Running(), SessionPlaces()
        self._known_bad: dict[str, str] = {}
        self._selects: dict[str, duckdb.Statement] = {}
        self._opened = self._open()

    @property
    def state(self) -> state.OpenState:
        """What is open now."""
        return self._current().state

    @property
    def dataset(self) -> Dataset:
        return self.state.dataset

    @property
    def version_id(self) -> str:
        return self.state.version_id

    @property
    def consent_fingerprint(self) -> str:
        return self.state.consent.fingerprint

    @property
    def are_rollups_fresh(self) -> bool:
        return self.state.stale_rollups == ()

    @property
    def is_verified(self) -> bool:
        return self._mapping is None and not self.quarantined()

    @property
    def notes(self) -> tuple[str, ...]:
        return self.state.notes

    @property
    def withdrawn_n(self) -> int | None:
        return self.state.consent.withdrawn_n

    def quarantined(self) -> tuple[Quarantined, ...]:
        return tuple(Quarantined(file, why) for file, why in sorted(self.state.bad.items()))

    def run(
        self, name: str, params: Mapping[str, object] | None = None, *, owner: str | None = None
    ) -> pa.Table:
        query = sql.load(name, "duckdb")
        bound = sql.bind(query, params or {})
        narrowed = given if isinstance(given := bound.get("session_id"), str) else None
        return self.answer(query.sql, bound, name, session_id=narrowed, owner=owner or "")

    def interrupt(self, owner: str | None = None) -> None:
        self._running.interrupt(owner)

    def frame(self, frame_id: str) -> Frame | None:
        return self._picture(frame_id, lambda pictures, place: pictures.frame(place))

    def thumb(self, frame_id: str) -> bytes | None:
        return self._picture(frame_id, lambda pictures, place: pictures.thumb(place))

    def rollup_rows(self, name: str, part: rollups.NewSessions | None) -> Iterator[pa.RecordBatch]:
        """Rows of one rollup as batches, over all sessions or over the new ones only."""
        opened = self._current()
        assert isinstance(opened.state, state.State)
        text, narrower = rollups.load(name).sql, list[library.Relation]()
        with self._running.cursor(opened.connection, "") as cursor:
            if part is not None:
                cursor.register("_new_sessions", pa.table({"id": pa.array(part.session_ids, pa.string())}))
                narrower = library.read_by(text, list(opened.state.of_new_sessions(part, "_new_sessions")))
            for piece in opened.state.pieces(name):
                before = [*narrower, *(library.Relation(*source) for source in piece.items())]
                try:
                    opened.make(text, before)
                except AskError as error:
                    raise opened.refusal(error, name) from None
                for relation in before:
                    view(cursor, relation.name, relation.sql)
                yield from cursor.sql(text).to_arrow_reader(rollups.BATCH_ROWS)

    def close(self) -> None:
        with self._lock:
            self._opened.connection.close()

    def answer(
        self, text: str, bound: Mapping[str, object], name: str, *, session_id: str | None = None, owner: str = ""
    ) -> pa.Table:  # fmt: skip
        """Rows of a SELECT over the relations; with `session_id` over that session's files alone."""
        for attempt in (1, 2):
            opened = self._current()
            try:
                seen = opened.state.of_session
                own = tuple(seen(session_id, text, self._places)) if session_id is not None else ()
                opened.make(text, own)
                with opened.waiting.cursor(own) as cursor, self._running.noted(cursor, owner):
                    select = self._select(cursor, text, name)
                    return cursor.execute(select, dict(bound)).to_arrow_table()
            except duckdb.InterruptException:
                raise QueryTimeout(
                    "took too long and was stopped",
                    where=name,
                    hint="Narrow it down, or build the rollups: trace-explorer rollup",
                ) from None
            except _ABOUT_THE_QUERY as error:
                raise EngineError(str(error).splitlines()[0], where=name) from None
            except (AskError, duckdb.Error, UnicodeDecodeError) as error:
                if attempt == 2 or not self._recovered(opened):
                    raise opened.refusal(error, name) from None
        raise AssertionError("unreachable")

    def _select(self, cursor: duckdb.DuckDBPyConnection, text: str, name: str) -> duckdb.Statement:
        """The statement, parsed once: parsing a wide one costs more than finding the rows of a small session."""
        if text not in self._selects:
            statements = cursor.extract_statements(text)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise EngineError("is not a single SELECT statement", where=name)
            self._selects[text] = statements[0]
        return self._selects[text]

    # --- the opened state

    def _current(self) -> Opened:
        if self._opened.state.is_current():
            return self._opened
        with self._lock:
            if not self._opened.state.is_current():
                self._opened = self._open()
            return self._opened

    def _open(self) -> Opened:
        if self._mapping is not None:
            return open_mapped(_connect, self._root, self._mapping, self._known_bad, self._time_limit_ms)
        found = state.read_state(self._root, self._known_bad, self._on_file)
        connection, asker = _connect()
        lock_down(connection, found.allowed_paths())
        return Opened(connection, asker, found, self._time_limit_ms)

    def _recovered(self, failed: Opened) -> bool:
        """After an error: leave out files that are damaged now, and rebuild the instance if anything changed."""
        with self._lock:
            if self._opened is not failed:
                return True
            found = failed.state.damaged_now()
            self._known_bad.update(found)
            if _is_alive(failed.connection) and failed.state.is_current() and not found:
                return False
            self._places, self._opened = SessionPlaces(), self._open()
            return True

    def _picture(self, frame_id: str, read: Callable[[Pictures, dict[str, object]], _Read]) -> _Read | None:
        asked = {"session_id": frame_id.rpartition("-")[0], "frame_id": frame_id}
        places = self.run("replay/frame_place", asked).to_pylist()
        opened = self._current()
        try:
            return read(opened.state.pictures, places[0]) if places else None
        except (OSError, pa.ArrowException, IndexError):
            self._recovered(opened)
            return None


def _connect() -> tuple[duckdb.DuckDBPyConnection, DuckDBAsker]:
    connection = duckdb.connect(config={"temp_directory": ""})
    return connection, DuckDBAsker(connection)


class DuckDBAsker:
    """Lets the reading of a mapping ask one instance; see `asking.Asker`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def table(self, text: str, params: Mapping[str, object] | None = None) -> pa.Table:
        with _asking():
            return self._connection.sql(text, params=dict(params or {})).to_arrow_table()

    def keep(self, name: str, text: str, kind: str = "TABLE") -> None:
        with _asking():
            self._connection.execute(f"CREATE {kind} {name} AS {text}")

    def give(self, name: str, rows: pa.Table) -> None:
        with _asking():
            give(self._connection, name, rows)

    def serialised(self, statement: str) -> str:
        return self._word("SELECT json_serialize_sql($text::VARCHAR) AS word", statement)

    def deserialised(self, tree: str) -> str:
        return self._word("SELECT json_deserialize_sql($text::JSON) AS word", tree)

    def _word(self, question: str, text: str) -> str:
        with _asking():
            return str(self._connection.execute(question, {"text": text}).fetchall()[0][0])


@contextmanager
def _asking() -> Iterator[None]:
    try:
        yield
    except (duckdb.Error, UnicodeError) as error:
        text = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise AskError(text) from None


def _is_alive(connection: duckdb.DuckDBPyConnection) -> bool:
    with suppress(duckdb.Error):
        return connection.cursor().execute("SELECT 1").fetchone() == (1,)
    return False
