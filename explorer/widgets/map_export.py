"""The map on screen as a picture to take away."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from PIL import Image

from explorer.charts.map_colours import heat_colours
from explorer.charts.map_png import coloured
from explorer.exports.map_picture import MapPicture, map_png
from explorer.widgets import wording
from explorer.widgets.filter_bar import LABELS
from explorer.widgets.map_ground import Ground
from explorer.widgets.map_layer import Layer, bar_of
from explorer.widgets.map_state import View
from explorer.widgets.opened import engine
from explorer.widgets.url_state import Filters


def picture_of(
    title: str, layer: Layer, measure: str, *, ground: Ground, view: View, bar_title: str, said: list[str]
) -> Callable[[], bytes]:
    """Makes the PNG when it is wanted: most visitors take nothing away."""
    bar = bar_of(layer, measure, bar_title)
    ticks = [(float(place), str(word)) for place, word in bar["ticks"]]  # type: ignore[attr-defined]

    def make() -> bytes:
        colours = heat_colours(is_dark=False)
        picture = MapPicture(
            title=title,
            layer=coloured(layer.levels, colours),
            is_smooth=layer.is_smooth,
            ratio=ground.ratio,
            ramp=coloured(np.arange(len(colours), dtype=np.uint8)[None], colours),
            ticks=ticks,
            bar_title=bar_title,
            ground=_shown(ground, view),
        )
        return map_png(picture, engine().dataset, said)

    return make


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
