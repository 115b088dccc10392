"""The same cases inside real screenshots: values are written where a picture is flat, then masked well or badly.

What else a real picture shows is not known: only the values put in, and the masks over them, have a truth.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from . import looks
from .boxes import Box
from .encoding import decoded, encoding
from .items import Item
from .kinds import SOUND
from .looks import Layout
from .page import Page
from .pictures import case_of, finished
from .seeds import dice as dice_of
from .seeds import drawn
from .weak import Pixels

# Sound masks that need no ground which only drawn screens have.
VARIANTS = tuple(
    one for one in SOUND if one not in ("next_to_text", "over_gradient", "near_black_on_dark", "filled_in")
)
_ENTITIES = {"Phone": "PHONE_NUMBER", "E-mail": "EMAIL_ADDRESS", "Name": "PERSON", "Card": "CREDIT_CARD"}
_SPOTS_N = 3
_STRIDE_PX = 6
_CARD_PT = (300, 116)


def inject(content: bytes, kind: str, split: str, number: int, *, other_values: bool = False) -> Item:
    """An item of a kind in a real picture, given as its bytes; encoding and values follow from split and number.

    Raises ValueError for a picture too small to hold a value.
    """
    dice = dice_of(split, "real", kind, number)
    page = _page(decoded(content), split, dice)
    variant = VARIANTS[number % len(VARIANTS)] if kind == "sound" else ""
    case = case_of(page, kind, variant, dice, other_values=other_values)
    return finished(page, kind, number, case, encoding(dice, number))


def _page(pixels: Pixels, split: str, dice: Random) -> Page:
    """The picture as a page with slots on flat spots; where there are none, on a card or on whatever is there."""
    height, width = pixels.shape[:2]
    look = looks.look(dice, "light" if pixels.mean() > 110 else "dark", scale=1.0)
    layout = drawn(split, lambda: _layout(width, height, dice), repr)
    need = round(layout.text_pt * 20), round(layout.text_pt * 2.2)
    if width < _CARD_PT[0] + 20 or height < _CARD_PT[1] + 20:
        raise ValueError(f"a picture of {width} x {height} pixels is too small to write into")
    page = Page(split, layout, look, Random(f"{split}/real/{layout.seed}"), Image.fromarray(pixels))
    spots = list(_flat_spots(pixels, need, dice))
    if len(spots) < 2:
        spots = (_card if dice.random() < 0.5 else _anywhere)(page, need, dice)
    page.blank.append(spots.pop())
    for spot, label in zip(spots, page.dice.sample(sorted(_ENTITIES), len(spots)), strict=True):
        _write(page, spot, label)
    return page


def _layout(width: int, height: int, dice: Random) -> Layout:
    text = dice.choice((12.0, 13.0, 14.0, 15.0)) * (1 if height < 900 else 1.25)
    return Layout("real", width, height, 0, 0, 0, round(text * 2.2), text, dice.randrange(1_000_000))


def _flat_spots(pixels: Pixels, need: tuple[int, int], dice: Random) -> Iterator[Box]:
    """Places of that size in which all pixels are alike, in an order of chance, apart from each other."""
    inside = _changes(pixels)
    width, height = need
    tops = np.arange(0, pixels.shape[0] - height, _STRIDE_PX)[:, None]
    lefts = np.arange(0, pixels.shape[1] - width, _STRIDE_PX)[None, :]
    sums = inside[tops + height, lefts + width] - inside[tops, lefts + width]
    sums += inside[tops, lefts] - inside[tops + height, lefts]
    found = [(int(left) * _STRIDE_PX, int(top) * _STRIDE_PX) for top, left in np.argwhere(sums == 0)]
    dice.shuffle(found)
    taken: list[Box] = []
    for left, top in found:
        box = Box(left, top, left + width, top + height)
        if not any(box.grown(8, 8).touches(other) for other in taken):
            taken.append(box)
            yield box
        if len(taken) > _SPOTS_N:
            return


def _changes(pixels: Pixels) -> NDArray[np.int64]:
    """Running sums, from the top left, of pixels that differ from their right or lower neighbour."""
    wide = pixels.astype(np.int16)
    changes = np.zeros(pixels.shape[:2], np.int64)
    changes[:, :-1] += (wide[:, 1:] != wide[:, :-1]).any(axis=-1)
    changes[:-1] += (wide[1:] != wide[:-1]).any(axis=-1)
    sums = np.zeros((pixels.shape[0] + 1, pixels.shape[1] + 1), np.int64)
    sums[1:, 1:] = changes.cumsum(axis=0).cumsum(axis=1)
    return sums


def _anywhere(page: Page, need: tuple[int, int], dice: Random) -> list[Box]:
    """Two places below each other on whatever the picture shows, as labels of icons lie on a photograph."""
    left, top = dice.randrange(page.image.width - need[0]), dice.randrange(page.image.height - 3 * need[1])
    return [Box(left, top + n * need[1], left + need[0], top + (n + 1) * need[1]) for n in range(3)]


def _card(page: Page, need: tuple[int, int], dice: Random) -> list[Box]:
    """A message box over the picture with room for two values and a free line."""
    width, height = max(_CARD_PT[0], need[0] + 24), max(_CARD_PT[1], need[1] * 3 + 16)
    left = dice.randrange(max(1, page.image.width - width))
    top = dice.randrange(max(1, page.image.height - height))
    palette = page.look.palette
    page.area(left, top, width, height, palette.panel, line=palette.line, round_pt=8)
    rows = [
        Box(left + 12, top + 8 + n * need[1], left + 12 + need[0], top + 8 + (n + 1) * need[1])
        for n in range(3)
    ]
    return [row.within(page.image.size) for row in rows]


def _write(page: Page, spot: Box, label: str) -> None:
    """A label and a value on a spot, in a colour that can be read there."""
    ground = page.image.getpixel((spot.left + 1, spot.top + 1))
    assert isinstance(ground, tuple)
    ink = (30, 33, 38) if sum(ground) > 380 else (226, 229, 234)
    base = spot.top + spot.height * 0.66
    wide = page.words(spot.left + 4, base, f"{label}:", colour=ink)
    left = spot.left + 10 + wide
    page.value(left, base, _ENTITIES[label], spot.right - left - 4, ground="card", colour=ink)
