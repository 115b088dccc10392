"""How a rollup's file is written: the size of its row groups and the encodings of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from explorer.engine.rollups import BATCH_ROWS

_COUNTS = ("n", "n_0", "n_1", "n_2", "n_3", "dwell_ms", "people_n")  # of a cell: hardly two are alike


def row_groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The rows in tables of BATCH_ROWS or a little more, which become one row group each."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(one.num_rows for one in waiting) >= BATCH_ROWS:
            yield pa.Table.from_batches(waiting)
            waiting = []
    if waiting and any(one.num_rows for one in waiting):
        yield pa.Table.from_batches(waiting)


def encodings(schema: pa.Schema) -> dict[str, Any]:
    """How columns of counts a cell are written: a third smaller than with a dictionary."""
    places = [name for name in ("cell", "block") if name in schema.names]
    numbers = [name for name in schema.names if places and name in _COUNTS]
    if not places:
        return {}
    return {
        "use_dictionary": [name for name in schema.names if name not in (*places, *numbers)],
        "column_encoding": {
            **dict.fromkeys(places, "DELTA_BINARY_PACKED"),
            **dict.fromkeys(numbers, "BYTE_STREAM_SPLIT"),
        },
    }
