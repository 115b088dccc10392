"""Doing one job: reading what it names and asking every check. Nothing here stops at what cannot be read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from explorer.engine import Engine
from explorer.errors import EngineError
from explorer.measures.codec import stored
from explorer.scan.jobs import Job
from explorer.scan.registry import PICTURE_CHECKS
from explorer.scan.result import Result
from explorer.scan.text_work import look_at_texts
from explorer.scan.views import Mask, View, mask_of
from explorer.scan.weak_mask import DRAWN
from explorer.trace import pictures

__all__ = ["Result", "work"]


def work(engine: Engine, job: Job) -> Result:
    """Do the job. What the engine cannot read at all is noted as unread."""
    result = Result(job)
    try:
        (look_at_texts if job.kind == "texts" else _pictures)(engine, job, result)
    except EngineError as error:
        channel = "frame" if job.kind == "pictures" else "typed"
        result.unread(job.first, channel, f"rows could not be read ({type(error).__name__})")
    return result


# --- pictures


def _pictures(engine: Engine, job: Job, result: Result) -> None:
    frames = engine.run("scan/frames", {"session_id": job.first}).to_pylist()
    masks: dict[str, list[Mask]] = {}
    for row in engine.run("scan/masks", {"session_id": job.first}).to_pylist():
        mask = mask_of(row)
        if mask is not None:
            masks.setdefault(row["frame_id"], []).append(mask)
        elif job.start == 0:
            result.unread(job.first, "frame", "mask has no rectangle", frame_id=row["frame_id"],
                          redaction_id=row["redaction_id"])  # fmt: skip
    before = None
    for index in range(max(0, job.start - 1), min(job.end, len(frames))):
        row = frames[index]
        view = _view(engine, row, tuple(masks.get(row["frame_id"], ())), before)
        if index >= job.start:
            _look_at_picture(
                view, {"session_id": job.first, "frame_id": row["frame_id"], "channel": "frame"}, result
            )
        before = view if isinstance(view, View) else None


def _look_at_picture(view: View | str, place: dict[str, str], result: Result) -> None:
    """Ask the checks; what is no picture is the reason why."""
    if isinstance(view, str):
        result.counts["unread_frames"] += 1
        result.unread(reason=view, **place)
        return
    result.counts.update(
        frames=1, masks=len(view.masks), drawn_masks=sum(one.method == DRAWN for one in view.masks)
    )
    for check in PICTURE_CHECKS:
        result.ask(check, lambda check=check: check.look(view), **place)  # type: ignore[misc]


def _view(engine: Engine, row: dict[str, Any], masks: tuple[Mask, ...], before: View | None) -> View | str:
    """The picture, or why it cannot be looked at."""
    frame = engine.frame(row["frame_id"])
    if frame is None:
        return "picture is not there"
    try:
        pixels = np.asarray(pictures.decoded(frame.bytes)[0])
        kept = replace(before, before=None) if before is not None else None  # two in memory, never all
        return View(
            row["session_id"],
            row["frame_id"],
            row["seq"],
            row["t_us"],
            pixels,
            stored(frame.bytes),
            masks,
            kept,
        )
    except ValueError as error:
        return str(error)
    except (OSError, MemoryError) as error:
        return f"picture cannot be decoded ({type(error).__name__})"
