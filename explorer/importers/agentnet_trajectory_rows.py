"""One AgentNet trajectory as steps, moves, events and frames.

Positions are shares of the picture; desktop pixels are those of the first picture, and pictures of another size are
scaled views of that desktop. Order of a step's rows: picture, step, actions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from explorer.errors import SourceError
from explorer.importers.action_code import Call, parsed
from explorer.importers.action_code_events import MOVE, Actions, Point
from explorer.importers.action_pictures import PictureFolder, Size, picture_reader, picture_size
from explorer.importers.columns import json_text
from explorer.importers.recording import NO_FRAME, NO_TIME, Events, Frame, Moves, Recording
from explorer.trace.displays import Display

_DISPLAY = "picture"
_NO_PICTURE_SIZE = (1920, 1080)
# Shares a little off the picture occur; anything larger was written in the picture's pixels.
_LARGEST_SHARE = 1.5
_TEXTS = ("observation", "thought", "reflection")
_JUDGED = (
    "task_completed", "alignment_score", "efficiency_score", "task_difficulty", "reason", "natural_language_task",
    "actual_task",
)  # fmt: skip
_PLATFORMS = {"windows": "windows", "darwin": "macos", "macos": "macos", "mac": "macos", "ubuntu": "linux",
              "linux": "linux"}  # fmt: skip


@dataclass(slots=True)
class _Rows:
    """What was gathered; `order` counts all rows."""

    display: Size
    order: int = 0
    moves: list[tuple[int, float, float]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    missing_n: int = 0

    def next(self) -> int:
        self.order += 1
        return self.order


def recording_of(
    task: dict[str, Any], inner_id: str, name: str, place: str, folder: PictureFolder
) -> Recording:
    """The recording of one line; `task["traj"]` is a list."""
    if not task["traj"]:
        raise SourceError("the trajectory holds no steps", where=place, hint="Leave it out")
    steps = [step if isinstance(step, dict) else {} for step in task["traj"]]
    pictures = [_picture(step, folder) for step in steps]
    known = [picture[1] for picture in pictures if picture]
    rows = _Rows(known[0] if known else _NO_PICTURE_SIZE)
    actions = Actions()
    numbers = _numbers(steps)
    for step, number, picture in zip(steps, numbers, pictures, strict=True):
        _read_step(rows, actions, step, number, picture)
    _link_frames(rows)
    return Recording(
        inner_id=inner_id,
        session=_session(task, steps, name, actions.outcome, rows),
        moves=_moves(rows),
        events=Events.from_rows(rows.events),
        place=place + ", row {}",
        displays=[_display(rows.display, bool(known))],
        coordinate_space="normalized",
        frames=rows.frames,
        pictures=picture_reader(rows.paths),
        steps=rows.steps,
    )


def clean(value: Any) -> str | None:
    """A text that UTF-8 can hold; None for an empty one and for anything else."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) and value else None


def _read_step(
    rows: _Rows, actions: Actions, step: dict[str, Any], number: int, picture: tuple[Path, Size] | None
) -> None:
    found = step.get("value")
    value: dict[str, Any] = found if isinstance(found, dict) else {}
    frame = _add_frame(rows, picture[0], number) if picture else NO_FRAME
    is_lost = picture is None and step.get("image") is not None
    rows.missing_n += is_lost
    code = clean(value.get("code")) or ""
    calls = parsed(code)
    known = [call for call in calls if call.name]
    said = {"description": clean(value.get("action")), "calls": [_said(call) for call in known]}
    marks = {"is_picture_missing": is_lost or None, "is_code_unparsed": len(known) < len(calls) or None}
    rows.steps.append({
        "order": rows.next(), "t_us": NO_TIME, "step": number, "frame_before": frame,
        **{name: clean(value.get(name)) for name in _TEXTS},
        "action_type": ",".join(str(call.name) for call in known) or None,
        "action_args": clean(json_text(said)), "action_code": code or None,
        "is_correct": _truth(value.get("last_step_correct")),
        "is_redundant": _truth(value.get("last_step_redundant")), "extra": json_text(marks),
    })  # fmt: skip
    for call in calls:
        for row in actions.rows(call):
            _keep(rows, row, number, frame, picture[1] if picture else rows.display)


def _add_frame(rows: _Rows, path: Path, number: int) -> int:
    """Index of the new frame, which shows the whole desktop."""
    width, height = rows.display
    rows.frames.append(
        Frame(
            rows.next(),
            NO_TIME,
            0,
            0,
            view_width_px=width,
            view_height_px=height,
            display_id=_DISPLAY,
            step=number,
        )
    )
    rows.paths.append(path)
    return len(rows.frames) - 1


def _keep(rows: _Rows, row: dict[str, Any], number: int, frame: int, size: Size) -> None:
    """Add an action's row with its points in desktop pixels."""
    at = _desktop(row.pop("at", None), size, rows.display)
    end = _desktop(row.pop("end", None), size, rows.display)
    order = rows.next()
    if row["kind"] == MOVE and at:
        rows.moves.append((order, *at))
        return
    if end and all(math.isfinite(value) for value in end):
        row["extra"] = json_text({"end_x_px": round(end[0]), "end_y_px": round(end[1])})
    where = {"x": at[0], "y": at[1]} if at else {}
    rows.events.append(
        {
            "order": order,
            "t_us": NO_TIME,
            "step": number,
            "frame": frame,
            "frame_after": NO_FRAME,
            **row,
            **where,
        }
    )


def _link_frames(rows: _Rows) -> None:
    """The screen after a step is the picture before the next one, where there is one."""
    after: dict[int, int] = {}
    for step, follower in pairwise(rows.steps):
        step["frame_after"] = after[step["step"]] = follower["frame_before"]
    for row in rows.events:
        row["frame_after"] = after.get(row["step"], NO_FRAME)


def _desktop(point: Point | None, size: Size, display: Size) -> Point | None:
    if point is None:
        return None
    is_share = max(abs(point[0]), abs(point[1])) <= _LARGEST_SHARE
    across, down = (1, 1) if is_share else size
    return point[0] / across * display[0], point[1] / down * display[1]


def _numbers(steps: list[dict[str, Any]]) -> list[int]:
    """The steps' own numbers where they are whole and increasing, else their places."""
    own = [step.get("index") for step in steps]
    places = list(range(len(steps)))
    if not all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n < 2**31 for n in own):
        return places
    numbers = [n for n in own if isinstance(n, int)]
    return numbers if all(a < b for a, b in pairwise(numbers)) else places


def _picture(step: dict[str, Any], folder: PictureFolder) -> tuple[Path, Size] | None:
    path = folder.find(step.get("image"))
    size = picture_size(path) if path else None
    return (path, size) if path and size else None


def _said(call: Call) -> dict[str, Any]:
    """A call as JSON can hold it."""
    given = {f"{place}": value for place, value in enumerate(call.args)} | call.named
    return {"call": call.source, **{name: _plain(value) for name, value in given.items()}}


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _moves(rows: _Rows) -> Moves:
    table = np.array([move[1:] for move in rows.moves], np.float64).reshape(-1, 2)
    order = np.array([move[0] for move in rows.moves], np.int64)
    return Moves(order, np.full(len(order), NO_TIME, np.int64), table[:, 0], table[:, 1])


def _display(size: Size, is_known: bool) -> Display:
    return Display(_DISPLAY, 0, 0, *size, is_estimated=not is_known, coordinate_space="normalized")


def _session(
    task: dict[str, Any], steps: list[dict[str, Any]], name: str, outcome: str | None, rows: _Rows
) -> dict[str, Any]:
    values = [step["value"] for step in steps if isinstance(step.get("value"), dict)]
    is_synthesized = any(value.get(text) for value in values for text in _TEXTS)
    is_contradicted = outcome == "done" and task.get("task_completed") is False
    extra = {key: task[key] for key in _JUDGED if isinstance(task.get(key), (str, int, float, bool))}
    extra |= {"missing_pictures_n": rows.missing_n or None}
    extra |= {"texts_by": "model" if is_synthesized else None}
    return {
        "source_format": "agentnet_trajectory",
        "source_name": name,
        "actor": "agent" if isinstance(task.get("model"), str) else "human",
        "time_precision": "none",
        "clock": "step",
        "os": _PLATFORMS.get(str(task.get("system")).lower()),
        "recorder": "AgentNet",
        "task_id": clean(task.get("task_id")),
        "task": clean(task.get("instruction")),
        "task_outcome": "unknown" if outcome is None or is_contradicted else outcome,
        "is_complete": outcome is not None,
        "extra": json_text(extra),
    }
