"""The schema's tables as Arrow tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pyarrow as pa

from explorer.trace.schema import TABLES, Table

_TYPES: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "SMALLINT": pa.int16(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "BLOB": pa.binary(),
    "IMAGE": pa.struct([("bytes", pa.binary()), ("path", pa.string())]),
}


@cache
def arrow_schema(name: str) -> pa.Schema:
    """Arrow schema of the dataset table `name`; required columns are not nullable."""
    columns = TABLES[name].columns
    return pa.schema([pa.field(c.name, _TYPES[c.type], nullable=not c.required) for c in columns])


def empty(name: str) -> pa.Table:
    """The dataset table `name` without rows."""
    return arrow_schema(name).empty_table()


def from_rows(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Dataset table `name` from one mapping a row; missing keys are NULL, unknown keys raise KeyError."""
    table = TABLES[name]
    used = {key for row in rows for key in row}
    columns = {key: [row.get(key) for row in rows] for key in table.column_names if key in used}
    _refuse_unknown(table, used)
    return from_columns(name, columns, len(rows))


def from_columns(name: str, columns: Mapping[str, Any], rows_n: int) -> pa.Table:
    """Dataset table `name` from whole columns (numpy, Arrow or lists, or one value for all rows).

    Missing columns are NULL; unknown ones raise KeyError; values that do not fit raise pa.ArrowInvalid.
    """
    _refuse_unknown(TABLES[name], set(columns))
    schema = arrow_schema(name)
    arrays = [_array(columns.get(field.name), field.type, rows_n) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(values: Any, kind: pa.DataType, rows_n: int) -> pa.Array | pa.ChunkedArray:
    if values is None:
        return pa.nulls(rows_n, kind)
    if isinstance(values, (str, bytes, int, float, bool)):
        return pa.repeat(pa.scalar(values, kind), rows_n)
    if isinstance(values, (pa.Array, pa.ChunkedArray)):
        return values.cast(kind)
    return pa.array(values, kind)


def _refuse_unknown(table: Table, names: set[str]) -> None:
    unknown = names.difference(table.column_names)
    if unknown:
        raise KeyError(f"{table.name} has no column {', '.join(sorted(unknown))}")
