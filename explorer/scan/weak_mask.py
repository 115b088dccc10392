"""Masks that are not solid: blurred, pixelated, translucent, near-black, or not there at all.

Where it may be the codec's noise as well, the severity is low: a leak that is missed costs more than a look.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from explorer.measures.mask_fill import Fill
from explorer.scan.finding import Finding
from explorer.scan.views import Box, Mask, View

NAME, VERSION = "weak_mask", 5
DRAWN = "placeholder"  # what a pass draws on a mask cannot be told from what shines through
_LEAST_PX = 3
_RING_PX, _SAME_LEVELS, _INK_LEVELS, _SHARP = 3, 6, 40, 0.4


def look(view: View) -> Iterator[Finding]:
    """A finding for each mask through which something can be seen; of the kind `not_burned` where all can."""
    for mask in view.shown:
        box = free_part(mask, view)
        if mask.method == DRAWN or box is None:
            continue
        fill = view.fill(box)
        if fill.is_solid:
            continue
        kind = (
            "not_burned"
            if is_bare(view, box, fill) and mask.method in (None, "fill", "drop")
            else "weak_mask"
        )
        yield Finding(
            **view.place, **mask.place, kind=kind, severity="high" if fill.is_weak else "low", score=score_of(fill),
            detector=NAME, detector_version=VERSION, redaction_id=mask.redaction_id, entity=mask.entity,
        )  # fmt: skip


def score_of(fill: Fill) -> float:
    """0.5 where it is just no noise any more, 1 far beyond, less below."""
    return round(1 - 0.5 / fill.excess if fill.is_weak else 0.5 * fill.excess, 3)


def free_part(mask: Mask, view: View) -> Box | None:
    """The mask within the picture, without what other masks cover of it; None where too little is left.

    A mask that lies in another one is left to that one.
    """
    height, width = view.pixels.shape[:2]
    box: Box = (max(0, mask.left), max(0, mask.top), min(width, mask.right), min(height, mask.bottom))
    for other in view.shown:
        if other.left >= box[2] or other.right <= box[0] or other.top >= box[3] or other.bottom <= box[1]:
            continue  # most are somewhere else, and need no more
        if other is mask or (other.edges == mask.edges and other.redaction_id > mask.redaction_id):
            continue
        box = max(_beside(box, other.edges), key=_size)
    return box if min(box[2] - box[0], box[3] - box[1]) >= _LEAST_PX else None


def _beside(box: Box, other: Box) -> tuple[Box, ...]:
    """The box, or the parts of it to the left, to the right, above and below of another that it touches."""
    left, top, right, bottom = box
    if other[0] >= right or other[2] <= left or other[1] >= bottom or other[3] <= top:
        return (box,)
    return ((left, top, min(right, other[0]), bottom), (max(left, other[2]), top, right, bottom),
            (left, top, right, min(bottom, other[1])), (left, max(top, other[3]), right, bottom))  # fmt: skip


def _size(box: Box) -> int:
    return max(0, box[2] - box[0]) * max(0, box[3] - box[1])


def is_bare(view: View, box: Box, fill: Fill) -> bool:
    """Whether the ground goes on beneath the mask, with sharp ink on it: as if nobody had painted it."""
    left, top, right, bottom = box
    height, width = view.pixels.shape[:2]
    x, y = max(0, left - _RING_PX), max(0, top - _RING_PX)
    around = view.pixels[y : min(height, bottom + _RING_PX), x : min(width, right + _RING_PX)]
    is_ring = np.ones(around.shape[:2], bool)
    is_ring[top - y : bottom - y, left - x : right - x] = False
    if not is_ring.any():
        return False
    ground = np.median(around[is_ring], axis=0)
    is_same = bool(np.abs(ground - np.array(fill.colour)).max() <= _SAME_LEVELS)
    return is_same and fill.contrast >= _INK_LEVELS and fill.sharpness >= _SHARP
