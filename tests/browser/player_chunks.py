"""Chunks of events for the tests of the player, packed as the server packs them, and sessions made of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

UNKNOWN = -32768
KINDS = (
    "move", "mouse_down", "mouse_up", "click", "double_click", "drag", "scroll", "key_down", "key_up", "shortcut",
    "text_input", "window_focus", "navigation", "clipboard_copy", "clipboard_cut", "clipboard_paste", "ui_element",
    "display_change", "pause", "resume", "idle", "touch_start", "touch_move", "touch_end", "task_end", "custom",
)  # fmt: skip
NOTHING = {"x": None, "y": None, "buttons": [], "keys": [], "drag_from": None}
Row = tuple[Any, ...]  # t_us, x, y, kind, detail; from the right, what is missing is None, "move" and {}


def packed(
    rows: Sequence[Row],
    *,
    chunk: int = 0,
    windows: Sequence[Sequence[Any]] = (),
    state: Any = None,
    **other: Any,
) -> bytes:
    """One chunk: header, then t, x, y, kind and ref, each padded to 8 bytes. `other` replaces parts of the header."""
    full = [(*row, *(None, None, "move", {})[len(row) - 1 :]) for row in rows]
    base_us = full[0][0] if full else 0
    details: list[dict[str, Any]] = []
    refs = []
    for *_, kind, detail in full:
        if kind != "move":
            details += [] if detail in details else [detail]
            refs.append(details.index(detail))
    header = {
        "version": 1, "chunk": chunk, "base_us": base_us, "rows_n": len(full), "details_rows_n": len(refs),
        "kinds": KINDS, "details": details, "windows": windows or [[0, *[None] * 7]], "state": state or NOTHING,
    }  # fmt: skip
    columns = [
        np.array([row[0] - base_us for row in full], "<u4"),
        np.array([UNKNOWN if row[1] is None else row[1] for row in full], "<i2"),
        np.array([UNKNOWN if row[2] is None else row[2] for row in full], "<i2"),
        np.array([KINDS.index(row[3]) for row in full], "u1"),
        np.array(refs, "<u2"),
    ]
    return joined(header | other, columns)


def joined(header: dict[str, Any], columns: Sequence[Any]) -> bytes:
    """Header and columns as one file."""
    text = json.dumps(header).encode()
    parts = [len(text).to_bytes(4, "little") + text, *(column.tobytes() for column in columns)]
    return b"".join(part + bytes(-len(part) % 8) for part in parts)


def about(chunks: Sequence[Sequence[Row]], **other: Any) -> dict[str, Any]:
    """What the server tells about a session of such chunks; `other` replaces parts of it."""
    ends = [rows[-1][0] for rows in chunks if rows]
    return {
        "duration_us": max(ends, default=0), "os": None,
        "chunks": [[rows[0][0], rows[-1][0], len(rows)] for rows in chunks],
        "frames": {"t_us": []}, "steps": [], "idle": [], "apps": [],
        "density": {"bins_n": 0, "kinds": [], "counts": []},
    } | other  # fmt: skip


def session(
    *chunks: Sequence[Row], windows: Sequence[Any] = (), states: Sequence[Any] = (), **other: Any
) -> dict[str, Any]:
    """A session: its description, and its chunks packed; windows and states are one a chunk."""
    return {
        "about": about(chunks, **other),
        "chunks": [
            list(packed(rows, chunk=place, windows=_at(windows, place), state=_at(states, place)))
            for place, rows in enumerate(chunks)
        ],
    }


def _at(values: Sequence[Any], place: int) -> Any:
    return values[place] if place < len(values) else None
