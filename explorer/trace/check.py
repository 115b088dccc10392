"""Checking a dataset against the format: every problem with its file and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from explorer.errors import DatasetError
from explorer.trace import values, verified
from explorer.trace.arrow import arrow_schema
from explorer.trace.dataset import Dataset
from explorer.trace.manifest import FileEntry
from explorer.trace.parts import FRAME_GROUP_ROWS, ROW_GROUP_ROWS, is_part_name
from explorer.trace.pictures import picture_problems
from explorer.trace.references import References
from explorer.trace.schema import TABLES


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `rows_n` rows, the first at row `first_row` of the file (from 0), where that applies."""

    file: str
    column: str
    what: str
    rows_n: int | None = None
    first_row: int | None = None

    def __str__(self) -> str:
        place = f"{self.file}, {self.column}" if self.column else self.file
        extent = f" ({self.rows_n:,} rows" if self.rows_n else ""
        if extent:
            extent += f", first at row {self.first_row:,})" if self.first_row is not None else ")"
        return f"{place}: {self.what}{extent}"


def check(root: Path, on_file: Callable[[FileEntry], None] | None = None) -> list[Problem]:
    """All problems of the dataset at `root`, in the order of its files; empty when it keeps the format.

    Reads every byte: hashes, schema, order, value ranges, references between tables, and the pictures' own hashes.
    """
    try:
        dataset = Dataset.open(root)
    except DatasetError as error:
        return [Problem(error.where, "", error.what)]
    problems = [Problem(name, "", "is not named in the manifest") for name in _unnamed(dataset)]
    references = References()
    for table in TABLES:
        for entry in dataset.files(table):
            if on_file:
                on_file(entry)
            problems += _file_problems(dataset, entry, references)
    problems += [Problem(*found) for found in references.problems()]
    return problems


def _file_problems(dataset: Dataset, entry: FileEntry, references: References) -> Iterator[Problem]:
    mismatch = verified.mismatch(dataset.root, entry)
    if mismatch:
        yield Problem(entry.path, "", mismatch)
        references.distrust(entry.table)
        return
    verified.remember(dataset.dataset_id, dataset.root, [entry])
    try:
        shape = list(_shape_problems(dataset.root / entry.path, entry))
        yield from shape
        if any(problem.what != "is not a column of the format" for problem in shape):
            references.distrust(entry.table)
            return
        yield from _row_problems(dataset, entry, references)
    except (OSError, pa.ArrowException) as error:
        references.distrust(entry.table)
        yield Problem(entry.path, "", f"cannot be read as Parquet ({type(error).__name__})")


def _shape_problems(path: Path, entry: FileEntry) -> Iterator[Problem]:
    found = pq.read_schema(path)
    wanted = arrow_schema(entry.table)
    for field in wanted:
        if field.name not in found.names:
            yield Problem(entry.path, field.name, "is missing")
        elif found.field(field.name).type != field.type:
            yield Problem(entry.path, field.name, f"is {found.field(field.name).type}, expected {field.type}")
    for name in found.names:
        if name not in wanted.names:
            yield Problem(entry.path, name, "is not a column of the format")


def _row_problems(dataset: Dataset, entry: FileEntry, references: References) -> Iterator[Problem]:
    table = TABLES[entry.table]
    tally = values.Tally(table)
    batch_rows = FRAME_GROUP_ROWS if table.name == "frames" else ROW_GROUP_ROWS
    rows_n = 0
    with pq.ParquetFile(dataset.root / entry.path, page_checksum_verification=True) as file:
        for batch in file.iter_batches(batch_size=batch_rows, columns=list(table.column_names)):
            rows = pa.Table.from_batches([batch])
            tally.add(rows)
            references.add(entry, rows)
            if table.name == "frames":
                for row, column, what in picture_problems(rows, dataset.root):
                    yield Problem(entry.path, column, what, 1, rows_n + row)
            rows_n += rows.num_rows
    if rows_n != entry.rows:
        yield Problem(entry.path, "", f"has {rows_n:,} rows, the manifest says {entry.rows:,}")
    if "session_id" in table.column_names and tally.session_range != (
        entry.first_session_id,
        entry.last_session_id,
    ):
        yield Problem(entry.path, "session_id", "first or last session differs from the manifest")
    for column, what, found_n, first_row in tally.problems():
        yield Problem(entry.path, column, what, found_n, first_row)


def _unnamed(dataset: Dataset) -> list[str]:
    """Files beside the named ones; parts of an import that was killed are the next import's to clean."""
    named = {entry.path for entry in dataset.manifest.entries}
    found = []
    for table in TABLES:
        folder = dataset.root / table
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            name = f"{table}/{path.name}"
            if name not in named and not is_part_name(path.name):
                found.append(name)
    return found
