"""Names that were masked at some places and can be read at others: no detector of names is needed to see that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explorer.measures.masked_shapes import Names, Shapes
from explorer.scan.finding import Finding
from explorer.scan.views import Text

NAME, VERSION = "masked_elsewhere", 1
_SHAPE_SCORE, _SAME_SCORE = 0.8, 0.7


@dataclass(frozen=True, slots=True)
class Known:
    """What the texts of some sessions say: where others of the same look are masked, and the names that stand there."""

    shapes: dict[str, Shapes]
    names: Names


def learned(texts: Sequence[Text]) -> Known:
    """Learn from all texts of a job; names stay in memory."""
    channels = {text.channel for text in texts}
    shapes = {one: Shapes(text.text for text in texts if text.channel == one) for one in channels}
    named = (
        text.text[bare.start : bare.end] for text in texts if (bare := shapes[text.channel].bare(text.text))
    )
    return Known(shapes, Names(named))


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
