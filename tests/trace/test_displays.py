"""Where points lie: displays in time, estimated sizes, grid cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.trace.displays import STANDARD_SIZES, Display, estimate_size, place
from explorer.trace.grid import NO_CELL, cells
from explorer.trace.schema import LAST_CELL


def floats(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array(values, np.float64)


def ints(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, np.int64)


def test_the_display_valid_at_that_time_is_found() -> None:
    displays = [Display("a", 0, 0, 1366, 768, 0, 1_000), Display("a", 0, 0, 1920, 1080, 1_000)]
    found = place(displays, ints(999, 1_000, 5_000), floats(1_900, 1_900, 100), floats(10, 10, 2_000))
    assert found.display.tolist() == [-1, 1, -1]
    assert found.has_geometry.all()
    assert found.x_rel[1] == pytest.approx(1_900 / 1_920)
    assert found.cell.tolist() == [NO_CELL, 1 * 192 + 190, NO_CELL]


def test_a_second_monitor_lies_left_of_the_primary() -> None:
    displays = [Display("main", 0, 0, 1920, 1080), Display("left", -1280, 0, 1280, 1024, is_primary=False)]
    found = place(displays, ints(0, 0, 0), floats(-1, -1_281, 1_919), floats(5, 5, 1_079))
    assert found.display.tolist() == [1, -1, 0]
    assert found.cell[2] == LAST_CELL


def test_without_geometry_nothing_is_placed() -> None:
    found = place([Display("a", 0, 0, 10, 10, 50, 60)], ints(0, 55, 60), floats(1, 1, 1), floats(1, 1, 1))
    assert found.has_geometry.tolist() == [False, True, False]
    assert found.display.tolist() == [-1, 0, -1]
    assert np.isnan(found.x_rel[0])


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [(799, 599, (800, 600)), (1_000, 700, (1024, 768)), (1_360, 760, (1366, 768)), (1_900, 1_070, (1920, 1080)),
     (7_679, 4_319, (7680, 4320)), (9_000, 9_000, None)],
)  # fmt: skip
def test_the_estimate_is_the_smallest_standard_size(
    width: float, height: float, expected: tuple[int, int] | None
) -> None:
    assert estimate_size(floats(0, width), floats(0, height)) == expected


def test_the_estimate_forgives_one_point_in_a_thousand() -> None:
    x, y = np.full(1_000, 500.0), np.full(1_000, 500.0)
    x[0] = 5_000
    assert estimate_size(x, y) == (800, 600)
    x[1] = 5_000
    assert estimate_size(x, y) == (5120, 1440)
    assert estimate_size(floats(), floats()) is None
    assert estimate_size(floats(np.nan, 5), floats(3, np.nan)) is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-10, 3_000), st.floats(-10, 2_000)), min_size=1, max_size=50))
def test_the_estimate_covers_what_it_says(points: list[tuple[float, float]]) -> None:
    x, y = np.array(points).T
    size = estimate_size(x, y)
    if size is None:
        assert any(
            np.count_nonzero((x >= 0) & (y >= 0) & (x < w) & (y < h)) < len(x) for w, h in STANDARD_SIZES
        )
    else:
        inside = (x >= 0) & (y >= 0) & (x < size[0]) & (y < size[1])
        assert inside.mean() >= 0.999


@settings(deadline=None)
@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(allow_nan=True, allow_infinity=True))
def test_cells_stay_on_the_grid(x: float, y: float) -> None:
    cell = int(cells(floats(x), floats(y), left=0, top=0, width=1920, height=1080)[0])
    is_inside = 0 <= x / 1920 < 1 and 0 <= y / 1080 < 1
    assert (0 <= cell <= LAST_CELL) if is_inside else cell == NO_CELL


def test_a_rectangle_of_no_size_holds_nothing() -> None:
    found = cells(floats(0, 5), floats(0, 5), left=floats(0, np.nan), top=0, width=0, height=0)
    assert found.tolist() == [NO_CELL, NO_CELL]
