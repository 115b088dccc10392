"""PC Tracker's lines as frames, steps and events. Order of a line's rows: picture, step, action."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from explorer.errors import SourceError
from explorer.importers.action_code_events import number, press_rows, shortcut_row, text_row
from explorer.importers.action_pictures import PictureFolder, Size, picture_size
from explorer.importers.columns import json_text
from explorer.importers.jsonl import JsonLines
from explorer.importers.recording import HINT_DAMAGED, NO_FRAME, Frame, check_clock, literal
from explorer.trace.keys import from_pynput

Row = dict[str, Any]
_TIME = "%Y-%m-%d_%H:%M:%S"
_NUMBER = r"\s*(-?\d{1,9}(?:\.\d{1,9})?)\s*"
_PAIR = rf"\({_NUMBER},{_NUMBER}\)"
_UNKNOWN_ELEMENT = "Unknown"
_OUTCOMES = {"finish": "done", "fail": "fail"}


@dataclass(slots=True)
class Rows:
    """What was gathered; `screen` is the size of the first picture."""

    screen: Size | None = None
    outcome: str | None = None
    missing_n: int = 0
    order: int = 0
    events: list[Row] = field(default_factory=list)
    steps: list[Row] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)

    def next(self) -> int:
        self.order += 1
        return self.order


def read_rows(lines: JsonLines, name: str, folder: PictureFolder) -> Rows:
    """All lines; SourceError at a time stamp or an action that is none."""
    rows = Rows()
    places: list[int] = []
    for line, row in lines:
        _read_line(rows, row, f"{name}:{line}", folder)
        places.append(line)
    t_us = np.array([step["t_us"] for step in rows.steps], np.int64)
    check_clock(t_us, np.array(places, np.int64), (literal(name) + ":{}").format)
    frames = [step["frame_before"] for step in rows.steps[1:]] + [NO_FRAME]
    for step, after in zip(rows.steps, frames, strict=True):
        step["frame_after"] = after
    for event in rows.events:
        event["frame_after"] = frames[event["step"]]
    return rows


def action_rows(action: str) -> list[Row]:
    """An action in words as event rows; one `custom` row when the words are not known."""
    text = action.strip()
    for pattern, make in _ACTIONS:
        if match := pattern.fullmatch(text):
            return [{"source_type": pattern_name(pattern), **row} for row in make(match)]
    return [{"kind": "custom", "source_type": "unknown action", "extra": json_text({"is_unparsed": True})}]


def pattern_name(pattern: re.Pattern[str]) -> str:
    """The action's name in the recorder's words."""
    return _NAMES[pattern]


def _read_line(rows: Rows, row: Row, where: str, folder: PictureFolder) -> None:
    t_us = _time_us(row.get("timestamp"), where)
    action = row.get("action")
    if not isinstance(action, str):
        raise SourceError("action is not a text", where=where, hint=HINT_DAMAGED)
    step = len(rows.steps)
    frame = _read_picture(rows, row.get("screenshot"), t_us, step, folder)
    made = action_rows(action)
    kind = made[0]["source_type"]
    rows.outcome = _OUTCOMES.get(kind, rows.outcome)
    is_lost = frame == NO_FRAME and row.get("screenshot") is not None
    rows.steps.append({
        "order": rows.next(), "t_us": t_us, "step": step, "frame_before": frame, "action_type": kind,
        "action_code": action.encode("utf-8", "replace").decode(),
        "extra": json_text({"is_picture_missing": is_lost or None}),
    })  # fmt: skip
    for event in made:
        flags = ("time_1s", *event.pop("flags", ()))
        own = {"order": rows.next(), "t_us": t_us, "step": step, "frame": frame, "flags": flags}
        rows.events.append({**event, **_element(row), **own})


def _read_picture(rows: Rows, name: Any, t_us: int, step: int, folder: PictureFolder) -> int:
    """Index of the line's frame; NO_FRAME when the picture is missing or cannot be read."""
    path = folder.find(name)
    size = picture_size(path) if path else None
    if path is None or size is None:
        rows.missing_n += name is not None
        return NO_FRAME
    rows.screen = rows.screen or size
    width, height = rows.screen
    frame = Frame(
        rows.next(), t_us, 0, 0, view_width_px=width, view_height_px=height, display_id="screen", step=step
    )
    rows.frames.append(frame)
    rows.paths.append(path)
    return len(rows.frames) - 1


def _time_us(stamp: Any, where: str) -> int:
    """The local time as if it were UTC: only differences mean something."""
    try:
        return round(datetime.strptime(stamp, _TIME).replace(tzinfo=UTC).timestamp()) * 1_000_000
    except (TypeError, ValueError):
        raise SourceError("timestamp is not a time", where=where, hint=HINT_DAMAGED) from None


def _element(row: Row) -> Row:
    """Name and rectangle of the element hit; the rectangle may reach beyond the screen."""
    name, rect = row.get("element"), row.get("rect")
    found: Row = {"element_name": name if isinstance(name, str) and name != _UNKNOWN_ELEMENT else None}
    edges = (
        [number(rect.get(side)) for side in ("left", "top", "right", "bottom")]
        if isinstance(rect, dict)
        else []
    )
    if len(edges) == 4 and all(math.isfinite(edge) for edge in edges):
        left, top, right, bottom = edges
        if right >= left and bottom >= top:
            found |= {"element_left_px": left, "element_top_px": top}
            found |= {"element_width_px": right - left, "element_height_px": bottom - top}
    return found


def _at(match: re.Match[str], first: int = 1) -> Row:
    return {"x": float(match[first]), "y": float(match[first + 1])}


def _click(kind: str, button: str, clicks_n: int) -> Callable[[re.Match[str]], list[Row]]:
    return lambda match: [{"kind": kind, "button": button, "clicks_n": clicks_n, **_at(match)}]


def _drag(match: re.Match[str]) -> list[Row]:
    ends = json_text({"end_x_px": round(float(match[3])), "end_y_px": round(float(match[4]))})
    return [{"kind": "drag", "button": "left", **_at(match), "extra": ends}]


def _scroll(match: re.Match[str]) -> list[Row]:
    across, up = (float(match[1]), float(match[2])) if match.re.groups == 2 else (0.0, float(match[1]))
    return [{"kind": "scroll", "wheel_x": across, "wheel_y": -up, "wheel_unit": "line"}]


def _hotkey(match: re.Match[str]) -> list[Row]:
    keys = [from_pynput(name.strip()) for name in match[1].split(",") if name.strip()]
    return ([shortcut_row(keys)] if len(keys) > 1 else press_rows(keys[0])) if keys else [{"kind": "custom"}]


_KNOWN: tuple[tuple[str, str, Callable[[re.Match[str]], list[Row]]], ...] = (
    ("click", rf"click\s*{_PAIR}", _click("click", "left", 1)),
    ("right click", rf"right click\s*{_PAIR}", _click("click", "right", 1)),
    ("middle click", rf"middle click\s*{_PAIR}", _click("click", "middle", 1)),
    ("double click", rf"double click\s*{_PAIR}", _click("double_click", "left", 2)),
    # A drag is two lines: its press, and where the button was let go.
    ("press", rf"press\s*{_PAIR}", lambda match: [{"kind": "mouse_down", "button": "left", **_at(match)}]),
    ("drag to", rf"drag to\s*{_PAIR}", lambda match: [{"kind": "mouse_up", "button": "left", **_at(match)}]),
    ("drag from", rf"drag from\s*{_PAIR}\s*to\s*{_PAIR}", _drag),
    ("scroll", rf"scroll\s*{_PAIR}", _scroll),
    ("scroll", rf"scroll\s*\({_NUMBER}\)", _scroll),
    ("press key", r"press key:?\s*(\S{1,40})", lambda match: press_rows(from_pynput(match[1]))),
    ("hotkey", r"hotkey:?\s*\(([^()]{1,200})\)", _hotkey),
    ("type text", r"type text:\s?(.*)", lambda match: [text_row(match[1])]),
    ("wait", r"wait", lambda match: [{"kind": "idle"}]),
    ("finish", r"finish", lambda match: [{"kind": "task_end"}]),
    ("fail", r"fail", lambda match: [{"kind": "task_end"}]),
)
_ACTIONS = tuple((re.compile(pattern, re.DOTALL), make) for _, pattern, make in _KNOWN)
_NAMES = {pattern: name for (pattern, _), (name, _, _) in zip(_ACTIONS, _KNOWN, strict=True)}
