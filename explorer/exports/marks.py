"""Marks as a table, for CSV, JSON and Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyarrow as pa

from explorer.exports.results import csv_text

if TYPE_CHECKING:
    from explorer.store import Mark

_SCHEMA = pa.schema(
    [
        ("session_id", pa.string()), ("t_us", pa.int64()), ("label", pa.string()), ("note", pa.string()),
        ("author", pa.string()), ("created_utc_us", pa.int64()), ("updated_utc_us", pa.int64()),
        ("mark_id", pa.string()),
    ]
)  # fmt: skip


def table_of(marks: Iterable[Mark]) -> pa.Table:
    """One row per mark, in the order given: session_id, t_us, label, note, author, created_utc_us, updated_utc_us,
    mark_id."""
    return pa.Table.from_pylist(
        [{name: getattr(mark, name) for name in _SCHEMA.names} for mark in marks], schema=_SCHEMA
    )


def csv_of(marks: Iterable[Mark]) -> bytes:
    """The table as CSV in UTF-8; a note that a spreadsheet would run as a formula gets a leading apostrophe."""
    return csv_text(table_of(marks)).encode()
