"""Solid rectangles of one colour in a picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Box = tuple[int, int, int, int]


def rectangles(is_colour: NDArray[np.bool_], least_width_px: int, least_height_px: int) -> list[Box]:
    """Rectangles (left, top, right, bottom) whose rows are runs that begin and end at the same columns."""
    edges = np.diff(np.pad(is_colour, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    is_long = ends - starts >= least_width_px
    rows, starts, ends = rows[is_long], starts[is_long], ends[is_long]
    order = np.lexsort((rows, ends, starts))
    rows, starts, ends = rows[order], starts[order], ends[order]
    if not len(rows):
        return []
    is_next = (starts[1:] == starts[:-1]) & (ends[1:] == ends[:-1]) & (rows[1:] == rows[:-1] + 1)
    first = np.flatnonzero(np.concatenate([[True], ~is_next]))
    last = np.concatenate([first[1:], [len(rows)]]) - 1
    found = zip(starts[first], rows[first], ends[first], rows[last] + 1, strict=True)
    return [(int(a), int(b), int(c), int(d)) for a, b, c, d in found if d - b >= least_height_px]
