"""The events table of one session: source rows and derived rows, with places, windows and frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from explorer.importers import columns as col
from explorer.importers.derive import Derived, appended, pointer_events
from explorer.importers.derive_keys import read_keys
from explorer.importers.pictures import frame_id
from explorer.importers.points import point_columns, points
from explorer.importers.recording import (
    EVENT_BITS,
    NO_TIME,
    Bools,
    Events,
    Floats,
    Ints,
    Objects,
    Recording,
    objects,
)
from explorer.importers.windows import Windows, carried
from explorer.trace.displays import Display
from explorer.trace.schema import EVENT_FLAGS, EVENTS

_LASTING = ("drag",)


@dataclass(slots=True)
class EventRows:
    """Source rows and, after them, derived rows; `order` and `rank` say where each belongs.

    `seen` is the place in the source at which a row's surroundings (window, frame) are looked up.
    """

    order: Ints
    rank: Ints
    seen: Ints
    t_us: Ints
    end_us: Ints
    kind: Objects
    x: Floats
    y: Floats
    has_point: Bools
    flags: Ints
    frame: Ints | None
    frame_after: Ints | None
    is_derived: Bools
    columns: dict[str, Objects]

    def __len__(self) -> int:
        return len(self.order)


def event_rows(recording: Recording) -> EventRows:
    """Events of the recording, in their true order, with all that can be derived from them."""
    events = recording.events
    derived = pointer_events(events, recording.double_click_us, recording.double_click_px)
    if "key" in events.columns or "code" in events.columns:
        keys = read_keys(events, recording.session.get("os"), recording.hotkeys)
        events.flags = events.flags | keys.flags
        events.columns["mods"] = _filled(keys.mods, events.columns.get("mods"))
        derived += [keys.shortcuts] if len(keys.shortcuts) else []
    first = np.concatenate([np.arange(len(events)), *(rows.first for rows in derived)])
    last = np.concatenate([np.arange(len(events)), *(rows.last for rows in derived)])
    kind = np.concatenate([events.kind, *(rows.kind for rows in derived)])
    is_lasting = np.isin(kind, objects(_LASTING)) if derived else np.zeros(len(first), bool)
    return EventRows(
        order=events.order[last],
        rank=np.concatenate([np.zeros(len(events), np.int64), *(rows.rank for rows in derived)]),
        seen=events.order[first],
        t_us=np.where(is_lasting, events.t_us[first], events.t_us[last]),
        end_us=np.where(is_lasting, events.t_us[last], NO_TIME),
        kind=kind,
        x=events.x[first],
        y=events.y[first],
        has_point=events.has_point[first],
        flags=np.concatenate([events.flags, *(_flags(events, rows) for rows in derived)]),
        frame=events.frame[first] if events.frame is not None else None,
        frame_after=events.frame_after[last] if events.frame_after is not None else None,
        is_derived=np.arange(len(first)) >= len(events),
        columns=appended(events, derived),
    )


def event_table(
    recording: Recording,
    rows: EventRows,
    session_id: str,
    zero_us: int,
    *,
    displays: Sequence[Display],
    windows: Windows,
) -> tuple[dict[str, Any], int]:
    """Columns of the events table, `seq` excepted, and all flag bits that occur."""
    since = rows.t_us - zero_us
    found = points(recording, displays, since, rows.x, rows.y, has_point=rows.has_point)
    state = windows.at(rows.seen)
    columns = point_columns(found, displays, windows.rectangles(state))
    texts = carried(windows, state, rows.columns)
    columns |= {name: _typed(name, values) for name, values in texts.items()}
    columns |= _frame_columns(recording, rows, session_id)
    flags = rows.flags | found.flags
    columns |= {
        "session_id": session_id,
        "t_us": col.integers(since, rows.t_us == NO_TIME, pa.int64()),
        "end_us": _end_column(rows, zero_us),
        "kind": col.text(rows.kind),
        "x_rel": col.numbers(found.placement.x_rel),
        "y_rel": col.numbers(found.placement.y_rel),
        "flags": col.flag_words(flags, EVENT_FLAGS),
        "is_derived": rows.is_derived,
    }
    return columns, int(np.bitwise_or.reduce(flags, initial=0))


def _filled(values: Objects, stated: Objects | None) -> Objects:
    """The values, and what the source states where there is none."""
    return values if stated is None else np.where(values == None, stated, values)  # noqa: E711


def _flags(events: Events, rows: Derived) -> Ints:
    """Flags of derived rows; a coarse clock is theirs too."""
    own = rows.flags if rows.flags is not None else np.zeros(len(rows), np.int64)
    return own | (events.flags[rows.last] & EVENT_BITS["time_1s"])


def _end_column(rows: EventRows, zero_us: int) -> pa.Array | None:
    end_us = rows.end_us
    own = rows.columns.get("end_us")
    if own is not None:
        stated = np.array([NO_TIME if value is None else value for value in own], np.int64)
        end_us = np.where(end_us == NO_TIME, stated, end_us)
    is_null = end_us == NO_TIME
    return None if is_null.all() else col.integers(end_us - zero_us, is_null, pa.int64())


def _typed(name: str, values: Objects) -> pa.Array:
    kind = EVENTS.column(name).type
    if kind == "VARCHAR":
        return col.text(values)
    if kind == "DOUBLE":
        return col.numbers(values)
    if name.endswith("_px"):
        return col.pixels(values)
    return pa.array(values, pa.bool_() if kind == "BOOLEAN" else pa.int64())


def _frame_columns(recording: Recording, rows: EventRows, session_id: str) -> dict[str, Any]:
    """Screens before and after: as the source links them, else the last frame before and the first one after."""
    frames_n = len(recording.frames)
    if not frames_n:
        return {}
    places = np.array([frame.order for frame in recording.frames], np.int64)
    before = np.searchsorted(places, rows.seen, side="left") - 1
    after = np.searchsorted(places, rows.order, side="right")
    after = np.where(after < frames_n, after, -1)
    if rows.frame is not None and rows.frame_after is not None:
        before = np.where(rows.frame == -1, before, rows.frame)
        after = np.where(rows.frame_after == -1, after, rows.frame_after)
    names = [frame_id(session_id, index) for index in range(frames_n)]
    return {"frame_id": col.words(before, names), "frame_after_id": col.words(after, names)}
