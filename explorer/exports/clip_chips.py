"""Shortcuts as key caps in the lower left corner of a picture; the newest at the right, the oldest go first."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageDraw

from explorer.exports.clip_drawing import FINE, colour, fine
from explorer.exports.clip_font import font
from explorer.exports.clip_moments import Chip

_TALL, _PAD, _RADIUS, _FOOT, _FONT = 30, 10, 6, 3, 16
_MARGIN, _KEYS_APART, _CHIPS_APART = 14, 4, 14
_FADES_FROM = 0.8


def draw_chips(picture: Image.Image, chips: tuple[Chip, ...], unit: float) -> None:
    """Draw them as far as there is room."""
    drawn = [(_chip(chip.label, chip.times_n, unit), chip.age) for chip in chips]
    room = picture.width - 2 * round(_MARGIN * unit)
    apart = round(_CHIPS_APART * unit)
    while len(drawn) > 1 and sum(mark.width + apart for mark, _ in drawn) - apart > room:
        drawn.pop(0)
    left, top = round(_MARGIN * unit), picture.height - round((_MARGIN + _TALL) * unit)
    for mark, age in drawn:
        fresh = min(1.0, max(0.0, (1 - age) / (1 - _FADES_FROM)))
        alpha = mark.getchannel("A").point(lambda value, fresh=fresh: round(value * fresh))
        picture.paste(mark, (left, top), alpha)
        left += mark.width + apart


@lru_cache(maxsize=64)
def _chip(label: tuple[str, ...], times_n: int, unit: float) -> Image.Image:
    """Caps of one shortcut side by side, and how many times it was pressed."""
    letters = font(round(_FONT * unit), 600)
    tall, apart = round(_TALL * unit), round(_KEYS_APART * unit)
    widths = [max(tall, round(letters.getlength(key) + 2 * _PAD * unit)) for key in label]
    times = f"×{times_n}" if times_n > 1 else ""
    more = round(letters.getlength(times) + 2 * _PAD * unit) if times else 0
    lefts = [sum(widths[:place]) + place * apart for place in range(len(widths) + 1)]
    # Caps and the times on paper of their own, so that they read on any picture.
    size = (lefts[-1] - apart + (apart + more if times else 0), tall)
    mark = fine(size, lambda pen: _draw_caps(pen, size, lefts, widths, unit))
    pen = ImageDraw.Draw(mark)
    middle = (_TALL - _FOOT) * unit / 2
    for key, left, wide in zip((*label, times), lefts, (*widths, more), strict=True):
        pen.text((left + wide / 2, middle), key, colour("ink"), letters, anchor="mm")
    return mark


def _draw_caps(
    pen: ImageDraw.ImageDraw, size: tuple[int, int], lefts: list[int], widths: list[int], unit: float
) -> None:
    tall, radius, line = size[1] * FINE, _RADIUS * unit * FINE, unit * FINE
    if size[0] > lefts[-1]:
        pen.rounded_rectangle(
            (lefts[-1] * FINE, line, size[0] * FINE - 1, tall - line), radius, (255, 255, 255, 235)
        )
    for left, wide in zip(lefts, widths, strict=False):
        start, end = left * FINE, (left + wide) * FINE - 1
        pen.rounded_rectangle((start, 0, end, tall - 1), radius, (*colour("shortcut"), 255))
        inner = (start + 1.5 * line, 1.5 * line, end - 1.5 * line, tall - (1 + _FOOT) * line)
        pen.rounded_rectangle(inner, radius - 1.5 * line, (*colour("paper"), 255))
