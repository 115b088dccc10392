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
    if max(_inked(luma[place], taken[place]) for place in (one, other)) > _MOST_INKED:
        return False
    return any((_steps(sign * luma[one], taken[one]) & _steps(sign * luma[other], taken[other])).any()
               for sign in (1, -1))  # fmt: skip


def _inked(strip: Floats, taken: Bools) -> int:
    """Columns after which some line changes: many where a line of text is near."""
    changes = np.abs(np.diff(strip, axis=1)) > _STEP_LEVELS
    return int((changes & ~(taken[:, 1:] | taken[:, :-1])).any(axis=0).sum())


def _steps(strip: Floats, taken: Bools) -> Bools:
    """For each column: whether all lines grow brighter after it, beside no mask."""
    grows: Bools = np.diff(strip, axis=1).min(axis=0) > _STEP_LEVELS
    return grows & ~(taken[:, 1:] | taken[:, :-1]).any(axis=0)
