"""The replay's axis: one time a row, never falling."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.measures.axis import NO_STEP, NO_TIME, STEP_US, Axis, Stamps, axis_of

Row = tuple[int, int | None, int | None]


def stamps(*rows: Row) -> Stamps:
    """Rows as (seq, t_us, step)."""
    seq, t_us, step = zip(*rows, strict=True) if rows else ((), (), ())
    return Stamps(
        np.array(seq, np.int64),
        np.array([NO_TIME if t is None else t for t in t_us], np.int64),
        np.array([NO_STEP if s is None else s for s in step], np.int64),
    )


def axis(inputs: list[Row], frames: list[Row], steps: list[Row], derived: tuple[int, ...] = ()) -> Axis:
    is_derived = np.array([seq in derived for seq, _, _ in inputs], bool)
    return axis_of(stamps(*inputs), is_derived, stamps(*frames), stamps(*steps), 100)


def test_times_stay_as_they_are() -> None:
    found = axis([(0, 0, None), (2, 40, None)], [(1, 30, None)], [(3, 60, None)])
    assert (found.kind, found.input_us.tolist(), found.frame_us.tolist()) == ("time", [0, 40], [30])
    assert (found.step_us.tolist(), found.duration_us, found.backward_n) == ([60], 100, 0)


def test_a_clock_that_steps_back_is_held_for_every_table() -> None:
    #  seq    0   1   2(frame)  3   4(frame)  5
    #  t_us   50  20  21        30  90        80
    found = axis(
        [(0, 50, None), (1, 20, None), (3, 30, None), (5, 80, None)], [(2, 21, None), (4, 90, None)], []
    )
    assert found.input_us.tolist() == [50, 50, 50, 80]
    assert found.frame_us.tolist() == [50, 90]
    assert found.backward_n == 2


def test_rows_made_from_others_and_rows_without_time_are_no_steps_back() -> None:
    found = axis([(0, 10, None), (1, 60, None), (2, 10, None), (3, None, None)], [], [], derived=(2,))
    assert found.input_us.tolist() == [10, 60, 60, 60]
    assert (found.backward_n, found.untimed_n) == (0, 1)


def test_the_axis_is_as_long_as_its_last_row() -> None:
    assert axis([(0, 500, None)], [], []).duration_us == 500
    assert axis([(0, 5, None)], [(1, 700, None)], []).duration_us == 700
    assert axis([], [], []).duration_us == 100


def test_steps_take_a_second_each() -> None:
    # frame, step 7, click, key | frame, step 9, nothing | frame, step 8, late row of step 9, row of no step
    found = axis(
        [(2, None, 7), (3, None, 7), (8, None, 9), (9, None, None)],
        [(0, None, 7), (4, None, 9), (6, None, None)],
        [(1, None, 7), (5, None, 9), (7, None, 8)],
    )
    assert found.kind == "step"
    assert found.step_us.tolist() == [0, STEP_US, 2 * STEP_US]
    assert found.frame_us.tolist() == [0, STEP_US, STEP_US]
    assert found.input_us.tolist() == [333_333, 666_666, 1_500_000, 2_500_000]
    assert found.duration_us == 3 * STEP_US


def test_without_steps_each_row_takes_a_second() -> None:
    found = axis([(1, None, None), (5, None, 3)], [(0, None, None), (7, None, None)], [])
    assert (found.input_us.tolist(), found.frame_us.tolist()) == ([STEP_US, 2 * STEP_US], [0, 3 * STEP_US])
    assert found.duration_us == 4 * STEP_US


@pytest.mark.parametrize("has_steps", [True, False])
@given(data=st.data())
def test_no_axis_ever_falls(has_steps: bool, data: st.DataObject) -> None:
    times = st.none() | st.integers(0, 1000)
    rows = data.draw(
        st.lists(st.tuples(st.sampled_from("ifs"), times, st.none() | st.integers(0, 9)), max_size=30)
    )
    tables: dict[str, list[Row]] = {"i": [], "f": [], "s": []}
    for seq, (table, t_us, step) in enumerate(rows):
        # A session of the real tables has every step once.
        tables[table].append((seq, t_us, seq if table == "s" else step))
    found = axis(tables["i"], tables["f"], tables["s"] if has_steps else [])
    for times_us in (found.input_us, found.frame_us, found.step_us):
        assert (np.diff(times_us) >= 0).all()
        assert ((times_us >= 0) & (times_us <= found.duration_us)).all()
