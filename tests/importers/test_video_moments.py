"""When pictures are wanted: at events, and at least every 2 s of activity."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.importers.video_moments import EVERY_US, IDLE_US, activity_ticks, wanted_moments
from explorer.importers.video_spool import Spool

S = 1_000_000
times = st.lists(st.integers(0, 60 * S), max_size=40).map(lambda values: np.array(values, np.int64))


@pytest.mark.parametrize(
    ("discrete", "activity", "expected"),
    [
        ([], [], []),
        ([1], [], [1]),
        ([], [1], [1]),
        ([], [0, 3, 7], [0, 2, 4, 6]),
        ([3], [0, 7], [0, 2, 3, 5]),
        ([0, 100], [], [0, 100]),
        ([0], [1, 50, 53], [0, 50, 52]),
    ],
)
def test_moments(discrete: list[int], activity: list[int], expected: list[int]) -> None:
    found = wanted_moments(np.array(discrete, np.int64) * S, np.array(activity, np.int64) * S)
    assert (found / S).tolist() == expected


@given(times, times)
def test_no_two_seconds_of_activity_without_a_picture(
    discrete: np.ndarray[tuple[int], np.dtype[np.int64]], activity: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> None:
    found = wanted_moments(discrete, activity)
    rows = np.union1d(discrete, activity)
    assert set(discrete.tolist()) <= set(found.tolist())
    for start, end in pairwise(rows):
        if end - start <= IDLE_US:
            before = found[found <= start].max()
            inside = found[(found > start) & (found < end)]
            assert np.all(
                np.diff([before, *inside, end]) <= EVERY_US + (end - start if before < start else 0)
            )
    if len(rows):
        assert found.min() == rows.min()
        assert found.max() <= rows.max()
    assert set(activity_ticks(discrete, activity).tolist()) <= set(found.tolist())


def test_the_spool_gives_back_what_it_got() -> None:
    with Spool() as spool:
        numbers = [spool.add(bytes([n]) * n) for n in range(5)]
        assert list(spool.read(reversed(numbers))) == [bytes([n]) * n for n in range(4, -1, -1)]
        assert spool.add(b"late") == 5
        assert list(spool.read([5, 1])) == [b"late", b"\1"]
