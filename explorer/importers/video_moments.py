"""When a picture is wanted: at each discrete event, and at least every 2 s while something goes on."""

from __future__ import annotations

import numpy as np

from explorer.importers.recording import Ints

EVERY_US = 2_000_000
# A longer pause between two rows is idle time, in which no picture is needed.
IDLE_US = 5_000_000


def wanted_moments(discrete_us: Ints, activity_us: Ints) -> Ints:
    """Times at which a picture is wanted, sorted: of the discrete events, and ticks between them."""
    return np.union1d(discrete_us, activity_ticks(discrete_us, activity_us))


def activity_ticks(discrete_us: Ints, activity_us: Ints) -> Ints:
    """Times that leave no 2 s of activity without a picture; `activity_us` are the times of all other rows."""
    rows = np.union1d(discrete_us, activity_us)
    if not len(rows):
        return rows
    is_start = np.concatenate([[True], np.diff(rows) > IDLE_US])
    starts, ends = rows[is_start], rows[np.concatenate([is_start[1:], [True]])]
    anchors = np.union1d(discrete_us, starts)
    span = np.searchsorted(starts, anchors, side="right") - 1
    following = np.concatenate([anchors[1:], [np.iinfo(np.int64).max]])
    until = np.minimum(following, ends[span])
    ticks_n = np.maximum(until - anchors - 1, 0) // EVERY_US
    first = np.repeat(anchors, ticks_n)
    place = np.arange(len(first)) - np.repeat(np.cumsum(ticks_n) - ticks_n, ticks_n)
    return np.union1d(np.setdiff1d(starts, discrete_us), first + (place + 1) * EVERY_US)
