"""From the counts of a map's cells to levels of colour: smoothing, a logarithm, a clip, and the bar that tells them."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log1p, log10

import numpy as np
from numpy.typing import NDArray

from explorer.charts.map_colours import EVEN, LEVELS_N, UNTOLD

CLIP_PERCENT = 99.5
# A full map would be all one colour if the logarithm began at one event: it begins at this part of the top.
DEEPEST_SHARE = 1 / 200
_REACH_SIGMAS = 4
_TICKS_N = 6
Grid = NDArray[np.float64]
Levels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Scale:
    """How values become levels: logarithmic from 0 to `top`; values above `top` are drawn like it.

    `unit` is the value at which the logarithm takes over, 1 event or 100 ms at least: below it levels rise evenly.
    """

    top: float
    unit: float = 1.0
    is_clipped: bool = False

    def share(self, value: float) -> float:
        """Place of a value on the bar, 0-1."""
        return min(1.0, log1p(max(0.0, value) / self.unit) / log1p(self.top / self.unit))

    def ticks(self) -> list[float]:
        """Round values to write beside the bar, the lowest 0, the highest `top`."""
        last = floor(log10(max(self.top, self.unit)))
        first = floor(log10(self.unit))
        powers = range(first, last + 1)
        for steps in ((1, 2, 5), (1, 3), (1,)):
            found = [step * 10.0**power for power in powers for step in steps]
            inside = [value for value in found if self.unit <= value < 0.75 * self.top]
            if len(inside) <= _TICKS_N - 2:
                return [0.0, *inside, self.top]
        return [0.0, *inside[:: -(-len(inside) // (_TICKS_N - 2))], self.top]


def smoothed(values: Grid, sigma: float) -> Grid:
    """Gaussian smoothing with `sigma` in cells. What would leave at an edge comes back there: the sum stays."""
    if sigma <= 0:
        return values
    kernel = _kernel(sigma)
    for axis in (0, 1):
        values = _along(values, kernel, axis)
    return values


def peak(sigma: float) -> float:
    """What is left of one cell's value in the cell itself after smoothing."""
    return float(_kernel(sigma).max() ** 2) if sigma > 0 else 1.0


def _kernel(sigma: float) -> NDArray[np.float64]:
    reach = int(np.ceil(_REACH_SIGMAS * sigma))
    weights: NDArray[np.float64] = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    weights /= weights.sum()
    return weights


def _along(values: Grid, kernel: NDArray[np.float64], axis: int) -> Grid:
    reach = len(kernel) // 2
    margins = [(0, 0), (0, 0)]
    margins[axis] = (reach, reach)
    wide = np.pad(values, margins, mode="symmetric")
    length = values.shape[axis]
    out = np.zeros_like(values)
    for place, weight in enumerate(kernel):
        out += weight * wide.take(range(place, place + length), axis=axis)
    return out


def scale_of(values: Grid, unit: float = 1.0) -> Scale:
    """Scale whose top is the CLIP_PERCENT-th percentile of the cells that have anything, at least one unit.

    Its own unit is larger where the top is more than 1 / DEEPEST_SHARE units.
    """
    full = values[values > 0]
    if not full.size:
        return Scale(unit, unit)
    highest = float(full.max())
    top = max(unit, float(np.percentile(full, CLIP_PERCENT)))
    return Scale(top, max(unit, DEEPEST_SHARE * top), is_clipped=highest > top)


def levels(values: Grid, scale: Scale) -> Levels:
    """Level 1-255 of each cell that has anything; 0 stays 0."""
    logs = np.log1p(np.maximum(values, 0) / scale.unit) / np.log1p(scale.top / scale.unit)
    found = 1 + np.rint((LEVELS_N - 2) * np.clip(logs, 0, 1))
    return np.where(values > 0, found, 0).astype(np.uint8)


def smooth_levels(values: Grid, scale: Scale) -> Levels:
    """The same for values that were smoothed: what is far below one unit fades to 0, without an edge."""
    logs = np.log1p(np.maximum(values, 0) / scale.unit) / np.log1p(scale.top / scale.unit)
    found: Levels = np.rint((LEVELS_N - 1) * np.clip(logs, 0, 1)).astype(np.uint8)
    return found


def difference_levels(difference: Grid, told: NDArray[np.bool_], top: float) -> Levels:
    """Level of each cell of A minus B: EVEN where it is 0, up to `top` away from 0 linear, then clipped.

    UNTOLD where `told` is False and the difference is not 0.
    """
    away = np.clip(difference / top, -1, 1) if top > 0 else np.zeros_like(difference)
    found = EVEN + np.rint(away * (LEVELS_N - 1 - EVEN))
    return np.where(told | (difference == 0), np.maximum(found, 1), UNTOLD).astype(np.uint8)
