"""Replay: watch a session as it happened, alone or beside another attempt at its task."""

from __future__ import annotations

import streamlit as st

from explorer.widgets.attempts import other_attempts
from explorer.widgets.one_session import listed_ids, session_row
from explorer.widgets.player import SIDES, player
from explorer.widgets.session_head import place_of, session_head
from explorer.widgets.url_state import Filters, Sort, current_filters, current_sort


def show() -> None:
    """The page."""
    filters, sort = current_filters(), current_sort()
    ids = listed_ids(filters, sort)
    session_id = st.query_params.get("id", "") or (ids[0] if ids else "")
    if not session_id:
        _nothing(filters, sort)
        return
    shown = [session_row(session_id)]
    beside = st.query_params.get("with", "")
    if beside:
        shown.append(session_row(beside))
    for column, row, side in zip(st.columns(len(shown), gap="small"), shown, SIDES, strict=False):
        with column:
            player(
                row, address=st.query_params, filters=filters, sort=sort, side=side, attempts=other_attempts(row),
                place=None if beside else place_of(row["session_id"], ids),
            )  # fmt: skip


def _nothing(filters: Filters, sort: Sort) -> None:
    """Say why there is nothing to replay; the way to the sessions stands above it."""
    if filters == Filters():
        session_head(
            "Nothing to replay",
            "This dataset has no sessions yet.",
            (),
            place=None,
            filters=filters,
            sort=sort,
        )
        st.text("Bring recordings in with:")
        st.code("trace-explorer import RECORDING -o DATASET", language=None)
        return
    said = "No session passes these filters. Change them under Sessions."
    session_head("Nothing to replay", said, (), place=None, filters=filters, sort=sort)
