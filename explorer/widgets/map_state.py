"""What the heatmaps page shows, as its address says it: numbers, names and words of ours, never what was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import streamlit as st

from explorer.widgets.url_state import Filters

KINDS = {
    "move": ("Moves", "move", "moves"),
    "click": ("Clicks", "click", "clicks"),
    "right_click": ("Right clicks", "right click", "right clicks"),
    "double_click": ("Double clicks", "double click", "double clicks"),
    "scroll": ("Scrolling", "scroll step", "scroll steps"),
    "drag": ("Drags", "drag", "drags"),
    "dwell": ("Resting", "second", "seconds"),
}
MEASURES = {"events": "Events", "ms": "Seconds", "people": "People"}
SPACES = {"screen": "Screen", "window": "Window"}
SMOOTHING = {0: "None", 1: "1", 2: "2"}
SIDES = ("cohort", "os", "week", "actor")
SPLITS = ("app", "cohort")
WHOLE = (0.0, 0.0, 1.0, 1.0)
View = tuple[float, float, float, float]
_LONGEST = 200
_SMALLEST_SPAN = 1 / 64
_TYPED = "map_title"
_CELL = re.compile(r"(main|a|b)\.(\d{1,4})\.(\d{1,6})", re.ASCII)
_VIEW = re.compile(r"(?:[01]|0?\.\d{1,3}|[01]\.\d{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that was chosen: on which map (main, a or b), of how many columns over what is shown, its number."""

    map: str
    columns_n: int
    cell: int


@dataclass(frozen=True, slots=True)
class MapState:
    """The map's settings. `view`: left, top, right, bottom in 0-1 of the space; `opacity` in percent.

    `compare` is what two sides differ in, `side_a` and `side_b` its values; `split` what small maps stand for; `draw`
    counts how often moments of the cell were drawn.
    """

    kind: str = "move"
    measure: str = "events"
    space: str = "screen"
    smooth: int = 1
    opacity: int = 85
    compare: str | None = None
    side_a: str | None = None
    side_b: str | None = None
    split: str | None = None
    view: View = WHOLE
    cell: Cell | None = None
    draw: int = 1

    def address(self) -> dict[str, str]:
        """The settings that are not the usual ones, as they stand in an address."""
        return {
            _NAMES[field.name]: _text(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != getattr(USUAL, field.name)
        }

    @property
    def is_zoomed(self) -> bool:
        return self.view != WHOLE


USUAL = MapState()
_NAMES = {
    "kind": "kind", "measure": "by", "space": "space", "smooth": "smooth", "opacity": "opacity",
    "compare": "compare", "side_a": "a", "side_b": "b", "split": "split", "view": "zoom", "cell": "cell",
    "draw": "draw",
}  # fmt: skip


def measures_of(kind: str) -> tuple[str, ...]:
    """What a kind can be counted by: resting is a length of time, all else a number."""
    return ("ms", "people") if kind == "dwell" else ("events", "people")


def map_state_of(address: Mapping[str, str]) -> MapState:
    """The settings that an address names; what does not fit is left out."""
    text = {name: address.get(short, "").strip()[:_LONGEST] for name, short in _NAMES.items()}
    kind = text["kind"] if text["kind"] in KINDS else USUAL.kind
    compare = text["compare"] if text["compare"] in SIDES else None
    return MapState(
        kind=kind,
        measure=text["measure"] if text["measure"] in measures_of(kind) else measures_of(kind)[0],
        space=text["space"] if text["space"] in SPACES else "screen",
        smooth=int(text["smooth"]) if text["smooth"] in ("0", "1", "2") else USUAL.smooth,
        opacity=_number(text["opacity"], 10, 100, USUAL.opacity),
        compare=compare,
        side_a=(text["side_a"] or None) if compare else None,
        side_b=(text["side_b"] or None) if compare else None,
        split=text["split"] if text["split"] in SPLITS and not compare else None,
        view=_view(text["view"]),
        cell=_cell(text["cell"]),
        draw=_number(text["draw"], 1, 9999, USUAL.draw),
    )


def current_map() -> MapState:
    """Settings of this page's address."""
    return map_state_of(st.query_params)


def set_map(**changes: object) -> None:
    """Change settings in the address; a chosen cell goes when another map is shown, unless it is what changes."""
    if not {"cell", "opacity", "smooth", "draw"} & changes.keys():
        changes["cell"] = None
    if "draw" not in changes:
        changes["draw"] = USUAL.draw
    state = replace(current_map(), **changes)  # type: ignore[arg-type]
    if state.measure not in measures_of(state.kind):
        state = replace(state, measure=measures_of(state.kind)[0])
    others = {name: value for name, value in st.query_params.to_dict().items() if name not in _NAMES.values()}
    st.query_params.from_dict({**others, **state.address()})


def typed_title() -> str | None:
    """The title pattern that was typed in this tab, or that a link brought; it never stands in the address."""
    if "title" in st.query_params:
        st.session_state[_TYPED] = st.query_params["title"].strip()[:_LONGEST]
    found: str | None = st.session_state.get(_TYPED)
    return found or None


def typed_here(filters: Filters) -> dict[str, str | None]:
    """What was typed on this page: it enters a link only by a button of its own."""
    return {"search": filters.search, "title": typed_title()}


def set_title(text: str) -> None:
    """Keep what was typed in this tab, and take it out of the address."""
    st.session_state[_TYPED] = text.strip()[:_LONGEST]
    st.query_params.pop("title", None)
    set_map()


def _text(value: object) -> str:
    if isinstance(value, Cell):
        return f"{value.map}.{value.columns_n}.{value.cell}"
    if isinstance(value, tuple):
        return ",".join(f"{share:g}" for share in value)
    return str(value)


def _number(text: str, least: int, most: int, usual: int) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) <= 4
    return min(most, max(least, int(text))) if is_number else usual


def _view(text: str) -> View:
    parts = text.split(",")
    if len(parts) != 4 or not all(_VIEW.fullmatch(part) for part in parts):
        return WHOLE
    left, top, right, bottom = (float(part) for part in parts)
    spans = (right - left, bottom - top)
    is_view = max(right, bottom) <= 1 and min(spans) >= _SMALLEST_SPAN and abs(spans[0] - spans[1]) < 0.002
    return (left, top, right, bottom) if is_view else WHOLE


def _cell(text: str) -> Cell | None:
    found = _CELL.fullmatch(text)
    return Cell(found[1], int(found[2]), int(found[3])) if found else None
