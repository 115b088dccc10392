"""Whether a mask is solid: one colour, as far as the picture's own codec lets that be seen.

Without loss, every pixel of a solid mask is equal. In a JPEG the blocks answer (jpeg_bar.py). A lossy WebP predicts
from what lies beside, so what varies in the mask is weighed by what the same codec makes of one colour there.
Each has two limits: what lies between them may be the codec's noise, and may be a value all the same.
Limits were set on the tuning half of the leak set; docs/decisions/scan.md has what they were set on.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from explorer.measures.codec import Rewritten, Stored
from explorer.measures.jpeg_bar import bar
from explorer.measures.quantiles import quantiles

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]
Box = tuple[int, int, int, int]


class _Limits(NamedTuple):
    """Above `least` it may be the codec's noise or a value, above `sure` it is no noise any more."""

    least: float
    sure: float


_LOSSLESS = _Limits(0.5, 0.5)  # levels of 255
# Root mean squares in levels. Bars so low that no block lies within have nothing but their edges.
_JPEG_WITHIN, _JPEG_EDGE, _JPEG_LOW_EDGE = _Limits(0.05, 0.05), _Limits(0.3, 0.9), _Limits(0.015, 0.1)
_JPEG_APART = _Limits(0.25, 1.0)  # a share: it may be the ground that is faintly uneven, so it is never sure
# Squared levels: of steps along the rows of 1,000 pixels in a coarse WebP, and of all that varies, in any direction.
_STEPS, _VARIES = _Limits(0.165, 0.8), _Limits(25.0, 25.0)
_LIKE_NOISE = 2.0  # times what steps of one colour are there
_CERTAIN = 100.0  # no codec makes such steps in one colour: there is nothing to weigh
_USUAL_PX, _MOST_PX = 1_000, 20_000
_FINE, _FINEST_SHARE = (75, 92), 0.2  # less is left over from the one quality to the other
_STRIDES_PX = (2, 4, 6)
_MARGIN_PX, _NOISE_PX = 4, 2
_LUMA = np.array([0.299, 0.587, 0.114])


@dataclass(frozen=True, slots=True)
class Fill:
    """`excess`: how many times what a codec's noise may vary by it does vary; `doubt`: the same of what noise mostly
    stays below. `contrast`: levels of luma between the 1st and the 99th percentile, `sharpness`: the steepest step as a
    share of it."""

    excess: float
    doubt: float
    contrast: float
    sharpness: float
    colour: tuple[int, int, int]

    @property
    def is_solid(self) -> bool:
        """Whether nothing at all speaks against one colour."""
        return self.doubt <= 1

    @property
    def is_weak(self) -> bool:
        """Whether it is more than the codec's noise."""
        return self.excess > 1


def fill_of(pixels: Pixels, box: Box, how: Stored, rewritten: Rewritten | None = None) -> Fill:
    """The fill of a box (left, top, right, bottom) that lies within the picture; `rewritten`: with all its masks."""
    left, top, right, bottom = box
    found = pixels[top:bottom, left:right]
    if (found == found[0, 0]).all():  # as most are where nothing is lost: all that is measured is 0
        return Fill(0.0, 0.0, 0.0, 0.0, (int(found[0, 0, 0]), int(found[0, 0, 1]), int(found[0, 0, 2])))
    luma = found @ _LUMA
    low, high = quantiles(luma, 0.01, 0.99)
    steps = np.abs(luma[:, 1:] - luma[:, :-1])
    steepest = quantiles(steps, 0.995)[0] if steps.size else 0.0
    red, green, blue = (int(part) for part in np.median(found.reshape(-1, 3), axis=0))
    contrast = high - low
    measured = list(_measured(pixels, box, how, rewritten))
    return Fill(
        max(value / limits.sure for value, limits in measured),
        max(value / limits.least for value, limits in measured),
        contrast,
        steepest / contrast if contrast else 0.0,
        (red, green, blue),
    )


def _measured(
    pixels: Pixels, box: Box, how: Stored, rewritten: Rewritten | None
) -> Iterator[tuple[float, _Limits]]:
    """What varies in the mask, each with its limits."""
    left, top, right, bottom = box
    found = pixels[top:bottom, left:right].reshape(-1, 3)
    if how.is_lossless or (found == found[0]).all():
        yield float(np.ptp(found, axis=0).max()), _LOSSLESS
        return
    blocks = bar(how.luma, box) if how.luma is not None else None
    if blocks is None:
        yield from _against_one_colour(pixels, box, how, rewritten or Rewritten(pixels, [box], how))
        return
    if blocks.within is None:
        yield blocks.at_edge, _JPEG_LOW_EDGE
        yield blocks.apart_share, _JPEG_APART
    else:
        yield blocks.within, _JPEG_WITHIN
        yield blocks.at_edge, _JPEG_EDGE


def _against_one_colour(
    pixels: Pixels, box: Box, how: Stored, rewritten: Rewritten
) -> Iterator[tuple[float, _Limits]]:
    """What varies in the mask where the codec leaves one colour alone: pixels that it disturbs count less.

    Letters vary along a row; of the codec's noise most goes on along it, as at a mask's upper and lower edge. Each way
    of storing can only lower the sums, so a mask that is even needs none. Where the codec disturbs is not always the
    same, and then no weight meets it; so a mask that changes by about what one colour does there is even as well.
    """
    left, top, right, bottom = box
    found = pixels[top:bottom, left:right] @ _LUMA
    within = tuple(
        slice(cut, n - cut) for n in found.shape for cut in [min(_MARGIN_PX, max(0, (n - 4) // 2))]
    )
    colour = float(np.median(pixels[top:bottom, left:right].reshape(-1, 3), axis=0) @ _LUMA)
    noise, shown, usual = np.zeros_like(found), found[within], [0.0, 0.0]
    limits, even = _limits(how, shown.size), np.ones_like(shown)
    plain, varies = _steps(shown, even), float(shown.var())
    steps = plain
    while steps < _CERTAIN and (steps > limits.least or varies > _VARIES.least):
        if (stored := rewritten.way(len(usual) - 2)) is None:
            break
        again = stored[top:bottom, left:right] @ _LUMA
        noise = np.maximum(noise, _spread((again - colour) ** 2))
        weight = 1 / (1 + noise[within])
        middle = float((weight * shown).sum() / weight.sum())
        varies = float((weight * (shown - middle) ** 2).sum() / weight.sum())
        usual = sorted([*usual, _steps(again[within], even)])
        is_noise = plain <= _LIKE_NOISE * usual[-2]  # not the highest: one way may go wrong
        steps = min(limits.least, steps) if is_noise else _steps(shown, weight)
    yield steps, limits
    yield varies, _VARIES


def _steps(luma: Floats, weight: Floats) -> float:
    """The mean square of what luma changes by along a row, over some strides: as wide as strokes of letters are."""
    means = []
    for stride in _STRIDES_PX:
        both = np.minimum(weight[:, stride:], weight[:, :-stride])
        if both.size:
            squares = (luma[:, stride:] - luma[:, :-stride]) ** 2
            means.append(float((both * squares).sum() / both.sum()))
    return float(np.mean(means)) if means else 0.0


def _limits(how: Stored, pixels_n: int) -> _Limits:
    """Squared levels that are left over in sound masks: the less, the finer the codec and the larger the mask."""
    quality = float((how.settings or {}).get("quality", 0))
    share = 1 - (1 - _FINEST_SHARE) * min(1.0, max(0.0, (quality - _FINE[0]) / (_FINE[1] - _FINE[0])))
    share *= math.sqrt(_USUAL_PX / max(1, min(_MOST_PX, pixels_n)))
    return _Limits(_STEPS.least * share, _STEPS.sure * share)


def _spread(squares: Floats) -> Floats:
    """The highest value within two pixels: where the codec disturbs is known to about that."""
    padded = np.pad(squares, _NOISE_PX)
    rows = np.max([padded[at : at + squares.shape[0]] for at in range(2 * _NOISE_PX + 1)], axis=0)
    highest: Floats = np.max([rows[:, at : at + squares.shape[1]] for at in range(2 * _NOISE_PX + 1)], axis=0)
    return highest
