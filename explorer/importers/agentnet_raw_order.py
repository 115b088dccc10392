"""One order for the rows of all files of an AgentNetTool recording.

Rows of events.jsonl keep theirs; a row of another file, or a picture, comes before the first of them that is not
earlier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from explorer.importers.agentnet_raw_side import SideRows
from explorer.importers.recording import Events, Frame, Ints, Moves, objects


@dataclass(slots=True)
class Merged:
    """The parts of a recording with their final places."""

    moves: Moves
    events: Events
    frames: list[Frame]
    steps: list[dict[str, Any]]


def merged(moves: Moves, events: Events, side: SideRows, frames: Sequence[Frame]) -> Merged:
    """Everything in one order; events get the step in whose time they fall."""
    side_us = [row["t_us"] for row in (*side.steps, *side.events)]
    times = np.array([frame.t_us for frame in frames] + side_us, np.int64)
    main, beside = places(
        np.concatenate([moves.order, events.order]), np.concatenate([moves.t_us, events.t_us]), times
    )
    moves.order, events.order = main[: len(moves)], main[len(moves) :]
    of_frames, of_steps, of_events = np.split(beside, np.cumsum([len(frames), len(side.steps)]))
    steps = [{**row, "order": int(place)} for row, place in zip(side.steps, of_steps, strict=True)]
    _link_frames(steps, side.step_ends_us, of_frames, times[: len(frames)])
    own = Events.from_rows(
        [{**row, "order": int(place)} for row, place in zip(side.events, of_events, strict=True)]
    )
    _number_steps(events, steps, side.step_ends_us)
    placed = [replace(frame, order=int(place)) for frame, place in zip(frames, of_frames, strict=True)]
    return Merged(moves, _joined(events, own), placed, steps)


def places(order: Ints, t_us: Ints, beside_us: Ints) -> tuple[Ints, Ints]:
    """Dense places of the main rows (given in any order) and of the rows beside them, equal times in given order."""
    by_order = np.argsort(order, kind="stable")
    latest = np.maximum.accumulate(t_us[by_order])
    rank = np.empty(len(order), np.int64)
    rank[by_order] = np.arange(len(order))
    before = np.searchsorted(latest, beside_us, side="left")
    keys = np.concatenate([rank * 2 + 1, before * 2])
    ties = np.concatenate([np.zeros(len(order), np.int64), beside_us])
    place = np.empty(len(keys), np.int64)
    place[np.lexsort((ties, keys))] = np.arange(len(keys))
    return place[: len(order)], place[len(order) :]


def _link_frames(
    steps: Sequence[dict[str, Any]], ends_us: Sequence[int], of_frames: Ints, frames_us: Ints
) -> None:
    """The screen before a step, and the first one after it; frames are in the order of their times."""
    for step, end_us in zip(steps, ends_us, strict=True):
        step["frame_before"] = int(np.searchsorted(of_frames, step["order"])) - 1
        after = int(np.searchsorted(frames_us, end_us, side="right"))
        step["frame_after"] = after if after < len(frames_us) else -1


def _number_steps(events: Events, steps: Sequence[dict[str, Any]], ends_us: Sequence[int]) -> None:
    """Fill in `step` of the events from a step's start to its end."""
    found = np.full(len(events), None, object)
    for step, end_us in zip(steps, ends_us, strict=True):
        found[(events.t_us >= step["t_us"]) & (events.t_us <= end_us)] = step["step"]
    if steps:
        events.columns["step"] = found


def _joined(first: Events, second: Events) -> Events:
    """The rows of both."""
    if not len(second):
        return first
    names = {name: None for rows in (first, second) for name in rows.columns}
    return Events(
        order=np.concatenate([first.order, second.order]),
        t_us=np.concatenate([first.t_us, second.t_us]),
        kind=np.concatenate([first.kind, second.kind]),
        x=np.concatenate([first.x, second.x]),
        y=np.concatenate([first.y, second.y]),
        has_point=np.concatenate([first.has_point, second.has_point]),
        flags=np.concatenate([first.flags, second.flags]),
        columns={
            name: np.concatenate(
                [rows.columns.get(name, objects([None] * len(rows))) for rows in (first, second)]
            )
            for name in names
        },
    )
