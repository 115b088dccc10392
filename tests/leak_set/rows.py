"""An item as rows of a trace dataset: one session each, whose names say nothing about what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from explorer.importers.pictures import frame_id, looks

from .boxes import Box
from .items import Item, Picture
from .presses import Press
from .texts import TextItem

Row = dict[str, Any]
Tables = dict[str, list[Row]]

POLICY = "leak-set"
_STEP_US = 400_000
_TARGETS = {"typed": "text", "thought": "text"}
_HELD = {"shift": ("Shift", "ShiftLeft"), "ctrl+alt": ("AltGraph", "AltRight")}


def session_id(item: Item | TextItem) -> str:
    """Id of the item's session."""
    return f"generated-{item.item_id}"


def picture_tables(item: Item) -> Tables:
    """Session, display, frames with their bytes, masks as declared, and the input around them."""
    own = session_id(item)
    events = [_event(own, 0, "window_focus", app="Desk", window_title="Desk")]
    frames: list[Row] = []
    masks: list[Row] = []
    for index, picture in enumerate(item.pictures):
        seq = 1 + 2 * index
        frames.append(_frame(own, index, seq, picture))
        events.append(_event(own, seq + 1, "click", app="Desk", button="left", frame_id=frame_id(own, index)))
        masks += _masks(own, index, picture)
    first = item.pictures[0]
    display = {
        "session_id": own, "display_id": "main", "start_us": 0, "left_px": 0, "top_px": 0, "width_px": first.width_px,
        "height_px": first.height_px, "px_per_pt": item.scale, "is_primary": True, "is_estimated": False,
        "coordinate_space": "physical_px",
    }  # fmt: skip
    tables = {"displays": [display], "events": events, "frames": frames, "redactions": masks}
    return {"sessions": [_session(own, tables)], **tables}


def text_tables(item: TextItem) -> Tables:
    """Session and the row that carries the text, with placeholders as declared."""
    own = session_id(item)
    tables: Tables = {"events": [_event(own, 0, "window_focus", app="Desk", window_title="Desk")]}
    if item.channel == "thought":
        tables["steps"] = [{
            "session_id": own, "step": 0, "seq": 1, "t_us": _STEP_US, "actor": "agent", "thought": item.text,
            "action_type": "click",
        }]  # fmt: skip
    elif item.channel != "task":
        tables["events"] += _events(own, item)
    tables["redactions"] = [
        {**_redaction(own, number, span.entity, "placeholder"), "target": _TARGETS.get(item.channel, item.channel),
         "seq": None if item.channel == "task" else 1, "char_start": span.start, "char_end": span.end}
        for number, span in enumerate(item.masked)
    ]  # fmt: skip
    session = _session(own, tables) | {"task": item.text if item.channel == "task" else None}
    session["actor"] = "agent" if item.channel == "thought" else "human"
    return {"sessions": [session], **tables}


def _events(own: str, item: TextItem) -> list[Row]:
    """The rows that carry the text of a channel of events."""
    if item.channel == "typed":
        rows = [row for press in item.keys for row in _key_rows(press)]
        return [_event(own, 1 + at, **row) for at, row in enumerate(rows)]
    if item.channel == "clipboard":
        copied = {"text": item.text, "text_len": len(item.text), "is_text_redacted": bool(item.masked)}
        return [_event(own, 1, "clipboard_copy", app="Desk", **copied)]
    if item.channel == "element_name":
        row = {"app": "Desk", "button": "left", "element_role": "button", "element_name": item.text}
        return [_event(own, 1, "mouse_down", **row), _event(own, 2, "mouse_up", **row)]
    kind = "navigation" if item.channel == "url" else "window_focus"
    return [_event(own, 1, kind, app="Desk", **{item.channel: item.text})]


def _key_rows(press: Press) -> Iterator[Row]:
    """Down and up, between those of the keys that are held."""
    held = _HELD.get(press.mods or "")
    if held:
        yield {"kind": "key_down", "key": held[0], "code": held[1], "app": "Desk"}
    for kind in ("key_down", "key_up"):
        yield {"kind": kind, "key": press.key, "code": press.code, "mods": press.mods, "app": "Desk"}
    if held:
        yield {"kind": "key_up", "key": held[0], "code": held[1], "app": "Desk"}


def _event(own: str, seq: int, kind: str, **columns: Any) -> Row:
    return {
        "session_id": own,
        "seq": seq,
        "t_us": seq * _STEP_US,
        "kind": kind,
        "is_derived": False,
        **columns,
    }


def _frame(own: str, index: int, seq: int, picture: Picture) -> Row:
    return {
        "frame_id": frame_id(own, index), "session_id": own, "seq": seq, "t_us": seq * _STEP_US, "display_id": "main",
        "capture_left_px": 0, "capture_top_px": 0, "scale_x": 1.0, "scale_y": 1.0, "is_redacted": True,
        **looks(picture.content, own, {}),
    }  # fmt: skip


def _masks(own: str, index: int, picture: Picture) -> Iterator[Row]:
    for number, mask in enumerate(picture.masks):
        yield {
            **_redaction(own, number, mask.entity, mask.method), "target": "frame", "frame_id": frame_id(own, index),
            "redaction_id": f"{frame_id(own, index)}-{number:04d}", **_place(mask.box),
        }  # fmt: skip


def _place(box: Box) -> Row:
    return {
        "frame_left_px": box.left, "frame_top_px": box.top, "frame_width_px": box.width, "frame_height_px": box.height,
    }  # fmt: skip


def _redaction(own: str, number: int, entity: str, method: str) -> Row:
    return {
        "redaction_id": f"{own}-t{number:04d}", "session_id": own, "entity": entity, "method": method,
        "detector": POLICY, "policy": POLICY,
    }  # fmt: skip


def _session(own: str, tables: Mapping[str, list[Row]]) -> Row:
    counts = {f"{name}_n": len(tables.get(name, ())) for name in ("moves", "events", "steps", "frames")}
    last = max(row["t_us"] for name in ("events", "steps", "frames") for row in tables.get(name, ()))
    return {
        "session_id": own, "source_format": "generated", "actor": "human", "time_precision": "us", "clock": "relative",
        "duration_us": last, "redaction_status": "complete", "redaction_policy": POLICY, "is_complete": True,
        "quality": "", **counts,
    }  # fmt: skip
