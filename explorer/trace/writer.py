"""Writing sessions into part files. Nothing written here is visible before commit.py names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import pyarrow as pa

from explorer.trace.arrow import arrow_schema
from explorer.trace.manifest import FileEntry
from explorer.trace.parts import Part
from explorer.trace.schema import TABLES

PART_ROWS = 1_000_000
PART_PICTURE_BYTES = 64 * 2**20

SessionTables = Mapping[str, "pa.Table | Iterable[pa.Table]"]


class PartWriter:
    """Gathers sessions and writes them, sorted by session_id, as parts of bounded size.

    A session is in one part of each table. Pictures of a session beyond 64 MB are streamed into a part of their own,
    so that memory stays flat.
    """

    def __init__(
        self, root: Path, *, part_rows: int = PART_ROWS, picture_bytes: int = PART_PICTURE_BYTES
    ) -> None:
        self._root = root
        self._part_rows, self._picture_bytes = part_rows, picture_bytes
        self._buffer: dict[str, list[tuple[str, pa.Table]]] = {}
        self._entries: list[FileEntry] = []
        self._buffered_picture_bytes = 0
        self.rows_buffered = 0

    def add(self, tables: SessionTables) -> None:
        """Take one session: its tables by name, rows sorted by seq; `frames` may be an iterator of tables."""
        for name in TABLES:
            if name not in tables:
                continue
            rows = tables[name]
            if isinstance(rows, pa.Table):
                self._keep(name, rows)
            else:
                self._stream(name, iter(rows))
        if self.rows_buffered >= self._part_rows or self._buffered_picture_bytes >= self._picture_bytes:
            self.flush()

    def flush(self) -> None:
        """Write everything gathered so far."""
        for name in list(self._buffer):
            sessions = sorted(self._buffer.pop(name), key=lambda pair: pair[0])
            rows = pa.concat_tables([rows for _, rows in sessions])
            if name == "participants":
                rows = _distinct_people(rows)
            self._write(name, [rows])
        self.rows_buffered = self._buffered_picture_bytes = 0

    def take(self) -> list[FileEntry]:
        """Entries of the parts finished since the last call; their sessions are complete in them."""
        entries, self._entries = self._entries, []
        return entries

    def close(self) -> list[FileEntry]:
        """Write the rest and return the entries of all parts not taken yet."""
        self.flush()
        return self.take()

    def _keep(self, name: str, rows: pa.Table) -> None:
        if not rows.num_rows:
            return
        rows = rows.cast(arrow_schema(name)) if rows.schema != arrow_schema(name) else rows
        key = "participant_id" if name == "participants" else "session_id"
        self._buffer.setdefault(name, []).append((rows[key][0].as_py(), rows))
        self.rows_buffered += rows.num_rows
        if name == "frames":
            self._buffered_picture_bytes += rows.nbytes

    def _stream(self, name: str, pieces: Iterator[pa.Table]) -> None:
        held: list[pa.Table] = []
        held_bytes = 0
        for piece in pieces:
            held.append(piece)
            held_bytes += piece.nbytes
            if held_bytes > self._picture_bytes:
                self._write(name, chain(held, pieces))
                return
        if held:
            self._keep(name, pa.concat_tables(held))

    def _write(self, name: str, pieces: Iterable[pa.Table]) -> None:
        with Part(self._root, name) as part:
            for piece in pieces:
                part.write(piece)
            self._entries.append(part.close())


def _distinct_people(rows: pa.Table) -> pa.Table:
    first: dict[str, int] = {}
    for index, person in enumerate(rows["participant_id"].to_pylist()):
        first.setdefault(person, index)
    return rows.take(list(first.values()))
