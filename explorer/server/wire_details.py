"""What travels of each event of a chunk: only what is known, each different detail once."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from math import isfinite
from typing import Any

import pyarrow as pa

from explorer.engine.replay_details import ReplayDetails
from explorer.measures.axis import NO_TIME
from explorer.measures.presses import LONE, PAIRED, REPEAT
from explorer.server.wire import cut
from explorer.trace.shown_keys import bullets, shown_key

LONGEST_TEXT = 2_000
_ROLES = {PAIRED: None, REPEAT: "repeat", LONE: "lone"}
_DRAG = "drag"
# Our name and the column it comes from; a dot puts it into the element.
_COLUMNS = (
    ("button", "button"), ("clicks_n", "clicks_n"), ("wheel_x", "wheel_x"), ("wheel_y", "wheel_y"),
    ("wheel_unit", "wheel_unit"), ("key", "key"), ("mods", "mods"), ("chord", "chord"), ("text", "text"),
    ("text_len", "text_len"), ("redacted", "is_text_redacted"), ("command", "command"), ("via", "via"),
    ("element.role", "element_role"), ("element.name", "element_name"), ("element.left", "element_left_px"),
    ("element.top", "element_top_px"), ("element.width", "element_width_px"), ("element.height", "element_height_px"),
    ("step", "step"), ("derived", "is_derived"), ("flags", "flags"),
)  # fmt: skip
_KEY_WORDS = ("key", "mods", "chord")
Columns = dict[str, list[Any]]


def details_of(details: ReplayDetails, start: int, end: int, is_typed: bool) -> tuple[str, list[int]]:
    """JSON list of the different details of events `start` to `end`, and the place in it for each event.

    Without `is_typed` typed text is bullets.
    """
    columns = _known(details.events.slice(start, end - start))
    _shorten(columns)
    if not is_typed:
        _hide(columns, details, start)
    columns |= _lengths(details, start, end) | _presses(details, start, end)
    names = list(columns)
    places: dict[tuple[Any, ...], int] = {}
    rows = zip(*columns.values(), strict=True) if names else ((),) * (end - start)
    refs = [places.setdefault(row, len(places)) for row in rows]
    return f"[{','.join(_written(names, row) for row in places)}]", refs


def _known(events: pa.Table) -> Columns:
    """Columns that tell something in these rows, under our names; truth values only where true, numbers if finite."""
    columns: Columns = {}
    for name, column in _COLUMNS:
        values = events[column]
        if values.null_count == len(values):
            continue
        listed = values.to_pylist()
        if pa.types.is_boolean(values.type):
            listed = [value or None for value in listed]
        elif pa.types.is_floating(values.type):
            listed = [value if value is not None and isfinite(value) else None for value in listed]
        columns[name] = listed
    if "text" in columns:
        lengths = columns.setdefault("text_len", [None] * len(events))
        pairs = zip(columns["text"], lengths, strict=True)
        columns["text_len"] = [len(text) if n is None and text is not None else n for text, n in pairs]
    return columns


def _shorten(columns: Columns) -> None:
    for name in ("key", "mods", "chord", "text", "command", "element.role", "element.name"):
        if name in columns:
            columns[name] = [cut(value, LONGEST_TEXT) for value in columns[name]]


def _hide(columns: Columns, details: ReplayDetails, start: int) -> None:
    """Put bullets in the place of what was typed; a release is told as its press was."""
    if "text" in columns:
        columns["text"] = list(map(bullets, columns["text"], columns["text_len"]))
    present = [columns[name] for name in _KEY_WORDS if name in columns]
    if not present:
        return
    rows_n, os = len(present[0]), details.rows.session["os"]
    told = [columns.get(name) or [None] * rows_n for name in _KEY_WORDS]
    shown = [shown_key(*words, os) for words in zip(*told, strict=True)]
    for event, press in details.key_releases(start, start + rows_n):
        shown[event - start] = (shown_key(*press, os)[0], None, None)
    for name, values in zip(_KEY_WORDS, zip(*shown, strict=True), strict=True):
        columns[name] = list(values)


def _lengths(details: ReplayDetails, start: int, end: int) -> Columns:
    """Start and end of what lasts, the start only where it is not the row's own time; where drags ended."""
    ends = [None if us == NO_TIME else us for us in details.end_us[start:end].tolist()]
    if not any(us is not None for us in ends):
        return {}
    at_us = details.rows.t_us[details.rows.event_rows[start:end]].tolist()
    starts = details.start_us[start:end].tolist()
    points = [details.drag_ends.get(event, (None, None)) for event in range(start, end)]
    kinds = details.kinds_of(start, end)
    return {
        "start_us": [
            None if us is None or (began == at and kind != _DRAG) else began
            for us, began, at, kind in zip(ends, starts, at_us, kinds, strict=True)
        ],
        "end_us": ends,
        "end_x": [x for x, _ in points],
        "end_y": [y for _, y in points],
    }


def _presses(details: ReplayDetails, start: int, end: int) -> Columns:
    first, last = details.press_events.searchsorted([start, end]).tolist()
    roles: list[str | None] = [None] * (end - start)
    pairs = zip(
        details.press_events[first:last].tolist(), details.presses.role[first:last].tolist(), strict=True
    )
    for event, role in pairs:
        roles[event - start] = _ROLES[role]
    return {"press": roles} if any(roles) else {}


def _written(names: Sequence[str], row: Sequence[Any]) -> str:
    detail: dict[str, Any] = {}
    for name, value in zip(names, row, strict=True):
        if value is None:
            continue
        if name.startswith("element."):
            detail.setdefault("element", {})[name[8:]] = value
        else:
            detail[name] = value
    return compact(detail)


compact: Callable[[Any], str] = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":")
).encode
