"""What a map shows, asked of the engine: its cells on the finest grid that still tells most, and what stands behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from explorer.widgets import wording
from explorer.widgets.filter_bar import MIN_PEOPLE
from explorer.widgets.map_layer import Cells
from explorer.widgets.map_state import KINDS, MapState
from explorer.widgets.opened import run
from explorer.widgets.url_state import Filters

HEATMAP, DENOMINATORS, ZOOM = "pointer/heatmap", "pointer/denominators", "pointer/zoom"
GRIDS = (96, 48)
ZOOM_GRIDS = (480, 240, 120)
# A finer grid is shown where at most this share of what is counted must be withheld on it.
MOST_WITHHELD_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Answer:
    """Cells of a map, the numbers behind it, the query and the parameters that it was asked with.

    `columns_n` is the grid of the rollups on which moments are looked for. A `part` is what a zoom or a title selects
    of the numbers.
    """

    cells: Cells
    numbers: dict[str, Any]
    query: str
    params: dict[str, object]
    columns_n: int
    is_part: bool = False


def rows_of(columns_n: int) -> int:
    """Rows of a grid: cells are as many down as nine sixteenths of those across."""
    return columns_n * 9 // 16


def can_zoom(state: MapState) -> bool:
    """Whether raw rows can be counted: on the screen, and for all but rest, which only a whole session tells."""
    return state.space == "screen" and state.kind != "dwell"


def can_title(state: MapState) -> bool:
    """Whether a window title can narrow the map: titles stand on events, not on moves."""
    return can_zoom(state) and state.kind != "move"


def answer(state: MapState, filters: Filters, title: str | None = None) -> Answer | None:
    """The map of a selection; None where it is refused: it, or what it leaves out, is of fewer than MIN_PEOPLE."""
    found = _whole(state, filters)
    is_part = state.is_zoomed or bool(title)
    if found is None or not is_part or not found.numbers["events_n"]:
        return found
    return _part_of(found, state, filters, title)


def _whole(state: MapState, filters: Filters) -> Answer | None:
    found: Answer | None = None
    for columns_n in GRIDS[1:] if state.kind == "dwell" else GRIDS:
        params: dict[str, object] = {
            **filters.params(),
            "kind": state.kind,
            "space": state.space,
            "columns_n": columns_n,
        }
        told = run(DENOMINATORS, **params).to_pylist()
        if not told:
            return None
        params["by"] = state.measure
        cells = cells_of(run(HEATMAP, **params), columns_n, rows_of(columns_n))
        found = Answer(cells, told[0], HEATMAP, params, columns_n)
        if told[0]["withheld_n"] <= MOST_WITHHELD_SHARE * told[0]["counted_n"]:
            break
    return found


def _part_of(whole: Answer, state: MapState, filters: Filters, title: str | None) -> Answer:
    """The same from every row, on a finer grid over the part in view; the finest that tells most of the coarsest."""
    x0, y0, x1, y1 = state.view
    params = {**filters.params(), "kind": state.kind, "x0": x0, "x1": x1, "y0": y0, "y1": y1, "title": title}
    kept = _zoomed(params, GRIDS[-1])
    asked = {**params, "columns_n": GRIDS[-1], "rows_n": rows_of(GRIDS[-1])}
    most = int(kept.values.sum())
    for columns_n in ZOOM_GRIDS:
        found = _zoomed(params, columns_n)
        if found.values.sum() >= (1 - MOST_WITHHELD_SHARE) * most:
            kept, asked = found, {**params, "columns_n": columns_n, "rows_n": rows_of(columns_n)}
            break
    if state.measure == "people":
        kept = replace(kept, values=kept.people.astype(np.float64))
    asked = {name: value for name, value in asked.items() if value is not None}
    return Answer(kept, whole.numbers, ZOOM, asked, whole.columns_n, is_part=True)


def _zoomed(params: dict[str, object], columns_n: int) -> Cells:
    rows_n = rows_of(columns_n)
    return cells_of(run(ZOOM, **params, columns_n=columns_n, rows_n=rows_n), columns_n, rows_n)


def cells_of(rows: pa.Table, columns_n: int, rows_n: int) -> Cells:
    """Rows of a map as arrays."""
    return Cells(
        columns_n,
        rows_n,
        rows["cell"].to_numpy().astype(np.int64),
        rows["value"].to_numpy().astype(np.float64),
        rows["people_n"].to_numpy().astype(np.int64),
    )


def words_of(state: MapState, found: Answer) -> dict[str, str]:
    """How values of a map are said."""
    _, one, many = KINDS[state.kind]
    none = f"no {many}"
    if found.numbers["withheld_n"] or found.is_part:
        none = f"none, or of fewer than {MIN_PEOPLE} people"
    if state.measure == "people":
        return {"format": "people", "one": "person", "many": "people", "none": none}
    return {"format": "seconds" if state.kind == "dwell" else "count", "one": one, "many": many, "none": none}


def denominator(state: MapState, found: Answer) -> str:
    """Of how many people, sessions and events a map is, and what is not on it."""
    _, one, many = KINDS[state.kind]
    numbers = found.numbers
    sessions = wording.count(numbers["sessions_n"], "session")
    unknown_n = numbers["unknown_people_sessions_n"]
    if numbers["people_n"]:
        people = wording.count(numbers["people_n"], "person", "people")
        people += f" ({wording.count(unknown_n, 'session')} of unknown people)" if unknown_n else ""
    else:
        people = "people not known"
    whole = (
        _length(numbers["events_n"])
        if state.kind == "dwell"
        else wording.count(numbers["events_n"], one, many)
    )
    parts = (people, sessions, whole, *left_out(state, numbers))
    if found.is_part:
        told_n = int(found.cells.values.sum()) if state.measure == "events" else None
        here = "This part" if told_n is None else f"This part: {wording.count(told_n, one, many)}"
        parts = (f"{here}, in cells of at least {MIN_PEOPLE} people, of {people}", *parts[1:])
    return " · ".join(parts)


def left_out(state: MapState, numbers: dict[str, Any]) -> list[str]:
    """What is counted but in no cell that is drawn, and what is known only by estimate; always said, also when 0."""
    outside = "outside of the window" if state.space == "window" else "off screen"
    unknown = "of unknown window" if state.space == "window" else "of unknown screen"
    said = [
        f"{_part(state, numbers['off_screen_n'])} {outside}",
        f"{_part(state, numbers['no_geometry_n'])} {unknown}",
        f"{_part(state, numbers['estimated_n'])} on estimated screens",
    ]
    if numbers["withheld_n"]:
        said.append(f"{_part(state, numbers['withheld_n'])} withheld (cells of fewer than {MIN_PEOPLE})")
    return said


def _part(state: MapState, value: int) -> str:
    return _length(value) if state.kind == "dwell" else wording.number(value)


def _length(ms: int) -> str:
    return wording.duration(1000 * ms, sessions_n=1_000_000)
