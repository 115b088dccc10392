"""Which moments of a session the pictures of a clip show. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

LONGEST_PAUSE_US = 2_000_000
# Of a pause that is cut this much stays on both sides, so that the eye keeps up.
KEPT_US = 500_000


def pieces(from_us: int, to_us: int, idle: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that are left of a range when its long pauses are cut; `idle` are pauses, in order."""
    kept: list[tuple[int, int]] = []
    start_us = from_us
    for pause_us, active_us in idle:
        begin_us, end_us = max(pause_us, from_us), min(active_us, to_us)
        if end_us - begin_us > LONGEST_PAUSE_US:
            kept.append((start_us, begin_us + KEPT_US))
            start_us = end_us - KEPT_US
    return [*kept, (start_us, to_us)]


def length_us(stretches: Sequence[tuple[int, int]]) -> int:
    """What stretches last together."""
    return sum(end_us - start_us for start_us, end_us in stretches)


def moments(stretches: Sequence[tuple[int, int]], fps: float, speed: float) -> Ints:
    """Times (us) of a clip's pictures, one after another through the stretches; at least one."""
    count = max(1, round(length_us(stretches) / 1_000_000 / speed * fps))
    played = np.arange(count) * (1_000_000 * speed / fps)
    starts = np.array([start for start, _ in stretches], np.float64)
    lengths = np.array([end - start for start, end in stretches], np.float64)
    before = np.concatenate([[0.0], np.cumsum(lengths)[:-1]])
    place = np.maximum(np.searchsorted(before, played, side="right") - 1, 0)
    shown: Ints = np.floor(starts[place] + played - before[place]).astype(np.int64)
    return shown
