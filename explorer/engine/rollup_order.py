"""One order for rows that were written in parts, one for each group of sessions.

A rollup that is sorted by kind and application first has in every part a run of rows for each of them: whoever asks for
one application would read a row group of every part. In one order they lie together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq


def in_order(parts: Sequence[Path], order: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Rows of the parts in `order`; the sessions of each part come after those of the parts before.

    At most the rows of one value of the first two columns are in memory.
    """
    keys = list(order[: order.index("session_id")])
    files = [pq.ParquetFile(part, read_dictionary=["session_id", *keys]) for part in parts]
    schema = pq.read_schema(parts[0])
    for first in _values(files, keys[:2]):
        rows = pa.concat_tables([_where(_near(file, first), first) for file in files]).unify_dictionaries()
        for rest in _sorted_rows(rows, keys[2:]):
            # Within the other columns each part is in order, and so are the parts.
            yield from _where(rows, rest).cast(schema).to_batches()


def _values(files: Sequence[pq.ParquetFile], names: Sequence[str]) -> list[dict[str, Any]]:
    found = [_sorted_rows(file.read(columns=list(names)), names) for file in files]
    return _ordered({tuple(row.items()): row for rows in found for row in rows}.values())


def _sorted_rows(rows: pa.Table, names: Sequence[str]) -> list[dict[str, Any]]:
    """The different values of some columns, those without a value last; one row of nothing for no columns."""
    if not names:
        return [{}]
    plain = pa.table({name: rows[name].cast(pa.string()) for name in names})
    return _ordered(plain.group_by(list(names)).aggregate([]).to_pylist())


def _ordered(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: [(value is None, value or "") for value in row.values()])


def _near(file: pq.ParquetFile, values: dict[str, Any]) -> pa.Table:
    """The row groups that can hold rows of these values."""
    held = [
        group for group in range(file.num_row_groups) if _may_hold(file.metadata.row_group(group), values)
    ]
    return file.read_row_groups(held)


def _may_hold(group: pq.RowGroupMetaData, values: dict[str, Any]) -> bool:
    for place in range(group.num_columns):
        column = group.column(place)
        value, told = values.get(column.path_in_schema), column.statistics
        if value is not None and told is not None and told.has_min_max and not told.min <= value <= told.max:
            return False
    return True


def _where(rows: pa.Table, values: dict[str, Any]) -> pa.Table:
    for name, value in values.items():
        column = rows[name]
        rows = rows.filter(pc.is_null(column) if value is None else pc.equal(column.cast(pa.string()), value))
    return rows
