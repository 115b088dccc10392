"""The texts of some sessions: sifted many at once, looked at one by one where something is possible."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from explorer.engine import Engine
from explorer.measures.masked_shapes import is_masked
from explorer.measures.typed_text import Typed
from explorer.scan import masked_beside, masked_elsewhere, typed_text
from explorer.scan.finding import Finding
from explorer.scan.hidden_keys import sessions_of
from explorer.scan.jobs import Job
from explorer.scan.masked_beside import Readable, TypedValue
from explorer.scan.masked_elsewhere import Known
from explorer.scan.registry import KEYS_CHECKS, TEXT_CHECKS, check_of
from explorer.scan.result import Result
from explorer.scan.views import Text

MOST_CHARACTERS = 1_100_000
_AT_ONCE = 50_000
_PLACE = ("session_id", "source_table", "source_column", "seq", "seq_end", "t_us", "rows_n")
_ELSEWHERE = check_of(masked_elsewhere.NAME)
_ALL = np.uint8(255)
_Hints = NDArray[np.uint8]


@dataclass
class _Beside:
    """What was found in the texts of one session, to be held against its masks. Stays in memory."""

    texts: list[Readable] = field(default_factory=list)
    typed: list[TypedValue] = field(default_factory=list)

    def note(self, found: Finding, text: str) -> None:
        if found.entity != "URL_VALUE" and found.entity is not None and found.source_column is not None:
            names = ("channel", "source_column", "char_start", "char_end")
            place = {name: getattr(found, name) for name in names}
            self.texts.append(Readable(found.source_column, text, found.entity, place))

    def note_typed(self, found: Finding) -> None:
        if found.entity is not None and found.seq is not None:
            self.typed.append(TypedValue(found.entity, found.seq, found.seq_end or found.seq, found.t_us))


def look_at_texts(engine: Engine, job: Job, result: Result) -> None:
    """Ask every check about every distinct text of the job, and about what its keys spell."""
    asked = {"first_session_id": job.first, "last_session_id": job.last}
    rows = engine.run("scan/texts", asked)
    result.counts["texts"] += rows.num_rows
    result.counts["text_rows"] += pc.sum(rows["rows_n"]).as_py() or 0
    batches = rows.to_batches(max_chunksize=_AT_ONCE)
    known = masked_elsewhere.learned(batches)
    result.counts["looks_left_out"] += sum(shapes.left_out_n for shapes in known.shapes.values())
    result.counts["masked_text_rows"] += sum(_masked_rows(batch) for batch in batches)
    beside: dict[str, _Beside] = defaultdict(_Beside)
    for batch in batches:
        for channel in batch["channel"].unique().to_pylist():
            _sift_rows(batch.filter(pc.equal(batch["channel"], channel)), channel, known, result, beside)
    keys = engine.run("scan/keys", asked)
    result.counts["presses"] += keys.num_rows
    spelled = _spelled(keys)
    while typed := list(islice(spelled, _AT_ONCE)):
        _sift_typed(typed, known, result, beside)
    _look_at_hidden(keys, result)
    for session_id, found in beside.items():
        _look_beside(engine, session_id, found, result)


def _masked_rows(batch: pa.RecordBatch) -> int:
    rows = batch["rows_n"].filter(pa.array(is_masked(batch["text"])))
    return int(pc.sum(rows).as_py() or 0)


def _look_at_hidden(keys: pa.Table, result: Result) -> None:
    """Ask the checks of side channels about sessions with hidden keys."""
    is_press = pc.equal(keys["kind"], "key_down")
    result.counts["key_presses"] += pc.sum(is_press).as_py() or 0
    result.counts["masked_presses"] += pc.sum(keys["is_masked"]).as_py() or 0
    for session in sessions_of(keys):
        for check in KEYS_CHECKS:
            result.ask(check, lambda check=check, own=session: check.look(own), **session.place)  # type: ignore[misc]


def _look_beside(engine: Engine, session_id: str, found: _Beside, result: Result) -> None:
    """Compare what was found in the texts of a session with the masks of its pictures."""
    masks = engine.run("scan/masked_moments", {"session_id": session_id}).to_pylist()
    if not masks:
        return
    rows = engine.run("scan/moment_texts", {"session_id": session_id}).to_pylist()
    result.ask(
        check_of(masked_beside.NAME),
        lambda: masked_beside.look(session_id, found.texts, found.typed, masks, rows),
        session_id=session_id,
        channel="frame",
    )


def _sift_rows(
    rows: pa.RecordBatch, channel: str, known: Known, result: Result, beside: dict[str, _Beside]
) -> None:
    hints = _hints(rows["text"], channel, known)
    chosen = np.flatnonzero(hints.any(axis=0))
    taken = rows.select(["text", *_PLACE]).take(pa.array(chosen))
    columns = zip(*map(_values, taken.columns), strict=True)
    for own, (read, *place) in zip(hints[:, chosen].T.tolist(), columns, strict=True):
        text = Text(read, channel, dict(zip(_PLACE, place, strict=True)))
        before_n = len(result.found)
        _look(text, own, known, result)
        if text.place["source_table"] == "events":
            for one in result.found[before_n:]:
                beside[one.session_id].note(one, read)


def _values(column: pa.Array) -> list[Any]:
    """As `to_pylist`, several times as fast; but numbers with gaps would become others on that way."""
    is_whole = column.null_count == 0 or not pa.types.is_integer(column.type)
    values: list[Any] = column.to_numpy(zero_copy_only=False).tolist() if is_whole else column.to_pylist()
    return values


def _spelled(keys: pa.Table) -> Iterator[tuple[Text, Typed]]:
    rows = (row for batch in keys.to_batches(max_chunksize=10_000) for row in batch.to_pylist())
    for session_id, own in groupby(rows, key=itemgetter("session_id")):
        yield from typed_text.texts(session_id, own)


def _sift_typed(
    typed: list[tuple[Text, Typed]], known: Known, result: Result, beside: dict[str, _Beside]
) -> None:
    """The same for text put together from keys; what lies in one row was pasted, and looked at as such."""
    hints = _hints(pa.array([text.text for text, _ in typed], pa.large_string()), "typed", known)
    for index in np.flatnonzero(hints.any(axis=0)):
        text, spelled = typed[index]
        spelling = Result(result.job)
        _look(text, hints[:, index], known, spelling)
        placed = (typed_text.placed(one, spelled) for one in spelling.found)
        kept = [one for one in placed if one.rows_n != 1]
        result.found.extend(kept)
        for one in kept:
            beside[one.session_id].note_typed(one)


def _hints(texts: pa.Array, channel: str, known: Known) -> _Hints:
    """What each check (rows, masked_elsewhere last) can find in each of many texts (columns); too long ones are all."""
    sifts: list[Callable[[], Any]] = [
        *(lambda check=check: check.sift(texts, channel) if check.sift else _ALL for check in TEXT_CHECKS),
        lambda: masked_elsewhere.sift(texts, channel, known),
    ]
    hints = np.full((len(sifts), len(texts)), _ALL)
    for row, sift in zip(hints, sifts, strict=True):
        with contextlib.suppress(pa.ArrowException):  # then every text is looked at
            row[:] = sift()
    hints[:, np.asarray(pc.greater(pc.utf8_length(texts), MOST_CHARACTERS))] = _ALL
    return hints


def _look(text: Text, hints: _Hints, known: Known, result: Result) -> None:
    """Ask the checks that may find something."""
    place = {"channel": text.channel, **text.place}
    if len(text.text) > MOST_CHARACTERS:
        result.unread(reason="text is too long", **place)
        return
    for check, hint in zip(TEXT_CHECKS, hints, strict=False):
        if hint:
            hinted = Text(text.text, text.channel, text.place, int(hint))
            result.ask(check, lambda check=check, hinted=hinted: check.look(hinted), **place)  # type: ignore[misc]
    if hints[-1]:
        result.ask(_ELSEWHERE, lambda: masked_elsewhere.look(text, known), **place)
