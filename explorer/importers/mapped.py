"""Importing other people's Parquet through a mapping: the rows that opening in place shows, written as a dataset."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from explorer.engine.duckdb import DuckDBEngine
from explorer.engine.whole_rows import rows_of, session_ids
from explorer.errors import MappingError, SourceError
from explorer.importers.batch import BatchResult
from explorer.importers.pictures import FRAMES_A_TABLE, looks
from explorer.importers.recording import HINT_DAMAGED
from explorer.importers.run import Damaged, FormatCount, ImportReport, Progress
from explorer.trace.arrow import arrow_schema, from_rows
from explorer.trace.commit import Commit, clean, writing
from explorer.trace.dataset import create
from explorer.trace.linked import path_below
from explorer.trace.mapping import load
from explorer.trace.writer import PART_PICTURE_BYTES, PartWriter

FRAMES = ("copy", "link")
_BATCH_SESSIONS = 500
_BATCH_ROWS = 500_000
_POINTERS = {"events": ("frame_id", "frame_after_id"), "steps": ("frame_before_id", "frame_after_id")}

_Tables = dict[str, "pa.Table | Iterator[pa.Table]"]


@dataclass(frozen=True, slots=True)
class MappedImport:
    """What an import did, and what else there is to tell."""

    report: ImportReport
    notes: tuple[str, ...]


def import_mapped(
    folder: Path,
    dataset_root: Path,
    mapping: Path | str,
    *,
    frames: str = "copy",
    on_progress: Callable[[Progress], None] | None = None,
) -> MappedImport:
    """Import the Parquet below `folder` into the dataset at `dataset_root`, which is made when it does not exist.

    `frames` 'copy' stores the pictures; 'link' stores where they lie and what they must hash to. Sessions that are in
    the dataset already are skipped. Raises MappingError, DatasetError.
    """
    started = time.monotonic()
    document = load(mapping)
    engine = DuckDBEngine(folder, time_limit_ms=0, mapping=document)
    try:
        if frames == "link" and engine.state.pictures.is_embedded:
            hint = "Import with --frames copy"
            raise MappingError("the pictures are embedded in the Parquet", where=document.name, hint=hint)
        root = create(dataset_root, document.title).root
        with writing(root) as commit:
            work = _Work(engine, commit, folder.expanduser().resolve(), is_linking=frames == "link")
            known_n = work.run(on_progress or (lambda progress: None))
            commit.compact()
            commit.note_sources()
        left_out = [f"{file.file}: {file.reason}" for file in engine.quarantined()]
        return MappedImport(
            work.report(known_n, time.monotonic() - started), (*engine.notes, *work.notes(), *left_out)
        )
    finally:
        engine.close()


@dataclass(slots=True)
class _Work:
    engine: DuckDBEngine
    commit: Commit
    folder: Path
    is_linking: bool
    _total: BatchResult = field(default_factory=BatchResult)
    _missing_n: int = 0

    def run(self, tell: Callable[[Progress], None]) -> int:
        """Import what is new, batch by batch; how many sessions were known."""
        known = self.commit.known_session_ids()
        ids = session_ids(self.engine)
        fresh = [session_id for session_id in ids if session_id not in known]
        try:
            writer = PartWriter(self.commit.root)
            for count, session_id in enumerate(fresh, 1):
                self._one(session_id, writer)
                rows_n = self._total.rows["parquet"]
                tell(Progress(count, len(fresh), rows_n, self._total.sessions["parquet"], self.folder.name))
                if count % _BATCH_SESSIONS == 0 or writer.rows_buffered > _BATCH_ROWS:
                    self.commit.add(writer.close())
            self.commit.add(writer.close())
        finally:
            clean(self.commit.root)
        return len(ids) - len(fresh)

    def report(self, known_n: int, seconds: float) -> ImportReport:
        """What was done."""
        total = self._total
        counts = [
            FormatCount(n, total.sessions[n], total.rows[n], total.frames[n]) for n in sorted(total.sessions)
        ]
        unfinished = tuple(total.unfinished)
        return ImportReport(tuple(counts), known_n, (), tuple(total.damaged), (), unfinished, seconds)

    def notes(self) -> tuple[str, ...]:
        """What else there is to tell."""
        return (f"{self._missing_n:,} linked pictures are not there",) if self._missing_n else ()

    def _one(self, session_id: str, writer: PartWriter) -> None:
        session = rows_of(self.engine, "sessions", session_id).to_pylist()[0]
        try:
            places = rows_of(self.engine, "frames", session_id).to_pylist()
            kept = [place for place in places if place["file_row"] is not None or self._path(place)]
            tables, rows_n = self._tables(session, {place["frame_id"] for place in kept})
            self._write(tables, self._frames(kept, _screen(tables)), writer)
        except SourceError as error:
            self._total.damaged.append(Damaged(error.where, error.what, error.hint))
            return
        self._missing_n += len(places) - len(kept)
        self._total.sessions["parquet"] += 1
        self._total.rows["parquet"] += rows_n + len(kept)
        self._total.frames["parquet"] += len(kept)
        if not session["is_complete"]:
            self._total.unfinished.append(session_id)

    def _tables(self, session: dict[str, Any], frame_ids: set[str]) -> tuple[_Tables, int]:
        tables: _Tables = {}
        rows_n = 0
        for name in ("displays", "events", "steps"):
            rows = rows_of(self.engine, name, session["session_id"]).cast(arrow_schema(name))
            for column in _POINTERS.get(name, ()):
                rows = _only_known(rows, column, frame_ids)
            tables[name] = rows
            rows_n += 0 if name == "displays" else rows.num_rows
        displays = tables["displays"]
        assert isinstance(displays, pa.Table)
        flags = {"no_frames": not frame_ids, "no_display": not displays.num_rows}
        others = {flag for flag in session["quality"].split(",") if flag and flag not in flags}
        session["quality"] = ",".join(sorted(others | {flag for flag, holds in flags.items() if holds}))
        session["frames_n"] = len(frame_ids)
        tables["sessions"] = from_rows("sessions", [session])
        if session["participant_id"] is not None:
            person = {"participant_id": session["participant_id"], "consent_status": "unknown"}
            tables["participants"] = from_rows("participants", [person])
        return tables, rows_n

    def _frames(self, places: list[dict[str, Any]], screen: tuple[int, int] | None) -> Iterator[pa.Table]:
        """The frames as tables of at most 8 rows, pictures read on the way. Raises SourceError."""
        known: dict[str, dict[str, Any]] = {}
        own = [name for name in arrow_schema("frames").names if name not in ("image", "thumb")]
        for start in range(0, len(places), FRAMES_A_TABLE):
            rows = []
            for place in places[start : start + FRAMES_A_TABLE]:
                seen = looks(self._content(place), _where(place), known)
                if self.is_linking:
                    path = os.path.relpath(self._path(place) or "", self.commit.root)
                    seen["image"] = {"bytes": None, "path": Path(path).as_posix()}
                if screen:
                    seen |= {
                        "scale_x": seen["width_px"] / screen[0],
                        "scale_y": seen["height_px"] / screen[1],
                    }
                rows.append({name: place[name] for name in own} | seen)
            yield from_rows("frames", rows)

    def _content(self, place: dict[str, Any]) -> bytes:
        try:
            frame = self.engine.state.pictures.frame(place)
        except (OSError, pa.ArrowException):
            frame = None
        if frame is None:
            what = "the picture is missing, or is no PNG, WebP or JPEG"
            raise SourceError(what, where=_where(place), hint=HINT_DAMAGED)
        return frame.bytes

    def _path(self, place: dict[str, Any]) -> Path | None:
        path = path_below(self.folder, str(place["file"]))
        return path if path is not None and path.is_file() else None

    def _write(self, tables: _Tables, frames: Iterator[pa.Table], writer: PartWriter) -> None:
        """Pictures are read first, since a session must not be written by half; many of them get parts of their own."""
        held, held_bytes = [], 0
        for table in frames:
            held.append(table)
            held_bytes += table.nbytes
            if held_bytes > PART_PICTURE_BYTES:
                alone = PartWriter(self.commit.root)
                alone.add({**tables, "frames": chain(held, frames)})
                self.commit.add(alone.close())
                return
        writer.add({**tables, "frames": pa.concat_tables(held)} if held else tables)


def _where(place: dict[str, Any]) -> str:
    return f"{place['file']}, step {place['step']}"


def _screen(tables: _Tables) -> tuple[int, int] | None:
    displays = tables["displays"]
    assert isinstance(displays, pa.Table)
    row = displays.to_pylist()[0] if displays.num_rows else None
    return (row["width_px"], row["height_px"]) if row else None


def _only_known(rows: pa.Table, column: str, known: set[str]) -> pa.Table:
    """The rows without references to pictures that are not there."""
    values = [value if value in known else None for value in rows[column].to_pylist()]
    index = rows.schema.get_field_index(column)
    return rows.set_column(index, rows.schema.field(index), pa.array(values, pa.string()))
