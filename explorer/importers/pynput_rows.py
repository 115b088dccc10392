"""Rows of pynput's listeners, as DuckTrack and AgentNetTool write them into events.jsonl."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from explorer.errors import SourceError
from explorer.importers.jsonl import JsonLines
from explorer.importers.recording import HINT_DAMAGED, Events, Moves, objects, times_us
from explorer.trace.displays import Display
from explorer.trace.keys import Key
from explorer.trace.schema import BUTTONS, FARTHEST_PX

EVENTS_NAME, METADATA_NAME = "events.jsonl", "metadata.json"
PLATFORMS = {"Darwin": "macos", "Windows": "windows", "Linux": "linux"}
_UNUSABLE = math.inf  # a position was recorded, but it is no number

# The key of a press or release row.
KeyOf = Callable[[dict[str, Any]], Key]


@dataclass(slots=True)
class PynputRows:
    """Rows of the file as parallel lists: pointer positions, and everything else; `order` is the line number."""

    move_lines: list[int] = field(default_factory=list)
    move_s: list[float] = field(default_factory=list)
    move_xy: list[tuple[float, float]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    event_s: list[float] = field(default_factory=list)

    def moves(self) -> Moves:
        """Pointer positions; SourceError at a time stamp that is none."""
        lines = np.array(self.move_lines, np.int64)
        xy = np.array(self.move_xy, np.float64).reshape(-1, 2)
        return Moves(lines, times_us(np.array(self.move_s), 1e6, _at(self.move_lines)), xy[:, 0], xy[:, 1])

    def other_events(self) -> Events:
        """All other rows; SourceError at a time stamp that is none."""
        t_us = times_us(np.array(self.event_s), 1e6, _at([row["order"] for row in self.events]))
        events = Events.from_rows([{**row, "t_us": 0} for row in self.events])
        events.t_us = t_us
        actions = {"mouse_down": "click", "mouse_up": "click", "key_down": "press", "key_up": "release"}
        named = events.columns.get("source_type", objects([None] * len(events)))
        kinds = zip(named, events.kind, strict=True)
        events.columns["source_type"] = objects([name or actions.get(kind, kind) for name, kind in kinds])
        return events


def read_rows(lines: JsonLines, key_of: KeyOf) -> PynputRows:
    """All rows of events.jsonl; SourceError at a line that cannot be, or when there is none at all."""
    rows = PynputRows()
    for line, row in lines:
        time_s = number(row.get("time_stamp"))
        if math.isnan(time_s):
            raise SourceError("time_stamp is not a number", where=_where(line), hint=HINT_DAMAGED)
        if row.get("action") == "move":
            rows.move_lines.append(line)
            rows.move_s.append(time_s)
            rows.move_xy.append(_point(row, line))
        else:
            rows.events.append({"order": line, **_event(row, line, key_of)})
            rows.event_s.append(time_s)
    if not rows.events and not rows.move_lines:
        raise SourceError("the recording holds no events", where=EVENTS_NAME, hint="Leave it out")
    return rows


def declared_display(metadata: dict[str, Any], coordinate_space: str) -> list[Display] | None:
    """The screen as the metadata state it; None when they do not."""
    width, height = number(metadata.get("screen_width")), number(metadata.get("screen_height"))
    if not (0 < width <= FARTHEST_PX and 0 < height <= FARTHEST_PX):
        return None
    return [Display("main", 0, 0, int(width), int(height), coordinate_space=coordinate_space)]


def video_start_s(metadata: dict[str, Any]) -> float | None:
    """When OBS said that the video had started, on the clock of the rows."""
    timings = metadata.get("obs_record_state_timings")
    started = timings.get("OBS_WEBSOCKET_OUTPUT_STARTED") if isinstance(timings, dict) else None
    return number(started[0]) if isinstance(started, list) and started else None


def number(value: Any) -> float:
    """A number; NaN for anything else, infinite when it is too large."""
    try:
        return float(value) if isinstance(value, (int, float)) else math.nan
    except OverflowError:
        return math.inf


def _event(row: dict[str, Any], line: int, key_of: KeyOf) -> dict[str, Any]:
    action = row.get("action")
    if action == "click":
        x, y = _point(row, line)
        button, is_down = row.get("button"), row.get("pressed")
        if not isinstance(is_down, bool):
            raise SourceError("pressed is neither true nor false", where=_where(line), hint=HINT_DAMAGED)
        if button not in BUTTONS:
            return {"kind": "custom", "source_type": f"click {button}", "x": x, "y": y}
        return {"kind": "mouse_down" if is_down else "mouse_up", "button": button, "x": x, "y": y}
    if action == "scroll":
        x, y = _point(row, line)
        wheel = {"wheel_x": number(row.get("dx")), "wheel_y": -number(row.get("dy")), "wheel_unit": "line"}
        return {"kind": "scroll", "x": x, "y": y, **wheel}
    if action in ("press", "release"):
        key = key_of(row)
        flags = () if key.key is not None else ("unresolved_key",)
        kind = "key_down" if action == "press" else "key_up"
        return {"kind": kind, "key": key.key, "code": key.code, "flags": flags}
    if action in ("pause", "resume"):
        return {"kind": action}
    return {"kind": "custom", "source_type": str(action)}


def _point(row: dict[str, Any], line: int) -> tuple[float, float]:
    x, y = row.get("x"), row.get("y")
    if not isinstance(x, (int, float)) or not isinstance(y, (int, float)):
        raise SourceError("x or y is not a number", where=_where(line), hint=HINT_DAMAGED)
    return _finite(x), _finite(y)


def _finite(value: float) -> float:
    found = number(value)
    return found if math.isfinite(found) else _UNUSABLE


def _where(line: int) -> str:
    return f"{EVENTS_NAME}:{line}"


def _at(lines: Sequence[int]) -> Callable[[int], str]:
    return lambda index: _where(lines[index])
