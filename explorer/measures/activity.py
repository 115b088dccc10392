"""Activity over equal parts of an axis, waits, and the applications in front."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def counts_by_part(times_us: Mapping[str, Ints], duration_us: int, bins_n: int) -> dict[str, list[int]]:
    """How many of each kind's times lie in each of `bins_n` equal parts; the last part includes the end.

    Times rise within a kind. Kinds without a time are left out. The same parts as in the query replay/density.
    """
    starts = -(-np.arange(1, bins_n, dtype=np.int64) * duration_us // bins_n)  # rounded up
    bounds = {kind: np.searchsorted(times, starts) for kind, times in times_us.items() if len(times)}
    return {
        kind: np.diff(found, prepend=0, append=len(times_us[kind])).tolist() for kind, found in bounds.items()
    }


def waits(marks_us: Ints, duration_us: int, longer_than_us: int) -> list[tuple[int, int]]:
    """Start and end of each wait of more than `longer_than_us` between the marks, the axis's start and its end."""
    # Marks come in sorted runs, which a stable sort merges in one pass.
    every = np.sort(np.concatenate([[0], marks_us, [duration_us]]), kind="stable")
    long = np.flatnonzero(np.diff(every) > longer_than_us)
    return list(zip(every[long].tolist(), every[long + 1].tolist(), strict=True))


def app_runs(t_us: Sequence[int], apps: Sequence[str], duration_us: int) -> list[tuple[str | None, int, int]]:
    """Application, start and end (us) of each stretch in one; `apps` are those in front from `t_us` on, in order.

    The first one counts from the start; without any there is one stretch of None.
    """
    runs: list[tuple[str | None, int, int]] = []
    app, start_us = (apps[0] if apps else None), 0
    for at_us, name in zip(t_us, apps, strict=True):
        if name == app:
            continue
        if at_us > start_us:
            runs.append((app, start_us, at_us))
        app, start_us = name, at_us
    return [*runs, (app, start_us, duration_us)] if duration_us > start_us else runs
