"""What rows of hidden keys still tell: how many there are in a row, and when each went down."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

COARSE_US = 100_000  # times rounded to this tell nothing of how somebody types


def run_lengths(is_hidden: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Lengths of the unbroken runs of hidden rows."""
    steps = np.diff(np.concatenate(([0], is_hidden.astype(np.int8), [0])))
    found: NDArray[np.int64] = np.flatnonzero(steps == -1) - np.flatnonzero(steps == 1)
    return found


def exact_n(t_us: NDArray[np.int64]) -> int:
    """How many of these times are not rounded, where they differ at all; 0 where all are rounded or equal."""
    if len(t_us) < 2 or (t_us == t_us[0]).all():
        return 0
    return int((t_us % COARSE_US != 0).sum())
