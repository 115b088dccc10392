"""Which part holds a session: session ids are hashes, so the ranges of parts overlap, and only a look inside tells.

Looks at the row groups whose statistics admit the session, once each; parts never change, so what was seen stays true.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from explorer.trace.manifest import FileEntry


class SessionPlaces:
    """Remembers the session ids of the row groups it has looked into."""

    def __init__(self) -> None:
        self._footers: dict[Path, pq.FileMetaData] = {}
        self._ids: dict[tuple[Path, int], frozenset[str]] = {}

    def holds(self, root: Path, entry: FileEntry, session_id: str) -> bool:
        """False only when that part surely has no row of the session."""
        if not entry.first_session_id <= session_id <= entry.last_session_id:
            return False
        path = root / entry.path
        try:
            footer = self._footers.get(path)
            if footer is None:
                footer = self._footers[path] = pq.read_metadata(path)
            return any(
                session_id in self._ids_of(path, footer, group)
                for group in range(footer.num_row_groups)
                if _admits(footer, group, session_id)
            )
        except (OSError, pa.ArrowException, ValueError, KeyError):
            return True  # the engine meets the damage itself and leaves the file out by name

    def _ids_of(self, path: Path, footer: pq.FileMetaData, group: int) -> frozenset[str]:
        key = (path, group)
        if key not in self._ids:
            with pq.ParquetFile(path, metadata=footer, read_dictionary=["session_id"]) as file:
                column = file.read_row_group(group, columns=["session_id"])["session_id"]
            self._ids[key] = frozenset(i for chunk in column.chunks for i in chunk.dictionary.to_pylist())
        return self._ids[key]


def _admits(footer: pq.FileMetaData, group: int, session_id: str) -> bool:
    for index in range(footer.num_columns):
        column = footer.row_group(group).column(index)
        if column.path_in_schema == "session_id":
            statistics = column.statistics
            return (
                statistics is None
                or not statistics.has_min_max
                or bool(statistics.min <= session_id <= statistics.max)
            )
    raise KeyError("session_id")
