"""Activity by parts, waits and stretches; parity with the queries is tested with them, in tests/server."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.measures.activity import app_runs, counts_by_part, waits


def times(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, np.int64)


def test_parts_include_their_start_and_the_last_one_the_end() -> None:
    found = counts_by_part(
        {"move": times(0, 249, 250, 999, 1000), "key": times(), "click": times(500)}, 1000, 4
    )
    assert found == {"move": [2, 1, 0, 2], "click": [0, 0, 1, 0]}


def test_everything_of_an_instant_lies_in_the_last_part() -> None:
    assert counts_by_part({"move": times(0, 0)}, 0, 3) == {"move": [0, 0, 2]}


@given(st.lists(st.integers(0, 10**13), min_size=1), st.integers(0, 10**9), st.integers(1, 500))
def test_every_time_is_in_the_part_that_holds_it(given_us: list[int], more_us: int, bins_n: int) -> None:
    duration_us = max(given_us) + more_us
    [counts] = counts_by_part({"x": times(*sorted(given_us))}, duration_us, bins_n).values()
    expected = [0] * bins_n
    for t_us in given_us:
        expected[bins_n - 1 if t_us >= duration_us else t_us * bins_n // duration_us] += 1
    assert counts == expected


def test_waits_begin_at_the_start_and_reach_the_end() -> None:
    # marks   . 3 4 . . 9 . . .
    assert waits(times(3, 4, 9), 14, 2) == [(0, 3), (4, 9), (9, 14)]
    assert waits(times(3, 4, 9), 14, 3) == [(4, 9), (9, 14)]
    assert waits(times(9, 3, 4), 14, 4) == [(4, 9), (9, 14)]
    assert waits(times(), 14, 4) == [(0, 14)]
    assert waits(times(), 0, 4) == []


def test_stretches_of_applications() -> None:
    assert app_runs([3, 5, 5, 8], ["Mail", "Sheet", "Chess", "Mail"], 9) == [
        ("Mail", 0, 5),
        ("Chess", 5, 8),
        ("Mail", 8, 9),
    ]
    assert app_runs([], [], 9) == [(None, 0, 9)]
    assert app_runs([0], ["Mail"], 0) == []
