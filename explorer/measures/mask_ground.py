"""The ground around a mask, made even: photographs and icons differ from place to place as ink does from its ground.

Text is what stands off the pixels near it by more than those differ among themselves. So where the ground is uneven,
each pixel is given as its distance from the median of a window about it, in which strokes of letters are the minority,
and distances are scaled to how uneven the ground is. On an even ground nothing changes.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from explorer.measures.quantiles import median

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
    levels = _SD * median(np.abs(off[~taken]))
    return luma if levels < _LEAST_LEVELS else _GREY + off * min(1.0, _LEVELS / levels)


def _is_uneven(luma: Floats, taken: Bools) -> bool:
    """Whether many neighbours in a row differ, in each third row, as they must where the rest is worth its time."""
    some, own = luma[::_EACH_ROW], taken[::_EACH_ROW]
    is_hidden = own[:, 1:] | own[:, :-1]
    is_step = np.abs(some[:, 1:] - some[:, :-1]) > _STEP_LEVELS
    seen_n = is_hidden.size - int(np.count_nonzero(is_hidden))
    return int(np.count_nonzero(is_step & ~is_hidden)) > _STEPS_SHARE * max(1, seen_n)


def _ground(shown: Floats, height: int) -> Floats:
    """The median of what is shown in a window about each second pixel of each second row; NaN where nothing is."""
    high, wide = (max(2, round(share * height / 2)) for share in (_HIGH, _WIDE))
    padded = np.pad(shown, ((high, high), (wide, wide)), constant_values=np.nan)
    found = _medians(padded[::_STRIDE_PX, ::_STRIDE_PX], high + 1, wide + 1)
    rows, columns = shown.shape
    return found.repeat(_STRIDE_PX, axis=0).repeat(_STRIDE_PX, axis=1)[:rows, :columns]


def _medians(values: Floats, high: int, wide: int) -> Floats:
    """In each window of so many rows and columns, the lower one of two, without NaN; NaN where there is nothing else.

    What is sorted are the places of values in their order, a row of windows at a time: half the bytes, and near.
    """
    levels, codes = np.unique(values, return_inverse=True)  # NaN last
    windows = sliding_window_view(codes.reshape(values.shape).astype(np.int32), (high, wide))
    middle = np.maximum(_counts(~np.isnan(values), high, wide) - 1, 0) // 2
    found = np.empty(windows.shape[:2])
    each = np.arange(windows.shape[1])
    for at, row in enumerate(windows):
        ordered = np.sort(row.reshape(len(each), -1), axis=1)
        found[at] = levels[ordered[each, middle[at]]]
    return found


def _counts(flags: Bools, high: int, wide: int) -> NDArray[np.int64]:
    """How many flags are set in each window, from a table of running sums."""
    sums = np.pad(flags.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    n: NDArray[np.int64] = (
        sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
    )
    return n
