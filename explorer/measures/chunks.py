"""Where a session's rows are cut into chunks that travel one by one."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

MOST_ROWS = 65_536
MOST_EVENTS = 16_384
# Times within a chunk are 32-bit microseconds: 4,294 s at most.
SPAN_US = 4_000_000_000


def chunk_bounds(
    t_us: Ints,
    event_rows: Ints,
    *,
    most_rows: int = MOST_ROWS,
    most_events: int = MOST_EVENTS,
    span_us: int = SPAN_US,
) -> list[tuple[int, int]]:
    """First row and row after the last one of each chunk; none without rows.

    `t_us` never falls. `event_rows` are the rows that are no moves, in order.
    """
    bounds = [0] if len(t_us) else []
    while bounds and bounds[-1] < len(t_us):
        start = bounds[-1]
        event = int(np.searchsorted(event_rows, start)) + most_events
        of_events = int(event_rows[event]) if event < len(event_rows) else len(t_us)
        of_time = int(np.searchsorted(t_us, t_us[start] + span_us))
        bounds.append(min(start + most_rows, of_events, of_time, len(t_us)))
    return list(pairwise(bounds))
