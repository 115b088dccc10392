"""Which part holds a session: session ids are hashes, so the ranges of parts overlap, and only a look inside tells.

Looks at the row groups whose statistics admit the session, once each; parts never change, so what was seen stays true.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from explorer.trace.manifest import FileEntry


@dataclass(frozen=True, slots=True)
class _Part:
    """Footer of a part, and first and last session id of each row group where it tells them."""

    footer: pq.FileMetaData
    ranges: tuple[tuple[str, str] | None, ...]


class SessionPlaces:
    """Remembers the footers of one dataset's parts, and the session ids of the row groups it has looked into."""

    def __init__(self) -> None:
        self._parts: dict[str, _Part] = {}
        self._ids: dict[tuple[str, int], frozenset[str]] = {}

    def holds(self, root: Path, entry: FileEntry, session_id: str) -> bool:
        """False only when that part surely has no row of the session."""
        if not entry.first_session_id <= session_id <= entry.last_session_id:
            return False
        try:
            ranges = self._part(root, entry.path).ranges
            return any(
                session_id in self._ids_of(root, entry.path, group)
                for group, ids in enumerate(ranges)
                if ids is None or ids[0] <= session_id <= ids[1]
            )
        except (OSError, pa.ArrowException, ValueError, KeyError):
            return True  # the engine meets the damage itself and leaves the file out by name

    def _part(self, root: Path, path: str) -> _Part:
        if path not in self._parts:
            self._parts[path] = _read_part(root / path)
        return self._parts[path]

    def _ids_of(self, root: Path, path: str, group: int) -> frozenset[str]:
        key = (path, group)
        if key not in self._ids:
            footer = self._part(root, path).footer
            with pq.ParquetFile(root / path, metadata=footer, read_dictionary=["session_id"]) as file:
                column = file.read_row_group(group, columns=["session_id"])["session_id"]
            self._ids[key] = frozenset(i for chunk in column.chunks for i in chunk.dictionary.to_pylist())
        return self._ids[key]


def _read_part(path: Path) -> _Part:
    footer = pq.read_metadata(path)
    return _Part(footer, tuple(_range(footer, group) for group in range(footer.num_row_groups)))


def _range(footer: pq.FileMetaData, group: int) -> tuple[str, str] | None:
    for index in range(footer.num_columns):
        column = footer.row_group(group).column(index)
        if column.path_in_schema == "session_id":
            told = column.statistics
            return (told.min, told.max) if told is not None and told.has_min_max else None
    raise KeyError("session_id")
