"""Personal values in texts, by their form: titles, addresses, clipboard, names of elements, tasks, thoughts, keys."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from explorer.measures import address_values, form_hints, personal, personal_places
from explorer.measures.personal import Found
from explorer.scan.finding import Finding
from explorer.scan.views import Text

NAME, VERSION = "personal_text", 1
FORMS, VALUES = 1, 2
SEVERITY = {
    "PRIVATE_KEY": "high", "JWT": "high", "API_TOKEN": "high", "USER_INFO": "high", "EMAIL_ADDRESS": "high",
    "IBAN_CODE": "high", "CREDIT_CARD": "high", "US_SSN": "high", "PERSON": "high", "PHONE_NUMBER": "high",
    "LOCATION": "high", "USER_PATH": "medium", "HOST_NAME": "medium", "IP_ADDRESS": "medium", "URL_VALUE": "low",
}  # fmt: skip
# How often the form is right where only the form is known; the rest of a table of such numbers is in the decisions.
_KNOWN_LENGTH = 500
SCORE = {
    "PERSON": 0.7,
    "PHONE_NUMBER": 0.8,
    "LOCATION": 0.8,
    "HOST_NAME": 0.7,
    "USER_PATH": 0.9,
    "IP_ADDRESS": 0.8,
    "URL_VALUE": 0.4,
}


def sift(texts: pa.Array, channel: str) -> NDArray[np.uint8]:
    """What `look` can find in each of many texts: FORMS, VALUES, both, or 0 for nothing at all."""
    if channel != "url":
        return form_hints.may_have_form(texts) * np.uint8(FORMS)
    forms = form_hints.may_have_form_escaped(texts) * np.uint8(FORMS)
    return forms | form_hints.may_have_value(texts) * np.uint8(VALUES)


def look(text: Text) -> Iterator[Finding]:
    """A finding for each value."""
    read = _known if len(text.text) <= _KNOWN_LENGTH else values
    for one in read(text.text, is_address=text.channel == "url", hint=text.hint):
        yield Finding(
            **text.place, channel=text.channel, kind="readable_text", severity=SEVERITY[one.kind],
            score=SCORE.get(one.kind, 0.95), detector=NAME, detector_version=VERSION, entity=one.kind,
            char_start=one.start, char_end=one.end,
        )  # fmt: skip


def values(text: str, *, is_address: bool, hint: int = FORMS | VALUES) -> list[Found]:
    """Values with their characters in the text as it is stored; those of one place are told once, by the surest."""
    if not is_address:
        return _apart([*personal.found(text), *personal_places.found(text)], len(text))
    stored: list[Found] = []
    if hint & FORMS:
        plain, starts = address_values.unescaped(text)
        forms = [*personal.found(plain), *personal_places.found(plain)]
        stored = [Found(one.kind, starts[one.start], starts[one.end]) for one in forms]
    return _apart([*stored, *address_values.found(text)], len(text))


# The same titles and addresses come up in many sessions.
_known = lru_cache(maxsize=20_000)(values)


def _apart(found: list[Found], length: int) -> list[Found]:
    if len(found) < 2:
        return found
    kept: list[Found] = []
    taken = bytearray(length)
    for one in found:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"x" * (one.end - one.start)
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
