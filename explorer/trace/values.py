"""Rules for the values of one table: required, allowed words, allowed numbers, order and uniqueness."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from explorer.trace.schema import Column, Table

Found = tuple[str, str, int, int]
_Key = tuple[object, ...]


@dataclass
class Tally:
    """Reads a file's batches in order and counts what breaks a rule."""

    table: Table
    _found: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    _rows_n: int = 0
    _last: _Key | None = None
    _first_session: str = ""

    @property
    def session_range(self) -> tuple[str, str]:
        """First and last session_id read."""
        last = str(self._last[0]) if self._last and self.table.order[0] == "session_id" else ""
        return self._first_session, last

    def add(self, rows: pa.Table) -> None:
        """Take the next rows of the file."""
        if not rows.num_rows:
            return
        for column in self.table.columns:
            if column.type == "IMAGE":
                continue
            for what, is_bad in _broken(column, rows[column.name]):
                self._count(column.name, what, is_bad)
        self._check_order(rows)
        if "session_id" in self.table.column_names and not self._rows_n:
            self._first_session = str(rows["session_id"][0].as_py())
        self._rows_n += rows.num_rows

    def problems(self) -> list[Found]:
        """(column, what, rows, first row) for each broken rule."""
        return [(column, what, n, first) for (column, what), (n, first) in self._found.items()]

    def _count(self, column: str, what: str, is_bad: pa.ChunkedArray) -> None:
        bad = np.flatnonzero(pc.fill_null(is_bad, False).to_numpy())
        if len(bad):
            n, first = self._found.get((column, what), (0, int(bad[0]) + self._rows_n))
            self._found[column, what] = (n + len(bad), first)

    def _check_order(self, rows: pa.Table) -> None:
        order = self.table.order
        keys = list(zip(*(rows[name].to_pylist() for name in order), strict=True))
        if self._last is not None:
            keys.insert(0, self._last)
        offset = self._rows_n - (1 if self._last is not None else 0)
        strict = self.table.key == order
        for index, (before, after) in enumerate(pairwise(keys)):
            if None in before or None in after:
                continue  # told by the rule on required columns
            if not (before < after or (not strict and before == after)):
                what = f"rows are not sorted by {', '.join(order)}" + (" without repeats" if strict else "")
                n, first = self._found.get((order[-1], what), (0, offset + index + 1))
                self._found[order[-1], what] = (n + 1, first)
        self._last = keys[-1]


def _broken(column: Column, values: pa.ChunkedArray) -> list[tuple[str, pa.ChunkedArray]]:
    """(rule in words, mask of the rows that break it)."""
    broken = []
    if column.required:
        broken.append(("is empty though required", pc.is_null(values)))
    if column.type == "DOUBLE":
        broken.append(("is not a finite number", pc.invert(pc.is_finite(values))))
    if column.values is not None:
        allowed = pa.array(column.values, pa.string())
        unknown = pc.and_(pc.is_valid(values), pc.invert(pc.is_in(values, value_set=allowed)))
        broken.append(("holds a word that the format does not know", unknown))
    if column.flags is not None:
        broken.append(("holds an unknown flag, or flags out of order", _wrong_flags(column.flags, values)))
    if column.low is not None:
        broken.append((f"is below {column.low:,.0f}", pc.less(values, column.low)))
    if column.high is not None:
        broken.append((f"is above {column.high:,.0f}", pc.greater(values, column.high)))
    return broken


def _wrong_flags(allowed: tuple[str, ...], values: pa.ChunkedArray) -> pa.ChunkedArray:
    wrong = []
    for text in pc.unique(values).to_pylist():
        words = text.split(",") if text else []
        if not set(words) <= set(allowed) or words != sorted(set(words)):
            wrong.append(text)
    return pc.is_in(values, value_set=pa.array(wrong, pa.string())) if wrong else pc.is_in(
        values, value_set=pa.array([], pa.string())
    )  # fmt: skip
