"""The messages of OWA 0.5 that an export writes: topic, schema name, and JSON schema of its fields."""

from __future__ import annotations

import json
from typing import Any

_INT: dict[str, Any] = {"type": "integer"}
_SIZE: dict[str, Any] = {"type": "array", "prefixItems": [_INT, _INT], "minItems": 2, "maxItems": 2}
_BUTTONS = {"type": "string", "enum": ["unknown", "left", "middle", "right", "x1", "x2"]}


def _or_null(kind: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [kind, {"type": "null"}], "default": None}


def _message(name: str, required: tuple[str, ...], /, **fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": name, "type": "object", "additionalProperties": False, "properties": fields,
        "required": list(required),
    }  # fmt: skip


_MEDIA = {
    "type": "object", "title": "MediaRef", "required": ["uri"],
    "properties": {"uri": {"type": "string"}, "pts_ns": _or_null(_INT)},
}  # fmt: skip

TOPICS: dict[str, dict[str, Any]] = {
    "window": _message(
        "WindowInfo", ("title", "rect", "hWnd"),
        title={"type": "string"}, rect={**_SIZE, "prefixItems": [_INT] * 4, "minItems": 4, "maxItems": 4}, hWnd=_INT,
    ),
    "mouse": _message(
        "MouseEvent", ("event_type", "x", "y"),
        event_type={"type": "string", "enum": ["move", "click", "scroll"]}, x=_INT, y=_INT, button=_or_null(_BUTTONS),
        pressed=_or_null({"type": "boolean"}), dx=_or_null(_INT), dy=_or_null(_INT), timestamp=_or_null(_INT),
    ),
    "keyboard": _message(
        "KeyboardEvent", ("event_type", "vk"),
        event_type={"type": "string", "enum": ["press", "release"]}, vk=_INT, timestamp=_or_null(_INT),
    ),
    "screen": _message(
        "ScreenCaptured", (),
        utc_ns=_or_null(_INT), source_shape=_or_null(_SIZE), shape=_or_null(_SIZE), media_ref=_or_null(_MEDIA),
    ),
}  # fmt: skip


def schema_name(topic: str) -> str:
    """Name of a topic's schema, as OWA's decoder looks it up."""
    return f"desktop/{TOPICS[topic]['title']}"


def schema_text(topic: str) -> bytes:
    """A topic's JSON schema."""
    return json.dumps(TOPICS[topic]).encode()
