"""Whole rows of the base tables, as their relations give them: for writing them elsewhere, not for showing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from explorer.trace.schema import TABLES

if TYPE_CHECKING:
    from explorer.engine.duckdb import DuckDBEngine


def rows_of(engine: DuckDBEngine, table: str, session_id: str) -> pa.Table:
    """Rows of one session in their order; frames without the pictures, with the place where they lie."""
    order = ", ".join(TABLES[table].order)
    text = f"SELECT * FROM {table} WHERE session_id = $session_id ORDER BY {order}"
    return engine.answer(text, {"session_id": session_id}, table, session_id=session_id)


def session_ids(engine: DuckDBEngine) -> list[str]:
    """Every session, in order."""
    found = engine.answer("SELECT session_id FROM sessions ORDER BY session_id", {}, "sessions")
    ids: list[str] = found["session_id"].to_pylist()
    return ids
