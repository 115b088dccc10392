"""What the player learns of a session before its rows: axis, chunks, frames, masks, steps, waits, activity."""

from __future__ import annotations

from math import isfinite
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from explorer.engine.replay_rows import ReplayRows
from explorer.server.wire import VERSION, cut
from explorer.server.wire_activity import activity_of
from explorer.server.wire_details import compact
from explorer.server.wire_hidden import shown_args
from explorer.widgets.session_table import title

LONGEST_TEXT = 20_000
# Sessions of more steps than this have their texts cut shorter, so that the description stays small.
MANY_STEPS, SHORTER_TEXT = 500, 2_000

_TEXTS = ("thought", "observation", "reflection", "instruction", "action_type", "action_args", "action_code")
_VERDICTS = ("is_correct", "is_redundant", "reward")
_FRAME_COLUMNS = {
    "id": "frame_id", "step": "step", "width": "width_px", "height": "height_px", "left": "capture_left_px",
    "top": "capture_top_px", "scale_x": "scale_x", "scale_y": "scale_y", "display": "display_id",
    "is_redacted": "is_redacted",
}  # fmt: skip
_DISPLAY_COLUMNS = {
    "id": "display_id", "start_us": "start_us", "end_us": "end_us", "left": "left_px", "top": "top_px",
    "width": "width_px", "height": "height_px", "scale": "px_per_pt", "is_primary": "is_primary",
    "is_estimated": "is_estimated", "space": "coordinate_space",
}  # fmt: skip
_MASK_COLUMNS = {
    "left": "frame_left_px", "top": "frame_top_px", "width": "frame_width_px", "height": "frame_height_px",
    "entity": "entity", "method": "method", "score": "score",
}  # fmt: skip


def about_file(rows: ReplayRows, displays: pa.Table, masks: pa.Table, is_typed: bool) -> bytes:
    """JSON text of the description. `displays` and `masks` are the rows of sessions/displays and replay/masks."""
    session, axis = rows.session, rows.axis
    frames = {"t_us": axis.frame_us.tolist()} | _columns(rows.frames, _FRAME_COLUMNS)
    is_text = pc.not_equal(masks["target"], "frame")
    about = {
        "version": VERSION, "session_id": session["session_id"], "title": title(session),
        "actor": session["actor"], "model": _first(rows.steps["model"]), "task": cut(session["task"], LONGEST_TEXT),
        "os": session["os"], "axis": axis.kind, "duration_us": axis.duration_us, "rows_n": len(rows.t_us),
        "moves_n": len(rows.t_us) - len(rows.event_rows), "events_n": len(rows.event_rows),
        "chunks": [[int(rows.t_us[start]), int(rows.t_us[end - 1]), end - start] for start, end in rows.chunks],
        "backward_n": axis.backward_n, "untimed_n": axis.untimed_n, "far_n": rows.far_n,
        "displays": _rows(_columns(displays, _DISPLAY_COLUMNS)), "frames": frames,
        "frames_reason": _frames_reason(rows),
        "redaction": {"status": session["redaction_status"], "text_n": pc.sum(is_text).as_py() or 0},
        "masks": _masks(masks.filter(pc.invert(is_text)), frames["id"]),
        "steps": _steps(rows, frames["id"], is_typed), **activity_of(rows), "typed": _typed(session, is_typed),
        "flags": [flag for flag in session["quality"].split(",") if flag],
    }  # fmt: skip
    return compact(about).encode()


def _columns(table: pa.Table, names: dict[str, str]) -> dict[str, list[Any]]:
    found = {name: table[own].to_pylist() for name, own in names.items()}
    for name, own in names.items():
        if pa.types.is_floating(table[own].type):
            found[name] = [value if value is not None and isfinite(value) else None for value in found[name]]
    return found


def _rows(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _first(values: pa.ChunkedArray) -> Any:
    known = values.drop_null()
    return known[0].as_py() if len(known) else None


def _frames_reason(rows: ReplayRows) -> str | None:
    if rows.frames.num_rows:
        return None
    if not rows.session["has_screenshots"]:
        return "consent"
    return "damaged" if rows.session["frames_n"] else "not_recorded"


def _masks(masks: pa.Table, frame_ids: list[str]) -> dict[str, list[Any]]:
    place = {frame_id: index for index, frame_id in enumerate(frame_ids)}
    return {"frame": [place[own] for own in masks["frame_id"].to_pylist()]} | _columns(masks, _MASK_COLUMNS)


def _steps(rows: ReplayRows, frame_ids: list[str], is_typed: bool) -> list[dict[str, Any]]:
    place = {frame_id: index for index, frame_id in enumerate(frame_ids)}
    most = LONGEST_TEXT if rows.steps.num_rows <= MANY_STEPS else SHORTER_TEXT
    steps = _columns(rows.steps, {name: name for name in ("step", *_TEXTS, *_VERDICTS)})
    if not is_typed:
        steps["action_args"] = [shown_args(args) for args in steps["action_args"]]
        steps["action_code"] = [None] * rows.steps.num_rows
    for name in _TEXTS:
        steps[name] = [cut(text, most) for text in steps[name]]
    steps["t_us"] = rows.axis.step_us.tolist()
    steps["frame"] = [place.get(own) for own in rows.steps["frame_before_id"].to_pylist()]
    return _rows(steps)


def _typed(session: dict[str, Any], is_typed: bool) -> str:
    if not session["has_keystrokes"]:
        return "closed"
    return "shown" if is_typed else "hidden"
