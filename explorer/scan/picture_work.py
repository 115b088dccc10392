"""Reading every distinct picture of a dataset once, and looking at what its words say wherever it is shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.engine import Engine
from explorer.measures.codec import Stored, stored
from explorer.measures.read_lines import UNREAD, Word
from explorer.scan import picture_reader, words_in_picture
from explorer.scan.jobs import Job
from explorer.scan.registry import Check
from explorer.scan.views import Mask, Pixels, View, mask_of
from explorer.trace import pictures

if TYPE_CHECKING:
    from explorer.scan.work import Result

CHECK = Check(words_in_picture.NAME, words_in_picture.VERSION)
_MOST_APART = 16  # pictures in memory that a dataset calls equal and that are not
_Runs = Sequence[Sequence[Word]]


@dataclass
class _Shown:
    """A picture as one session shows it under the same masks: its first screenshot, the last, and how many."""

    view: View
    runs: _Runs
    last_seq: int
    frames_n: int = 1


def look_at_words(engine: Engine, job: Job, result: Result) -> None:
    """Read pictures `start` to `end` of those that the job's session is the first to show."""
    rows = engine.run("scan/home_pictures", {"home_session_id": job.first}).to_pylist()
    equal = [list(own) for _, own in groupby(rows, key=itemgetter("picture"))][job.start : job.end]
    masks = _masks(engine, [row for own in equal for row in own])
    for own in equal:
        for shown in _shown(engine, own, masks, result):
            _look(shown, result)


def _shown(
    engine: Engine, rows: Sequence[Mapping[str, Any]], masks: Mapping[str, tuple[Mask, ...]], result: Result
) -> Iterator[_Shown]:
    """The picture in each session. What a dataset calls equal is compared: pixels that differ are read apart."""
    found: dict[object, _Shown] = {}
    decoded = _Decoded(engine)
    known: dict[bytes, _Runs] = {}
    for row in rows:
        try:
            view, digest = decoded.view(row, masks.get(row["frame_id"], ()))
        except (ValueError, OSError, MemoryError):
            continue  # told by the jobs for masks, which look at every picture
        if digest not in known:
            if len(known) >= _MOST_APART:
                yield from found.values()
                found.clear()
                known.clear()
                decoded.forget()
            known[digest] = _read(view, result)
        edges = frozenset(mask.edges for mask in view.masks)
        before = found.setdefault((view.session_id, digest, edges), _Shown(view, known[digest], view.seq, 0))
        before.last_seq, before.frames_n = view.seq, before.frames_n + 1
    yield from found.values()


class _Decoded:
    """Pictures whose bytes are equal are decoded once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[bytes, tuple[Pixels, Stored, bytes]] = {}

    def forget(self) -> None:
        """Start anew, before it is too much."""
        self._known.clear()

    def view(self, row: Mapping[str, Any], masks: tuple[Mask, ...]) -> tuple[View, bytes]:
        """The picture of a screenshot, and a digest of its pixels; ValueError where there is none."""
        frame = self._engine.frame(row["frame_id"])
        if frame is None:
            raise ValueError("picture is not there")
        content = hashlib.sha256(frame.bytes).digest()
        if content not in self._known:
            pixels = np.asarray(pictures.decoded(frame.bytes)[0])
            size = repr(pixels.shape).encode()
            digest = hashlib.sha256(size + pixels.tobytes()).digest()
            self._known[content] = pixels, stored(frame.bytes), digest
        pixels, how, digest = self._known[content]
        place = (row["session_id"], row["frame_id"], row["seq"], row["t_us"])
        return View(*place, pixels, how, masks), digest


def _read(view: View, result: Result) -> _Runs:
    place = {"session_id": view.session_id, "channel": "frame", "frame_id": view.frame_id}
    try:
        runs = picture_reader.read(view.pixels)
    except picture_reader.Unreadable as error:
        result.unread(reason=str(error), **place)
        return ()
    result.counts["read_pictures"] += 1
    result.counts["unread_runs"] += sum(word.text == UNREAD for run in runs for word in run)
    return runs


def _look(shown: _Shown, result: Result) -> None:
    view, first = shown.view, len(result.found)
    place = {"session_id": view.session_id, "channel": "frame", "frame_id": view.frame_id}
    result.ask(CHECK, lambda: words_in_picture.look(view, shown.runs), **place)
    result.found[first:] = [
        replace(one, seq_end=shown.last_seq, rows_n=shown.frames_n) for one in result.found[first:]
    ]


def _masks(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Mask, ...]]:
    """The masks of the screenshots, by screenshot."""
    wanted = {row["frame_id"] for row in rows}
    found: dict[str, list[Mask]] = {}
    for session_id in sorted({row["session_id"] for row in rows}):
        for row in engine.run("scan/masks", {"session_id": session_id}).to_pylist():
            mask = mask_of(row) if row["frame_id"] in wanted else None
            if mask is not None:
                found.setdefault(row["frame_id"], []).append(mask)
    return {frame_id: tuple(own) for frame_id, own in found.items()}
