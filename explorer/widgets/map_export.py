"""The maps on screen as one picture to take away."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image

from explorer.charts.map_colours import difference_colours, heat_colours
from explorer.charts.map_png import coloured
from explorer.exports.map_picture import MapPicture, map_png
from explorer.widgets import wording
from explorer.widgets.filter_bar import LABELS
from explorer.widgets.map_figure import Panel
from explorer.widgets.map_ground import Ground
from explorer.widgets.map_state import WHOLE, View
from explorer.widgets.opened import engine
from explorer.widgets.url_state import Filters


def picture_of(
    title: str, panels: Sequence[Panel], ground: Ground, said: Sequence[str], *, view: View = WHOLE
) -> Callable[[], bytes]:
    """Makes the PNG when it is wanted: most visitors take nothing away. It is always light, to be printed."""

    def make() -> bytes:
        under = _shown(ground, view)
        pictures = [_picture(panel, under, ground.ratio) for panel in panels]
        return map_png(title, pictures, engine().dataset, said)

    return make


def _picture(panel: Panel, ground: Image.Image | None, ratio: float) -> MapPicture:
    colours = (difference_colours if panel.colours == "difference" else heat_colours)(is_dark=False)
    bar = panel.bar or {}
    first, ticks = bar.get("from", 0), bar.get("ticks", [])
    assert isinstance(first, int)
    assert isinstance(ticks, list)
    with Image.open(io.BytesIO(base64.b64decode(panel.layer.partition(",")[2]))) as levels:
        layer = coloured(np.asarray(levels), colours)
    words = (str(bar.get("title", "")), f"grey: {bar['grey']}" if bar.get("grey") else "")
    return MapPicture(
        title=panel.title,
        layer=layer,
        is_smooth=panel.is_smooth,
        ratio=ratio,
        ramp=coloured(np.arange(first, len(colours), dtype=np.uint8)[None], colours),
        ticks=[(float(place), str(word)) for place, word in ticks],
        bar_title="; ".join(word for word in words if word),
        ground=ground,
    )


def _shown(ground: Ground, view: View) -> Image.Image | None:
    if not ground.content:
        return None
    whole = Image.open(io.BytesIO(ground.content)).convert("RGB")
    left, top, right, bottom = view
    box = (left * whole.width, top * whole.height, right * whole.width, bottom * whole.height)
    return whole.crop(tuple(round(edge) for edge in box))  # type: ignore[arg-type]


def filters_said(filters: Filters) -> list[str]:
    """The filters that narrow a map, in words; what was typed is said to be there, not what it was."""
    words = {"os": wording.SYSTEMS, "actor": wording.ACTORS, "source_format": wording.SOURCES}
    said = []
    for name, value in filters.params().items():
        if name == "search":
            said.append("a search")
        elif name in ("day_from", "day_to"):
            day = wording.day(int(str(value)))
            said.append(f"{'from' if name == 'day_from' else 'to'} {day}")
        elif name != "app":
            word = words.get(name, {}).get(str(value), str(value))
            said.append(f"{LABELS[name].lower()}: {wording.shortened(word, 60)}")
    return said
