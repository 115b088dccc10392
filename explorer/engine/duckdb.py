"""The DuckDB engine: the only file that imports duckdb.

One instance per opened state of the dataset, locked down to the manifest's exact files; one cursor per call; a query
about one session sees only the files that can hold it. A damaged file is left out by name and the instance rebuilt,
because one bad footer can invalidate a whole instance.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import pyarrow as pa

from explorer import sql
from explorer.engine import rollups, state
from explorer.engine.base import Frame, Quarantined
from explorer.engine.pictures import PictureReader
from explorer.engine.places import SessionPlaces
from explorer.engine.relations import base_relation, consent_tables, literal
from explorer.errors import EngineError, QueryTimeout
from explorer.trace.dataset import Dataset
from explorer.trace.manifest import FileEntry
from explorer.trace.schema import TABLES

# Errors that speak of the query's text, not of the rows it read: their message is safe and useful.
_ABOUT_THE_QUERY = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException)


class DuckDBEngine:
    """Engine over one dataset on disk; reopens by itself when an import commits."""

    def __init__(
        self, root: Path, *, time_limit_ms: int, on_file: Callable[[FileEntry], None] | None = None
    ) -> None:
        self._root = root.expanduser().resolve()
        self._time_limit_ms = time_limit_ms
        self._on_file = on_file
        self._lock = threading.RLock()
        self._running: dict[str, set[duckdb.DuckDBPyConnection]] = {}
        self._known_bad: dict[str, str] = {}
        self._places = SessionPlaces()
        self._seen_selects: set[str] = set()
        self._opened = self._open()

    @property
    def dataset(self) -> Dataset:
        return self._current().state.dataset

    @property
    def version_id(self) -> str:
        return self._current().state.version_id

    @property
    def are_rollups_fresh(self) -> bool:
        return self._current().state.stale_rollups == ()

    def quarantined(self) -> tuple[Quarantined, ...]:
        return tuple(Quarantined(file, why) for file, why in sorted(self._current().state.bad.items()))

    def run(
        self, name: str, params: Mapping[str, object] | None = None, *, owner: str | None = None
    ) -> pa.Table:
        query = sql.load(name, "duckdb")
        bound = sql.bind(query, params or {})
        session_id = bound.get("session_id")
        narrowed = session_id if isinstance(session_id, str) else None
        return self._answer(query.sql, bound, narrowed, owner or "", name)

    def interrupt(self, owner: str | None = None) -> None:
        with self._lock:
            groups = [self._running.get(owner, set())] if owner is not None else self._running.values()
            for cursor in [cursor for group in groups for cursor in group]:
                cursor.interrupt()

    def frame(self, frame_id: str) -> Frame | None:
        place = self._place(frame_id)
        content = self._picture(place, "image") if place else None
        if place is None or content is None:
            return None
        return Frame(frame_id, content, str(place["format"]), str(place["sha256"]))

    def thumb(self, frame_id: str) -> bytes | None:
        place = self._place(frame_id)
        return self._picture(place, "thumb") if place else None

    def rollup_rows(self, name: str, part: rollups.NewSessions | None) -> Iterator[pa.RecordBatch]:
        """Rows of one rollup as batches, over all sessions or over the new ones only."""
        opened = self._current()
        with self._cursor(opened, "") as cursor:
            if part is not None:
                cursor.register("_new_sessions", pa.table({"id": pa.array(part.session_ids, pa.string())}))
                for table in TABLES:
                    if table == "participants":
                        continue
                    files = [e.path for e in opened.state.files(table) if part.may_hold(e)]
                    inner = base_relation(table, self._root, files, opened.state.consent)
                    _view(cursor, table, f"SELECT * FROM ({inner}) WHERE session_id IN (FROM _new_sessions)")
            reader = cursor.sql(rollups.load(name).sql).to_arrow_reader(rollups.BATCH_ROWS)
            yield from reader

    def close(self) -> None:
        with self._lock:
            self._opened.connection.close()

    # --- one call

    def _answer(
        self, text: str, bound: Mapping[str, object], session_id: str | None, owner: str, name: str
    ) -> pa.Table:
        for attempt in (1, 2):
            opened = self._current()
            try:
                with self._cursor(opened, owner) as cursor:
                    self._refuse_other_than_select(cursor, text, name)
                    if session_id is not None:
                        self._narrow(cursor, opened, text, session_id)
                    return cursor.sql(text, params=dict(bound)).to_arrow_table()
            except duckdb.InterruptException:
                raise QueryTimeout(
                    "took too long and was stopped",
                    where=name,
                    hint="Narrow it down, or build the rollups: trace-explorer rollup",
                ) from None
            except _ABOUT_THE_QUERY as error:
                raise EngineError(str(error).splitlines()[0], where=name) from None
            except (duckdb.Error, UnicodeDecodeError) as error:
                if attempt == 2 or not self._recovered(opened):
                    reason = type(error).__name__.removesuffix("Exception")
                    raise EngineError(
                        f"could not be answered ({reason})", where=name, hint="Run trace-explorer check"
                    ) from None
        raise AssertionError("unreachable")

    def _narrow(self, cursor: duckdb.DuckDBPyConnection, opened: _Opened, text: str, session_id: str) -> None:
        for table, files in opened.state.files_of_session(session_id, text, self._places).items():
            _view(cursor, table, base_relation(table, self._root, files, opened.state.consent))
        for name in opened.state.stale_rollups:
            if state.mentions(text, name):
                _view(cursor, name, rollups.load(name).sql)

    def _refuse_other_than_select(self, cursor: duckdb.DuckDBPyConnection, text: str, name: str) -> None:
        if text in self._seen_selects:
            return
        statements = cursor.extract_statements(text)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise EngineError("is not a single SELECT statement", where=name)
        self._seen_selects.add(text)

    @contextmanager
    def _cursor(self, opened: _Opened, owner: str) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = opened.connection.cursor()
        with self._lock:
            self._running.setdefault(owner, set()).add(cursor)
        try:
            yield cursor
        finally:
            with self._lock:
                self._running[owner].discard(cursor)
                if not self._running[owner]:
                    del self._running[owner]
            cursor.close()

    # --- the opened state

    def _current(self) -> _Opened:
        if self._opened.state.is_current():
            return self._opened
        with self._lock:
            if not self._opened.state.is_current():
                self._opened = self._open()
            return self._opened

    def _open(self) -> _Opened:
        return _Opened(state.read_state(self._root, self._known_bad, self._on_file), self._time_limit_ms)

    def _recovered(self, failed: _Opened) -> bool:
        """After an error: leave out files that are damaged now, and rebuild the instance if anything changed."""
        with self._lock:
            if self._opened is not failed:
                return True
            found = state.damaged_now(failed.state)
            is_alive = _is_alive(failed.connection)
            is_current = failed.state.is_current()
            self._known_bad.update(found)
            if is_alive and is_current and not found:
                return False
            self._opened = self._open()
            return True

    def _place(self, frame_id: str) -> dict[str, object] | None:
        session_id = frame_id.rpartition("-")[0]
        rows = self.run("replay/frame_place", {"session_id": session_id, "frame_id": frame_id}).to_pylist()
        return rows[0] if rows else None

    def _picture(self, place: dict[str, object], column: str) -> bytes | None:
        file, row = str(place["file"]), place["file_row"]
        assert isinstance(row, int)
        opened = self._current()
        try:
            return opened.pictures.read(file, row, str(place["frame_id"]), column)
        except (OSError, pa.ArrowException, IndexError):
            self._recovered(opened)
            return None


class _Opened:
    """One locked-down DuckDB instance over one state of the dataset."""

    def __init__(self, opened: state.State, time_limit_ms: int) -> None:
        self.state = opened
        self.pictures = PictureReader(opened.root)
        self.connection = duckdb.connect(config={"temp_directory": ""})
        self._settings(time_limit_ms)
        for name, ids in consent_tables(opened.consent).items():
            self.connection.execute(f"CREATE TABLE {name} (id VARCHAR)")
            if ids:
                self.connection.execute(f"INSERT INTO {name} SELECT unnest($ids)", {"ids": list(ids)})
        for name, text in opened.relations():
            self.connection.execute(f"CREATE VIEW {name} AS {text}")
        self._lock_down(opened.allowed_paths())

    def _settings(self, time_limit_ms: int) -> None:
        self.connection.execute("SET parquet_metadata_cache = true")
        self.connection.execute("SET perfect_ht_threshold = 18")
        self.connection.execute("SET python_enable_replacements = false")
        if time_limit_ms:
            self.connection.execute(f"SET GLOBAL max_execution_time = {int(time_limit_ms)}")

    def _lock_down(self, paths: Sequence[str]) -> None:
        listed = ", ".join(literal(path) for path in paths)
        self.connection.execute(f"SET allowed_paths = [{listed}]")
        self.connection.execute("SET autoinstall_known_extensions = false")
        self.connection.execute("SET autoload_known_extensions = false")
        self.connection.execute("SET enable_external_access = false")
        self.connection.execute("SET lock_configuration = true")


def _view(cursor: duckdb.DuckDBPyConnection, name: str, text: str) -> None:
    cursor.execute(f"CREATE TEMP VIEW {name} AS {text}")


def _is_alive(connection: duckdb.DuckDBPyConnection) -> bool:
    with suppress(duckdb.Error):
        return connection.cursor().execute("SELECT 1").fetchone() == (1,)
    return False
