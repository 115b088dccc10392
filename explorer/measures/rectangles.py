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


def ragged_rectangles(
    is_colour: NDArray[np.bool_], least_width_px: int, least_height_px: int, slack_px: int
) -> list[Box]:
    """The same where a codec has frayed the edges: runs may begin and end so many pixels from the first one's."""
    edges = np.diff(np.pad(is_colour, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    is_long = ends - starts >= least_width_px
    growing: list[list[int]] = []
    done: list[list[int]] = []
    runs = zip(rows[is_long].tolist(), starts[is_long].tolist(), ends[is_long].tolist(), strict=True)
    for row, start, end in runs:
        done += [one for one in growing if one[3] < row]
        growing = [one for one in growing if one[3] >= row]
        for one in growing:
            if one[3] == row and abs(one[0] - start) <= slack_px and abs(one[2] - end) <= slack_px:
                one[3] = row + 1
                break
        else:
            growing.append([start, row, end, row + 1])
    found = ((left, top, right, bottom) for left, top, right, bottom in done + growing)
    return [one for one in found if one[3] - one[1] >= least_height_px]
