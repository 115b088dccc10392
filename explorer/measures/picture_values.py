"""Personal values among the lines that were read in a picture, but for names that only a model can tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from explorer.measures import personal_places
from explorer.measures.labels import Labels
from explorer.measures.mask_columns import Hidden, in_gaps
from explorer.measures.personal import Found, found
from explorer.measures.read_lines import Line

# A reader of pictures sees spaces in groups of digits where there are none, and none where there are some.
_GROUPED = {
    "CREDIT_CARD": re.compile(r"(?<=\d) (?=\d)"),
    "IBAN_CODE": re.compile(r"(?<=[A-Z\d]) (?=\d)|(?<=\d) (?=[A-Z])"),
}
_LOST_SPACE = re.compile(r"(?<=\d)(?=[A-Z][a-z])")
Forms = Callable[[str], Iterable[Found]]


def values(
    lines: Sequence[Line], masks: Sequence[Hidden], forms: Forms, common: Collection[str]
) -> list[tuple[Line, Found, str]]:
    """Values with their lines and characters, one for each place, by the surest sign: form, label, gap.

    `forms` gives the values that a text tells by their form; `common` are words that are nobody's name.
    """
    kept: list[tuple[Line, Found, str]] = []
    taken: dict[int, list[Found]] = {}
    for line, one, because in _all(lines, masks, forms, common):
        own = taken.setdefault(id(line), [])
        if not any(one.start < other.end and other.start < one.end for other in own):
            own.append(one)
            kept.append((line, one, because))
    return kept


def _all(
    lines: Sequence[Line], masks: Sequence[Hidden], forms: Forms, common: Collection[str]
) -> Iterator[tuple[Line, Found, str]]:
    for line in lines:
        for one in (*forms(line.text), *_regrouped(line.text)):
            yield line, one, "form"
    labels = Labels(common)
    for label in labels.labelled(lines):
        yield label.line, Found(label.kind, label.start, label.end), "label"
    for line, entity in in_gaps(lines, masks, labels.can_fill):
        yield line, Found(entity, 0, len(line.text)), "gap"


def _regrouped(text: str) -> Iterator[Found]:
    """Numbers with check digits, however their groups were read, and streets behind their number."""
    for kind, grouped in _GROUPED.items():
        spaces = {match.start() for match in grouped.finditer(text)}
        starts = [at for at in range(len(text)) if at not in spaces]
        for one in found("".join(text[at] for at in starts)) if spaces else ():
            if one.kind == kind:
                yield Found(kind, starts[one.start], starts[one.end - 1] + 1)
    lost = [match.start() for match in _LOST_SPACE.finditer(text)]
    for one in personal_places.found(_LOST_SPACE.sub(" ", text)) if lost else ():
        start, end = (at - sum(place + n < at for n, place in enumerate(lost)) for at in (one.start, one.end))
        yield Found(one.kind, start, end)
