"""One chunk of a session's rows as a file for the player."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.engine.replay_details import Held, ReplayDetails, Window
from explorer.engine.replay_rows import REPLAY_KINDS, ReplayRows
from explorer.server.wire import VERSION, cut, file_of
from explorer.server.wire_details import LONGEST_TEXT, compact, details_of
from explorer.trace.shown_keys import shown_key


def chunk_file(details: ReplayDetails, chunk: int, is_typed: bool) -> bytes:
    """The file of one chunk; IndexError when there is none of that number. Without `is_typed` text is bullets."""
    rows = details.rows
    start, end = rows.chunks[chunk]
    first, last = np.searchsorted(rows.event_rows, [start, end]).tolist()
    listed, refs = details_of(details, first, last, is_typed)
    t_us, kinds = rows.t_us[start:end], _kinds(rows)
    header = {
        "version": VERSION, "chunk": chunk, "base_us": int(t_us[0]), "rows_n": end - start,
        "details_rows_n": last - first, "kinds": [REPLAY_KINDS[kind] for kind in kinds],
        "windows": [[row - start, *_short(window)] for row, window in details.windows_of(start, end)],
        "state": _state(details.held_before(start), rows.session["os"], is_typed),
    }  # fmt: skip
    columns = (
        (t_us - t_us[0]).astype(np.uint32), rows.x[start:end], rows.y[start:end],
        np.searchsorted(kinds, rows.kind[start:end]).astype(np.uint8), np.array(refs, np.uint16),
    )  # fmt: skip
    # The details are JSON already: written once, not parsed and written again.
    return file_of(f'{compact(header)[:-1]},"details":{listed}}}', columns)


def _kinds(rows: ReplayRows) -> NDArray[np.uint8]:
    """The kinds that the session has, and move, in order."""
    counts = np.bincount(rows.kind, minlength=len(REPLAY_KINDS))
    counts[0] += 1
    return np.flatnonzero(counts).astype(np.uint8)


def _short(window: Window) -> list[object]:
    app, title, url, *rectangle = window
    return [*(cut(text, LONGEST_TEXT) for text in (app, title, url)), *rectangle]


def _state(held: Held, os: str | None, is_typed: bool) -> dict[str, object]:
    x, y = held.at or (None, None)
    keys = held.keys if is_typed else [shown_key(*words, os) for words in held.keys]
    told = [(key, mods) for key, mods, _ in keys]
    return {"x": x, "y": y, "buttons": held.buttons, "keys": told, "drag_from": held.drag_from}
