"""Letters that go on where a mask ends: it is misplaced, or too small."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from explorer.measures.mask_edge import EdgeInk, edge_ink
from explorer.scan.finding import Finding
from explorer.scan.views import Mask, View

NAME, VERSION = "ink_at_edge", 1
_BESIDE, _ABOVE = 0.05, 0.05  # widest gap to the ink, in heights of the mask
_LEAST_INK_ABOVE = 4


def look(view: View) -> Iterator[Finding]:
    """A finding for each mask with ink right at an edge; to be ranked by its score, as text may stand that close."""
    taken = np.zeros(view.pixels.shape[:2], bool)
    for mask in view.shown:
        taken[max(0, mask.top) : mask.bottom, max(0, mask.left) : mask.right] = True
    height, width = view.pixels.shape[:2]
    for mask in view.shown:
        left, top, right, bottom = mask.edges
        box = max(0, left), max(0, top), min(width, right), min(height, bottom)
        found = [one for one in edge_ink(view.pixels, box, taken) if is_near(one, mask)]
        if found:
            yield Finding(
                **view.place, **mask.place, kind="ink_at_edge", severity="medium", score=score_of(found, mask),
                detector=NAME, detector_version=VERSION, redaction_id=mask.redaction_id, entity=mask.entity,
            )  # fmt: skip


def is_near(ink: EdgeInk, mask: Mask) -> bool:
    """Whether the gap is narrower than between words, or between lines."""
    height = mask.bottom - mask.top
    if ink.edge in ("left", "right"):
        return ink.gap_px <= _BESIDE * height
    return ink.gap_px <= _ABOVE * height and ink.ink_n >= _LEAST_INK_ABOVE


def score_of(found: list[EdgeInk], mask: Mask) -> float:
    """Ink above or below tells more than ink beside, where the next word may stand; two edges more than one."""
    is_above = any(one.edge in ("top", "bottom") for one in found)
    touches = any(one.gap_px == 0 for one in found)
    return round(min(1.0, 0.4 + 0.3 * is_above + 0.15 * touches + 0.1 * (len(found) - 1)), 3)
