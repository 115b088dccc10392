"""A session as rows: screenshots of a desk, what was clicked and typed between them, and masks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from explorer.importers.pictures import frame_id, looks
from tests.leak_set.items import Declared, Item
from tests.leak_set.rows import picture_tables, session_id

Row = dict[str, Any]
Tables = dict[str, list[Row]]

STEP_US = 700_000
APP = "Desk"


def session(own: str, *, events: Sequence[Row] = (), steps: Sequence[Row] = (), pictures: Sequence[bytes] = (),
            every: int = 4, masks: Sequence[Declared] = (), **columns: Any) -> Tables:  # fmt: skip
    """A session named `own` of one display: a screenshot at every so many rows, the first before all others.

    Each of the `masks` is in every screenshot. `columns` are those of its row in sessions.
    """
    rows = [{"app": APP, **event} for event in events]
    frames: list[Row] = []
    placed: list[Row] = []
    for at, row in enumerate(rows):
        if at % every == 0 and len(frames) < len(pictures):
            frames.append(_frame(own, len(frames), len(placed) + len(frames), pictures[len(frames)]))
        seq = len(placed) + len(frames)
        placed.append({"session_id": own, "seq": seq, "t_us": _time(seq), "is_derived": False, **row})
    seq = len(placed) + len(frames)
    decided = [{"session_id": own, "seq": seq + at, "t_us": _time(seq + at), "step": at, "actor": "agent", **step}
               for at, step in enumerate(steps)]  # fmt: skip
    width_px, height_px = (frames[0]["width_px"], frames[0]["height_px"]) if frames else (1280, 800)
    tables = {
        "displays": [_display(own, width_px, height_px)], "events": placed, "steps": decided, "frames": frames,
        "redactions": [_mask(own, at, number, mask) for at in range(len(frames)) for number, mask in enumerate(masks)],
    }  # fmt: skip
    return {"sessions": [_session(own, tables) | columns], **tables}


def of_item(own: str, item: Item) -> Tables:
    """The session of an item of the leak set, under another name."""
    tables = picture_tables(item)
    before = session_id(item)
    return {table: [_renamed(row, before, own) for row in rows] for table, rows in tables.items()}


def _renamed(row: Row, before: str, own: str) -> Row:
    return {
        name: value.replace(before, own) if isinstance(value, str) else value for name, value in row.items()
    }


def focus(title: str, **columns: Any) -> Row:
    """A window comes to the front."""
    return {"kind": "window_focus", "window_title": title, **columns}


def click(x_px: int, y_px: int, **columns: Any) -> Row:
    """A click of the left button."""
    return {"kind": "click", "button": "left", "x_px": x_px, "y_px": y_px, "display_id": "main", **columns}


def keys(text: str) -> list[Row]:
    """Keys that spell a text."""
    return [{"kind": "key_down", "key": sign} for sign in text]


def hidden_keys(n: int, **columns: Any) -> list[Row]:
    """Presses whose keys a pass took away."""
    return [{"kind": "key_down", "is_text_redacted": True, **columns} for _ in range(n)]


def _time(seq: int) -> int:
    """Rows come at times as a clock gives them, not rounded ones."""
    return seq * STEP_US + seq * 7_919 % 90_001


def _frame(own: str, index: int, seq: int, content: bytes) -> Row:
    return {
        "frame_id": frame_id(own, index), "session_id": own, "seq": seq, "t_us": _time(seq), "display_id": "main",
        "capture_left_px": 0, "capture_top_px": 0, "scale_x": 1.0, "scale_y": 1.0, "is_redacted": True,
        **looks(content, own, {}),
    }  # fmt: skip


def _display(own: str, width_px: int, height_px: int) -> Row:
    return {
        "session_id": own, "display_id": "main", "start_us": 0, "left_px": 0, "top_px": 0, "width_px": width_px,
        "height_px": height_px, "px_per_pt": 1.0, "is_primary": True, "is_estimated": False,
        "coordinate_space": "physical_px",
    }  # fmt: skip


def _mask(own: str, index: int, number: int, mask: Declared) -> Row:
    box = mask.box
    return {
        "redaction_id": f"{frame_id(own, index)}-{number:04d}", "session_id": own, "target": "frame",
        "frame_id": frame_id(own, index), "entity": mask.entity, "method": mask.method, "detector": "made",
        "policy": "made", "frame_left_px": box.left, "frame_top_px": box.top, "frame_width_px": box.width,
        "frame_height_px": box.height,
    }  # fmt: skip


def _session(own: str, tables: Tables) -> Row:
    counts = {f"{name}_n": len(tables.get(name, ())) for name in ("moves", "events", "steps", "frames")}
    last_us = max(row["t_us"] for name in ("events", "steps", "frames") for row in tables[name])
    return {
        "session_id": own, "source_format": "generated", "actor": "agent" if tables["steps"] else "human",
        "time_precision": "us", "clock": "relative", "duration_us": last_us, "redaction_status": "partial",
        "is_complete": True, "quality": "", **counts,
    }  # fmt: skip
