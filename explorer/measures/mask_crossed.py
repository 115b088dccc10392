"""Whether a border runs beneath a mask and comes out at the other side: what hides a value covers no such border.

Looked at are strips next to two opposite edges. A border is a step in brightness at the same place, and in the same
direction, in every line of both.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_STEP_LEVELS = 10.0
_MOST_INKED = 6  # columns: a border or two, no text
_INSET_PX, _LEAST_DEEP_PX, _DEEP = 3, 3, 0.2


def is_crossed(luma: Floats, taken: Bools, box: tuple[int, int, int, int]) -> bool:
    """Whether one does, upright or level; `box` (left, top, right, bottom) lies within `luma`."""
    left, top, right, bottom = box
    deep = max(_LEAST_DEEP_PX, round(_DEEP * (bottom - top)))
    across, along = slice(left + _INSET_PX, right - _INSET_PX), slice(top + _INSET_PX, bottom - _INSET_PX)
    upright = _both(luma, taken, (slice(top - deep, top), across), (slice(bottom, bottom + deep), across))
    return upright or _both(
        luma.T, taken.T, (slice(left - deep, left), along), (slice(right, right + deep), along)
    )


def _both(luma: Floats, taken: Bools, one: tuple[slice, slice], other: tuple[slice, slice]) -> bool:
    if one[0].start < 0 or other[0].stop > luma.shape[0] or one[1].stop - one[1].start < 2:
        return False
    first = _steps(luma[one], taken[one])
    second = None if first is None else _steps(luma[other], taken[other])
    return first is not None and second is not None and bool((first & second).any())


def _steps(strip: Floats, taken: Bools) -> Bools | None:
    """For each column: whether all lines grow brighter, or all darker, after it, beside no mask.

    None where some line changes after many columns: a line of text is near.
    """
    change, is_hidden = strip[:, 1:] - strip[:, :-1], taken[:, 1:] | taken[:, :-1]
    is_change = (np.abs(change) > _STEP_LEVELS) & ~is_hidden
    if np.count_nonzero(is_change.any(axis=0)) > _MOST_INKED:
        return None
    is_free = ~is_hidden.any(axis=0)
    return np.array([change.min(axis=0) > _STEP_LEVELS, change.max(axis=0) < -_STEP_LEVELS]) & is_free
