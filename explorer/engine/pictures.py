"""Reading one picture out of a frames file: one row group, never the whole file."""

from __future__ import annotations

import hashlib
import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from explorer.engine.base import Frame
from explorer.trace.linked import read_linked

_OPEN_FOOTERS = 64


class PictureReader:
    """Finds pictures by file and row; keeps the footers of the files used last."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._footers: OrderedDict[str, tuple[pq.FileMetaData, list[int]]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def is_embedded(self) -> bool:
        return True

    def frame(self, place: Mapping[str, object]) -> Frame | None:
        """The stored picture; a linked one only as long as its file has the bytes that were imported."""
        value = self._value(place, "image")
        if not isinstance(value, dict):
            return None
        content, digest = value["bytes"], str(place["sha256"])
        if content is None:
            content = self._linked(value["path"], digest)
        if not isinstance(content, bytes):
            return None
        return Frame(str(place["frame_id"]), content, str(place["format"]), digest)

    def thumb(self, place: Mapping[str, object]) -> bytes | None:
        """The stored thumbnail."""
        value = self._value(place, "thumb")
        return value if isinstance(value, bytes) else None

    def _value(self, place: Mapping[str, object], column: str) -> Any:
        """Value of the column in the frame's row; OSError or ArrowInvalid when the file is damaged."""
        file, file_row = str(place["file"]), place["file_row"]
        assert isinstance(file_row, int)
        footer, starts = self._footer(file)
        group = bisect_right(starts, file_row) - 1
        with pq.ParquetFile(self._root / file, metadata=footer, page_checksum_verification=True) as opened:
            rows = opened.read_row_group(group, columns=["frame_id", column])
        row = file_row - starts[group]
        return rows[column][row].as_py() if rows["frame_id"][row].as_py() == place["frame_id"] else None

    def _linked(self, path: object, digest: str) -> bytes | None:
        if not isinstance(path, str) or not path or Path(path).is_absolute():
            return None
        content = read_linked(self._root / path)
        is_same = content is not None and hashlib.sha256(content).hexdigest() == digest
        return content if is_same else None

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
