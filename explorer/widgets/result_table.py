"""The result of a query as a table of the browser's own: text as text, rows that exist only in view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from explorer import sql
from explorer.widgets import wording
from explorer.widgets.loader import mount

SHOWN_N = 2000
_LONGEST = 300
_EXACT = 2**53


def result_table(query: sql.Query, rows: pa.Table) -> None:
    """Show at most SHOWN_N rows of a query's result."""
    shown = rows.slice(0, SHOWN_N)
    mount(
        "result_table",
        '<div class="result"></div>\n',
        key="result_table",
        data={
            "label": f"Result of {query.name}",
            "columns": [
                {
                    "name": column.name,
                    "unit": "day" if column.unit == "d" else column.unit or "",
                    "type": column.type,
                    "text": column.text,
                    "is_number": column.type not in ("VARCHAR", "BOOLEAN"),
                    "link": _link(column.name),
                    "cells": cells(column, shown[column.name].to_pylist()),
                }
                for column in query.columns
            ],
            "rows_n": shown.num_rows,
        },
    )


def cells(column: sql.ResultColumn, values: Sequence[Any]) -> list[str | int | None]:
    """Values as they are shown; whole numbers stay numbers where the browser keeps them exact."""
    return [None if value is None else _cell(column, value) for value in values]


def _cell(column: sql.ResultColumn, value: Any) -> str | int:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.unit == "d":
        return _day(value)
    if isinstance(value, int):
        return value if abs(value) < _EXACT else f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.6g}"
    return wording.shortened(str(value), _LONGEST)


def _day(value: int) -> str:
    try:
        return wording.iso_day(value)
    except OverflowError:
        return f"{value:,}"


def _link(name: str) -> str:
    """What a cell of that column leads to: a session, a task, a frame, or nothing."""
    for ending in ("session_id", "task_id"):
        if name == ending:
            return ending.removesuffix("_id")
    return (
        "frame"
        if name == "frame_id" or name.endswith(("_frame_id", "frame_after_id", "frame_before_id"))
        else ""
    )
