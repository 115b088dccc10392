"""The grid of 192 x 108 cells that heatmaps count in, over a display or a window."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.trace.schema import GRID_COLUMNS, GRID_ROWS

NO_CELL = -1


def cells(
    x: NDArray[np.float64], y: NDArray[np.float64], *, left: Any, top: Any, width: Any, height: Any
) -> NDArray[np.int64]:
    """Cell (row * 192 + column) of each point in its rectangle; -1 outside, or where anything is NaN.

    The rectangle is one for all points, or one a point.
    """
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        across = (x - left) / np.asarray(width, np.float64)
        down = (y - top) / np.asarray(height, np.float64)
        inside = (across >= 0) & (across < 1) & (down >= 0) & (down < 1)
        column = np.where(inside, across, 0) * GRID_COLUMNS
        row = np.where(inside, down, 0) * GRID_ROWS
    found = row.astype(np.int64) * GRID_COLUMNS + column.astype(np.int64)
    return np.where(inside, found, NO_CELL)
