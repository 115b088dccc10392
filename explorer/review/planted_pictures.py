"""Planted leaks in pictures: a made-up value where a mask is, or on a flat spot, covered badly or not at all.

Everything follows from the dice, so that the same picture is drawn each time. It is drawn in memory, and never kept.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from explorer.review.planted_values import made_up

Edges = tuple[int, int, int, int]  # left, top, right, bottom
LEAKS = ("missed", "blurred", "pixelated", "translucent", "shifted", "too_small")
_ENTITIES = ("PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER")
_SMALLEST, _HIGHEST = (60, 11), 48  # of a mask that can carry a value, in pixels
_BAR = (74, 83, 97)
_SPOT, _TRIES, _FLAT = (150, 20), 600, 6
_PLACES, _TEXTS = 6, 8
_FONT_PX, _SMALLER_PX = (9, 28), 3
_ALPHA = 0.82


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture with a planted leak; `box` is left, top, width, height of the value."""

    picture: Image.Image
    entity: str
    box: Edges


def draw(picture: Image.Image, masks: Sequence[Edges], leak: str, dice: Random) -> Drawn | None:
    """The picture with a leak of that kind; None where there is no room for one."""
    pixels = np.asarray(picture)
    for place, bar in _places(pixels, masks, dice):
        entity = dice.choice(_ENTITIES)
        for text in [made_up(entity, dice) for _ in range(_TEXTS)]:
            ground = _ground(pixels, place)
            whole = picture.copy()
            whole.paste(ground, place)
            box = _write(whole, place, text, ground)
            if box is not None:
                _cover(whole, place, box, leak, bar)
                return Drawn(whole, entity, (box[0], box[1], box[2] - box[0], box[3] - box[1]))
    return None


def encoded(picture: Image.Image, form: str) -> bytes:
    """The picture in the format of the stored one, without loss where the format has that."""
    out = io.BytesIO()
    if form == "jpeg":
        picture.save(out, "JPEG", quality=95, subsampling=0)
    elif form == "webp":
        picture.save(out, "WEBP", lossless=True, quality=10, method=0)
    else:
        picture.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _places(
    pixels: NDArray[np.uint8], masks: Sequence[Edges], dice: Random
) -> Iterator[tuple[Edges, tuple[int, ...]]]:
    """Where the value may go, and the colour of the bar that should cover it: masks, or a flat spot."""
    height, width = pixels.shape[:2]
    fitting = sorted(
        (left, top, right, bottom)
        for left, top, right, bottom in masks
        if left >= 0 and top >= 0 and right <= width and bottom <= height
        and right - left >= _SMALLEST[0] and _SMALLEST[1] <= bottom - top <= _HIGHEST
    )  # fmt: skip
    for place in dice.sample(fitting, min(len(fitting), _PLACES)):
        left, top, right, bottom = place
        yield place, _median(pixels[top:bottom, left:right])
    for _ in range(_TRIES if width > _SPOT[0] and height > _SPOT[1] else 0):
        left, top = dice.randrange(width - _SPOT[0]), dice.randrange(height - _SPOT[1])
        inside = pixels[top : top + _SPOT[1], left : left + _SPOT[0]]
        if int(np.ptp(inside, axis=(0, 1)).max()) <= _FLAT:
            yield (left, top, left + _SPOT[0], top + _SPOT[1]), _BAR
            return


def _ground(pixels: NDArray[np.uint8], place: Edges) -> tuple[int, ...]:
    """The colour around a place."""
    left, top, right, bottom = place
    height, width = pixels.shape[:2]
    above = pixels[max(0, top - 2) : top, left:right].reshape(-1, 3)
    below = pixels[bottom : min(height, bottom + 2), left:right].reshape(-1, 3)
    beside = pixels[top:bottom, right : min(width, right + 2)].reshape(-1, 3)
    around = np.concatenate([above, below, beside])
    return _median(around if len(around) else pixels[top:bottom, left:right])


def _median(pixels: NDArray[np.uint8]) -> tuple[int, ...]:
    return tuple(int(one) for one in np.median(pixels.reshape(-1, 3), axis=0))


def _write(picture: Image.Image, place: Edges, text: str, ground: tuple[int, ...]) -> Edges | None:
    """Write the text about as large as others stand there; where it is, or None where it does not fit."""
    left, top, right, bottom = place
    ink = (32, 35, 40) if sum(ground) > 380 else (226, 229, 234)
    usual = min(_FONT_PX[1], max(_FONT_PX[0], round((bottom - top) * 0.7)))
    for px in range(usual, max(_FONT_PX[0], usual - _SMALLER_PX) - 1, -1):
        font = ImageFont.load_default(px)
        _, above, wide, below = (round(one) for one in font.getbbox(text))
        if wide <= right - left - 4 and below - above <= bottom - top:
            at = left + 2, top + (bottom - top - (below - above)) // 2 - above
            ImageDraw.Draw(picture).text(at, text, font=font, fill=ink)
            return left + 2, at[1] + above, left + 2 + wide, at[1] + below
    return None


def _cover(picture: Image.Image, place: Edges, box: Edges, leak: str, bar: tuple[int, ...]) -> None:
    left, top, right, bottom = place
    if leak == "blurred":
        picture.paste(picture.crop(place).filter(ImageFilter.GaussianBlur((bottom - top) / 9)), place)
    elif leak == "pixelated":
        size, step = (right - left, bottom - top), max(3, (bottom - top) // 4)
        small = picture.crop(place).resize(
            (max(1, size[0] // step), max(1, size[1] // step)), Image.Resampling.BOX
        )
        picture.paste(small.resize(size, Image.Resampling.NEAREST), place)
    elif leak == "translucent":
        over = Image.new("RGB", (right - left, bottom - top), bar)
        picture.paste(Image.blend(picture.crop(place), over, _ALPHA), place)
    elif leak == "shifted":
        aside = (box[2] - box[0]) // 2
        picture.paste(bar, (left + aside, top, min(picture.width, right + aside), bottom))
    elif leak == "too_small":
        picture.paste(bar, (left, top, left + (box[2] - box[0]) * 2 // 5, bottom))
