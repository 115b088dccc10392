"""The axis of a replay: a time for every row that never falls, even where the clock steps back or there is none.

A session with times keeps them; a row that would go back is shown at the latest time before it in the true order.
A session without times gets one second for each step, or for each row where there are no steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Stand for "the source does not say".
NO_TIME = int(np.iinfo(np.int64).min)
NO_STEP = -1
STEP_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Stamps:
    """Rows of one table, by seq: their place in the true order, time (NO_TIME) and step (NO_STEP).

    Steps matter only where there is no time at all.
    """

    seq: Ints
    t_us: Ints
    step: Ints

    @property
    def has_time(self) -> bool:
        return bool((self.t_us != NO_TIME).any())


@dataclass(frozen=True, slots=True)
class Axis:
    """Times (us) of inputs, frames and steps, each never falling, and the length of the axis.

    `backward_n` rows would have gone back; `untimed_n` have no time in a session that has times.
    """

    kind: Literal["time", "step"]
    input_us: Ints
    frame_us: Ints
    step_us: Ints
    duration_us: int
    backward_n: int = 0
    untimed_n: int = 0


def axis_of(
    inputs: Stamps, is_derived: Bools, frames: Stamps, steps: Stamps, duration_us: int | None
) -> Axis:
    """The axis of one session. Rows made from others (`is_derived`) may begin before the row that completes them."""
    tables = (inputs, frames, steps)
    if any(len(table.seq) for table in tables) and not any(table.has_time for table in tables):
        return _by_steps(inputs, frames, steps) if len(steps.seq) else _by_rows(inputs, frames)
    input_us = np.maximum.accumulate(np.maximum(inputs.t_us, 0))
    is_known = inputs.t_us != NO_TIME
    is_back = is_known & ~is_derived & (inputs.t_us < input_us)
    frame_us, step_us = (_not_before(inputs.seq, input_us, table) for table in (frames, steps))
    ends = [int(times[-1]) for times in (input_us, frame_us, step_us) if len(times)]
    return Axis(
        "time", input_us, frame_us, step_us, max([duration_us or 0, *ends]),
        int(np.count_nonzero(is_back)), int(np.count_nonzero(~is_known)),
    )  # fmt: skip


def _not_before(seq: Ints, input_us: Ints, table: Stamps) -> Ints:
    """Times of other rows, none before the inputs that stand before it in the true order."""
    before = np.searchsorted(seq, table.seq) - 1
    floor_us = np.where(before >= 0, input_us[before], 0) if len(seq) else np.zeros(len(table.seq), np.int64)
    return np.maximum.accumulate(np.maximum(table.t_us, floor_us))


def _by_steps(inputs: Stamps, frames: Stamps, steps: Stamps) -> Axis:
    """A second for each step: its frame and card at the start, its inputs evenly within."""
    step_us = np.arange(len(steps.seq), dtype=np.int64) * STEP_US
    place = _places(inputs, steps)
    _, first, count = np.unique(place, return_index=True, return_counts=True)
    within = np.arange(len(place)) - np.repeat(first, count) + 1
    input_us = place * STEP_US + within * STEP_US // (np.repeat(count, count) + 1)
    frame_us = _places(frames, steps) * STEP_US
    return Axis("step", input_us, frame_us, step_us, len(step_us) * STEP_US)


def _places(rows: Stamps, steps: Stamps) -> Ints:
    """Place of the step that each row belongs to: the one it names, else the last one before it; never falling."""
    place = np.maximum(np.searchsorted(steps.seq, rows.seq, side="right") - 1, 0)
    by_number = np.argsort(steps.step, kind="stable")
    numbers = steps.step[by_number]
    found = np.minimum(np.searchsorted(numbers, rows.step), len(numbers) - 1)
    is_named = (rows.step != NO_STEP) & (numbers[found] == rows.step)
    return np.maximum.accumulate(np.where(is_named, by_number[found], place).astype(np.int64))


def _by_rows(inputs: Stamps, frames: Stamps) -> Axis:
    """A second for each input and frame."""
    every = np.sort(np.concatenate([inputs.seq, frames.seq]))
    input_us, frame_us = (np.searchsorted(every, table.seq) * STEP_US for table in (inputs, frames))
    return Axis("step", input_us, frame_us, np.empty(0, np.int64), len(every) * STEP_US)
