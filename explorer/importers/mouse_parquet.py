"""The Balabit set as one Parquet file: all sessions one after the other, with the original columns.

The record timestamp is the time, as in mouse_csv.py; `row` is the true order within a session.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from explorer.errors import SourceError
from explorer.importers.base import Source
from explorer.importers.mouse_csv import RECORD_TIME, mouse_rows
from explorer.importers.mouse_rows import Session, person_id, recording
from explorer.importers.pseudonyms import pseudonym
from explorer.importers.recording import HINT_DAMAGED, Recording, literal

_IDS = ("split", "username", "session")
_VALUES = ("row", RECORD_TIME, "button", "state", "x", "y")
_DICTIONARIES = ("button", "state")
_NUMBERS = ("row", RECORD_TIME, "x", "y")
_MAGIC = b"PAR1"
_SAFE = re.compile(r"[\w.-]{1,80}")


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive rows of one session."""

    split: str
    person: str
    name: str
    start: int
    end: int

    @property
    def inner_id(self) -> str:
        return f"{self.split}/{self.person}/{self.name}"


def find(path: Path) -> Source | None:
    """A Parquet file that has the columns, or all but one: what is missing is told when reading."""
    with path.open("rb") as file:
        if file.read(4) != _MAGIC:
            return None
    try:
        names = set(pq.read_schema(path).names)
    except (pa.ArrowException, OSError):
        raise SourceError("the Parquet file cannot be read", where=path.name, hint=HINT_DAMAGED) from None
    if len(names & {*_IDS, *_VALUES}) < len(_IDS) + len(_VALUES) - 1:
        return None
    return Source(path, "balabit", path.name, path.stat().st_size)


def inner_ids(source: Source) -> Sequence[str]:
    """split/username/session of each session."""
    return tuple(run.inner_id for run in _runs(source))


def read(source: Source, wanted_ids: Sequence[str]) -> Iterator[Recording]:
    """The sessions asked for, row group by row group."""
    wanted = set(wanted_ids)
    pieces = _Pieces(source)
    for run in _runs(source):
        if run.inner_id in wanted:
            rows = _in_order(pieces.rows(run.start, run.end))
            yield recording(_session(source, run), mouse_rows(rows, RECORD_TIME))


def _session(source: Source, run: _Run) -> Session:
    name = run.name if _SAFE.fullmatch(run.name) else f"session at row {run.start}"
    place = literal(f"{source.name}, {name}")
    return Session(
        format="balabit",
        name=source.name,
        inner_id=run.inner_id,
        unit_us=1e6,
        person=person_id("balabit", run.person) or (pseudonym(run.person) if run.person else None),
        split=run.split or None,
        first_line=0,
        place=f"{place}, row {{}}",
    )


def _in_order(rows: pa.Table) -> pa.Table:
    """Rows sorted by `row`, which they are already in the published file."""
    numbers = rows["row"].to_numpy()
    if np.all(numbers[:-1] < numbers[1:]):
        return rows
    return rows.take(np.argsort(numbers, kind="stable"))


def _runs(source: Source) -> tuple[_Run, ...]:
    status = source.path.stat()
    return _runs_of(source, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=4)
def _runs_of(source: Source, _size: int, _modified_ns: int) -> tuple[_Run, ...]:
    """All runs of the file; only the three columns that name sessions are read."""
    with _reading(source), pq.ParquetFile(source.path, read_dictionary=list(_IDS)) as file:
        _check_columns(file.schema_arrow, source)
        found: list[tuple[tuple[str, str, str], int]] = []
        start = 0
        for group in range(file.metadata.num_row_groups):
            table = file.read_row_group(group, columns=list(_IDS))
            found += _starts(table, start, found[-1][0] if found else None)
            start += table.num_rows
    ends = [begin for _, begin in found[1:]] + [start]
    runs = tuple(_Run(*ids, begin, end) for (ids, begin), end in zip(found, ends, strict=True))
    seen: set[str] = set()
    for run in runs:
        if run.inner_id in seen:
            where = f"{source.name}, row {run.start}"
            raise SourceError(
                "the rows of a session do not lie together", where=where, hint="Sort the file by session"
            )
        seen.add(run.inner_id)
    return runs


def _starts(
    table: pa.Table, offset: int, before: tuple[str, str, str] | None
) -> list[tuple[tuple[str, str, str], int]]:
    columns = [column.unify_dictionaries().combine_chunks() for column in (table[name] for name in _IDS)]
    arrays = [column.chunk(0) if isinstance(column, pa.ChunkedArray) else column for column in columns]
    codes = np.stack([array.indices.fill_null(-1).to_numpy(zero_copy_only=False) for array in arrays])
    changes = np.flatnonzero((codes[:, 1:] != codes[:, :-1]).any(axis=0)) + 1
    starts = []
    for begin in [0, *changes.tolist()]:
        split, person, name = (str(array[begin].as_py() or "") for array in arrays)
        if (split, person, name) != before:
            starts.append(((split, person, name), begin + offset))
        before = None
    return starts


def _check_columns(schema: pa.Schema, source: Source) -> None:
    for name in (*_IDS, *_VALUES):
        if name not in schema.names:
            raise SourceError(
                f"column {name!r} is missing", where=source.name, hint="It is not the Balabit set"
            )
        kind = schema.field(name).type
        kind = kind.value_type if pa.types.is_dictionary(kind) else kind
        is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind)
        if not (is_number if name in _NUMBERS else pa.types.is_string(kind)):
            raise SourceError(
                f"column {name!r} has type {kind}", where=source.name, hint="It is not the Balabit set"
            )


@contextmanager
def _reading(source: Source) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError):
        raise SourceError("the Parquet file cannot be read", where=source.name, hint=HINT_DAMAGED) from None


class _Pieces:
    """Rows of the file by their place in it; the row group read last is kept."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        with _reading(source):
            self._file = pq.ParquetFile(source.path, read_dictionary=list(_DICTIONARIES), pre_buffer=False)
        _check_columns(self._file.schema_arrow, source)
        metadata = self._file.metadata
        sizes = [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]
        self._starts = np.concatenate([[0], np.cumsum(sizes)])
        self._kept: tuple[int, pa.Table] | None = None

    def rows(self, start: int, end: int) -> pa.Table:
        """Rows from `start` (included) to `end` (excluded)."""
        first = int(np.searchsorted(self._starts, start, side="right")) - 1
        last = int(np.searchsorted(self._starts, end, side="left")) - 1
        pieces = []
        for group in range(first, last + 1):
            begin = int(self._starts[group])
            pieces.append(self._group(group).slice(max(0, start - begin), end - max(start, begin)))
        return pa.concat_tables(pieces)

    def _group(self, group: int) -> pa.Table:
        if self._kept is None or self._kept[0] != group:
            try:
                table = self._file.read_row_group(group, columns=list(_VALUES), use_threads=False)
            except (pa.ArrowException, OSError):
                where = f"{self._name}, row group {group}"
                raise SourceError("the rows cannot be read", where=where, hint=HINT_DAMAGED) from None
            self._kept = group, table
        return self._kept[1]
