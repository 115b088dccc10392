"""The texts of some sessions: sifted many at once, looked at one by one where something is possible."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from explorer.engine import Engine
from explorer.measures.typed_text import Typed
from explorer.scan import masked_elsewhere, typed_text
from explorer.scan.jobs import Job
from explorer.scan.masked_elsewhere import Known
from explorer.scan.registry import OTHER_CHECKS, TEXT_CHECKS
from explorer.scan.result import Result
from explorer.scan.views import Text

MOST_CHARACTERS = 1_100_000
_AT_ONCE = 50_000
_PLACE = ("session_id", "source_table", "source_column", "seq", "seq_end", "t_us", "rows_n")
_ELSEWHERE = OTHER_CHECKS[1]
_ALL = np.uint8(255)
_Hints = NDArray[np.uint8]


def look_at_texts(engine: Engine, job: Job, result: Result) -> None:
    """Ask every check about every distinct text of the job, and about what its keys spell."""
    asked = {"first_session_id": job.first, "last_session_id": job.last}
    rows = engine.run("scan/texts", asked)
    result.counts["texts"] += rows.num_rows
    result.counts["text_rows"] += pc.sum(rows["rows_n"]).as_py() or 0
    batches = rows.to_batches(max_chunksize=_AT_ONCE)
    known = masked_elsewhere.learned(batches)
    result.counts["looks_left_out"] += sum(shapes.left_out_n for shapes in known.shapes.values())
    for batch in batches:
        for channel in batch["channel"].unique().to_pylist():
            _sift_rows(batch.filter(pc.equal(batch["channel"], channel)), channel, known, result)
    keys = engine.run("scan/keys", asked)
    result.counts["presses"] += keys.num_rows
    spelled = _spelled(keys)
    while typed := list(islice(spelled, _AT_ONCE)):
        _sift_typed(typed, known, result)


def _sift_rows(rows: pa.RecordBatch, channel: str, known: Known, result: Result) -> None:
    hints = _hints(rows["text"], channel, known)
    chosen = np.flatnonzero(hints.any(axis=0))
    for index, row in zip(chosen, rows.take(pa.array(chosen)).to_pylist(), strict=True):
        text = Text(row["text"], channel, {name: row[name] for name in _PLACE})
        _look(text, hints[:, index], known, result)


def _spelled(keys: pa.Table) -> Iterator[tuple[Text, Typed]]:
    rows = (row for batch in keys.to_batches(max_chunksize=10_000) for row in batch.to_pylist())
    for session_id, own in groupby(rows, key=itemgetter("session_id")):
        yield from typed_text.texts(session_id, own)


def _sift_typed(typed: list[tuple[Text, Typed]], known: Known, result: Result) -> None:
    """The same for text put together from keys; what lies in one row was pasted, and looked at as such."""
    hints = _hints(pa.array([text.text for text, _ in typed], pa.large_string()), "typed", known)
    for index in np.flatnonzero(hints.any(axis=0)):
        text, spelled = typed[index]
        spelling = Result(result.job)
        _look(text, hints[:, index], known, spelling)
        placed = (typed_text.placed(one, spelled) for one in spelling.found)
        result.found.extend(one for one in placed if one.rows_n != 1)


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
