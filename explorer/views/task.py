"""One task: all attempts at it, by people and by agents."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st

from explorer.errors import ExplorerError, ParameterError
from explorer.widgets import wording
from explorer.widgets.attempts import ORDERS, SHOWN_N, attempts, in_order
from explorer.widgets.chart_foot import chart_foot
from explorer.widgets.opened import run
from explorer.widgets.task_head import task_head


def show() -> None:
    """The page."""
    task_id = st.query_params.get("id", "")
    order = st.query_params.get("order", "")
    rows = in_order(_attempts(task_id), order)
    words = sorted({text for text in rows["task"].to_pylist() if text})
    task_head(task_id, words[0] if words else None, _said(rows, len(words)))
    chart_foot("attempts", _cut(rows.num_rows), ("sessions/attempts",), {"task_id": task_id})
    attempts(rows, task_id, words[0] if words else None, order if order in ORDERS else "outcome")


def _attempts(task_id: str) -> pa.Table:
    try:
        rows = run("sessions/attempts", task_id=task_id) if task_id else None
    except ParameterError:
        rows = None
    if rows is None or not rows.num_rows:
        hint = "It was withdrawn, or the address is not complete. Choose a session under Sessions."
        raise ExplorerError("There is no such task", hint=hint)
    return rows


def _said(rows: pa.Table, words_n: int) -> str:
    actors = rows["actor"].to_pylist()
    parts = [wording.count(rows.num_rows, "attempt")]
    parts += [f"{wording.number(actors.count(name))} {name}" for name in wording.ACTORS if name in actors]
    if words_n > 1:
        parts.append(f"{words_n} different wordings: each attempt says where it differs")
    return " · ".join(parts)


def _cut(rows_n: int) -> str:
    shown = (
        f"the first {SHOWN_N} of {wording.count(rows_n, 'attempt')}" if rows_n > SHOWN_N else "All attempts"
    )
    return f"{shown} with this task id. Sessions with the same words but no task id are not among them."
