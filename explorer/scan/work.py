"""Doing one job: reading what it names and asking every check. Nothing here stops at what cannot be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pyarrow as pa

from explorer.engine import Engine
from explorer.errors import EngineError
from explorer.measures.codec import stored
from explorer.measures.typed_text import Typed
from explorer.scan import masked_elsewhere, typed_text
from explorer.scan.finding import UNREAD, Finding, as_table
from explorer.scan.jobs import Job
from explorer.scan.masked_elsewhere import Known
from explorer.scan.registry import OTHER_CHECKS, PICTURE_CHECKS, SESSION_CHECKS, TEXT_CHECKS, Check, Looking
from explorer.scan.views import Mask, Text, View, mask_of
from explorer.scan.weak_mask import DRAWN
from explorer.trace import pictures

MOST_CHARACTERS = 1_100_000
_MOST_SHAPED = 2_000  # titles and addresses; longer texts have no look of their own
_PLACE = ("session_id", "source_table", "source_column", "seq", "seq_end", "t_us", "rows_n")


@dataclass
class Result:
    """What a job found, and how much of what it looked at."""

    job: Job
    found: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def table(self) -> pa.Table:
        """The findings as rows."""
        return as_table(self.found)

    def unread(self, session_id: str, channel: str, reason: str, **place: Any) -> None:
        """Note that something could not be looked at."""
        self.found.append(
            Finding(session_id, channel, UNREAD, "medium", 1.0, "scan", 1, reason=reason, **place)
        )

    def ask(self, check: Check, look: Callable[[], Iterable[Finding]], **place: Any) -> None:
        """Keep what a check finds; one that fails on something is told like something unread."""
        try:
            self.found.extend(look())
        except (
            ValueError,
            IndexError,
            ArithmeticError,
            KeyError,
            TypeError,
            OSError,
            RecursionError,
        ) as error:
            reason = f"{check.name} failed ({type(error).__name__})"
            self.unread(reason=reason, **place)


def work(engine: Engine, job: Job) -> Result:
    """Do the job. What the engine cannot read at all is noted as unread."""
    result = Result(job)
    try:
        (_texts if job.kind == "texts" else _pictures)(engine, job, result)
    except EngineError as error:
        channel = "frame" if job.kind == "pictures" else "typed"
        result.unread(job.first, channel, f"rows could not be read ({type(error).__name__})")
    return result


# --- texts


def _texts(engine: Engine, job: Job, result: Result) -> None:
    asked = {"first_session_id": job.first, "last_session_id": job.last}
    rows = engine.run("scan/texts", asked)
    result.counts["texts"] += rows.num_rows
    result.counts["text_rows"] += sum(rows["rows_n"].to_pylist())
    texts = [Text(row["text"], row["channel"], {name: row[name] for name in _PLACE}) for row in _rows(rows)]
    known = masked_elsewhere.learned([text for text in texts if len(text.text) <= _MOST_SHAPED])
    for text in texts:
        _look_at_text(text, known, result)
    keys = engine.run("scan/keys", asked)
    result.counts["presses"] += keys.num_rows
    for session_id, own in groupby(_rows(keys), key=itemgetter("session_id")):
        for text, spelled in typed_text.texts(session_id, own):
            _look_at_typed(text, spelled, known, result)


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches(max_chunksize=10_000):
        yield from batch.to_pylist()


def _look_at_text(text: Text, known: Known, result: Result) -> None:
    place = {"channel": text.channel, **text.place}
    if len(text.text) > MOST_CHARACTERS:
        result.unread(reason="text is too long", **place)
        return
    for check in TEXT_CHECKS:
        result.ask(check, lambda check=check: check.look(text), **place)  # type: ignore[misc]
    result.ask(OTHER_CHECKS[1], lambda: masked_elsewhere.look(text, known), **place)


def _look_at_typed(text: Text, spelled: Typed, known: Known, result: Result) -> None:
    """The same for text put together from keys; what lies in one row was pasted, and looked at as such."""
    spelling = Result(result.job)
    _look_at_text(text, known, spelling)
    placed = (typed_text.placed(one, spelled) for one in spelling.found)
    result.found.extend(one for one in placed if one.rows_n != 1)


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
        view = _view(engine, row, tuple(masks.get(row["frame_id"], ())), before)
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
