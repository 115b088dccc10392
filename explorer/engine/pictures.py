"""Reading one picture out of a frames file: one row group, never the whole file."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from itertools import accumulate
from pathlib import Path

import pyarrow.parquet as pq

_OPEN_FOOTERS = 64


class PictureReader:
    """Finds pictures by file and row; keeps the footers of the files used last."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._footers: OrderedDict[str, tuple[pq.FileMetaData, list[int]]] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, file: str, file_row: int, frame_id: str, column: str) -> bytes | None:
        """Bytes in `column` ('image' or 'thumb') of the row, or None; OSError or ArrowInvalid when damaged."""
        footer, starts = self._footer(file)
        group = bisect_right(starts, file_row) - 1
        with pq.ParquetFile(self._root / file, metadata=footer, page_checksum_verification=True) as opened:
            rows = opened.read_row_group(group, columns=["frame_id", column])
        row = file_row - starts[group]
        if rows["frame_id"][row].as_py() != frame_id:
            return None
        value = rows[column][row].as_py()
        content = value["bytes"] if isinstance(value, dict) else value
        return content if isinstance(content, bytes) else None

    def _footer(self, file: str) -> tuple[pq.FileMetaData, list[int]]:
        with self._lock:
            if file in self._footers:
                self._footers.move_to_end(file)
                return self._footers[file]
        footer = pq.read_metadata(self._root / file)
        rows = [footer.row_group(i).num_rows for i in range(footer.num_row_groups)]
        starts = [0, *accumulate(rows)][:-1]
        with self._lock:
            self._footers[file] = (footer, starts)
            while len(self._footers) > _OPEN_FOOTERS:
                self._footers.popitem(last=False)
        return footer, starts
