"""Whether a mask is solid: one colour, as far as the picture's own codec lets that be seen.

Without loss, every pixel of a solid mask is equal. In a JPEG the blocks answer (jpeg_bar.py). A lossy WebP predicts
from what lies beside, so what varies in the mask is weighed by what the same codec makes of one colour there.
Thresholds were set on the tuning half of the leak set; docs/decisions/scan.md has what they were set on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.measures.codec import Rewritten, Stored
from explorer.measures.jpeg_bar import bar

Pixels = NDArray[np.uint8]
Box = tuple[int, int, int, int]

# Levels of 255, root mean squares.
_JPEG_WITHIN, _JPEG_EDGE, _JPEG_CLIPPED = 0.05, 0.5, 4.0
_REST, _REST_FINER, _FINE = 1.3, 1.03, (75, 92)  # squared levels; less from the one quality to the other
_MARGIN_PX, _NOISE_PX = 4, 2
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


def fill_of(pixels: Pixels, box: Box, how: Stored, rewritten: Rewritten | None = None) -> Fill:
    """The fill of a box (left, top, right, bottom) that lies within the picture; `rewritten`: with all its masks."""
    left, top, right, bottom = box
    found = pixels[top:bottom, left:right]
    luma = found @ _LUMA
    low, high = np.percentile(luma, (1, 99))
    steps = np.abs(np.diff(luma, axis=1))
    steepest = float(np.percentile(steps, 99.5)) if steps.size else 0.0
    red, green, blue = (int(part) for part in np.median(found.reshape(-1, 3), axis=0))
    contrast = float(high - low)
    return Fill(
        _excess(pixels, box, how, rewritten),
        contrast,
        steepest / contrast if contrast else 0.0,
        (red, green, blue),
    )


def _excess(pixels: Pixels, box: Box, how: Stored, rewritten: Rewritten | None) -> float:
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
    return _against_one_colour(pixels, box, how, rewritten or Rewritten(pixels, [box], how))


def _against_one_colour(pixels: Pixels, box: Box, how: Stored, rewritten: Rewritten) -> float:
    """What varies in the mask where the codec leaves one colour alone: pixels that it disturbs count less.

    Each way of storing can only lower the sum, so a mask that is even needs none, and most need one.
    """
    left, top, right, bottom = box
    found = pixels[top:bottom, left:right] @ _LUMA
    across, along = (min(_MARGIN_PX, max(0, (n - 4) // 2)) for n in (right - left, bottom - top))
    within = slice(along, found.shape[0] - along), slice(across, found.shape[1] - across)
    colour = float(np.median(pixels[top:bottom, left:right].reshape(-1, 3), axis=0) @ _LUMA)
    noise, limit, number = np.zeros_like(found), _limit(how), 0
    varies = float(found[within].var())
    while varies > limit and (stored := rewritten.way(number)) is not None:
        noise = np.maximum(noise, _spread((stored[top:bottom, left:right] @ _LUMA - colour) ** 2))
        weight, shown = 1 / (1 + noise[within]), found[within]
        middle = float((weight * shown).sum() / weight.sum())
        varies = float((weight * (shown - middle) ** 2).sum() / weight.sum())
        number += 1
    return varies / limit


def _limit(how: Stored) -> float:
    """Squared levels that are left over in sound masks; the finer the codec, the less."""
    quality = float((how.settings or {}).get("quality", 0))
    return _REST - _REST_FINER * min(1.0, max(0.0, (quality - _FINE[0]) / (_FINE[1] - _FINE[0])))


def _spread(squares: NDArray[np.float64]) -> NDArray[np.float64]:
    """The highest value within two pixels: where the codec disturbs is known to about that."""
    padded = np.pad(squares, _NOISE_PX)
    rows = np.max([padded[at : at + squares.shape[0]] for at in range(2 * _NOISE_PX + 1)], axis=0)
    highest: NDArray[np.float64] = np.max(
        [rows[:, at : at + squares.shape[1]] for at in range(2 * _NOISE_PX + 1)], axis=0
    )
    return highest
