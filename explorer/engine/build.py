"""Building the rollups: only what the dataset gained since they were last built."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from explorer.engine.duckdb import DuckDBEngine
from explorer.engine.mentions import mentions
from explorer.engine.rollup_order import in_order
from explorer.engine.rollup_packing import LEVEL, encodings
from explorer.engine.rollups import (
    BATCH_ROWS,
    FOLDER,
    NewSessions,
    RollupFile,
    is_by_session,
    is_made_of_rollups,
    load,
    names,
    read_index,
    row_order,
    sql_digest,
)
from explorer.engine.state import State, read_state
from explorer.errors import DatasetError
from explorer.trace.lock import LOCK_NAME, locked
from explorer.trace.manifest import MANIFEST_NAME, replace_file

_MOST_PARTS = 64
_GROUP_ROWS = 5_000_000  # rows of moves and events that are read at once


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: rollups written anew, rollups extended, and by how many sessions."""

    rebuilt: tuple[str, ...]
    extended: tuple[str, ...]
    sessions_n: int


def build_rollups(root: Path, on_rollup: Callable[[str], None] | None = None) -> BuildReport:
    """Bring all rollups of the dataset at `root` up to date.

    Raises DatasetBusyError while another build runs, DatasetError when files of the dataset are damaged.
    """
    root = root.expanduser().resolve()
    with _locked(root):
        engine = DuckDBEngine(root, time_limit_ms=0)
        try:
            return _Build(root, engine, on_rollup or (lambda name: None)).run()
        finally:
            engine.close()


class _Build:
    def __init__(self, root: Path, engine: DuckDBEngine, on_rollup: Callable[[str], None]) -> None:
        self._root, self._engine, self._on_rollup = root, engine, on_rollup
        self._state: State = read_state(root, {})
        if self._state.bad:
            file, why = next(iter(sorted(self._state.bad.items())))
            raise DatasetError(why, where=file, hint="Run trace-explorer check, then restore or re-import it")
        self._old = read_index(root, self._state.dataset.dataset_id)
        self._rows_n = _session_rows(root, [e.path for e in self._state.files("sessions")])
        self._all_ids = set(self._rows_n) - self._state.consent.withdrawn
        self._rebuilt: list[str] = []
        self._extended: list[str] = []

    def run(self) -> BuildReport:
        if not self._old.stale(self._state.dataset.manifest.sha256, self._state.consent.fingerprint):
            return BuildReport((), (), 0)
        fresh = self._new_sessions()
        sessions = NewSessions(sorted(self._all_ids), None) if fresh is None else fresh
        first = [name for name in names() if not is_made_of_rollups(name)]
        files = [file for name in first for file in self._files(name, fresh)]
        # The others read these: committed, they are what the engine opens next.
        self._commit([*files, *(file for file in self._old.files if file.rollup not in first)], first)
        files += [file for name in names() if name not in first for file in self._files(name, fresh)]
        self._commit(files, names())
        return BuildReport(tuple(self._rebuilt), tuple(self._extended), len(sessions.session_ids))

    def _files(self, name: str, fresh: NewSessions | None) -> list[RollupFile]:
        """The parts of one rollup, brought up to date."""
        self._on_rollup(name)
        if fresh is None or self._must_rebuild(name):
            self._rebuilt.append(name)
            return self._write(name, self._rows(name, NewSessions(sorted(self._all_ids), None)))
        kept = [file for file in self._old.files if file.rollup == name]
        if fresh.session_ids:
            self._extended.append(name)
            if not is_by_session(name):
                return self._write(name, self._engine.rollup_rows(name, None))
            kept += self._write(name, self._rows(name, fresh))
        return self._merged(name, kept) if len(kept) > _MOST_PARTS else kept

    def _rows(self, name: str, sessions: NewSessions) -> Iterator[pa.RecordBatch]:
        if is_made_of_rollups(name):
            whole = len(sessions.session_ids) == len(self._all_ids)
            yield from self._engine.rollup_rows(name, None if whole else sessions)
            return
        # In groups: windows over all sessions at once would keep the rows of all of them in memory.
        groups = list(sessions.groups(self._rows_n, _GROUP_ROWS))
        if len(groups) == 1 or "session_id" not in row_order(name)[1:]:
            for group in groups:
                yield from self._engine.rollup_rows(name, group)
            return
        parts = [
            part for group in groups for part in self._write(name, self._engine.rollup_rows(name, group))
        ]
        yield from in_order([self._root / part.path for part in parts], row_order(name))

    def _new_sessions(self) -> NewSessions | None:
        """Sessions to add, or None when the old rollups cannot be extended."""
        summary = [file.path for file in self._old.files if file.rollup == "session_summary"]
        if not summary or self._old.consent_sha256 != self._state.consent.fingerprint:
            return None
        seen = _session_ids(self._root, summary)
        if not seen <= self._all_ids:
            return None
        current = {entry.path for entry in self._state.dataset.manifest.entries}
        covered = set(self._old.covered)
        # A compaction moved old sessions into new files: then any file may hold a new session.
        files = frozenset(current - covered) if covered <= current else None
        return NewSessions(sorted(self._all_ids - seen), files)

    def _must_rebuild(self, name: str) -> bool:
        if dict(self._old.sql_sha256).get(name) != sql_digest(name):
            return True
        current = {entry.path for entry in self._state.files("frames")}
        moved = any(path.startswith("frames/") and path not in current for path in self._old.covered)
        return moved and mentions(load(name).sql, "file_row")

    def _write(self, name: str, batches: Iterable[pa.RecordBatch]) -> list[RollupFile]:
        folder = self._root / FOLDER / name
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"part-{uuid.uuid4().hex}.parquet"
        writer: pq.ParquetWriter | None = None
        rows = 0
        for table in _row_groups(batches):
            writer = writer or pq.ParquetWriter(
                path, table.schema, compression="zstd", compression_level=LEVEL, version="2.6",
                **encodings(table.schema),
            )  # fmt: skip
            writer.write_table(table)
            rows += table.num_rows
        if writer is None:
            return self._nothing(name, path)
        writer.close()
        return [RollupFile(name, f"{FOLDER}/{name}/{path.name}", rows)]

    def _nothing(self, name: str, path: Path) -> list[RollupFile]:
        # A relation needs a file to read its columns from, even when nothing was found.
        types = {"VARCHAR": pa.string(), "BIGINT": pa.int64(), "INTEGER": pa.int32(), "SMALLINT": pa.int16(),
                 "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_()}  # fmt: skip
        schema = pa.schema([(column.name, types[column.type]) for column in load(name).columns])
        pq.write_table(schema.empty_table(), path)
        return [RollupFile(name, f"{FOLDER}/{name}/{path.name}", 0)]

    def _merged(self, name: str, parts: list[RollupFile]) -> list[RollupFile]:
        rows = pa.concat_tables([pq.read_table(self._root / part.path) for part in parts])
        order = pc.sort_indices(rows, sort_keys=[(column, "ascending") for column in row_order(name)])
        return self._write(name, rows.take(order).to_batches(max_chunksize=BATCH_ROWS))

    def _commit(self, files: list[RollupFile], built: Sequence[str]) -> None:
        state = self._state
        document: dict[str, Any] = {
            "manifest_sha256": state.dataset.manifest.sha256,
            "consent_sha256": state.consent.fingerprint,
            "sql_sha256": {name: sql_digest(name) for name in built},
            "covered": sorted(entry.path for entry in state.dataset.manifest.entries),
            "files": [self._described(file) for file in files],
        }
        replace_file(self._root / FOLDER / MANIFEST_NAME, json.dumps(document, indent=1).encode() + b"\n")
        named = {file.path for file in files}
        for path in (self._root / FOLDER).glob("*/part-*.parquet"):
            if path.relative_to(self._root).as_posix() not in named:
                path.unlink(missing_ok=True)

    def _described(self, file: RollupFile) -> dict[str, Any]:
        path = self._root / file.path
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        return {"rollup": file.rollup, "path": file.path, "rows": file.rows,
                "bytes": path.stat().st_size, "sha256": digest}  # fmt: skip


def _row_groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The rows in tables of BATCH_ROWS or a little more, which become one row group each."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(one.num_rows for one in waiting) >= BATCH_ROWS:
            yield pa.Table.from_batches(waiting)
            waiting = []
    if waiting and any(one.num_rows for one in waiting):
        yield pa.Table.from_batches(waiting)


def _session_rows(root: Path, paths: list[str]) -> dict[str, int]:
    """Rows of moves and events of each session."""
    found: dict[str, int] = {}
    for path in paths:
        rows = pq.read_table(root / path, columns=["session_id", "moves_n", "events_n"])
        counts = zip(*(rows[name].to_pylist() for name in ("moves_n", "events_n")), strict=True)
        found.update(
            zip(rows["session_id"].to_pylist(), ((m or 0) + (e or 0) for m, e in counts), strict=True)
        )
    return found


def _session_ids(root: Path, paths: list[str]) -> set[str]:
    found: set[str] = set()
    for path in paths:
        found.update(pq.read_table(root / path, columns=["session_id"])["session_id"].to_pylist())
    return found


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    folder = root / FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise DatasetError(f"rollups cannot be written ({error.strerror})", where=root.name) from None
    with locked(folder / LOCK_NAME, "the rollups are being built already"):
        yield
