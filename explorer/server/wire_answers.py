"""What the replay's routes answer, and a memory of it: an 8-hour session is read and packed at most once."""

from __future__ import annotations

import numpy as np

from explorer.engine.replay_details import ReplayDetails, read_details
from explorer.engine.replay_rows import ReplayRows, column, read_rows
from explorer.server.wire_about import about_file
from explorer.server.wire_chunk import chunk_file
from explorer.server.wire_details import compact
from explorer.server.wire_memory import Memory
from explorer.widgets.opened import engine

_memory = Memory()


def about(session_id: str, is_typed: bool) -> bytes | None:
    """The description of a session; None when there is none. Raises EngineError when it cannot be read."""

    def told() -> bytes | None:
        rows = _rows(session_id)
        if rows is None:
            return None
        asked = {"session_id": session_id}
        return about_file(
            rows, engine().run("sessions/displays", asked), engine().run("replay/masks", asked), is_typed
        )

    return _memory.get(_version, ("about", session_id, is_typed), told)


def chunk(session_id: str, place: int, is_typed: bool) -> bytes | None:
    """One chunk of a session's rows; None when there is none of that number. Raises EngineError as `about` does."""

    def packed() -> bytes | None:
        details = _details(session_id)
        return chunk_file(details, place, is_typed) if details and place < len(details.rows.chunks) else None

    return _memory.get(_version, ("chunk", session_id, place, is_typed), packed)


def times(session_id: str, first: int, last: int) -> bytes | None:
    """Times of the first and the last event whose seq lies in a range; null where there is none."""
    rows = _rows(session_id)
    if rows is None:
        return None
    at, end = np.searchsorted(column(rows.events, "seq"), [first, last + 1]).tolist()
    if at >= end:
        return compact({"start_us": None, "end_us": None}).encode()
    times_us = rows.t_us[rows.event_rows[[at, end - 1]]].tolist()
    return compact({"start_us": times_us[0], "end_us": times_us[1]}).encode()


def _rows(session_id: str) -> ReplayRows | None:
    return _memory.get(_version, ("rows", session_id), lambda: read_rows(engine(), session_id))


def _details(session_id: str) -> ReplayDetails | None:
    def read() -> ReplayDetails | None:
        rows = _rows(session_id)
        return read_details(engine(), rows) if rows else None

    return _memory.get(_version, ("details", session_id), read)


def _version() -> str:
    """Changes whenever an answer could: with the dataset, its consents, and the dataset that is shown."""
    shown = engine()
    return f"{shown.dataset.root}:{shown.version_id}"
