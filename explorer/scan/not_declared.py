"""Solid bars in the colour of the declared masks that nobody declared: a pass that keeps no account of what it did."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from explorer.measures.rectangles import Box, ragged_rectangles, rectangles
from explorer.scan.finding import Finding
from explorer.scan.views import Pixels, View
from explorer.scan.weak_mask import DRAWN, free_part

NAME, VERSION = "not_declared", 2
_MOST_COLOURS, _LOSSY_LEVELS, _LOSSY_SLACK_PX, _SURE_LEVELS = 3, 12, 4, 6
_LEAST_WIDTH_PX, _LEAST_HEIGHT_PX = 20, 7
# A colour that covers more of the picture than this beside the masks is one of the app's own.
_OWN_SHARE = 0.03


def look(view: View) -> Iterator[Finding]:
    """A finding for each bar that overlaps no declared mask; no leak in itself."""
    height, width = view.pixels.shape[:2]
    taken = np.zeros((height, width), bool)
    for mask in view.shown:
        taken[max(0, mask.top) : mask.bottom, max(0, mask.left) : mask.right] = True
    for colour in colours(view):
        exact, like = (0, 0) if view.stored.is_lossless else (_SURE_LEVELS, _LOSSY_LEVELS)
        is_sure = _like(view.planes, colour, exact)
        if np.count_nonzero(is_sure & ~taken) / taken.size > _OWN_SHARE:
            continue
        is_colour = is_sure if like == exact else _like(view.planes, colour, like)
        for left, top, right, bottom in _bars(is_colour, view):
            if not taken[top:bottom, left:right].any():
                taken[top:bottom, left:right] = True  # once, whichever of two like colours it has
                yield Finding(
                    **view.place, kind="not_declared", severity="low", score=0.5, detector=NAME,
                    detector_version=VERSION, left_px=left, top_px=top, width_px=right - left, height_px=bottom - top,
                )  # fmt: skip


def _bars(is_colour: NDArray[np.bool_], view: View) -> list[Box]:
    least = _LEAST_WIDTH_PX, _LEAST_HEIGHT_PX
    if view.stored.is_lossless:
        return rectangles(is_colour, *least)
    return ragged_rectangles(is_colour, *least, _LOSSY_SLACK_PX)


def colours(view: View) -> list[tuple[int, int, int]]:
    """The colours of the picture's solid masks, at most three."""
    found: dict[tuple[int, int, int], None] = {}
    for mask in view.shown:
        box: Box | None = None if mask.method == DRAWN else free_part(mask, view)
        if box is not None:
            fill = view.fill(box)
            if not fill.is_weak:
                found.setdefault(fill.colour)
        if len(found) == _MOST_COLOURS:
            break
    return list(found)


def _like(planes: Pixels, colour: tuple[int, int, int], levels: int) -> NDArray[np.bool_]:
    """Which pixels (of channel x height x width) are so many levels off at most; what is less wraps around to more."""
    is_like = np.ones(planes.shape[1:], bool)
    for plane, level in zip(planes, colour, strict=True):
        least, most = max(0, level - levels), min(255, level + levels)
        is_like &= plane - np.uint8(least) <= np.uint8(most - least)
    return is_like
