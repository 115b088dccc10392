"""The ground around a mask, made even: photographs and icons differ from place to place as ink does from its ground.

Text is what stands off the pixels near it by more than those differ among themselves. So where the ground is uneven,
each pixel is given as its distance from the median of a window about it, in which strokes of letters are the minority,
and distances are scaled to how uneven the ground is. On an even ground nothing changes.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_STEP_LEVELS, _STEPS_SHARE = 4.0, 0.3  # neighbours on a photograph differ; in a page of text few do
_EACH_ROW = 3
_HIGH, _WIDE = 0.5, 1.0  # the window, in heights of the mask
_STRIDE_PX = 2
_LEAST_LEVELS = 2.5
_LEVELS = 12.0  # what a standard deviation becomes: ink is off by 3.3 of them
_GREY = 128.0
_SD = 1.4826  # standard deviations of a normal distribution in its median absolute deviation


def evened(luma: Floats, taken: Bools, height: int) -> Floats:
    """Brightness around a mask of that height, `luma` itself where the ground is even; `taken`: pixels of masks."""
    if not _is_uneven(luma, taken):
        return luma
    ground = _ground(np.where(taken, np.nan, luma), height)
    off = np.where(taken | np.isnan(ground), 0.0, luma - ground)
    levels = _SD * float(np.median(np.abs(off[~taken])))
    return luma if levels < _LEAST_LEVELS else _GREY + off * min(1.0, _LEVELS / levels)


def _is_uneven(luma: Floats, taken: Bools) -> bool:
    """Whether many neighbours in a row differ, in each third row, as they must where the rest is worth its time."""
    some, own = luma[::_EACH_ROW], taken[::_EACH_ROW]
    is_seen = ~(own[:, 1:] | own[:, :-1])
    steps = np.abs(np.diff(some, axis=1)) > _STEP_LEVELS
    return int((steps & is_seen).sum()) > _STEPS_SHARE * max(1, int(is_seen.sum()))


def _ground(shown: Floats, height: int) -> Floats:
    """The median of what is shown in a window about each second pixel of each second row; NaN where nothing is."""
    high, wide = (max(2, round(share * height / 2)) for share in (_HIGH, _WIDE))
    padded = np.pad(shown, ((high, high), (wide, wide)), constant_values=np.nan)
    windows = sliding_window_view(padded, (2 * high + 1, 2 * wide + 1))
    thin = windows[::_STRIDE_PX, ::_STRIDE_PX, ::_STRIDE_PX, ::_STRIDE_PX]
    found = _median(thin.reshape(*thin.shape[:2], -1))
    rows, columns = shown.shape
    return found.repeat(_STRIDE_PX, axis=0).repeat(_STRIDE_PX, axis=1)[:rows, :columns]


def _median(values: Floats) -> Floats:
    """Along the last axis, the lower one of two, without NaN; NaN where there is nothing else."""
    ordered = np.sort(values, axis=-1)  # NaN last
    n = (~np.isnan(ordered)).sum(axis=-1)
    middle: Floats = np.take_along_axis(ordered, np.maximum(n - 1, 0)[..., None] // 2, axis=-1)[..., 0]
    return middle
