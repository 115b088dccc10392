"""rrweb's rows in the order of their own times, and the periods in which the viewport had one size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.errors import SourceError
from explorer.importers.recording import (
    HINT_DAMAGED,
    NO_TIME,
    Events,
    Ints,
    Moves,
    check_clock,
    times_us,
)
from explorer.importers.rrweb_rows import PageRows
from explorer.trace.displays import Display

DISPLAY_ID = "viewport"
_MS = 1_000.0


def timed(rows: PageRows, place: str) -> tuple[Moves, Events, list[Display] | None, bool]:
    """Moves, events and viewports (None when no size is known), and whether there is any time at all.

    `place` names an entry. Raises SourceError at a time stamp that cannot be, or where only some entries have one.
    """
    entry = np.array([number for number, _ in rows.stamps], np.int64)
    stamps_us = _us([time_ms for _, time_ms in rows.stamps], entry, place)
    has_time = bool(len(stamps_us)) and bool((stamps_us != NO_TIME).any())
    if has_time and (stamps_us == NO_TIME).any():
        where = place.format(int(entry[int((stamps_us == NO_TIME).argmax())]))
        raise SourceError("timestamp is missing", where=where, hint=HINT_DAMAGED)
    is_backwards = check_clock(stamps_us, entry, place.format)
    moves, events = _moves(rows, place), _events(rows, place)
    if has_time and not is_backwards:
        moves.order, events.order = _by_time(moves, events)
    else:
        moves.order, events.order = _by_entry(moves, events)
    return moves, events, _displays(rows, place, has_time), has_time


def _moves(rows: PageRows, place: str) -> Moves:
    entry = np.array([move[0] for move in rows.moves], np.int64)
    table = np.array([move[2:4] for move in rows.moves], np.float64).reshape(-1, 2)
    t_us = _us([move[1] for move in rows.moves], entry, place)
    is_drag = np.array([move[4] for move in rows.moves], bool)
    return Moves(entry, t_us, table[:, 0], table[:, 1], is_drag)


def _events(rows: PageRows, place: str) -> Events:
    entry = np.array([number for number, _, _ in rows.events], np.int64)
    events = Events.from_rows([{"order": number, "t_us": 0, **row} for number, _, row in rows.events])
    events.t_us = _us([time_ms for _, time_ms, _ in rows.events], entry, place)
    return events


def _us(times_ms: Sequence[float | None], entry: Ints, place: str) -> Ints:
    """Microseconds; NO_TIME where there is no time."""
    is_none = np.array([time_ms is None for time_ms in times_ms], bool)
    known = np.array([time_ms or 0.0 for time_ms in times_ms], np.float64)
    found = times_us(known, _MS, lambda index: place.format(int(entry[index])))
    return np.where(is_none, NO_TIME, found)


def _by_time(moves: Moves, events: Events) -> tuple[Ints, Ints]:
    t_us = np.concatenate([moves.t_us, events.t_us])
    entry = np.concatenate([moves.order, events.order])
    return _ranks(np.lexsort((entry, t_us)), len(moves))


def _by_entry(moves: Moves, events: Events) -> tuple[Ints, Ints]:
    return _ranks(np.argsort(np.concatenate([moves.order, events.order]), kind="stable"), len(moves))


def _ranks(sequence: Ints, moves_n: int) -> tuple[Ints, Ints]:
    rank = np.empty(len(sequence), np.int64)
    rank[sequence] = np.arange(len(sequence))
    return rank[:moves_n], rank[moves_n:]


def _displays(rows: PageRows, place: str, has_time: bool) -> list[Display] | None:
    """One period for each size; without time only the first one can be placed."""
    if not rows.sizes:
        return None
    entry = np.array([size[0] for size in rows.sizes], np.int64)
    t_us = _us([size[1] for size in rows.sizes], entry, place).tolist()
    periods: list[tuple[int, int, int]] = []
    for own_us, (_, _, width, height) in zip(t_us, rows.sizes, strict=True):
        if periods and (width, height) == periods[-1][1:]:
            continue
        if periods and not has_time:
            break
        start_us = max(own_us, periods[-1][0]) if periods else own_us
        if periods and start_us == periods[-1][0]:
            periods.pop()
        periods.append((start_us, width, height))
    ends = [start_us for start_us, _, _ in periods[1:]] + [None]
    return [
        Display(
            DISPLAY_ID, 0, 0, width, height, start_us=0 if place_n == 0 else start_us, end_us=end_us,
            coordinate_space="css_viewport",
        )
        for place_n, ((start_us, width, height), end_us) in enumerate(zip(periods, ends, strict=True))
    ]  # fmt: skip
