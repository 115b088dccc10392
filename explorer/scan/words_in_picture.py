"""Personal values that can be read in a picture and that no mask hides. Needs the extra [ocr]; names need [ner]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from explorer.measures.mask_columns import Hidden
from explorer.measures.personal import Found
from explorer.measures.picture_values import values
from explorer.measures.read_lines import UNREAD, Box, Line, Word, lines
from explorer.measures.unread_letters import is_wide
from explorer.scan import names, personal_text
from explorer.scan.extras import NER
from explorer.scan.finding import UNREAD as UNREAD_KIND
from explorer.scan.finding import Finding
from explorer.scan.views import View

NAME, VERSION = "words_in_picture", 1
_SCORE = {"label": 0.8, "gap": 0.7}
_NO_VOTE_SCORE = 0.3  # two words or more with a capital, in a picture that hides names elsewhere


def look(view: View, runs: Iterable[Sequence[Word]]) -> Iterator[Finding]:
    """A finding for each value in the runs of words that were read in the picture, at the words that hold it."""
    is_masked = np.zeros(view.pixels.shape[:2], bool)
    for mask in view.shown:
        is_masked[max(0, mask.top) : mask.bottom, max(0, mask.left) : mask.right] = True
    hidden = [Hidden(mask.edges, mask.entity or "") for mask in view.shown]
    read = lines(runs, is_masked)
    told = values(read, hidden, _forms, names.interface_words())
    for line, one, because in told:
        score = personal_text.SCORE.get(one.kind, 0.95) if because == "form" else _SCORE[because]
        severity = "medium" if because == "gap" else personal_text.SEVERITY.get(one.kind, "high")
        yield _finding(view, line, one, severity, score)
    hides_people = any(mask.entity == "PERSON" for mask in hidden)
    yield from _unread(view, read, [line for line, _, _ in told], hides_people)
    if NER.is_there:
        yield from _names(view, read, [(line, one) for line, one, _ in told], hides_people)


def _forms(text: str) -> Iterable[Found]:
    return (one for one in personal_text.values(text, is_address=False) if one.kind != "URL_VALUE")


def _names(
    view: View, read: Sequence[Line], told: Sequence[tuple[Line, Found]], hides_people: bool
) -> Iterator[Finding]:
    """Names by the model, beside what was told already; one without a vote only where the picture hides names."""
    for line, own in zip(read, names.named([line.text for line in read]), strict=True):
        taken = [one for other, one in told if other is line]
        for name in own:
            if any(name.start < one.end and one.start < name.end for one in taken):
                continue
            if name.votes >= names.LEAST_VOTES:
                severity = "high" if name.votes >= names.SURE_VOTES else "medium"
                score = names.VOTE_SCORES[name.votes]
            elif hides_people:
                severity, score = "low", _NO_VOTE_SCORE
            else:
                continue
            yield _finding(view, line, Found("PERSON", name.start, name.end), severity, score)


def _unread(view: View, read: Sequence[Line], told: Sequence[Line], hides_people: bool) -> Iterator[Finding]:
    """Letters that could not be read: maybe a name, where the picture hides names; else something not looked at."""
    for line in read:
        boxes = [word.box for word in line.words if word.text == UNREAD and is_wide(word.box)]
        for box in boxes if line not in told else ():
            found = _placed(view, box, "PERSON", "low", _NO_VOTE_SCORE)
            reason = "letters that could not be read"
            yield (
                found
                if hides_people
                else replace(found, kind=UNREAD_KIND, entity=None, score=1.0, reason=reason)
            )


def _finding(view: View, line: Line, one: Found, severity: str, score: float) -> Finding:
    return _placed(view, line.box_of(one.start, one.end), one.kind, severity, score)


def _placed(view: View, box: Box, entity: str, severity: str, score: float) -> Finding:
    left, top, right, bottom = box
    height, width = view.pixels.shape[:2]
    left, top = min(max(0, left), width - 1), min(max(0, top), height - 1)
    return Finding(
        **view.place, kind="readable_picture", severity=severity, score=score, detector=NAME,
        detector_version=VERSION, entity=entity, left_px=left, top_px=top,
        width_px=max(1, min(right, width) - left), height_px=max(1, min(bottom, height) - top),
    )  # fmt: skip
