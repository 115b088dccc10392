"""Two maps side by side, and where they differ by more than chance."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import streamlit as st

from explorer.charts.map_cells import packed
from explorer.charts.map_colours import EVEN
from explorer.charts.map_levels import Scale, difference_levels, levels, scale_of
from explorer.charts.map_png import level_png
from explorer.errors import TooFewPeople
from explorer.measures.map_difference import MapDifference
from explorer.widgets import wording
from explorer.widgets.chart_foot import chart_foot
from explorer.widgets.filter_bar import MIN_PEOPLE
from explorer.widgets.map_answers import DENOMINATORS
from explorer.widgets.map_compare_words import answer_of, method_of, share_words, side_said
from explorer.widgets.map_export import filters_said, picture_of
from explorer.widgets.map_figure import THREE, Panel, map_figure
from explorer.widgets.map_ground import Ground
from explorer.widgets.map_pairs import COLUMNS_N, QUERY, ROWS_N, SIDES, Side, compared, sides_of
from explorer.widgets.map_sides import LABELS, side_word, sides_offered
from explorer.widgets.map_state import KINDS, WHOLE, Cell, MapState, typed_here
from explorer.widgets.url_state import Filters

Told = Mapping[str, Callable[[object], None]]
_UNIT_SHARE = 5e-4
_HINT = "Point to read the same place on all three; press A or B for the moments behind a cell."


def map_compare(state: MapState, filters: Filters, ground: Ground, told: Told) -> dict[str, Side] | None:
    """Show A, B and their difference; None where that is refused, and the reason is shown."""
    assert state.compare is not None
    if not state.side_a or not state.side_b:
        _refuse("Choose A and B.", f"Each side needs at least {MIN_PEOPLE} people.")
        return None
    offered = sides_offered().get(state.compare, {})
    for side, value in (("A", state.side_a), ("B", state.side_b)):
        if value not in offered:
            word = LABELS[state.compare].lower()
            why = f"It is none of the {word} that are offered here: those have at least {MIN_PEOPLE} people."
            _refuse(f"Nothing is compared: {side} cannot be chosen.", why)
            return None
    try:
        sides = sides_of(state, filters)
        with st.spinner("Comparing people", show_time=False):
            found = compared(state, sides)
    except TooFewPeople as error:
        who = error.where or "a side"
        _refuse(f"Nothing is compared: {error.what}, {who}.", error.hint or "Choose a wider selection.")
        return None
    panels = _draw(state, ground, told, sides, found)
    numbers = "\n".join(f"{side.upper()}: {side_said(state, own)}" for side, own in sides.items())
    _foot(state, filters, ground, panels, numbers=numbers, found=found)
    return sides


def _refuse(head: str, why: str) -> None:
    with st.container(border=True, key="refused"):
        st.text(head)
        with st.container(key="quiet_refused"):
            st.text(why)


def _draw(
    state: MapState, ground: Ground, told: Told, sides: dict[str, Side], found: MapDifference
) -> list[Panel]:
    with st.container(key="compared", gap="xsmall"):
        st.text(answer_of(found))
        with st.container(key="quiet_compared"):
            st.text(method_of(state, sides, found))
    shares = {"a": found.a_share, "b": found.b_share}
    scale = scale_of(np.nan_to_num(np.concatenate([found.a_share, found.b_share])), _UNIT_SHARE)
    panels = [_side_panel(state, side, shares[side], scale) for side in SIDES]
    panels.append(_difference_panel(found))
    map_figure(
        "compared_maps", panels, ground, layout=THREE, opacity=state.opacity, view=WHOLE,
        hint=_HINT, can_zoom=False, told=told,
    )  # fmt: skip
    return panels


def _side_panel(
    state: MapState, side: str, share: np.ndarray[tuple[int, ...], np.dtype[np.float64]], scale: Scale
) -> Panel:  # fmt: skip
    assert state.compare is not None
    values = np.nan_to_num(share)
    cells = np.flatnonzero(values)
    name = side_word(state.compare, (state.side_a if side == "a" else state.side_b) or "")
    is_chosen = state.cell is not None and state.cell.map == side
    return Panel(
        key=side,
        title=f"{side.upper()} · {wording.shortened(name, 60)}",
        label=f"Map of side {side.upper()}, {KINDS[state.kind][2]} of {wording.shortened(name, 60)}",
        columns_n=COLUMNS_N,
        rows_n=ROWS_N,
        layer=_source(levels(values.reshape(ROWS_N, COLUMNS_N), scale)),
        is_smooth=False,
        cells=packed(cells, np.rint(1e6 * values[cells]), np.zeros(len(cells))),
        words=share_words(state),
        bar={"title": "mean share per person, logarithmic", "ticks": _ticks(scale), "from": 0, "grey": ""},
        chosen=_chosen(state.cell) if is_chosen else None,
    )


def _chosen(cell: Cell | None) -> int | None:
    return cell.cell if cell is not None and cell.columns_n == COLUMNS_N else None


def _difference_panel(found: MapDifference) -> Panel:
    difference = np.nan_to_num(found.difference_share)
    away = np.abs(difference[found.is_distinct])
    top = float(away.max()) if away.size else 0.0
    grid = difference.reshape(ROWS_N, COLUMNS_N)
    is_there = ~found.is_withheld & ((found.a_share > 0) | (found.b_share > 0))
    cells = np.flatnonzero(is_there)
    return Panel(
        key="difference",
        title="A − B",
        label="Map of the difference of A and B",
        columns_n=COLUMNS_N,
        rows_n=ROWS_N,
        layer=_source(difference_levels(grid, found.is_distinct.reshape(grid.shape), top)),
        is_smooth=False,
        cells=packed(cells, np.rint(1e6 * difference[cells]), np.ceil(1e4 * found.p[cells])),
        words={"format": "difference", "one": "", "many": "", "none": "none, or withheld"},
        bar={
            "title": "difference of shares",
            "ticks": [[0.0, f"B {_percent(top)}"], [0.5, "0"], [1.0, f"A {_percent(top)}"]] if top else [],
            "from": 2 * EVEN - 255,
            "grey": "not distinguishable",
        },
        colours="difference",
        can_open=False,
    )


def _ticks(scale: Scale) -> list[list[object]]:
    ticks: list[list[object]] = [[round(scale.share(tick), 4), _percent(tick)] for tick in scale.ticks()]
    if scale.is_clipped:
        ticks[-1][1] = f"≥ {ticks[-1][1]}"
    return ticks


def _percent(share: float) -> str:
    return "0" if share == 0 else f"{100 * share:.2g} %"


def _source(found: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> str:
    return f"data:image/png;base64,{base64.b64encode(level_png(found)).decode()}"


def _foot(
    state: MapState,
    filters: Filters,
    ground: Ground,
    panels: list[Panel],
    *,
    numbers: str,
    found: MapDifference,
) -> None:
    said = [*filters_said(filters), answer_of(found), *numbers.split("\n")]
    title = f"{KINDS[state.kind][0]} compared: {panels[0].title}, {panels[1].title}"
    chart_foot(
        "compare", numbers, (QUERY, DENOMINATORS), {}, typed=typed_here(filters), rows=lambda: cells_told(found),
        png=picture_of(title, panels, ground, said),
    )  # fmt: skip


def cells_told(found: MapDifference) -> pa.Table:
    """The comparison's cells that have anything and are not withheld, as rows to take away."""
    cells = np.flatnonzero(~found.is_withheld & ((found.a_share > 0) | (found.b_share > 0)))
    return pa.table(
        {
            "cell": cells,
            "a_share": found.a_share[cells],
            "b_share": found.b_share[cells],
            "difference_share": found.difference_share[cells],
            "p": found.p[cells],
            "is_distinct": found.is_distinct[cells],
        }
    )
