"""The exact values of a map's cells in one short text, for the browser to look up what the pointer rests on."""

from __future__ import annotations

import base64
import zlib

import numpy as np
from numpy.typing import ArrayLike

# The value of a cell that fewer people than may be told of stand behind; no amount is ever said of it.
WITHHELD = -(2**31)
_MOST = 2**31 - 1


def packed(cells: ArrayLike, values: ArrayLike, others: ArrayLike) -> str:
    """base64 of deflated u32 n, n u32 distances between the cells (rising), n i32 values, n u16 others.

    Values beyond i32 stop at its ends; others (people, or 10,000 times a p value) stop at 65,535.
    """
    places = np.asarray(cells, np.int64)
    order = np.argsort(places, kind="stable")
    steps = np.diff(places[order], prepend=0).astype("<u4")
    amounts = np.clip(np.asarray(values, np.float64)[order], WITHHELD, _MOST).astype("<i4")
    besides = np.clip(np.asarray(others, np.int64)[order], 0, 65_535).astype("<u2")
    head = np.array([len(places)], "<u4")
    content = b"".join(part.tobytes() for part in (head, steps, amounts, besides))
    return base64.b64encode(zlib.compress(content, 9)).decode("ascii")
