"""Pictures of somebody else's files: embedded ones from one row group, linked ones from below the folder."""

from __future__ import annotations

import hashlib
import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

import pyarrow.parquet as pq

from explorer.engine.base import Frame
from explorer.engine.mapped_plan import Plan
from explorer.engine.mapped_rows import MOST_STEPS_A_ROW
from explorer.trace.linked import path_below, read_linked
from explorer.trace.pictures import decoded, sniffed, thumb

_KEPT_BYTES = 64 * 2**20
_KEPT_THUMB_BYTES = 16 * 2**20
_BATCH_ROWS = 4


class Kept:
    """The values used last, up to a number of bytes."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit, self._bytes = limit_bytes, 0
        self._values: OrderedDict[object, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: object) -> bytes | None:
        """The value, now the last one used."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: object, value: bytes) -> None:
        """Keep a value; the oldest go."""
        with self._lock:
            self._bytes += len(value) - len(self._values.pop(key, b""))
            self._values[key] = value
            while self._bytes > self._limit and self._values:
                self._bytes -= len(self._values.popitem(last=False)[1])


class MappedPictures:
    """Reads pictures by the place that the frames relation gives."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._root = plan.files.root
        path = plan.pictures.path if plan.pictures else None
        self._fields = path[1:] if path else ()
        self._column = path[0] if path else ""
        self._is_list = self._column.lower() in {name.lower() for name in plan.mapping.lists}
        self._kept, self._thumbs = Kept(_KEPT_BYTES), Kept(_KEPT_THUMB_BYTES)

    @property
    def is_embedded(self) -> bool:
        """True when the files hold the pictures' bytes."""
        return bool(self._column)

    def frame(self, place: Mapping[str, object]) -> Frame | None:
        """The picture as it is stored; None when it is missing, or is no PNG, WebP or JPEG.

        Raises OSError or pa.ArrowException when its file is damaged.
        """
        content = self.content(place)
        name = sniffed(content) if content else None
        if content is None or name is None:
            return None
        return Frame(str(place["frame_id"]), content, name, hashlib.sha256(content).hexdigest())

    def thumb(self, place: Mapping[str, object]) -> bytes | None:
        """A JPEG made of it now, or a moment ago."""
        key = (place["file"], place["file_row"])
        known = self._thumbs.get(key)
        if known is None:
            content = self.content(place)
            try:
                known = thumb(decoded(content)[0]) if content else None
            except ValueError:
                return None
            if known is not None:
                self._thumbs.put(key, known)
        return known

    def content(self, place: Mapping[str, object]) -> bytes | None:
        """Stored bytes, whatever they are."""
        file, row = place["file"], place["file_row"]
        if not isinstance(file, str):
            return None
        if not isinstance(row, int):
            return self._linked(file)
        known = self._kept.get((file, row))
        return known if known is not None else self._embedded(file, row)

    def _linked(self, name: str) -> bytes | None:
        path = path_below(self._root, name)
        return read_linked(path) if path else None

    def _embedded(self, file: str, place: int) -> bytes | None:
        if file not in self._plan.files.names:
            return None
        row, position = divmod(place, MOST_STEPS_A_ROW) if self._plan.is_trajectory else (place, 0)
        found: bytes | None = None
        for number, value in self._batch(file, row):
            elements = value or [] if self._is_list else [value]
            for at, element in enumerate(elements):
                content = self._bytes(element)
                if content is not None:
                    is_wanted = number == row and (at == position or not self._is_list)
                    found = content if is_wanted else found
                    key = number * MOST_STEPS_A_ROW + at if self._plan.is_trajectory else number
                    self._kept.put((file, key), content)
        return found

    def _batch(self, file: str, row: int) -> list[tuple[int, Any]]:
        """The few rows around `row`, with their numbers: a row group is read no further than there."""
        with pq.ParquetFile(
            self._plan.files.path(file), pre_buffer=False, buffer_size=2**20, page_checksum_verification=True
        ) as opened:
            rows = [opened.metadata.row_group(i).num_rows for i in range(opened.metadata.num_row_groups)]
            starts = [0, *accumulate(rows)]
            if not 0 <= row < starts[-1]:
                return []
            group = bisect_right(starts, row) - 1
            first = starts[group]
            step = 1 if self._is_list else _BATCH_ROWS
            for batch in opened.iter_batches(batch_size=step, row_groups=[group], columns=[self._column]):
                if row < first + batch.num_rows:
                    return list(enumerate(batch.column(0).to_pylist(), first))
                first += batch.num_rows
        return []

    def _bytes(self, element: Any) -> bytes | None:
        for name in self._fields:
            element = element.get(name) if isinstance(element, dict) else None
        if isinstance(element, dict):
            path = element.get("path")
            element = element.get("bytes")
            if element is None and isinstance(path, str):
                return self._linked(path)
        return element if isinstance(element, bytes) else None
