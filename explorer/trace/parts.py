"""Part files: how a table's rows are encoded in Parquet, and how a part gets its name and hash."""

from __future__ import annotations

import hashlib
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from explorer.trace.arrow import arrow_schema
from explorer.trace.manifest import FileEntry, sync_folder
from explorer.trace.schema import TABLES

ROW_GROUP_ROWS = 122_880
FRAME_GROUP_ROWS = 8
COMPRESSION_LEVEL = 9  # on packed deltas 5 % smaller than level 3; reading costs the same
_DELTA = ("seq", "t_us", "x_px", "y_px", "cell", "window_cell")
_PART_NAME = re.compile(r"part-[0-9a-f]{32}\.parquet(\.partial)?")


def is_part_name(name: str) -> bool:
    """True for names that only this module gives, so that cleaning never touches a user's file."""
    return _PART_NAME.fullmatch(name) is not None


class Part:
    """One part file being written: rows come in order (session_id, seq); closing it gives its entry."""

    def __init__(self, root: Path, table: str) -> None:
        self.table = table
        self._folder = root / table
        self._folder.mkdir(parents=True, exist_ok=True)
        self._path = self._folder / f"part-{uuid.uuid4().hex}.parquet"
        self._partial = self._path.with_name(self._path.name + ".partial")
        self._group_rows = FRAME_GROUP_ROWS if table == "frames" else ROW_GROUP_ROWS
        self._writer = _parquet_writer(self._partial, table)
        self.rows = 0
        self._first = self._last = ""

    def __enter__(self) -> Part:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.discard()

    def write(self, rows: pa.Table) -> None:
        """Append rows; a frames row group never holds more than 8 pictures."""
        if not rows.num_rows:
            return
        self._writer.write_table(rows, row_group_size=self._group_rows)
        if "session_id" in rows.column_names:
            self._first = self._first or rows["session_id"][0].as_py()
            self._last = rows["session_id"][-1].as_py()
        self.rows += rows.num_rows

    def close(self) -> FileEntry:
        """Make the part durable under its final name."""
        self._writer.close()
        with self._partial.open("rb+") as file:
            os.fsync(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = self._partial.stat().st_size
        os.replace(self._partial, self._path)
        sync_folder(self._folder)
        path = f"{self.table}/{self._path.name}"
        return FileEntry(path, self.table, self.rows, size, digest, self._first, self._last)

    def discard(self) -> None:
        """Take the unfinished file away again."""
        # The disk that refused the rows refuses the footer too.
        with suppress(OSError, pa.ArrowException):
            self._writer.close()
        self._partial.unlink(missing_ok=True)


def sha256_of(path: Path) -> str:
    """sha256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def session_pieces(path: Path) -> Iterator[tuple[str, pa.Table]]:
    """Pieces of a part file in its order, each of one session; a large session comes in several."""
    file = pq.ParquetFile(path, page_checksum_verification=True)
    try:
        batch_rows = FRAME_GROUP_ROWS if path.parent.name == "frames" else ROW_GROUP_ROWS
        for batch in file.iter_batches(batch_size=batch_rows):
            yield from by_session(pa.Table.from_batches([batch]))
    finally:
        file.close()


def by_session(rows: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """Split rows that are sorted by session_id into runs of one session."""
    runs = rows["session_id"].combine_chunks()
    if isinstance(runs, pa.ChunkedArray):
        runs = pa.concat_arrays(runs.chunks) if runs.num_chunks else pa.array([], pa.string())
    ends = pa.compute.run_end_encode(runs) if len(runs) else None
    start = 0
    for value, end in zip(ends.values, ends.run_ends, strict=True) if ends is not None else ():
        yield value.as_py(), rows.slice(start, end.as_py() - start)
        start = end.as_py()


def _parquet_writer(path: Path, table: str) -> pq.ParquetWriter:
    strings = [c.name for c in TABLES[table].columns if c.type == "VARCHAR"]
    delta = {c: "DELTA_BINARY_PACKED" for c in TABLES[table].column_names if c in _DELTA}
    return pq.ParquetWriter(
        path,
        arrow_schema(table),
        version="2.6",
        compression="zstd",
        compression_level=COMPRESSION_LEVEL,
        data_page_version="2.0",
        use_dictionary=strings,
        column_encoding=delta or None,
        write_page_checksum=True,
        store_schema=False,
    )
