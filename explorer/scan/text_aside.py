"""Personal values in texts of files that no page shows: `extra`, names of sources, footers, dataset.json."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from explorer.scan import personal_text
from explorer.scan.dataset_file import Chunk
from explorer.scan.finding import Finding, counted
from explorer.scan.views import Text

NAME, VERSION = "text_aside", 1
# Looked at row by row, with the moment they belong to: see queries/scan/texts.sql and keys.sql.
LOOKED_AT = {
    "events": {"window_title", "url", "element_name", "text", "key"},
    "steps": {"instruction", "observation", "thought", "reflection", "action_args", "action_code"},
    "sessions": {"task"},
}
_HASHES = {"sha256", "source_sha256", "pixels_sha256", "screen_state"}
_MOST_CHARACTERS = 1_100_000


def look(chunk: Chunk) -> Iterator[Finding]:
    """A finding for each kind of value in a column that no other check looks at; ids and hashes are passed over."""
    name = chunk.column
    if name in LOOKED_AT.get(chunk.table, ()) or name in _HASHES or name.endswith("_id"):
        return
    yield from in_texts(chunk.held, chunk.place)


def in_texts(texts: pa.Array, place: Mapping[str, Any]) -> Iterator[Finding]:
    """A finding for each kind of value, with the number of distinct texts that hold one."""
    chosen = np.flatnonzero(personal_text.sift(texts, ""))
    found: dict[str, list[Finding]] = {}
    for text in texts.take(pa.array(chosen)).to_pylist():
        own = personal_text.look(Text(text[:_MOST_CHARACTERS], "", {"session_id": ""}))
        for one in {each.entity: each for each in own}.values():
            found.setdefault(str(one.entity), []).append(one)
    for entity, ones in sorted(found.items()):
        yield Finding(
            **place, kind="readable_text", severity=ones[0].severity, score=ones[0].score, detector=NAME,
            detector_version=VERSION, entity=entity, reason=counted(len(ones), "text"),
        )  # fmt: skip


def in_notes(notes: Iterable[str], place: Mapping[str, Any]) -> Iterator[Finding]:
    """The same for texts of a footer or a document."""
    yield from in_texts(pa.array([one[:_MOST_CHARACTERS] for one in notes], pa.string()), place)
