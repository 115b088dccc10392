"""Made-up screenshots: a desktop with one window, drawn flat and small."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from explorer.generate.apps import APPS, MENUS

WIDTH_PX = 480
Box = tuple[int, int, int, int]  # left, top, right, bottom; the last ones excluded

_LIGHT = {"desk": "#8fa3b5", "window": "#ffffff", "bar": "#e8ebef", "ink": "#5b6673", "faint": "#c9d1d9"}
_DARK = {"desk": "#20262d", "window": "#2b3139", "bar": "#363e48", "ink": "#aeb8c4", "faint": "#4a545f"}
_ACCENTS = ("#2f6fde", "#2e8b57", "#7a5cc4", "#c2571a", "#0f8b8d", "#b03a6f", "#8a6d1d", "#4c6272")
_LINE, _GAP = 4, 9
MASK_FILL = "#000000"


@dataclass(frozen=True, slots=True)
class Look:
    """What a screenshot shows. `window` is in picture pixels; `seed` draws the content."""

    height_px: int
    app: int
    window: Box
    is_dark: bool
    is_masked: bool
    seed: int


def drawn(look: Look) -> tuple[bytes, list[Box]]:
    """The picture as PNG, and the boxes that were masked in it."""
    colours = _DARK if look.is_dark else _LIGHT
    picture = Image.new("RGB", (WIDTH_PX, look.height_px), colours["desk"])
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, look.height_px - 8, WIDTH_PX, look.height_px), fill=colours["bar"])
    left, top, right, bottom = look.window
    draw.rectangle((left, top, right - 1, bottom - 1), fill=colours["window"])
    draw.rectangle((left, top, right - 1, top + 6), fill=colours["bar"])
    for place in range(len(MENUS)):
        draw.rectangle((left + 6 + 14 * place, top + 2, left + 14 + 14 * place, top + 4), fill=colours["ink"])
    for place in range(12):
        draw.rectangle(
            (left + 6 + 9 * place, top + 9, left + 12 + 9 * place, top + 14), fill=_ACCENTS[look.app]
        )
    masks = _content(draw, look, colours)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue(), masks


def _content(draw: ImageDraw.ImageDraw, look: Look, colours: dict[str, str]) -> list[Box]:
    """Lines of text that nobody can read, in the parts of the window; where people's names would stand, a mask."""
    chance = np.random.default_rng(look.seed)
    left, top, right, bottom = look.window
    width, height = right - left, bottom - top
    masks: list[Box] = []
    for spot in APPS[look.app].spots[:-1]:  # the last one can lie over another
        across = max(6, round(2.2 * spot.spread_x * width))
        down = max(_LINE, round(2.0 * spot.spread_y * height))
        x, y = left + round(spot.x * width) - across // 2, top + round(spot.y * height) - down // 2
        for line, share in enumerate(chance.uniform(0.35, 1.0, max(1, down // _GAP)).tolist()):
            box = (
                max(x, left),
                y + line * _GAP,
                min(x + round(across * share), right),
                y + line * _GAP + _LINE,
            )
            if box[2] - box[0] < 2 or not top + 16 <= box[1] <= bottom - _LINE:
                continue
            is_mask = look.is_masked and line == 0 and not masks
            draw.rectangle(
                _inclusive(box), fill=MASK_FILL if is_mask else colours["faint" if line % 3 else "ink"]
            )
            masks += [box] if is_mask else []
    return masks


def _inclusive(box: Box) -> Box:
    return box[0], box[1], box[2] - 1, box[3] - 1
