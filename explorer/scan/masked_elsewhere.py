"""Names that were masked at some places and can be read at others: no detector of names is needed to see that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from explorer.measures import masked_shapes
from explorer.measures.form_hints import Mask
from explorer.measures.masked_shapes import Names, Shapes
from explorer.scan.finding import Finding
from explorer.scan.views import Text

NAME, VERSION = "masked_elsewhere", 1
TYPED = "typed"
_SHAPE_SCORE, _SAME_SCORE = 0.8, 0.7
MOST_SHAPED = 2_000  # titles and addresses; longer texts have no look of their own


@dataclass(frozen=True, slots=True)
class Known:
    """What the texts of some sessions say: where others of the same look are masked, and the names that stand there.

    `bare` are the texts, by channel, that are readable where others are masked.
    """

    shapes: dict[str, Shapes]
    names: Names
    bare: dict[str, set[str]]


def learned(batches: Sequence[pa.RecordBatch]) -> Known:
    """Learn from all texts of a job (columns `text` and `channel`); names stay in memory."""
    shapes: dict[str, Shapes] = {}
    for channel in sorted({one for batch in batches for one in batch["channel"].unique().to_pylist()}):
        shapes[channel] = Shapes(
            text for own in _of(batches, channel) for text in _chosen(own, masked_shapes.is_masked(own))
        )
    names: set[str] = set()
    bare: dict[str, set[str]] = {channel: set() for channel in shapes}
    for channel, shape in shapes.items():
        for own in _of(batches, channel):
            for text in _chosen(own, shape.may_be_bare(own)):
                if (found := shape.bare(text)) is not None:
                    names.add(text[found.start : found.end])
                    bare[channel].add(text)
    return Known(shapes, Names(names), bare)


def _of(batches: Sequence[pa.RecordBatch], channel: str) -> Iterator[pa.Array]:
    """Texts of the channel that are short enough to have a look of their own."""
    for batch in batches:
        own = batch["text"].filter(pc.equal(batch["channel"], channel))
        yield own.filter(pc.less_equal(pc.utf8_length(own), MOST_SHAPED))


def _chosen(texts: pa.Array, chosen: Mask) -> list[str]:
    kept: list[str] = texts.filter(pa.array(chosen)).to_pylist()
    return kept


def sift(texts: pa.Array, channel: str, known: Known) -> Mask:
    """False for those of many texts in which `look` finds nothing: texts learned from, or spelled by keys."""
    bare = pa.array(sorted(known.bare.get(channel, ())), texts.type)
    is_bare: Mask = np.asarray(pc.is_in(texts, value_set=bare))
    fits = known.names.may_be_found(texts) | is_bare
    if channel == TYPED and TYPED in known.shapes:  # keys spell texts that stand in no row
        fits |= known.shapes[TYPED].may_be_bare(texts)
    return fits


def look(text: Text, known: Known) -> Iterator[Finding]:
    """Findings where the mask of other texts would stand, and where a name is that was read at such a place."""
    shapes = known.shapes.get(text.channel)
    bare = shapes.bare(text.text) if shapes else None
    if bare is not None:
        yield _finding(text, bare.entity, bare.start, bare.end, _SHAPE_SCORE)
    for start, end in known.names.found(text.text):
        if bare is None or end <= bare.start or bare.end <= start:
            yield _finding(text, "PERSON", start, end, _SAME_SCORE)


def _finding(text: Text, entity: str, start: int, end: int, score: float) -> Finding:
    return Finding(
        **text.place, channel=text.channel, kind="masked_elsewhere", severity="high", score=score, detector=NAME,
        detector_version=VERSION, entity=entity, char_start=start, char_end=end,
    )  # fmt: skip
