"""From readings to one verdict an item: whoever said leak decides.

Ranks, from harmless to worst. An item has the worst rank that any of its readings has.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ranks = NDArray[np.int8]
Ints = NDArray[np.int64]

# What the upper bound counts as a leak stands from `broken` on.
BY_RANK = ("clean", "over_redacted", "broken", "unsure", "leak")
RANKS = {verdict: rank for rank, verdict in enumerate(BY_RANK)}
NOT_JUDGED = -1
LEAK = RANKS["leak"]
_COUNTED_FROM = RANKS["broken"]


def ranks_of(verdicts: Sequence[str]) -> Ranks:
    """Rank of each verdict; raises ValueError for a word that is none."""
    try:
        return np.fromiter(map(RANKS.__getitem__, verdicts), np.int8, len(verdicts))
    except KeyError as error:
        raise ValueError("a verdict is one of " + ", ".join(BY_RANK)) from error


def worst_by_item(item: ArrayLike, rank: ArrayLike, items_n: int) -> Ranks:
    """Worst rank of each of `items_n` items; NOT_JUDGED where there is no reading.

    item: number of the item (0 to items_n - 1) of each reading; rank: what the reading said
    """
    worst = np.full(items_n, NOT_JUDGED, np.int8)
    np.maximum.at(worst, np.asarray(item, np.int64), np.asarray(rank, np.int8))
    return worst


def is_counted(worst: ArrayLike) -> NDArray[np.bool_]:
    """Whether the upper bound counts the item as a leak: leak, unsure, broken, or not judged."""
    rank = np.asarray(worst)
    return np.asarray((rank >= _COUNTED_FROM) | (rank == NOT_JUDGED))


def is_leak(worst: ArrayLike) -> NDArray[np.bool_]:
    """Whether the lower bound counts it: somebody said leak."""
    return np.asarray(np.asarray(worst) == LEAK)


def judged_prefix_n(order: ArrayLike, worst: ArrayLike) -> int:
    """How many draws, from the first one on, are of judged items: what a peekable plan may count.

    order: number of the item of each draw, in the order of the draw. Verdicts behind a gap wait, since which items are
    judged quickly may have to do with what is on them.
    """
    waits = np.flatnonzero(np.asarray(worst)[np.asarray(order, np.int64)] == NOT_JUDGED)
    return int(waits[0]) if len(waits) else len(np.asarray(order))
