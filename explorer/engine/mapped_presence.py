"""Which steps of a mapping have a picture, found without reading the pictures wherever the files' statistics allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from explorer.engine.mapped_plan import Plan

_BATCH_ROWS = 16


@dataclass(slots=True)
class Presence:
    """Places without a picture, and for trajectories the length of each row's list of pictures."""

    absent: list[tuple[int, int, int]] = field(default_factory=list)
    lengths: list[tuple[int, int, int]] = field(default_factory=list)

    def absent_rows(self) -> pa.Table:
        """(_tx_i, _tx_row, _tx_pos) of steps without a picture."""
        return _places(self.absent, "_tx_pos")

    def length_rows(self) -> pa.Table:
        """(_tx_i, _tx_row, _tx_n) of rows with a list of pictures."""
        return _places(self.lengths, "_tx_n")


def presence(plan: Plan) -> Presence:
    """Look at every file of the plan. Raises OSError or pa.ArrowException at damage, with the file's name as a note."""
    found = Presence()
    assert plan.pictures is not None
    assert plan.pictures.path is not None
    is_list = plan.pictures.path[0].lower() in {name.lower() for name in plan.mapping.lists}
    for number, name in enumerate(plan.files.names):
        try:
            with pq.ParquetFile(plan.files.path(name), pre_buffer=False, buffer_size=2**20) as file:
                _look_into(file, number, plan.pictures.path, is_list, found)
        except (OSError, pa.ArrowException) as error:
            error.add_note(name)
            raise
    return found


def _look_into(
    file: pq.ParquetFile, number: int, path: tuple[str, ...], is_list: bool, found: Presence
) -> None:
    content, name = _leaves(file, path)
    first = 0
    for group in range(file.metadata.num_row_groups):
        rows_n = file.metadata.row_group(group).num_rows
        statistics = file.metadata.row_group(group).column(content).statistics
        nulls = statistics.null_count if statistics is not None and statistics.has_null_count else None
        if is_list or nulls != 0:
            look = _Look(file, group, path[1:], is_list)
            names = [file.schema.column(leaf).path for leaf in (content, name) if leaf is not None]
            if name is not None and nulls is not None and look.fits(names[1:], nulls):
                look.add_to(found, number, first)
            else:
                look.read(names, is_by_content=True)
                look.add_to(found, number, first)
        first += rows_n


def _leaves(file: pq.ParquetFile, path: tuple[str, ...]) -> tuple[int, int | None]:
    """Leaf columns of the pictures' bytes, and of their names where there are any."""
    leaves = {file.schema.column(i).path: i for i in range(file.metadata.num_columns)}
    own = {name: i for name, i in leaves.items() if name == path[0] or name.startswith(path[0] + ".")}
    kind = file.schema_arrow.field(path[0]).type
    kind = kind if pa.types.is_struct(kind) or not pa.types.is_nested(kind) else kind.value_type
    for field_name in path[1:]:
        kind = kind.field(field_name).type
    below = "".join(f".{part}" for part in path[1:])
    if not pa.types.is_struct(kind):
        return next(i for name, i in own.items() if name.endswith(below)), None
    content = next(i for name, i in own.items() if name.endswith(f"{below}.bytes"))
    return content, next((i for name, i in own.items() if name.endswith(f"{below}.path")), None)


class _Look:
    """One row group's pictures: which of them are there."""

    def __init__(self, file: pq.ParquetFile, group: int, fields: tuple[str, ...], is_list: bool) -> None:
        self._file, self._group, self._fields, self._is_list = file, group, fields, is_list
        self._lengths: list[NDArray[np.int64]] = []
        self._present: list[NDArray[np.bool_]] = []

    def fits(self, leaves: list[str], nulls: int) -> bool:
        """Read the names alone; True when they tell everything: each element that is there has its bytes."""
        self.read(leaves, is_by_content=False)
        lengths = np.concatenate(self._lengths) if self._lengths else np.empty(0, np.int64)
        missing = int((lengths == 0).sum()) if self._is_list else 0
        missing += sum(int((~part).sum()) for part in self._present)
        return missing == nulls

    def read(self, leaves: list[str], *, is_by_content: bool) -> None:
        """Read these leaves of the row group."""
        self._lengths, self._present = [], []
        batches = self._file.iter_batches(
            batch_size=_BATCH_ROWS if is_by_content else 4096, row_groups=[self._group], columns=leaves
        )
        for batch in batches:
            column = batch.column(0)
            if self._is_list:
                lengths = pc.fill_null(pc.list_value_length(column), 0)
                self._lengths.append(lengths.to_numpy(zero_copy_only=False).astype(np.int64))
                column = column.flatten()
            else:
                self._lengths.append(np.ones(len(column), np.int64))
            self._present.append(_is_there(column, self._fields, is_by_content))

    def add_to(self, found: Presence, number: int, first: int) -> None:
        """Note what was seen in file `number`, whose row group begins at row `first`."""
        lengths = np.concatenate(self._lengths) if self._lengths else np.empty(0, np.int64)
        present = np.concatenate(self._present) if self._present else np.empty(0, bool)
        rows = np.repeat(np.arange(len(lengths)), lengths) + first
        starts = np.cumsum(lengths) - lengths
        positions = np.arange(len(present)) - np.repeat(starts, lengths)
        if self._is_list:
            found.lengths += [(number, row, n) for row, n in enumerate(lengths.tolist(), first) if n]
        gone = ~present
        found.absent += [
            (number, row, pos) for row, pos in zip(rows[gone].tolist(), positions[gone].tolist(), strict=True)
        ]


def _is_there(values: pa.Array, fields: tuple[str, ...], is_by_content: bool) -> NDArray[np.bool_]:
    valid = pc.is_valid(values)
    for name in fields:
        values = values.field(name)
        valid = pc.and_(valid, pc.is_valid(values))
    if is_by_content and pa.types.is_struct(values.type):
        parts = [pc.is_valid(part) for part in _parts(values)]
        valid = pc.and_(valid, parts[0] if len(parts) == 1 else pc.or_(*parts))
    there: NDArray[np.bool_] = valid.to_numpy(zero_copy_only=False)
    return there


def _parts(values: pa.StructArray) -> Iterator[pa.Array]:
    for name in ("bytes", "path"):
        if values.type.get_field_index(name) >= 0:
            yield values.field(name)


def _places(rows: list[tuple[int, int, int]], last: str) -> pa.Table:
    numbers = np.array(rows, np.int64).reshape(-1, 3)
    return pa.table({"_tx_i": numbers[:, 0].astype(np.int32), "_tx_row": numbers[:, 1],
                     last: numbers[:, 2].astype(np.int32)})  # fmt: skip
