"""Doing one job: reading what it names and asking every check. Nothing here stops at what cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from explorer.engine import Engine, Frame
from explorer.errors import EngineError
from explorer.measures.codec import stored
from explorer.scan.extras import NER, OCR
from explorer.scan.file_work import look_at_file
from explorer.scan.finding import Finding
from explorer.scan.jobs import Job
from explorer.scan.registry import PICTURE_CHECKS, PICTURE_FILE_CHECKS, SESSION_CHECKS, Check, Looking
from explorer.scan.result import Result
from explorer.scan.text_work import look_at_texts
from explorer.scan.views import Mask, PictureFile, Pixels, View, mask_of
from explorer.scan.weak_mask import DRAWN
from explorer.scan.whole_work import look_at_whole
from explorer.trace import pictures

__all__ = ["Result", "work"]


def work(engine: Engine, job: Job) -> Result:
    """Do the job. What the engine cannot read at all is noted as unread."""
    result = Result(job)
    try:
        _WORK[job.kind](engine, job, result)
    except (EngineError, pa.ArrowException) as error:
        result.unread(job.first, channel_of(job), f"rows could not be read ({type(error).__name__})")
    return result


def channel_of(job: Job) -> str:
    """The channel under which a job that could not be done is told."""
    return {"pictures": "frame", "words": "frame", "files": "file", "whole": "file"}.get(job.kind, "typed")


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
    sessions = [(check, check.start()) for check in SESSION_CHECKS]
    for index in range(max(0, job.start - 1), min(job.end, len(frames))):
        row = frames[index]
        own, frame = tuple(masks.get(row["frame_id"], ())), engine.frame(row["frame_id"])
        if index >= job.start and frame is not None:
            _look_at_file(frame.bytes, row, own, result)
        view = _view(engine, frame, row, own, before)
        if index >= job.start:
            place = {"session_id": job.first, "frame_id": row["frame_id"], "channel": "frame"}
            _look_at_picture(view, place, result)
            _note(view, sessions, place, result)
        before = view if isinstance(view, View) else None
    for check, looking in sessions:
        result.ask(check, looking.found, session_id=job.first, channel="frame")


def _note(
    view: View | str, sessions: Sequence[tuple[Check, Looking]], place: dict[str, str], result: Result
) -> None:
    """Let the checks of sessions look at the picture."""

    def noted(looking: Looking, shown: View) -> tuple[Finding, ...]:
        looking.note(shown)
        return ()

    for check, looking in sessions if isinstance(view, View) else ():
        result.ask(check, lambda looking=looking: noted(looking, view), **place)  # type: ignore[misc, arg-type]


def _look_at_file(content: bytes, row: dict[str, Any], masks: tuple[Mask, ...], result: Result) -> None:
    """Ask the checks of files, also about a picture that cannot be decoded."""
    place = {"session_id": row["session_id"], "frame_id": row["frame_id"], "channel": "frame"}
    at = {**place, "seq": row["seq"], "t_us": row["t_us"], "source_table": "frames"}
    file = PictureFile(content, at, masks)
    result.counts["picture_files"] += 1
    for check in PICTURE_FILE_CHECKS:
        result.ask(check, lambda check=check: check.look(file), **place)  # type: ignore[misc]


def _look_at_picture(view: View | str, place: dict[str, str], result: Result) -> None:
    """Ask the checks; what is no picture is the reason why."""
    if isinstance(view, str):
        result.counts["unread_frames"] += 1
        result.unread(reason=view, **place)
        return
    result.counts.update(
        frames=1,
        masks=len(view.masks),
        drawn_masks=sum(one.method == DRAWN for one in view.masks),
        pixels=view.taken.size,
        masked_pixels=int(view.taken.sum()),
    )
    for check in PICTURE_CHECKS:
        result.ask(check, lambda check=check: check.look(view), **place)  # type: ignore[misc]


def _view(
    engine: Engine, frame: Frame | None, row: dict[str, Any], masks: tuple[Mask, ...], before: View | None
) -> View | str:
    """The picture, or why it cannot be looked at."""
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
            _thumb(engine, row["frame_id"]) if masks else None,
        )
    except ValueError as error:
        return str(error)
    except (OSError, MemoryError) as error:
        return f"picture cannot be decoded ({type(error).__name__})"


def _thumb(engine: Engine, frame_id: str) -> Pixels | None:
    """The small copy; None where there is none that can be decoded: then nothing can be seen in it either."""
    content = engine.thumb(frame_id)
    try:
        return np.asarray(pictures.decoded(content)[0]) if content else None
    except (ValueError, OSError, MemoryError):
        return None


# --- extras


def _with_extra(engine: Engine, job: Job, result: Result) -> None:
    """An extra that is there and cannot be loaded is told, once for each job."""
    from explorer.scan import name_work, picture_work

    look, extra = (picture_work.look_at_words, OCR) if job.kind == "words" else (name_work.look_at_names, NER)
    try:
        look(engine, job, result)
    except (ImportError, OSError, RuntimeError) as error:
        result.unread(
            job.first, channel_of(job), f"the extra [{extra.name}] does not work ({type(error).__name__})"
        )


_WORK = {
    "texts": look_at_texts,
    "pictures": _pictures,
    "files": look_at_file,
    "whole": look_at_whole,
    "words": _with_extra,
    "names": _with_extra,
}
