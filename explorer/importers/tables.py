"""A recording becomes the tables of one session: one shared order, times from zero, places, counts and quality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from explorer.importers import columns as col
from explorer.importers.base import session_id as identity
from explorer.importers.event_rows import EventRows, event_rows, event_table
from explorer.importers.order import Order, order_of, sort_rows
from explorer.importers.pictures import frame_id, frame_tables
from explorer.importers.points import displays_of, point_columns, points
from explorer.importers.recording import EVENT_BITS, MOVE_BITS, NO_TIME, Recording
from explorer.importers.windows import Windows, windows_of
from explorer.trace.arrow import from_columns, from_rows
from explorer.trace.displays import Display
from explorer.trace.schema import MOVE_FLAGS

_DAY_US = 86_400 * 1_000_000
_LAST_DAY = 60_000
_QUALITY_OF_FLAG = {
    "dangling": "dangling_keys", "held_at_start": "held_keys", "unresolved_key": "unresolved_keys",
    "recorder_hotkey": "recorder_hotkey", "off_screen": "off_screen", "sentinel_xy": "sentinel_xy",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SessionTables:
    """One session ready to be written; `tables` may hold frames as an iterator, to be used once."""

    session_id: str
    tables: dict[str, pa.Table | Iterator[pa.Table]]
    source_rows_n: int
    frames_n: int
    is_complete: bool
    dropped: frozenset[str]


def session_tables(recording: Recording, source_sha256: str, importer_version: str) -> SessionTables:
    """Tables of the recording by name. Raises SourceError at time stamps that cannot be."""
    session_id = identity(recording.session["source_format"], source_sha256, recording.inner_id)
    sort_rows(recording)
    events = event_rows(recording)
    order = order_of(recording, events)
    displays = [_from_zero(display, order.zero_us) for display in displays_of(recording)]
    windows = windows_of(recording.events)
    moves, move_bits = _moves(recording, session_id, order, displays, windows)
    rows, event_bits = _events(recording, events, session_id, order, displays=displays, windows=windows)
    counts = {"moves_n": len(moves), "events_n": len(rows)}
    counts |= {"frames_n": len(recording.frames), "steps_n": len(recording.steps)}
    session = _session(recording, order) | counts
    session |= {
        "session_id": session_id,
        "source_sha256": source_sha256,
        "importer_version": importer_version,
    }
    session["quality"] = ",".join(sorted(_quality(recording, displays, order, move_bits | event_bits)))
    tables: dict[str, pa.Table | Iterator[pa.Table]] = {"sessions": from_rows("sessions", [session])}
    tables |= {"moves": moves, "events": rows, "displays": _displays(displays, session_id)}
    tables |= _optional_tables(recording, session_id, order)
    is_complete = bool(session["is_complete"])
    return SessionTables(
        session_id, tables, recording.source_rows_n, len(recording.frames), is_complete, recording.dropped
    )


def _optional_tables(
    recording: Recording, session_id: str, order: Order
) -> dict[str, pa.Table | Iterator[pa.Table]]:
    tables: dict[str, pa.Table | Iterator[pa.Table]] = {}
    if recording.participant:
        tables["participants"] = from_rows(
            "participants", [{"consent_status": "unknown", **recording.participant}]
        )
    if recording.steps:
        tables["steps"] = _steps(recording, session_id, order)
    if recording.frames:
        t_us = [_since(frame.t_us, order.zero_us) for frame in recording.frames]
        tables["frames"] = frame_tables(recording, session_id, order.frames.tolist(), t_us)
    return tables


def _events(
    recording: Recording,
    events: EventRows,
    session_id: str,
    order: Order,
    *,
    displays: list[Display],
    windows: Windows,
) -> tuple[pa.Table, int]:
    columns, bits = event_table(
        recording, events, session_id, order.zero_us, displays=displays, windows=windows
    )
    by_seq = np.argsort(order.events, kind="stable")
    return from_columns("events", {**columns, "seq": order.events}, len(events)).take(by_seq), bits


def _moves(
    recording: Recording, session_id: str, order: Order, displays: list[Display], windows: Windows
) -> tuple[pa.Table, int]:
    moves = recording.moves
    since = moves.t_us - order.zero_us
    found = points(recording, displays, since, moves.x, moves.y)
    flags = found.flags
    if moves.is_drag is not None:
        flags = flags | np.where(moves.is_drag, MOVE_BITS["drag"], 0)
    state = windows.at(moves.order)
    columns = point_columns(found, displays, windows.rectangles(state)) | {
        "session_id": session_id,
        "seq": order.moves,
        "t_us": col.integers(since, moves.t_us == NO_TIME, pa.int64()),
        "app": col.words(state, windows.names("app")),
        "flags": col.flag_words(flags, MOVE_FLAGS),
    }
    return from_columns("moves", columns, len(moves)), int(np.bitwise_or.reduce(flags, initial=0))


def _displays(displays: list[Display], session_id: str) -> pa.Table:
    rows = []
    for display in displays:
        names = ("display_id", "left_px", "top_px", "width_px", "height_px", "px_per_pt", "is_primary")
        row = {name: getattr(display, name) for name in (*names, "is_estimated", "coordinate_space")}
        row |= {"session_id": session_id, "start_us": display.start_us, "end_us": display.end_us}
        rows.append(row)
    return from_rows("displays", sorted(rows, key=lambda row: (row["start_us"], row["display_id"])))


def _from_zero(display: Display, zero_us: int) -> Display:
    """Times of a display from the session's start; what begins before it holds from the start."""
    start = 0 if display.start_us == 0 else max(0, display.start_us - zero_us)
    end = None if display.end_us is None else max(start, display.end_us - zero_us)
    return replace(display, start_us=start, end_us=end)


def _steps(recording: Recording, session_id: str, order: Order) -> pa.Table:
    rows: list[dict[str, Any]] = []
    for seq, step in zip(order.steps.tolist(), recording.steps, strict=True):
        row = {
            name: value
            for name, value in step.items()
            if name not in ("order", "frame_before", "frame_after")
        }
        row["t_us"] = _since(step.get("t_us", NO_TIME), order.zero_us)
        for name in ("frame_before", "frame_after"):
            if step.get(name, -1) >= 0:
                row[f"{name}_id"] = frame_id(session_id, step[name])
        rows.append({"actor": recording.session["actor"], **row, "session_id": session_id, "seq": seq})
    return from_rows("steps", sorted(rows, key=lambda row: row["seq"]))


def _session(recording: Recording, order: Order) -> dict[str, Any]:
    session: dict[str, Any] = {"redaction_status": "unknown", **recording.session}
    has_time = session["time_precision"] != "none"
    session["duration_us"] = order.last_us - order.zero_us if has_time else None
    if session["clock"] == "epoch" and has_time and 0 <= order.zero_us // _DAY_US <= _LAST_DAY:
        session["started_at_unix_us"] = order.zero_us
        session["started_day"] = order.zero_us // _DAY_US
    texts = {name: col.text([value])[0].as_py() for name, value in session.items() if isinstance(value, str)}
    return session | texts


def _quality(recording: Recording, displays: list[Display], order: Order, bits: int) -> set[str]:
    found = set(recording.quality)
    found |= {_QUALITY_OF_FLAG[name] for name in _QUALITY_OF_FLAG if bits & EVENT_BITS[name]}
    state = {
        "clock_backwards": order.is_backwards,
        "estimated_display": any(display.is_estimated for display in displays),
        "no_display": not displays,
        "incomplete": not recording.session["is_complete"],
        "no_frames": recording.has_pictures and not recording.frames,
        "no_time": recording.session["time_precision"] == "none",
    }
    return found | {name for name, holds in state.items() if holds}


def _since(t_us: int, zero_us: int) -> int | None:
    return None if t_us == NO_TIME else t_us - zero_us
