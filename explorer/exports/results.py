"""Result tables as CSV, JSON or Parquet, on stdout or in a file."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from explorer.errors import ExplorerError
from explorer.trace.manifest import replace_file

# A spreadsheet runs a cell that begins so as a formula; text from a trace must never do that.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(rows: pa.Table, name: str, output: Path | None) -> None:
    """Write `rows` in format `name` (csv, json, parquet, table) to a file, or to stdout when None.

    Raises ExplorerError when the file cannot be written; a file that was there before then stays as it was.
    """
    content = encoded(rows, name)
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    try:
        replace_file(output, content)
    except OSError as error:
        raise ExplorerError(f"cannot be written ({error.strerror})", where=output.name) from None


def encoded(rows: pa.Table, name: str) -> bytes:
    """`rows` as bytes in format `name`."""
    if name == "parquet":
        buffer = io.BytesIO()
        pq.write_table(rows, buffer, compression="zstd")
        return buffer.getvalue()
    if name == "json":
        return json_text(rows).encode()
    return csv_text(rows).encode()


def csv_text(rows: pa.Table) -> str:
    """RFC 4180 text; a text cell that a spreadsheet would run as a formula gets a leading apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows.column_names)
    for row in zip(*(column.to_pylist() for column in rows.columns), strict=True):
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def json_text(rows: pa.Table) -> str:
    """A JSON array of objects; numbers that JSON cannot say (NaN, infinity) become null."""
    records = [{key: _plain(value) for key, value in row.items()} for row in rows.to_pylist()]
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value.hex() if isinstance(value, bytes) else value
