"""The one large map of the page, and what stands below it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from explorer.widgets import wording
from explorer.widgets.chart_foot import chart_foot
from explorer.widgets.filter_bar import MIN_PEOPLE
from explorer.widgets.map_answers import (
    DENOMINATORS,
    Answer,
    answer,
    can_title,
    can_zoom,
    denominator,
    words_of,
)
from explorer.widgets.map_export import filters_said, picture_of
from explorer.widgets.map_figure import ONE, Panel, map_figure
from explorer.widgets.map_ground import QUERY, Ground, ground_of
from explorer.widgets.map_layer import Layer, bar_of, layer_of, packed_cells
from explorer.widgets.map_state import KINDS, MapState, map_state_of, set_map, typed_here, typed_title
from explorer.widgets.opened import run
from explorer.widgets.url_state import Filters

_HINT = {
    True: "Point to read, press for the moments behind a cell, drag to look closer. Keys: arrows, Enter, +, Esc.",
    False: "Point to read, press for the moments behind a cell. Keys: arrows, Enter, Esc.",
}


def map_one(state: MapState, filters: Filters) -> tuple[Answer, Ground] | None:
    """Draw it on its ground; None where it is refused or empty, and that is said instead."""
    title = typed_title() if can_title(state) else None
    found = answer(state, filters, title)
    if found is None:
        refused()
        return None
    if not found.numbers["events_n"]:
        _nothing(state, filters)
        return None
    ground = ground_now(filters.app, state.space)
    layer = layer_of(found.cells, state.measure, state.smooth)
    panel = _panel(state, filters, found, layer)
    map_figure(
        "map", [panel], ground, layout=ONE, opacity=state.opacity, view=state.view,
        hint=_HINT[can_zoom(state)], can_zoom=can_zoom(state),
        told=told_by(found.cells.columns_n),
    )  # fmt: skip
    said = [
        *filters_said(filters),
        *(["a window title"] if title else []),
        *denominator(state, found).split(" · "),
    ]
    chart_foot(
        "map", denominator(state, found), (found.query, DENOMINATORS, QUERY), found.params,
        typed=typed_here(filters),
        png=picture_of(title_of(state, filters), [panel], ground, said, view=state.view),
    )  # fmt: skip
    return found, ground


def ground_now(app: str | None, space: str) -> Ground:
    """What the map lies on, with its progress where that takes longer than a second."""
    place = st.empty()

    def tell(read_n: int, of_n: int) -> None:
        place.progress(
            read_n / of_n, f"Making the background: {read_n} of {wording.count(of_n, 'screenshot')}"
        )

    frames_n = run("collection/totals").to_pylist()[0]["frames_n"]
    ground = ground_of(app, space, frames_n, tell)
    place.empty()
    return ground


def refused() -> None:
    """Say that nothing is drawn of few people."""
    with st.container(border=True, key="refused"):
        st.text(f"No map: fewer than {MIN_PEOPLE} people are in this selection, or left out by it.")
        with st.container(key="quiet_refused"):
            st.text(
                f"A map needs at least {MIN_PEOPLE} people, so that it shows an interface and not a person. "
                "Nothing was counted. Drop a filter, or choose another app."
            )


def _nothing(state: MapState, filters: Filters) -> None:
    many = KINDS[state.kind][2]
    with st.container(border=True, key="nothing"):
        if filters == Filters() and not run("collection/totals").to_pylist()[0]["sessions_n"]:
            st.text("This dataset has no sessions yet. Bring recordings in with:")
            st.code("trace-explorer import RECORDING -o DATASET", language=None)
            return
        what = "resting pointer" if state.kind == "dwell" else many
        st.text(f"No {what} in this selection.")
        with st.container(key="quiet_nothing"):
            st.text(
                "Choose another kind or app."
                if filters == Filters()
                else "Choose another kind or app, or drop a filter. "
                f"A cohort of fewer than {MIN_PEOPLE} people selects nothing."
            )


def title_of(state: MapState, filters: Filters) -> str:
    """What a map shows, in words: Clicks in Mail, on the screen."""
    kind = KINDS[state.kind][0]
    app = f" in {wording.shortened(filters.app, 60)}" if filters.app else ""
    return f"{kind}{app}, position {'in the window' if state.space == 'window' else 'on the screen'}"


def bar_title(state: MapState, columns_n: int) -> str:
    """What the bar's numbers are."""
    amount = {"events": KINDS[state.kind][2], "people": "people", "ms": "time"}[state.measure]
    soft = (
        f", smoothed over {state.smooth} {'cell' if state.smooth == 1 else 'cells'}" if state.smooth else ""
    )
    return f"{amount} per cell, {columns_n} across{soft}; logarithmic"


def _panel(state: MapState, filters: Filters, found: Answer, layer: Layer) -> Panel:
    cells = found.cells
    chosen = state.cell
    is_here = chosen is not None and (chosen.map, chosen.columns_n) == ("main", cells.columns_n)
    return Panel(
        key="main",
        title="",
        label=f"Map of {title_of(state, filters)}. Arrow keys move a cell, Enter opens its moments.",
        columns_n=cells.columns_n,
        rows_n=cells.rows_n,
        layer=layer.source,
        is_smooth=layer.is_smooth,
        cells=packed_cells(cells, state.measure),
        words=words_of(state, found),
        bar=bar_of(layer, state.measure, bar_title(state, cells.columns_n)),
        note=notes_on(found.numbers),
        chosen=chosen.cell if chosen is not None and is_here else None,
    )


def notes_on(numbers: dict[str, int]) -> str:
    """Warnings: places on screen sizes that nobody recorded, and a map that hides more than it shows."""
    said = []
    if numbers["estimated_n"]:
        part = "All" if numbers["estimated_n"] == numbers["counted_n"] else "Some"
        said.append(
            f"{part} places rest on estimated screens: no size was recorded, so the pointer tells it."
        )
    if 2 * numbers["withheld_n"] > numbers["counted_n"]:
        said.append(f"Most is withheld: it lies in places of fewer than {MIN_PEOPLE} people.")
    return " ".join(said)


def told_by(columns_n: int) -> dict[str, Callable[[object], None]]:
    """What is done with what was done on maps of so many columns; each answer is checked, as any address is."""

    def opened(value: object) -> None:
        place = value if isinstance(value, dict) else {}
        cell = f"{place.get('map')}.{columns_n}.{place.get('cell')}"
        set_map(cell=map_state_of({"cell": cell}).cell)

    return {"open": opened, "zoom": _zoom, "opacity": _opacity}


def _zoom(value: object) -> None:
    parts = value if isinstance(value, list) else []
    set_map(view=map_state_of({"zoom": ",".join(str(part) for part in parts)}).view)


def _opacity(value: object) -> None:
    set_map(opacity=map_state_of({"opacity": str(value)}).opacity)
