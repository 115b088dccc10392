"""The exact values of a map's cells in one short text, for the browser to look up what the pointer rests on."""

from __future__ import annotations

import base64
import zlib

import numpy as np
from numpy.typing import ArrayLike

_LEAST, _MOST = -(2**31), 2**31 - 1


def packed(cells: ArrayLike, values: ArrayLike, others: ArrayLike) -> str:
    """base64 of deflated u32 n, n u32 distances between the cells (rising), n i32 values, n u16 others.

    Values beyond i32 stop at its ends; others (people, or 10,000 times a p value) stop at 65,535.
    """
    places = np.asarray(cells, np.int64)
    order = np.argsort(places, kind="stable")
    steps = np.diff(places[order], prepend=0).astype("<u4")
    amounts = np.clip(np.asarray(values, np.float64)[order], _LEAST, _MOST).astype("<i4")
    besides = np.clip(np.asarray(others, np.int64)[order], 0, 65_535).astype("<u2")
    head = np.array([len(places)], "<u4")
    content = b"".join(part.tobytes() for part in (head, steps, amounts, besides))
    return base64.b64encode(zlib.compress(content, 9)).decode("ascii")


def cell_at(columns_n: int, cell: int, view: tuple[float, float, float, float], whole_columns_n: int) -> int:
    """Number of the cell, on a grid of `whole_columns_n` over the whole space, in which the middle of another one lies.

    That other one is `cell` of a grid of `columns_n` over `view` (left, top, right, bottom in 0-1 of the space). Grids
    have nine sixteenths as many rows as columns.
    """
    rows_n, whole_rows_n = columns_n * 9 // 16, whole_columns_n * 9 // 16
    row, column = divmod(cell, columns_n)
    x = view[0] + (view[2] - view[0]) * (column + 0.5) / columns_n
    y = view[1] + (view[3] - view[1]) * (row + 0.5) / rows_n
    across = min(whole_columns_n - 1, max(0, int(x * whole_columns_n)))
    down = min(whole_rows_n - 1, max(0, int(y * whole_rows_n)))
    return down * whole_columns_n + across
