"""The share of shortcuts over weeks, and by cohort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from explorer.charts.palette import KINDS

WEEKS_PX, _ROW_PX, _MARGIN_PX = 150, 30, 36
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Adopted:
    """The share of shortcuts in one group, 0 to 1; `hint` says of whom and what."""

    label: str
    share: float
    hint: str


def adoption_by_week(rows: Sequence[Adopted], *, is_dark: bool) -> go.Figure:
    """A line over weeks, in their order."""
    figure = go.Figure(go.Scatter(
        x=list(range(len(rows))), y=[row.share for row in rows], mode="lines+markers", line_color=_colour(is_dark),
        marker={"size": 8, "symbol": "square"}, customdata=_hints(rows), cliponaxis=False,
        hovertemplate="%{customdata}<extra></extra>",
    ))  # fmt: skip
    step = max(1, -(-len(rows) // 5))
    places = list(range(0, len(rows), step))
    figure.update_xaxes(
        tickvals=places, ticktext=[_label(rows[i].label) for i in places], range=[-0.4, len(rows) - 0.6],
        showgrid=False, fixedrange=True, zeroline=False,
    )  # fmt: skip
    figure.update_yaxes(range=[0, 1], tickformat=".0%", tickvals=[0, 0.5, 1], fixedrange=True, zeroline=False)
    return figure.update_layout(
        height=WEEKS_PX, margin={"l": 0, "r": 24, "t": 12, "b": 28}, dragmode=False, showlegend=False
    )


def cohorts_px(rows_n: int) -> int:
    """Height that the figure of so many cohorts takes."""
    return _ROW_PX * rows_n + _MARGIN_PX


def adoption_by_cohort(rows: Sequence[Adopted], *, is_dark: bool) -> go.Figure:
    """A mark for each cohort, in the order given."""
    places = list(range(len(rows)))
    figure = go.Figure(go.Scatter(
        x=[row.share for row in rows], y=places, mode="markers", customdata=_hints(rows), cliponaxis=False,
        marker={"size": 10, "symbol": "square", "color": _colour(is_dark)},
        hovertemplate="%{customdata}<extra></extra>",
    ))  # fmt: skip
    figure.update_yaxes(
        tickvals=places, ticktext=[_label(row.label) for row in rows], range=[len(rows) - 0.5, -0.5], showgrid=False,
        zeroline=False, ticklabelstandoff=8, automargin=True, fixedrange=True,
    )  # fmt: skip
    figure.update_xaxes(range=[0, 1], tickformat=".0%", tickvals=[0, 0.25, 0.5, 0.75, 1], fixedrange=True)
    return figure.update_layout(
        height=cohorts_px(len(rows)),
        margin={"l": 0, "r": 24, "t": 4, "b": 28},
        dragmode=False,
        showlegend=False,
    )


def _colour(is_dark: bool) -> str:
    kind = next(kind for kind in KINDS if kind.name == "shortcut")
    return kind.dark if is_dark else kind.light


def _hints(rows: Sequence[Adopted]) -> list[str]:
    return [escape(row.hint).replace("%{", "% {") for row in rows]


def _label(text: str) -> str:
    # Plotly reads a subset of HTML in its texts, and trace text must stay text.
    return escape(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…").replace("%{", "% {")
