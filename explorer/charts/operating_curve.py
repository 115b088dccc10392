"""How likely a plan passes, by how much truly leaks: its operating-characteristic curve."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from explorer.charts.palette import KINDS

HEIGHT_PX = 220
_TARGET = {False: "#C62828", True: "#FF6B6B"}


def operating_chart(
    leak_rates: Sequence[float],
    chances: Sequence[float],
    target_rate: float,
    hints: Sequence[str],
    *,
    is_dark: bool,
) -> go.Figure:
    """Chance of passing over the true share of leaking moments, both 0 to 1; the target as a line."""
    kind = next(kind for kind in KINDS if kind.name == "click")
    colour = kind.dark if is_dark else kind.light
    figure = go.Figure(go.Scatter(
        x=list(leak_rates), y=list(chances), mode="lines", line={"color": colour, "width": 2},
        customdata=list(hints), hovertemplate="%{customdata}<extra></extra>", cliponaxis=False,
    ))  # fmt: skip
    figure.add_shape(
        type="line", x0=target_rate, x1=target_rate, y0=0, y1=1,
        line={"color": _TARGET[is_dark], "width": 1.5, "dash": "dot"},
    )  # fmt: skip
    figure.add_annotation(
        x=target_rate, y=1, text="target", showarrow=False, xanchor="left", xshift=4, yanchor="top",
        font={"color": _TARGET[is_dark], "size": 12},
    )  # fmt: skip
    digits = 1 if max(leak_rates, default=0) >= 0.01 else 2
    figure.update_xaxes(
        tickformat=f".{digits}%", title={"text": "moments that truly leak", "standoff": 14}, fixedrange=True, nticks=6,
        rangemode="tozero", zeroline=True,
    )  # fmt: skip
    figure.update_yaxes(
        range=[0, 1], tickformat=".0%", tickvals=[0, 0.5, 1], title={"text": "chance to pass", "standoff": 8},
        fixedrange=True, zeroline=False,
    )  # fmt: skip
    return figure.update_layout(
        height=HEIGHT_PX, margin={"l": 0, "r": 12, "t": 12, "b": 52}, dragmode=False, showlegend=False,
        hoverlabel={"align": "left"},
    )  # fmt: skip
