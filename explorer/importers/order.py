"""One order for all rows of a session: `seq` is shared by its tables, and derived rows follow what completes them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.importers.event_rows import EventRows
from explorer.importers.recording import NO_TIME, Ints, Recording, check_clock

# Places in the source are spread by this factor: a derived row fits directly behind the row that completes it.
_SPREAD = 8


@dataclass(slots=True)
class Order:
    """seq of each table's rows, and the session's first and last time."""

    moves: Ints
    events: Ints
    frames: Ints
    steps: Ints
    zero_us: int
    last_us: int
    is_backwards: bool


def sort_rows(recording: Recording) -> None:
    """Bring moves and events into their true order; most sources have them so."""
    for rows in (recording.moves, recording.events):
        if np.all(rows.order[:-1] <= rows.order[1:]):
            continue
        by_order = np.argsort(rows.order, kind="stable")
        for name in (
            "order",
            "t_us",
            "x",
            "y",
            "is_drag",
            "kind",
            "has_point",
            "flags",
            "frame",
            "frame_after",
        ):
            values = getattr(rows, name, None)
            if values is not None:
                setattr(rows, name, values[by_order])
        if rows is recording.events:
            rows.columns = {name: values[by_order] for name, values in rows.columns.items()}


def order_of(recording: Recording, events: EventRows) -> Order:
    frame_order = np.array([frame.order for frame in recording.frames], np.int64)
    step_order = np.array([step["order"] for step in recording.steps], np.int64)
    keys = np.concatenate(
        [
            recording.moves.order * _SPREAD,
            events.order * _SPREAD + events.rank,
            frame_order * _SPREAD,
            step_order * _SPREAD,
        ]
    )
    by_key = np.argsort(keys, kind="stable")
    seq = np.empty(len(keys), np.int64)
    seq[by_key] = np.arange(len(keys))
    ends = np.cumsum([len(recording.moves), len(events), len(frame_order)])
    moves, of_events, frames, steps = np.split(seq, ends)
    frame_t_us = np.array([frame.t_us for frame in recording.frames], np.int64)
    step_t_us = np.array([step.get("t_us", NO_TIME) for step in recording.steps], np.int64)
    t_us = np.concatenate([recording.moves.t_us, events.t_us, frame_t_us, step_t_us])
    source = recording.moves.order, recording.events.order, frame_order, step_order
    known = t_us[t_us != NO_TIME]
    zero, last = (int(known.min()), int(known.max())) if len(known) else (0, 0)
    is_backwards = _check_clocks(recording, np.concatenate(source), frame_t_us, step_t_us)
    return Order(moves, of_events, frames, steps, zero, last, is_backwards)


def _check_clocks(recording: Recording, order: Ints, frame_t_us: Ints, step_t_us: Ints) -> bool:
    input_n = len(recording.moves) + len(recording.events)
    t_us = np.concatenate([recording.moves.t_us, recording.events.t_us])
    by_order = np.argsort(order[:input_n], kind="stable")
    is_backwards = check_clock(t_us[by_order], order[:input_n][by_order], recording.where)
    # Pictures are stamped by another thread than input: only a jump beyond reason counts there.
    everything = np.concatenate([t_us, frame_t_us, step_t_us])
    if len(everything) > input_n:
        by_order = np.argsort(order, kind="stable")
        check_clock(everything[by_order], order[by_order], recording.where)
    return is_backwards
