"""A chart for a result of which only the names of its columns are known, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa

from explorer.charts.palette import APP_GREY, KINDS
from explorer.trace.schema import GRID_COLUMNS, GRID_ROWS

MOST_POINTS = 5000
MOST_BARS = 24
CATEGORIES = ("app", "kind", "state", "flag", "command", "chord", "key", "shortcut")
_LAYERS = ("kind", "app", "state")
_MAP_COLOURS = [
    [0, "rgba(0,32,77,0)"],
    [0.001, "#1d3a6e"],
    [0.4, "#6b6d77"],
    [0.75, "#b8a969"],
    [1, "#ffe945"],
]
_BAR_PX, _LABEL_N = 26, 28


def suggested(rows: pa.Table, colours_of: Mapping[str, str], *, is_dark: bool = False) -> go.Figure | None:
    """A figure where the columns suggest one: a map of places, a series over time or bins, bars by category.

    `colours_of` gives an application its colour. None when nothing fits, or more would be drawn than can be read.
    """
    if not 1 < rows.num_rows <= MOST_POINTS or "session_id" in rows.column_names:
        return None
    names = rows.column_names
    amount = _amount(names)
    if amount is None:
        return None
    figure = (
        _map(rows, amount) or _series(rows, amount, colours_of, is_dark) or _bars(rows, amount, colours_of)
    )
    return None if figure is None else _laid_out(figure)


def _amount(names: Sequence[str]) -> str | None:
    """The column that is measured."""
    if "rows_n" in names:
        return "rows_n"
    known = [n for n in names if n.endswith(("_n", "_share", "_rate")) and n not in ("of_n", "offset_n")]
    spans = [n for n in names if n.endswith(("_ms", "_us")) and n not in ("t_us", "start_us", "end_us")]
    return next(iter([*known, *spans]), None)


def _numbers(rows: pa.Table, name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([np.nan if v is None else v for v in rows[name].to_pylist()], dtype=float)


def _map(rows: pa.Table, amount: str) -> go.Figure | None:
    if "cell" in rows.column_names:
        cells = _numbers(rows, "cell")
        across, down, shape = cells % GRID_COLUMNS, cells // GRID_COLUMNS, (GRID_ROWS, GRID_COLUMNS)
    elif {"x", "y"} <= set(rows.column_names):
        across, down = _numbers(rows, "x"), _numbers(rows, "y")
        if np.nanmin([across, down]) < 0 or np.nanmax([across, down]) > 1000:
            return None
        shape = (int(np.nanmax(down)) + 1, int(np.nanmax(across)) + 1)
    else:
        return None
    counts = np.zeros(shape)
    is_there = ~np.isnan(across) & ~np.isnan(down) & ~np.isnan(_numbers(rows, amount))
    places = (down[is_there].astype(int), across[is_there].astype(int))
    np.add.at(counts, places, _numbers(rows, amount)[is_there])
    figure = go.Figure(go.Heatmap(
        z=counts.astype(np.float32), colorscale=_MAP_COLOURS, showscale=False,
        hovertemplate="column %{x}, row %{y}: %{z:,}<extra></extra>",
    ))  # fmt: skip
    figure.update_xaxes(visible=False, constrain="domain")
    figure.update_yaxes(visible=False, autorange="reversed", scaleanchor="x")
    return figure.update_layout(height=320)


def _series(rows: pa.Table, amount: str, colours_of: Mapping[str, str], is_dark: bool) -> go.Figure | None:
    names = rows.column_names
    along = next((n for n in ("bin", "t_us", "start_us", "start_ms", "t_ms") if n in names), None)
    if along is None or along == amount:
        return None
    shown, title = _axis(rows, along)
    layer = next((n for n in _LAYERS if n in names), None)
    groups = rows[layer].to_pylist() if layer else [amount] * rows.num_rows
    values = rows[amount].to_pylist()
    figure = go.Figure()
    for group in dict.fromkeys(groups):
        places = [i for i, other in enumerate(groups) if other == group]
        xs, ys = [shown[i] for i in places], [values[i] for i in places]
        figure.add_trace(_trace(_label(group), xs, ys, _colour(group, colours_of, is_dark), amount))
    figure.update_layout(height=240, barmode="stack", bargap=0.1, showlegend=layer is not None)
    figure.update_xaxes(title=title)
    return figure.update_yaxes(title=amount.replace("_", " "), rangemode="tozero")


def _trace(name: str, xs: list[Any], ys: list[Any], colour: str, amount: str) -> go.Bar | go.Scatter:
    said = f"{name} %{{y:,}}<extra></extra>"
    if amount.endswith(("_share", "_rate")):
        return go.Scatter(x=xs, y=ys, name=name, mode="lines", line_color=colour, hovertemplate=said)
    return go.Bar(x=xs, y=ys, name=name, marker_color=colour, hovertemplate=said)


def _axis(rows: pa.Table, along: str) -> tuple[list[float | None], str]:
    """Places along the time, in seconds where the parts have a start."""
    source = along if along != "bin" or "start_us" not in rows.column_names else "start_us"
    scale = {"us": 1_000_000, "ms": 1000}.get(source.rpartition("_")[2], 1)
    values = [None if v is None else v / scale for v in rows[source].to_pylist()]
    return values, "seconds" if scale > 1 else "part"


def _bars(rows: pa.Table, amount: str, colours_of: Mapping[str, str]) -> go.Figure | None:
    by = next((n for n in CATEGORIES if n in rows.column_names), None)
    if by is None:
        return None
    groups, values = rows[by].to_pylist(), rows[amount].to_pylist()
    if len(set(groups)) != len(groups) or None in values or not any(values):
        return None
    order = sorted(range(len(values)), key=lambda i: -values[i])[:MOST_BARS]
    places = list(range(len(order)))
    # Positions, not names, make the axis: two applications may be cut to the same label.
    figure = go.Figure(go.Bar(
        x=[values[i] for i in order], y=places, orientation="h", width=0.55, hoverinfo="skip", cliponaxis=False,
        text=[f"{values[i]:,}" for i in order], textposition="outside",
        marker_color=[_colour(groups[i], colours_of, False) for i in order],
    ))  # fmt: skip
    figure.update_yaxes(tickvals=places, ticktext=[_label(groups[i]) for i in order], autorange="reversed",
                        showgrid=False, ticklabelstandoff=8, automargin=True)  # fmt: skip
    figure.update_xaxes(visible=False, range=[0, 1.25 * max(values)])
    return figure.update_layout(height=_BAR_PX * len(order) + 24)


def _laid_out(figure: go.Figure) -> go.Figure:
    figure.update_xaxes(fixedrange=True, zeroline=False)
    figure.update_yaxes(fixedrange=True, zeroline=False)
    return figure.update_layout(
        margin={"l": 8, "r": 8, "t": 8, "b": 8}, dragmode=False,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    )  # fmt: skip


def _colour(group: object, colours_of: Mapping[str, str], is_dark: bool) -> str:
    for kind in KINDS:
        if kind.name == group:
            return kind.dark if is_dark else kind.light
    return colours_of.get(str(group), "#4E79C4" if str(group).endswith(("_n", "_share")) else APP_GREY)


def _label(text: object) -> str:
    # Plotly reads a subset of HTML in its texts, and trace text must stay text.
    if text is None:
        return "not known"
    word = str(text)
    return escape(word if len(word) <= _LABEL_N else word[: _LABEL_N - 1] + "…").replace("%{", "% {")
