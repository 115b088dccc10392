"""Compaction: many small parts become few large ones, merged in order with flat memory."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from explorer.trace.manifest import FileEntry
from explorer.trace.parts import Part, session_pieces

MOST_SMALL_PARTS = 64
_SMALL_ROWS, _LARGE_ROWS = 1_000_000, 5_000_000
_FRAME_ROWS, _FRAME_BYTES = 2_000, 512 * 2**20


def small_parts(table: str, entries: Sequence[FileEntry]) -> tuple[FileEntry, ...]:
    """The parts worth merging: none while a table has at most 64 small ones."""
    if table == "frames":
        small = [e for e in entries if e.rows < _FRAME_ROWS / 2 and e.bytes < _FRAME_BYTES / 2]
    else:
        small = [e for e in entries if e.rows < _SMALL_ROWS]
    return tuple(small) if len(small) > MOST_SMALL_PARTS else ()


def merge(root: Path, table: str, entries: Sequence[FileEntry]) -> list[FileEntry]:
    """Rewrite parts as few large ones, sorted by session; a session stays in one part."""
    merged: list[FileEntry] = []
    part: Part | None = None
    previous, part_bytes = "", 0
    try:
        for session_id, rows in _in_order(root, table, entries):
            if part and session_id != previous and _is_full(table, part.rows, part_bytes):
                merged.append(part.close())
                part, part_bytes = None, 0
            part = part or Part(root, table)
            part.write(rows)
            part_bytes += rows.nbytes
            previous = session_id
        if part:
            merged.append(part.close())
    except BaseException:
        if part:
            part.discard()
        raise
    return merged


def _is_full(table: str, rows_n: int, bytes_n: int) -> bool:
    if table == "frames":
        return rows_n >= _FRAME_ROWS or bytes_n >= _FRAME_BYTES
    return rows_n >= _LARGE_ROWS


def _in_order(root: Path, table: str, entries: Sequence[FileEntry]) -> Iterator[tuple[str, pa.Table]]:
    if table == "participants":
        rows = pa.concat_tables([pq.read_table(root / entry.path) for entry in entries])
        yield "", rows.sort_by("participant_id")
        return
    if table == "frames":
        yield from heapq.merge(*(session_pieces(root / e.path) for e in entries), key=lambda piece: piece[0])
        return
    yield from _batched(
        heapq.merge(*(session_pieces(root / e.path) for e in entries), key=lambda piece: piece[0])
    )


def _batched(pieces: Iterator[tuple[str, pa.Table]]) -> Iterator[tuple[str, pa.Table]]:
    """Join small sessions up to a row group, so that a merged part has few row groups."""
    held: list[pa.Table] = []
    held_n = 0
    previous = ""
    for session_id, rows in pieces:
        if held and held_n >= 122_880 and session_id != previous:
            yield previous, pa.concat_tables(held)
            held, held_n = [], 0
        held.append(rows)
        held_n += rows.num_rows
        previous = session_id
    if held:
        yield previous, pa.concat_tables(held)
