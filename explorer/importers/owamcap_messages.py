"""OWA messages of schemas 0.3 to 0.5 as moves, events and screens."""

from __future__ import annotations

import json
import math
from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from explorer.importers.known_apps import app_in_title
from explorer.importers.owamcap_file import Channel, Message
from explorer.trace.keys import from_vk
from explorer.trace.schema import BUTTONS, FARTHEST_PX

EMBEDDED = "data:"
_MOST_JSON_BYTES = 1 << 20  # of any message but a screen, which may hold its picture
_MOST_MEDIA_US = 1 << 52
_LAST_VK, _DECODER = 0xFFFF, json.JSONDecoder()
# Schema names of all versions, for recordings whose topics were renamed.
_TOPIC_OF_SCHEMA = {
    "WindowInfo": "window", "MouseEvent": "mouse", "KeyboardEvent": "keyboard", "MouseState": "mouse/state",
    "KeyboardState": "keyboard/state", "RawMouseEvent": "mouse/raw", "ScreenCaptured": "screen",
    "ScreenEmitted": "screen",
}  # fmt: skip
Size = tuple[int, int]


class Screen(NamedTuple):
    """One screen message: where its picture is, and what it shows. `uri` is EMBEDDED for one inside the message."""

    order: int
    t_us: int
    uri: str | None
    media_us: int | None
    source: Size | None
    shape: Size | None


class Window(NamedTuple):
    """The window in front from a message on: left, top, width, height."""

    order: int
    rect: tuple[int, int, int, int]


@dataclass(slots=True)
class Rows:
    """All messages of a recording, sorted by what they become. `unread` counts, by topic, what was not understood."""

    move_order: array[int] = field(default_factory=lambda: array("q"))
    move_us: array[int] = field(default_factory=lambda: array("q"))
    move_x: array[float] = field(default_factory=lambda: array("d"))
    move_y: array[float] = field(default_factory=lambda: array("d"))
    events: list[dict[str, Any]] = field(default_factory=list)
    screens: list[Screen] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    topics: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    held: dict[str, list[str]] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    _front: tuple[Any, ...] | None = None
    _topic_of: dict[Channel, str] = field(default_factory=dict)

    def add(self, message: Message) -> None:
        """Take one message."""
        channel = message.channel
        self.topics[channel.topic] += 1
        if channel not in self._topic_of:
            self._topic_of[channel] = known_topic(channel)
        topic = self._topic_of[channel]
        fields = fields_of(message, topic) if topic else None
        if fields is None or not _READERS[topic](self, message.order, message.log_ns // 1000, fields):
            self.unread[channel.topic] += 1


def known_topic(channel: Channel) -> str:
    """The topic, or the usual one of its schema; empty when its messages cannot be read."""
    if channel.encoding != "json":
        return ""
    usual = _TOPIC_OF_SCHEMA.get(channel.schema.replace("/", ".").rpartition(".")[2], "")
    return channel.topic if channel.topic in _READERS else usual


def fields_of(message: Message, topic: str) -> dict[str, Any] | None:
    """The message's JSON object; None when it is none, or too large or deep."""
    content = message.content
    if content is None or (topic != "screen" and len(content) > _MOST_JSON_BYTES):
        return None
    try:
        fields = _DECODER.decode(str(content, "utf-8"))
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None


def picture_text(fields: dict[str, Any]) -> str | None:
    """The data URI, or bare base64 text, of a picture inside a screen message."""
    media = fields.get("media_ref")
    media = media if isinstance(media, dict) else {}
    for text in (media.get("uri"), media.get("data"), fields.get("path")):
        if isinstance(text, str) and (text.startswith(EMBEDDED) or text is media.get("data")):
            return text
    return None


def _mouse(rows: Rows, order: int, t_us: int, fields: dict[str, Any]) -> bool:
    x, y = _number(fields.get("x")), _number(fields.get("y"))
    kind = fields.get("event_type")
    if x is None or y is None or not isinstance(kind, str):
        return False
    if kind == "move":
        rows.move_order.append(order)
        rows.move_us.append(t_us)
        rows.move_x.append(x)
        rows.move_y.append(y)
        return True
    event = _button(fields) if kind == "click" else _wheel(fields) if kind == "scroll" else {"kind": "custom"}
    if event is None:
        return False
    own = {"order": order, "t_us": t_us, "x": x, "y": y}
    rows.events.append({"source_type": f"mouse {kind[:40]}", **event, **own})
    return True


def _button(fields: dict[str, Any]) -> dict[str, Any] | None:
    is_down, button = fields.get("pressed"), fields.get("button")
    if not isinstance(is_down, bool):
        return None
    if button not in BUTTONS:
        return {"kind": "custom", "source_type": f"mouse click {str(button)[:40]}"}
    return {"kind": "mouse_down" if is_down else "mouse_up", "button": button}


def _wheel(fields: dict[str, Any]) -> dict[str, Any] | None:
    across, up = _number(fields.get("dx", 0)), _number(fields.get("dy", 0))
    if across is None or up is None:
        return None
    return {"kind": "scroll", "wheel_x": across, "wheel_y": -up, "wheel_unit": "line"}


def _keyboard(rows: Rows, order: int, t_us: int, fields: dict[str, Any]) -> bool:
    kind, code = fields.get("event_type"), fields.get("vk")
    if kind not in ("press", "release") or type(code) is not int or not 0 <= code <= _LAST_VK:
        return False
    key = from_vk(code)
    rows.held.setdefault("keyboard/state", [])
    rows.events.append({
        "order": order, "t_us": t_us, "kind": "key_down" if kind == "press" else "key_up", "key": key.key,
        "code": key.code, "flags": () if key.key is not None else ("unresolved_key",),
        "source_type": f"keyboard {kind}",
    })  # fmt: skip
    return True


def _window(rows: Rows, order: int, t_us: int, fields: dict[str, Any]) -> bool:
    title, rect, handle = fields.get("title"), _rectangle(fields.get("rect")), fields.get("hWnd")
    if not isinstance(title, str) and rect is None:
        return False
    if handle is not None:
        rows.dropped.add("hWnd")
    if rect is not None:
        rows.windows.append(Window(order, rect))
    front = (title, rect, str(handle))
    if front == rows._front:
        return True
    rows._front = front
    sides = ("window_left_px", "window_top_px", "window_width_px", "window_height_px")
    place = dict(zip(sides, rect, strict=True)) if rect else {}
    rows.events.append({
        "order": order, "t_us": t_us, "kind": "window_focus", "window_title": title if isinstance(title, str) else None,
        "app": app_in_title(title), "source_type": "window", **place,
    })  # fmt: skip
    return True


def _screen(rows: Rows, order: int, t_us: int, fields: dict[str, Any]) -> bool:
    media = fields.get("media_ref")
    media = media if isinstance(media, dict) else {}
    names = (media.get("uri"), media.get("path"), fields.get("path"))
    uri = next((name for name in names if isinstance(name, str)), None)
    uri = EMBEDDED if picture_text(fields) is not None else uri
    stamps = (media.get("pts_ns"), fields.get("pts_ns"), fields.get("pts"))
    pts_ns = next((pts for pts in stamps if type(pts) is int), None)
    media_us = None if pts_ns is None or abs(pts_ns) // 1000 > _MOST_MEDIA_US else round(pts_ns / 1000)
    source = _size(fields.get("source_shape")) or _size(fields.get("original_shape"))
    shape = _size(fields.get("shape"))
    rows.screens.append(Screen(order, t_us, uri, media_us, source, shape))
    return True


def _keyboard_state(rows: Rows, order: int, t_us: int, fields: dict[str, Any]) -> bool:
    """Only the first one counts, and only before any key row: it tells what was held when the recording began."""
    held = fields.get("buttons")
    if not isinstance(held, list):
        return False
    codes = [f"VK_{code}" for code in held[:256] if type(code) is int and 0 <= code <= _LAST_VK]
    rows.held.setdefault("keyboard/state", codes)
    return True


def _mouse_state(rows: Rows, order: int, t_us: int, fields: dict[str, Any]) -> bool:
    held = fields.get("buttons")
    if not isinstance(held, list):
        return False
    rows.held.setdefault("mouse/state", [button for button in held[:8] if button in BUTTONS])
    return True


def _mouse_raw(rows: Rows, order: int, t_us: int, fields: dict[str, Any]) -> bool:
    """Movements of the device, not positions: counted, not stored."""
    if fields.get("device_handle") is not None:
        rows.dropped.add("device_handle")
    return True


_READERS: dict[str, Callable[[Rows, int, int, dict[str, Any]], bool]] = {
    "mouse": _mouse, "keyboard": _keyboard, "window": _window, "screen": _screen, "mouse/raw": _mouse_raw,
    "mouse/state": _mouse_state, "keyboard/state": _keyboard_state,
}  # fmt: skip


def _number(value: Any) -> float | None:
    """A number; infinite when it is one but no position; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if abs(value) <= FARTHEST_PX else math.inf


def _rectangle(value: Any) -> tuple[int, int, int, int] | None:
    """Left, top, width, height of left, top, right, bottom."""
    if not isinstance(value, list) or len(value) != 4:
        return None
    numbers = [number for number in map(_number, value) if number is not None and math.isfinite(number)]
    if len(numbers) != 4:
        return None
    left, top, right, bottom = (round(number) for number in numbers)
    return (left, top, right - left, bottom - top) if right >= left and bottom >= top else None


def _size(value: Any) -> Size | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    width, height = value
    is_size = (
        type(width) is int and type(height) is int and 0 < width <= FARTHEST_PX and 0 < height <= FARTHEST_PX
    )
    return (width, height) if is_size else None
