"""Rows of openadapt-capture's tables as moves and events."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Mapping
from typing import Any

from explorer.errors import SourceError
from explorer.importers.known_apps import app_in_title
from explorer.importers.recording import HINT_DAMAGED
from explorer.trace.keys import Key, from_character, from_pynput, from_vk, from_x11
from explorer.trace.schema import BUTTONS

PLATFORMS = {"linux": "linux", "darwin": "macos", "win32": "windows", "windows": "windows"}
_CODE_SOURCE = {"linux": "X11", "macos": "MAC", "windows": "VK"}
_UNUSABLE = math.inf
_ROLE = ("AXRole", "role", "control_type", "ControlType")
_NAME = ("AXTitle", "AXDescription", "name", "title", "Name")


def event_of(
    row: sqlite3.Row, platform: str | None, origin: tuple[float, float], where: str
) -> dict[str, Any]:
    """Kind and columns of one action row that is no move."""
    name = row["name"]
    if name == "click":
        return _button(row, origin, where) | _element(row)
    if name == "scroll":
        x, y = point(row, origin)
        wheel_x, wheel_y = number(row["mouse_dx"]), -number(row["mouse_dy"])
        return {
            "kind": "scroll",
            "x": x,
            "y": y,
            "wheel_x": wheel_x,
            "wheel_y": wheel_y,
            "wheel_unit": "line",
        }
    if name in ("press", "release"):
        key = key_of(row, platform)
        flags = () if key.key is not None else ("unresolved_key",)
        return {
            "kind": "key_down" if name == "press" else "key_up",
            "key": key.key,
            "code": key.code,
            "flags": flags,
        }
    return {"kind": "custom"}


def key_of(row: Mapping[str, Any] | sqlite3.Row, platform: str | None) -> Key:
    """Key of a press or release: the character, else the name, else the raw code."""
    code = str(row["key_vk"]) if row["key_vk"] is not None else None
    key = from_character(row["key_char"]) if row["key_char"] else None
    named = from_pynput(row["key_name"], platform)
    key = key or named.key
    if code and code.isdecimal() and platform in _CODE_SOURCE:
        if key is None and platform == "windows":
            key = from_vk(int(code)).key
        if key is None and platform == "linux":
            key = from_x11(int(code)).key
        return Key(key, f"{_CODE_SOURCE[platform]}_{code}")
    return Key(key, named.code)


def window_of(row: sqlite3.Row) -> dict[str, Any]:
    """A window row as a window_focus event; identifiers of the window are left out."""
    title = row["title"]
    event: dict[str, Any] = {"kind": "window_focus", "window_title": title, "source_type": "window_event"}
    for column, edge in (("window_left_px", "left"), ("window_top_px", "top")):
        event[column] = row[edge]
    for column, size in (("window_width_px", "width"), ("window_height_px", "height")):
        event[column] = row[size] if number(row[size]) >= 0 else None
    owner = _state(row).get("meta")
    owner_name = owner.get("kCGWindowOwnerName") if isinstance(owner, dict) else None
    event["app"] = owner_name if isinstance(owner_name, str) else app_in_title(title)
    return event


def browser_of(row: sqlite3.Row) -> dict[str, Any]:
    """A browser message as a custom event with its address; its text may be private and is not taken over."""
    try:
        message = json.loads(row["message"] or "{}")
    except (ValueError, RecursionError):
        message = {}
    message = message if isinstance(message, dict) else {}
    kind = message.get("type")
    url = message.get("url")
    return {
        "kind": "custom",
        "source_type": f"browser_event {kind}" if isinstance(kind, str) else "browser_event",
        "url": url if isinstance(url, str) else None,
    }


def point(row: sqlite3.Row, origin: tuple[float, float]) -> tuple[float, float]:
    """Position in desktop pixels: the recorder counts from the virtual desktop's corner, which is `origin`."""
    x, y = number(row["mouse_x"]), number(row["mouse_y"])
    if not (math.isfinite(x) and math.isfinite(y)):
        return _UNUSABLE, _UNUSABLE
    return x + origin[0], y + origin[1]


def number(value: Any) -> float:
    """A number; NaN for anything else (SQLite keeps text in numeric columns too)."""
    try:
        return float(value) if isinstance(value, (int, float)) else math.nan
    except OverflowError:
        return math.nan


def _button(row: sqlite3.Row, origin: tuple[float, float], where: str) -> dict[str, Any]:
    x, y = point(row, origin)
    button = row["mouse_button_name"]
    if row["mouse_pressed"] not in (0, 1):
        raise SourceError("mouse_pressed is neither 0 nor 1", where=where, hint=HINT_DAMAGED)
    if button not in BUTTONS:
        return {"kind": "custom", "source_type": f"click {button}", "x": x, "y": y}
    return {"kind": "mouse_down" if row["mouse_pressed"] else "mouse_up", "button": button, "x": x, "y": y}


def _element(row: sqlite3.Row) -> dict[str, Any]:
    """Role and name of the element hit, where the recorder looked; its values may be typed text and stay out."""
    state = _json(row["element_state"])
    role = next((state[name] for name in _ROLE if isinstance(state.get(name), str)), None)
    name = next((state[name] for name in _NAME if isinstance(state.get(name), str)), None)
    return {column: value for column, value in (("element_role", role), ("element_name", name)) if value}


def _state(row: sqlite3.Row) -> dict[str, Any]:
    return _json(row["state"])


def _json(text: Any) -> dict[str, Any]:
    try:
        value = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
