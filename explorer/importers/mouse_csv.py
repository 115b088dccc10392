"""Mouse-dynamics recordings as CSV files: Balabit (files without extension) and SapiMouse.

Balabit has two clocks. The record timestamp (the observing device's) never steps back in the published set; the client
timestamp does, and is off by weeks in some sessions: the record timestamp is used, the client's is not kept.
SapiMouse has the client's clock only, in milliseconds.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

from explorer.errors import SourceError
from explorer.importers.base import Source
from explorer.importers.mouse_rows import MouseRows, Session, person_id, recording
from explorer.importers.recording import HINT_DAMAGED, Recording, literal

RECORD_TIME, CLIENT_TIME = "record timestamp", "client timestamp"
COLUMNS = {
    "balabit": (RECORD_TIME, CLIENT_TIME, "button", "state", "x", "y"),
    "sapimouse": (CLIENT_TIME, "button", "state", "x", "y"),
}
_NUMBERS = (RECORD_TIME, CLIENT_TIME, "x", "y")
_UNITS_US = {"balabit": 1e6, "sapimouse": 1e3}
_SPLITS = {"training_files": "train", "test_files": "test"}
_FIRST_LINE = 2  # the header is line 1


def find(path: Path) -> Source | None:
    """A CSV file whose header is that of one of the formats, or close to it."""
    with path.open("rb") as file:
        header = _header(file.readline(1_000))
    found = _closest(header)
    return Source(path, found, path.name, path.stat().st_size) if found else None


def read(source: Source) -> Iterator[Recording]:
    """The recording; SourceError naming line and column of a value that cannot be."""
    columns = COLUMNS[source.format]
    _check_header(source.path, columns)
    try:
        table = _read(source.path, columns)
    except (pa.ArrowException, UnicodeDecodeError):
        raise _first_problem(source.path, columns) from None
    if not table.num_rows:
        raise SourceError("the recording holds no rows", where=source.name, hint="Leave it out")
    folder = source.path.absolute().parent
    session = Session(
        format=source.format,
        name=source.name,
        inner_id="",
        unit_us=_UNITS_US[source.format],
        person=person_id(source.format, folder.name),
        split=_SPLITS.get(folder.parent.name),
        first_line=_FIRST_LINE,
        place=literal(source.name) + ":{}",
    )
    yield recording(session, mouse_rows(table, columns[0]))


def mouse_rows(table: pa.Table, time_column: str) -> MouseRows:
    """Rows of a table with the columns button and state (dictionaries), x, y and a time."""
    buttons, button_names = _codes(table["button"])
    states, state_names = _codes(table["state"])
    pairs = [(button, state) for button in button_names for state in state_names]
    return MouseRows(
        time=_floats(table[time_column]),
        action=buttons * len(state_names) + states,
        actions=pairs,
        x=_floats(table["x"]),
        y=_floats(table["y"]),
    )


def _codes(column: pa.ChunkedArray) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], list[str]]:
    whole = column.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], column.type)
    names = [str(name) for name in whole.dictionary.to_pylist()]
    codes = whole.indices.fill_null(len(names)).to_numpy(zero_copy_only=False).astype(np.int64)
    return codes, [*names, "unknown"]


def _floats(column: pa.ChunkedArray) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    floats = column.cast(pa.float64()).fill_null(math.nan).to_numpy()
    return np.asarray(floats, np.float64)


def _header(line: bytes) -> list[str]:
    text = line.decode("utf-8-sig", "replace").strip("\r\n")
    return [name.strip() for name in text.split(",")]


def _closest(header: Sequence[str]) -> str | None:
    """The format whose columns these are; one column may be missing, renamed or added, which is told when reading."""
    for name, columns in COLUMNS.items():
        if list(columns) == list(header):
            return name
    for name, columns in COLUMNS.items():
        if len(set(columns) & set(header)) >= len(columns) - 1 and {"button", "state"} & set(header):
            return name
    return None


def _check_header(path: Path, columns: Sequence[str]) -> None:
    with path.open("rb") as file:
        header = _header(file.readline(1_000))
    missing = [name for name in columns if name not in header]
    if missing:
        what = f"column {missing[0]!r} is missing"
        raise SourceError(what, where=f"{path.name}:1", hint=f"Expected: {', '.join(columns)}")


def _read(path: Path, columns: Sequence[str]) -> pa.Table:
    types = {
        name: pa.float64() if name in _NUMBERS else pa.dictionary(pa.int32(), pa.string()) for name in columns
    }
    convert = pyarrow.csv.ConvertOptions(
        column_types=types, include_columns=list(columns), strings_can_be_null=False, null_values=[]
    )
    with path.open("rb") as file:  # Arrow cannot open every name that Python can
        return pyarrow.csv.read_csv(
            file, read_options=pyarrow.csv.ReadOptions(use_threads=False), convert_options=convert
        )


def _first_problem(path: Path, columns: Sequence[str]) -> SourceError:
    """Where and why the fast reader gave up: found by reading line by line."""
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        rows = csv.reader(line.replace("\0", "\ufffd") for line in file)
        header = [name.strip() for name in next(rows, [])]
        for row in rows:
            where = f"{path.name}:{rows.line_num}"
            if not row:
                continue
            if len(row) != len(header):
                what = f"the line has {len(row)} values, the header {len(header)} columns"
                return SourceError(what, where=where, hint=HINT_DAMAGED)
            for name, value in zip(header, row, strict=True):
                if name in columns and not _fits(name, value):
                    kind = "number" if name in _NUMBERS else "readable text"
                    return SourceError(f"column {name!r} is not a {kind}", where=where, hint=HINT_DAMAGED)
    return SourceError("the file cannot be read as CSV", where=path.name, hint=HINT_DAMAGED)


def _fits(name: str, value: str) -> bool:
    if name not in _NUMBERS:
        return not any("\ud800" <= letter <= "\udfff" for letter in value)
    try:
        float(value)
    except ValueError:
        return False
    return "_" not in value
