"""Sentences in lines, with values and what only looks like one in their midst."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .looks import Colour
from .page import Page
from .words import PLAIN_SENTENCES, SENTENCES

_VALUE = re.compile(r"\{(\w+)\}(\S*)")
_LONGEST = 0.62  # a value takes at most this share of a line, so that words stand beside it


def sentences(page: Page, n: int, *, personal_n: int) -> list[str]:
    """Sentences of which some hold values, mixed."""
    made = page.dice.sample(SENTENCES, min(personal_n, len(SENTENCES)))
    made += page.dice.sample(PLAIN_SENTENCES, min(max(n - len(made), 0), len(PLAIN_SENTENCES)))
    page.dice.shuffle(made)
    return made


def flow(page: Page, left: float, base: float, width: float, text: Sequence[str], *, last: float,
         colour: Colour | None = None) -> float:  # fmt: skip
    """Write sentences into lines of a width from a first base line, none below `last`; the next base line.

    Values in braces become slots, those in brackets decoys.
    """
    step, space = page.layout.text_pt * 1.65, page.layout.text_pt * 0.3
    at = left
    for part in " ".join(text).split():
        if found := _VALUE.fullmatch(part):
            entity, end = found.groups()
            wide = page.layout.text_pt * 0.62 * _LETTERS.get(entity, 12)
        else:
            entity, end = "", re.sub(r"\[(\w+)\]", lambda kind: page.decoy(kind[1]), part)
            wide = page.font().getlength(end) / page.look.scale
        if at > left and at + wide > left + width:
            at, base = left, base + step
        if base > last:
            break
        if entity:
            at += page.value(
                at, base, entity, min(wide, width * _LONGEST) + 2, ground="inline", colour=colour
            )
        if end:
            at += page.words(at, base, end, colour=colour)
        at += space
    return base + step


# How many letters values have at most where they stand in a sentence.
_LETTERS = {
    "EMAIL_ADDRESS": 26,
    "IBAN_CODE": 25,
    "CREDIT_CARD": 20,
    "LOCATION": 20,
    "PHONE_NUMBER": 16,
    "PERSON": 16,
}
