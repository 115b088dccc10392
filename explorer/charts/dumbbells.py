"""Commands as dumbbells: two ways of giving each, by time or by number of uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go

from explorer.charts.palette import KINDS

_ROW_PX, _MARGIN_PX = 28, 68
_LONGEST = 24
_LINE = {False: "#C3C8CF", True: "#4A525D"}


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """One command: where its shortcut and its other ways lie; None where that is not known or withheld."""

    label: str
    shortcut: float | None
    other: float | None
    hint: str


def chart_height_px(rows_n: int) -> int:
    """Height that the figure of so many commands takes."""
    return _ROW_PX * rows_n + _MARGIN_PX


def dumbbells(rows: Sequence[Dumbbell], *, other: str, unit: str, is_dark: bool) -> go.Figure:
    """A figure of the rows, the first on top; `other` names the other ways, `unit` what the axis counts."""
    places = list(range(len(rows)))
    colours = {kind.name: kind.dark if is_dark else kind.light for kind in KINDS}
    figure = go.Figure()
    for place, row in enumerate(rows):
        if row.shortcut is not None and row.other is not None:
            figure.add_shape(
                type="line", layer="below", y0=place, y1=place, x0=row.shortcut, x1=row.other,
                line={"color": _LINE[is_dark], "width": 3},
            )  # fmt: skip
    hints = [escape(row.hint).replace("%{", "% {") for row in rows]
    marks: dict[str, dict[str, Any]] = {
        "shortcut": {"color": colours["shortcut"], "symbol": "square"},
        other: {"color": colours["click"], "symbol": "circle-open", "line": {"width": 2.5}},
    }
    for name, values in (("shortcut", [r.shortcut for r in rows]), (other, [r.other for r in rows])):
        figure.add_trace(go.Scatter(
            x=values, y=places, mode="markers", name=name, marker={"size": 10, **marks[name]},
            customdata=hints, hovertemplate="%{customdata}<extra></extra>", cliponaxis=False,
        ))  # fmt: skip
    return _laid_out(figure, rows, unit)


def _laid_out(figure: go.Figure, rows: Sequence[Dumbbell], unit: str) -> go.Figure:
    # Positions, not names, make the axis: two commands may be cut to the same label.
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=[_label(row.label) for row in rows], range=[len(rows) - 0.5, -0.5],
        showgrid=False, zeroline=False, ticklabelstandoff=8, automargin=True, fixedrange=True,
    )  # fmt: skip
    figure.update_xaxes(
        rangemode="tozero", title={"text": unit, "standoff": 10}, fixedrange=True, zeroline=True, nticks=7
    )
    return figure.update_layout(
        height=chart_height_px(len(rows)), margin={"l": 0, "r": 12, "t": 24, "b": 44}, dragmode=False,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0}, hoverlabel={"align": "left"},
    )  # fmt: skip


def _label(text: str) -> str:
    # Plotly reads a subset of HTML in its texts, and trace text must stay text.
    return escape(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…").replace("%{", "% {")
