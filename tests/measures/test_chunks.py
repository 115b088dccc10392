"""Chunks hold every row once, in order, and stay within their limits."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.measures.chunks import MOST_EVENTS, MOST_ROWS, SPAN_US, chunk_bounds


def bounds(t_us: list[int], event_rows: list[int], **limits: int) -> list[tuple[int, int]]:
    return chunk_bounds(np.array(t_us, np.int64), np.array(event_rows, np.int64), **limits)


def test_no_rows_make_no_chunk() -> None:
    assert bounds([], []) == []


def test_rows_events_and_span_each_end_a_chunk() -> None:
    assert bounds([0] * 5, [], most_rows=2) == [(0, 2), (2, 4), (4, 5)]
    assert bounds([0] * 5, [0, 1, 3], most_events=1) == [(0, 1), (1, 3), (3, 5)]
    assert bounds([0, 9, 10, 30], [], span_us=10) == [(0, 2), (2, 3), (3, 4)]


def test_limits_fit_the_numbers_on_the_wire() -> None:
    assert SPAN_US < 2**32
    assert MOST_EVENTS <= MOST_ROWS <= 2**16


@given(
    st.lists(st.integers(0, 50), max_size=40),
    st.sets(st.integers(0, 39)),
    st.integers(1, 9),
    st.integers(1, 9),
    st.integers(1, 60),
)
def test_every_row_is_in_one_chunk(
    gaps: list[int], events: set[int], most: int, few: int, span_us: int
) -> None:
    t_us = np.cumsum(gaps, dtype=np.int64)
    event_rows = sorted(row for row in events if row < len(gaps))
    found = bounds(t_us.tolist(), event_rows, most_rows=most, most_events=few, span_us=span_us)
    assert [row for start, end in found for row in range(start, end)] == list(range(len(gaps)))
    for start, end in found:
        assert 0 < end - start <= most
        assert sum(start <= row < end for row in event_rows) <= few
        assert t_us[end - 1] - t_us[start] < span_us
