"""One or more maps in the browser: a canvas of its own that reads, zooms and opens cells."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from explorer.charts.map_colours import difference_colours, heat_colours
from explorer.widgets.loader import mount
from explorer.widgets.map_ground import Ground
from explorer.widgets.map_state import View

ONE, THREE, MANY = "one", "three", "many"


@dataclass(frozen=True, slots=True)
class Panel:
    """One map: `key` names it in answers, `label` says it to who cannot see it, `words` are those of its values."""

    key: str
    title: str
    label: str
    columns_n: int
    rows_n: int
    layer: str
    is_smooth: bool
    cells: str
    words: Mapping[str, str]
    bar: Mapping[str, object] | None = None
    note: str = ""
    colours: str = "heat"
    can_open: bool = True
    chosen: int | None = None


def map_figure(
    key: str, panels: Sequence[Panel], ground: Ground, *, layout: str, opacity: int, view: View, hint: str,
    can_zoom: bool, told: Mapping[str, Callable[[object], None]],
) -> None:  # fmt: skip
    """Show maps. `told` gets what was done there: open (map and cell, or None), zoom (a view), opacity (percent)."""
    asked = {
        f"on_{name}_change": lambda name=name: told[name](getattr(st.session_state[key], name, None))
        for name in told
    }
    mount(
        "heat_map",
        '<div class="heat"></div>\n',
        key=key,
        data={
            "maps": [_map(panel, ground) for panel in panels],
            "layout": layout,
            "ratio": round(ground.ratio, 4),
            "view": list(view),
            "opacity": opacity,
            "hint": hint,
            "can_zoom": can_zoom,
            "colours": _colours(panels),
        },
        **asked,
    )


def _map(panel: Panel, ground: Ground) -> dict[str, object]:
    return {
        "key": panel.key,
        "title": panel.title,
        "note": panel.note,
        "label": panel.label,
        "columns": panel.columns_n,
        "rows": panel.rows_n,
        "layer": panel.layer,
        "is_smooth": panel.is_smooth,
        "colours": panel.colours,
        "cells": panel.cells,
        "words": dict(panel.words),
        "ground": ground.source,
        "reason": ground.reason,
        "bar": panel.bar,
        "can_open": panel.can_open,
        "chosen": panel.chosen,
    }


def _colours(panels: Sequence[Panel]) -> dict[str, list[str]]:
    tables = {"heat": heat_colours, "difference": difference_colours}
    return {
        name: [
            base64.b64encode(tables[name](is_dark=is_dark).tobytes()).decode() for is_dark in (False, True)
        ]
        for name in sorted({panel.colours for panel in panels})
    }
