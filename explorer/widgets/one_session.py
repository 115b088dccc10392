"""The session that an address names, and the list it was opened from."""

from __future__ import annotations

from typing import Any

from explorer.errors import ExplorerError, ParameterError
from explorer.widgets.opened import run
from explorer.widgets.session_table import ordered
from explorer.widgets.url_state import Filters, Sort

_LISTED_N = 100_000


def session_row(session_id: str) -> dict[str, Any]:
    """The row of sessions/facts; ExplorerError when there is no such session."""
    try:
        found = run("sessions/facts", session_id=session_id).to_pylist() if session_id else []
    except ParameterError:
        found = []
    if not found:
        hint = "It was withdrawn, or the address is not complete. Choose one under Sessions."
        raise ExplorerError("There is no such session", hint=hint)
    [row] = found
    return dict(row)


def listed_ids(filters: Filters, sort: Sort) -> list[str]:
    """Ids of the sessions that pass the filters, in the order of the list."""
    ids: list[str] = ordered(run("sessions/list", **filters.params(), limit_n=_LISTED_N), sort)[
        "session_id"
    ].to_pylist()
    return ids
