"""Solid rectangles of one colour in a picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Box = tuple[int, int, int, int]


def rectangles(is_colour: NDArray[np.bool_], least_width_px: int, least_height_px: int) -> list[Box]:
    """Rectangles (left, top, right, bottom) whose rows are runs that begin and end at the same columns."""
    rows, starts, ends = _runs(is_colour, least_width_px)
    order = np.lexsort((rows, ends, starts))
    rows, starts, ends = rows[order], starts[order], ends[order]
    if not len(rows):
        return []
    is_next = (starts[1:] == starts[:-1]) & (ends[1:] == ends[:-1]) & (rows[1:] == rows[:-1] + 1)
    first = np.flatnonzero(np.concatenate([[True], ~is_next]))
    last = np.concatenate([first[1:], [len(rows)]]) - 1
    found = zip(starts[first], rows[first], ends[first], rows[last] + 1, strict=True)
    return [(int(a), int(b), int(c), int(d)) for a, b, c, d in found if d - b >= least_height_px]


def _runs(is_colour: NDArray[np.bool_], least_width_px: int) -> tuple[Ints, Ints, Ints]:
    """Runs of the colour that are long enough, row by row: their rows, first columns, and columns just beyond.

    Rows are laid end to end with a gap, so that where a run begins and where it ends follow each other in turn.
    """
    height, width = is_colour.shape
    flat = np.zeros(height * (width + 1) + 1, bool)
    flat[1:].reshape(height, width + 1)[:, :-1] = is_colour
    changes = np.flatnonzero(flat[1:] != flat[:-1])
    starts, ends = changes[::2], changes[1::2]
    is_long = ends - starts >= least_width_px
    starts, ends = starts[is_long], ends[is_long]
    rows = starts // (width + 1)
    return rows, starts - rows * (width + 1), ends - rows * (width + 1)


def ragged_rectangles(
    is_colour: NDArray[np.bool_], least_width_px: int, least_height_px: int, slack_px: int
) -> list[Box]:
    """The same where a codec has frayed the edges: runs may begin and end so many pixels from the first one's."""
    growing: list[list[int]] = []
    done: list[list[int]] = []
    last = -1
    for row, start, end in zip(*(one.tolist() for one in _runs(is_colour, least_width_px)), strict=True):
        if row != last:
            done += [one for one in growing if one[3] < row]
            growing = [one for one in growing if one[3] >= row]
            last = row
        for one in growing:
            if one[3] == row and abs(one[0] - start) <= slack_px and abs(one[2] - end) <= slack_px:
                one[3] = row + 1
                break
        else:
            growing.append([start, row, end, row + 1])
    found = ((left, top, right, bottom) for left, top, right, bottom in done + growing)
    return [one for one in found if one[3] - one[1] >= least_height_px]
