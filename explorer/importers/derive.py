"""Events made from other events: clicks, double clicks and drags from button rows. Pure functions.

A derived row names the source rows it starts and ends with, and comes directly after the latter.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from explorer.importers.recording import NO_TIME, Bools, Events, Ints, Objects, objects
from explorer.trace.schema import BUTTONS

# Farther than this between press and release, on either axis, is a drag.
CLICK_REACH_PX = 5.0
_MOST_CLICKS = 100
# What a derived row has in common with the row it starts with: the step, and the element that was hit.
_SHARED = (
    "step", "element_role", "element_name", "element_left_px", "element_top_px", "element_width_px",
    "element_height_px",
)  # fmt: skip


@dataclass(slots=True)
class Derived:
    """Derived rows: indexes of the event rows they start and end with, place among rows that end alike, columns."""

    first: Ints
    last: Ints
    rank: Ints
    kind: Objects
    columns: dict[str, Objects] = field(default_factory=dict)
    flags: Ints | None = None

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Presses with their releases, in the order of the releases."""

    down: Ints
    up: Ints
    button: Objects


def pointer_events(
    events: Events, double_click_us: int = 500_000, double_click_px: float = 5.0
) -> list[Derived]:
    """Clicks, drags and double clicks of the button rows in `events` (in their true order).

    A press and the next release of the same button make a click, or a drag when the pointer went farther than
    5 px; a press without release makes nothing. A click whose press follows the previous one of the same button
    within `double_click_us` and `double_click_px` counts on (clicks_n); every second one is a double click too.
    """
    pairs = _pairs(events)
    if not len(pairs.down):
        return []
    is_drag = _reach(events, pairs.down, pairs.up) > CLICK_REACH_PX
    place = _place_in_chain(events, pairs, is_drag, double_click_us, double_click_px)
    found = [_clicks("click", pairs, ~is_drag, place, 1)]
    is_double = ~is_drag & (place % 2 == 0)
    if is_double.any():
        found.append(_clicks("double_click", pairs, is_double, place, 2))
    if is_drag.any():
        found.append(_drags(events, pairs, is_drag))
    return [rows for rows in found if len(rows)]


def _pairs(events: Events) -> _Pairs:
    is_down, is_up = events.kind == "mouse_down", events.kind == "mouse_up"
    rows = np.flatnonzero(is_down | is_up)
    buttons = events.columns.get("button")
    if not len(rows) or buttons is None:
        return _Pairs(rows[:0], rows[:0], objects([]))
    downs, ups = [], []
    for button in BUTTONS:
        own = rows[buttons[rows] == button]
        opens = np.flatnonzero(is_down[own[:-1]] & is_up[own[1:]])
        downs.append(own[opens])
        ups.append(own[opens + 1])
    down, up = np.concatenate(downs), np.concatenate(ups)
    in_order = np.argsort(up, kind="stable")
    down, up = down[in_order], up[in_order]
    return _Pairs(down, up, buttons[down])


def _reach(events: Events, start: Ints, end: Ints) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Larger distance along an axis; 0 where a position is unknown."""
    x, y = events.x, events.y
    with np.errstate(invalid="ignore"):
        reach = np.maximum(np.abs(x[end] - x[start]), np.abs(y[end] - y[start]))
    return np.nan_to_num(reach, nan=0.0, posinf=0.0)


def _place_in_chain(events: Events, pairs: _Pairs, is_drag: Bools, within_us: int, within_px: float) -> Ints:
    t_us = events.t_us
    before, now = pairs.down[:-1], pairs.down[1:]
    is_next = (pairs.button[:-1] == pairs.button[1:]) & ~is_drag[:-1] & ~is_drag[1:]
    is_next &= (t_us[before] != NO_TIME) & (t_us[now] != NO_TIME)
    is_next &= (t_us[now] - t_us[before] <= within_us) & (t_us[now] >= t_us[before])
    is_next &= _reach(events, before, now) <= within_px
    numbers = np.arange(len(pairs.down))
    starts = np.concatenate([[0], np.where(is_next, 0, numbers[1:])])
    place: Ints = numbers - np.maximum.accumulate(starts) + 1
    return np.minimum(place, _MOST_CLICKS)


def _clicks(kind: str, pairs: _Pairs, chosen: Bools, place: Ints, rank: int) -> Derived:
    n = int(chosen.sum())
    counts = place[chosen] if rank == 1 else np.full(n, 2)
    return Derived(
        first=pairs.down[chosen],
        last=pairs.up[chosen],
        rank=np.full(n, rank, np.int64),
        kind=objects([kind] * n),
        columns={"button": pairs.button[chosen], "clicks_n": objects(counts.tolist())},
    )


def _drags(events: Events, pairs: _Pairs, is_drag: Bools) -> Derived:
    down, up = pairs.down[is_drag], pairs.up[is_drag]
    ends = [
        json.dumps({"end_x_px": round(float(events.x[row])), "end_y_px": round(float(events.y[row]))})
        for row in up
    ]
    return Derived(
        first=down,
        last=up,
        rank=np.ones(len(down), np.int64),
        kind=objects(["drag"] * len(down)),
        columns={"button": pairs.button[is_drag], "extra": objects(ends)},
    )


def appended(events: Events, derived: Sequence[Derived]) -> dict[str, Objects]:
    """The extra columns of the source rows and, after them, of all derived rows; None where a row has no value."""
    shared = [name for name in _SHARED if name in events.columns]
    parts: list[tuple[int, dict[str, Objects]]] = [(len(events), events.columns)]
    parts += [
        (len(rows), {name: events.columns[name][rows.first] for name in shared} | rows.columns)
        for rows in derived
    ]
    names = {name: None for _, columns in parts for name in columns}
    return {
        name: np.concatenate([columns.get(name, np.full(n, None, object)) for n, columns in parts])
        for name in names
    }
