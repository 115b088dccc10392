"""Whether a mask is solid: one colour, as far as the picture's own codec lets that be seen.

Without loss, every pixel of a solid mask is equal. In a JPEG the blocks answer (jpeg_bar.py). A lossy WebP predicts
from what lies beside, so the mask is compared with what the same codec makes of one colour at the same place.
Thresholds were set on the tuning half of the leak set; docs/decisions/scan.md has what they were set on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.measures.codec import Stored, again
from explorer.measures.jpeg_bar import bar

Pixels = NDArray[np.uint8]
Box = tuple[int, int, int, int]

# Levels of 255, root mean squares.
_JPEG_WITHIN, _JPEG_EDGE, _JPEG_CLIPPED = 0.05, 0.5, 4.0
_WEBP_SPREAD, _WEBP_RATIO, _WEBP_FLOOR = 0.7, 1.1, 0.3
_WEBP_MARGIN_PX = 4
_LUMA = np.array([0.299, 0.587, 0.114])


@dataclass(frozen=True, slots=True)
class Fill:
    """`excess`: how many times what a solid mask may vary by it does vary; solid up to 1. `contrast`: levels of luma
    between the 1st and the 99th percentile, `sharpness`: the steepest step as a share of it."""

    excess: float
    contrast: float
    sharpness: float
    colour: tuple[int, int, int]

    @property
    def is_solid(self) -> bool:
        return self.excess <= 1


def fill_of(pixels: Pixels, box: Box, how: Stored) -> Fill:
    """The fill of a box (left, top, right, bottom) that lies within the picture."""
    left, top, right, bottom = box
    found = pixels[top:bottom, left:right]
    luma = found @ _LUMA
    low, high = np.percentile(luma, (1, 99))
    steps = np.abs(np.diff(luma, axis=1))
    steepest = float(np.percentile(steps, 99.5)) if steps.size else 0.0
    red, green, blue = (int(part) for part in np.median(found.reshape(-1, 3), axis=0))
    contrast = float(high - low)
    return Fill(
        _excess(pixels, box, how), contrast, steepest / contrast if contrast else 0.0, (red, green, blue)
    )


def _excess(pixels: Pixels, box: Box, how: Stored) -> float:
    left, top, right, bottom = box
    found = pixels[top:bottom, left:right].reshape(-1, 3)
    if how.is_lossless or (found == found[0]).all():
        return float(np.ptp(found, axis=0).max()) * 2
    if how.luma is not None and how.steps is not None:
        blocks = bar(how.luma, box, how.steps)
        if blocks is not None:
            limits = (
                (blocks.within, _JPEG_WITHIN),
                (blocks.at_edge, _JPEG_EDGE),
                (blocks.at_clipped_edge, _JPEG_CLIPPED),
            )
            return max(value / limit for value, limit in limits if value is not None)
    return _against_one_colour(pixels, box, how)


def _against_one_colour(pixels: Pixels, box: Box, how: Stored) -> float:
    """Both the spread itself and the spread over that of one colour have to be beyond what is usual."""
    found, solid = (one @ _LUMA for one in again(pixels, box, how))
    across, along = (min(_WEBP_MARGIN_PX, max(0, (n - 4) // 2)) for n in (found.shape[1], found.shape[0]))
    within = slice(along, found.shape[0] - along), slice(across, found.shape[1] - across)
    spread = float(found[within].std())
    ratio = float((found - solid)[within].std()) / (_WEBP_FLOOR + float(solid[within].std()))
    return min(spread / _WEBP_SPREAD, ratio / _WEBP_RATIO)
