"""Names of people in the texts of some sessions: distinct runs of words are judged once, then looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from explorer.engine import Engine
from explorer.measures.typed_text import Typed
from explorer.scan import names, names_in_text, typed_text
from explorer.scan.jobs import Job
from explorer.scan.registry import Check
from explorer.scan.views import Text

if TYPE_CHECKING:
    from explorer.scan.work import Result

CHECK = Check(names_in_text.NAME, names_in_text.VERSION)
_AT_ONCE = 20_000
_PLACE = ("session_id", "source_table", "source_column", "seq", "seq_end", "t_us", "rows_n")


def look_at_names(engine: Engine, job: Job, result: Result) -> None:
    """Look at the texts of the job's sessions, and at what its keys spell."""
    asked = {"first_session_id": job.first, "last_session_id": job.last}
    rows = _rows(engine.run("scan/texts", asked))
    texts = (Text(row["text"], row["channel"], {name: row[name] for name in _PLACE}) for row in rows
             if row["channel"] in names_in_text.CHANNELS)  # fmt: skip
    while some := list(islice(texts, _AT_ONCE)):
        for text, own in zip(some, names.named([text.text for text in some]), strict=True):
            result.ask(CHECK, lambda text=text, own=own: names_in_text.look(text, own),  # type: ignore[misc]
                       channel=text.channel, **text.place)  # fmt: skip
    keys = _rows(engine.run("scan/keys", asked))
    spelled = (one for session_id, own in groupby(keys, key=itemgetter("session_id"))
               for one in typed_text.texts(session_id, own))  # fmt: skip
    while typed := list(islice(spelled, _AT_ONCE)):
        _look_at_typed(typed, result)


def _look_at_typed(typed: Sequence[tuple[Text, Typed]], result: Result) -> None:
    """What lies in one row was pasted, and is looked at as such."""
    told = names.named([text.text for text, _ in typed])
    for (text, spelled), own in zip(typed, told, strict=True):
        placed = (typed_text.placed(one, spelled) for one in names_in_text.look(text, own))
        result.found.extend(one for one in placed if one.rows_n != 1)


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches(max_chunksize=10_000):
        yield from batch.to_pylist()
