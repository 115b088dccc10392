"""The moments behind a cell of a map: a few, drawn by chance, each a link to the replay just before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from explorer.charts.map_cells import cell_at
from explorer.widgets import wording
from explorer.widgets.filter_bar import MIN_PEOPLE
from explorer.widgets.loader import mount
from explorer.widgets.map_answers import HEATMAP
from explorer.widgets.map_state import KINDS, Cell, MapState, set_map
from explorer.widgets.opened import run
from explorer.widgets.player import moment_of, replay_way
from explorer.widgets.url_state import Filters

QUERY = "pointer/moments"
SHOWN_N = 9
BEFORE_US = 2_000_000


def map_moments(state: MapState, filters: Filters, columns_n: int, cell: Cell) -> None:
    """Show the moments behind `cell`, by the grid of `columns_n` over the whole.

    What few people did is neither shown nor looked for.
    """
    number = cell_at(cell.columns_n, cell.cell, state.view, columns_n)
    params = {
        **filters.params(),
        "kind": state.kind,
        "space": state.space,
        "columns_n": columns_n,
    }
    events_n = _events_n(params, number)
    with st.container(key="moments", gap="small"):
        st.header("Moments behind this cell", anchor="moments")
        if not events_n:
            many = KINDS[state.kind][2]
            st.text(
                f"Nothing is told of this cell: it has no {many}, or those of fewer than {MIN_PEOPLE} people."
            )
            return
        rows = run(QUERY, **params, cell=number, seed=state.draw, limit_n=SHOWN_N).to_pylist()
        _head(state, len(rows), events_n)
        carried = filters.address()
        mount(
            "moments",
            '<div class="moments"></div>\n',
            key="moments_strip",
            data={"moments": [_moment(row, carried) for row in rows]},
        )


def _events_n(params: Mapping[str, object], cell: int) -> int:
    """Rows in a cell, or milliseconds of rest; 0 where nothing is told of it."""
    rows = run(HEATMAP, **params, by="events")
    found = dict(zip(rows["cell"].to_pylist(), rows["value"].to_pylist(), strict=True))
    return int(found.get(cell, 0))


def _head(state: MapState, shown_n: int, events_n: int) -> None:
    with st.container(horizontal=True, key="moments_head", vertical_alignment="center", gap="small"):
        st.text(_said(state, shown_n, events_n))
        if shown_n == SHOWN_N:
            st.button(
                "Draw others", key="moments_draw", type="tertiary", on_click=_draw, args=(state.draw + 1,)
            )
        st.button("Close", key="moments_close", type="tertiary", on_click=_close)


def _said(state: MapState, shown_n: int, events_n: int) -> str:
    how = "drawn by chance, spread over the sessions; each opens the replay 2 s before"
    if state.kind == "dwell":
        rest = wording.duration(1000 * events_n, sessions_n=1_000_000)
        return f"{wording.count(shown_n, 'moment')} of {rest} of rest, {how}."
    _, one, many = KINDS[state.kind]
    if shown_n == events_n:
        return f"All {wording.count(events_n, one, many)}; each opens the replay 2 s before."
    return f"{wording.number(shown_n)} of {wording.count(events_n, one, many)}, {how}."


def _moment(row: dict[str, Any], carried: Mapping[str, str]) -> dict[str, object]:
    t_us = row["t_us"]
    if t_us is not None:
        way = replay_way(row["session_id"], carried, t=moment_of(max(0, t_us - BEFORE_US)))
    elif row["frame_id"]:
        way = replay_way(row["session_id"], carried, frame=row["frame_id"])
    else:
        way = replay_way(row["session_id"], carried)
    return {
        "frame_id": row["frame_id"],
        "time": "" if t_us is None else wording.clock(t_us),
        "app": wording.shortened(row["app"], 60) or "app not known",
        "href": way,
    }


def _draw(seed: int) -> None:
    set_map(draw=seed)


def _close() -> None:
    set_map(cell=None)
