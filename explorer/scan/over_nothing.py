"""Masks that cost more than they hide: over an empty surface, or over a whole window."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from explorer.scan.bare_in_neighbour import has_ink, is_covered, is_same_around
from explorer.scan.finding import Finding
from explorer.scan.views import Box, Mask, View

NAME, VERSION = "over_nothing", 1
_WINDOW_SHARE = 0.9
_LEAST_HEIGHT_PX, _MOST_HEIGHT_PX = 7, 60
_EDGE_PX, _LEVELS = 2, 12  # a codec blurs the edge, and stores a flat surface with some noise


def look(view: View) -> Iterator[Finding]:
    """A finding of low severity for each such mask; whether it hides something only who made it can tell."""
    height, width = view.pixels.shape[:2]
    for mask in view.shown:
        left, top, right, bottom = box = (
            max(0, mask.left), max(0, mask.top), min(width, mask.right), min(height, mask.bottom)
        )  # fmt: skip
        if (right - left) * (bottom - top) >= _WINDOW_SHARE * width * height:
            yield _finding(view, mask, "window_masked", 0.5)
        elif is_alone(box, view) and not was_text(box, view):
            yield _finding(view, mask, "mask_over_nothing", 0.4)


def is_alone(box: Box, view: View) -> bool:
    """Whether the surface around the mask, as far as it is high, is in the picture, flat and without masks."""
    left, top, right, bottom = box
    reach = bottom - top
    height, width = view.pixels.shape[:2]
    if not _LEAST_HEIGHT_PX <= reach <= _MOST_HEIGHT_PX:
        return False
    if left < reach or top < reach or right + reach > width or bottom + reach > height:
        return False
    beside = slice(top - _EDGE_PX, bottom + _EDGE_PX)
    sides = (
        (slice(top - reach, top - _EDGE_PX), slice(left - reach, right + reach)),
        (slice(bottom + _EDGE_PX, bottom + reach), slice(left - reach, right + reach)),
        (beside, slice(left - reach, left - _EDGE_PX)), (beside, slice(right + _EDGE_PX, right + reach)),
    )  # fmt: skip
    if any(view.taken[place].any() for place in sides):
        return False
    shown = [view.planes[:, *place].reshape(3, -1) for place in sides]
    if max(int(np.ptp(one)) for side in shown for one in side) > 2 * _LEVELS:
        return False  # whatever is usual, one of both ends is too far from it
    ring = np.concatenate(shown, axis=1).astype(np.int16)
    return bool(np.abs(ring - np.median(ring, axis=1, keepdims=True)).max() <= _LEVELS)


def was_text(box: Box, view: View) -> bool:
    """Whether the picture before shows something there, bare, while all around is the same."""
    before = view.before
    if before is None or before.pixels.shape != view.pixels.shape or is_covered(box, before):
        return False
    return is_same_around(box, view, before) and has_ink(box, view, before)


def _finding(view: View, mask: Mask, kind: str, score: float) -> Finding:
    return Finding(
        **view.place, **mask.place, kind=kind, severity="low", score=score, detector=NAME, detector_version=VERSION,
        redaction_id=mask.redaction_id, entity=mask.entity,
    )  # fmt: skip
