"""Which window is in front, from rows that each tell a part of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]

UNTOLD = -1
# The first columns name the window: another value in one of them is another window.
NAMING = 2


def window_changes(told: Codes) -> list[tuple[int, tuple[int, ...]]]:
    """Row and new state at each change. `told` has a row per row and a code per column, UNTOLD where it is silent.

    A row of another window replaces the whole state; one of the same window adds to it what it tells.
    """
    telling = np.flatnonzero((told != UNTOLD).any(axis=1))
    rows = told[telling]
    differs = np.ones(len(rows), bool)
    differs[1:] = (rows[1:] != rows[:-1]).any(axis=1)
    state = (UNTOLD,) * told.shape[1]
    changes = []
    for row, values in zip(telling[differs].tolist(), rows[differs].tolist(), strict=True):
        pairs = tuple(zip(values, state, strict=True))
        is_other = any(UNTOLD not in pair and pair[0] != pair[1] for pair in pairs[:NAMING])
        new = tuple(values) if is_other else tuple(b if a == UNTOLD else a for a, b in pairs)
        if new != state:
            changes.append((row, new))
            state = new
    return changes
