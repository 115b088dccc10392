"""Applications of one session: runs over time, and active time for each."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import plotly.graph_objects as go
import pyarrow as pa

from explorer.charts.palette import APP_GREY

SHOWN_N = 12
_ROW_PX, _MARGIN_PX = 28, 40
_LONGEST = 20


def app_runs(
    first_app: str | None, switches: pa.Table, duration_us: int
) -> list[tuple[str | None, int, int]]:
    """Application, start and end (us) of each stretch in one application, in the order of time.

    `switches` has the columns t_us, from_app, to_app. Switches without a time, or back in time, are left out.
    """
    runs: list[tuple[str | None, int, int]] = []
    app, start_us = first_app, 0
    for t_us, to_app in zip(switches["t_us"].to_pylist(), switches["to_app"].to_pylist(), strict=True):
        if t_us is None or t_us < start_us:
            continue
        if t_us > start_us:
            runs.append((app, start_us, t_us))
        app, start_us = to_app, t_us
    if duration_us > start_us:
        runs.append((app, start_us, duration_us))
    return runs


def chart_height_px(rows_n: int) -> int:
    """Height that the figure of so many applications takes."""
    return _ROW_PX * min(rows_n, SHOWN_N + 1) + _MARGIN_PX


def time_per_app(rows: pa.Table, colours_of: Mapping[str, str]) -> go.Figure:
    """Active time per application as bars, longest on top; small ones are summed as "other apps".

    `rows` has the columns app, active_ms, longest first; an application without a colour is grey.
    """
    apps, active_ms = rows["app"].to_pylist(), rows["active_ms"].to_pylist()
    whole_ms = max(1, sum(active_ms))
    names = [_label(app) for app in apps[:SHOWN_N]]
    colours = [colours_of.get(app or "", APP_GREY) for app in apps[:SHOWN_N]]
    values = active_ms[:SHOWN_N]
    if len(apps) > SHOWN_N:
        names, colours, values = (
            [*names, "other apps"],
            [*colours, APP_GREY],
            [*values, sum(active_ms[SHOWN_N:])],
        )
    texts = [f"{_seconds(ms)} · {100 * ms / whole_ms:.0f} %" for ms in values]
    # Positions, not names, make the axis: two applications may be cut to the same label.
    bars = go.Bar(
        x=[ms / 1000 for ms in values], y=list(range(len(values))), orientation="h", marker_color=colours, text=texts,
        textposition="outside", cliponaxis=False, hoverinfo="skip", width=0.5,
    )  # fmt: skip
    figure = go.Figure(bars)
    figure.update_yaxes(
        tickvals=list(range(len(values))), ticktext=names, autorange="reversed", showgrid=False, ticklabelstandoff=8,
        automargin=True, fixedrange=True,
    )  # fmt: skip
    figure.update_xaxes(
        visible=False, range=[0, 1.75 * max([1e-9, *(ms / 1000 for ms in values)])], fixedrange=True
    )
    figure.update_layout(
        height=chart_height_px(len(apps)), margin={"l": 0, "r": 0, "t": 8, "b": 8}, dragmode=False
    )
    return figure


def _label(app: str | None) -> str:
    # Plotly reads a subset of HTML in its texts, and trace text must stay text.
    if not app:
        return "app not known"
    return escape(app if len(app) <= _LONGEST else app[: _LONGEST - 1] + "…")


def _seconds(ms: int) -> str:
    seconds = round(ms / 1000)
    if seconds < 60:
        return f"{ms / 1000:.1f} s" if seconds < 10 else f"{seconds} s"
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60:,} h {minutes % 60} min"
