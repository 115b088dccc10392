"""Which personal values there are, and where they stand in a text or in what was typed.

The apps' people are known by name, so their values are found exactly; nothing is guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_PEOPLE = Path(__file__).resolve().parents[1] / "apps" / "people.js"
_SLUG = re.compile(r"[^a-z]+")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a text hold a value of that kind."""

    start: int
    end: int
    entity: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A value that was typed: the log's places of the key rows that spell it."""

    entity: str
    text: str
    places: tuple[int, ...]


@cache
def people() -> tuple[Mapping[str, str], ...]:
    """The people of the apps, from the file that the apps themselves read."""
    text = _PEOPLE.read_text(encoding="utf-8")
    rows: list[Mapping[str, str]] = json.loads(text[text.index("= [") + 2 : text.rindex(";")])
    return tuple(rows)


@cache
def patterns() -> tuple[tuple[str, str], ...]:
    """Entity and regular expression, for Python and JavaScript alike; an earlier one wins where two overlap."""
    names = sorted({part for row in people() for part in (row["name"], *row["name"].split())})
    names = [name.replace(" ", "(?: |%20)") for name in sorted(names, key=len, reverse=True)]
    months = "|".join(sorted({row["birthday"].split()[1] for row in people()}))
    streets = "|".join(sorted({row["street"].split(" ", 1)[1] for row in people()}))
    slugs = [_SLUG.sub("-", row["name"].lower()) for row in people()]
    return (
        ("EMAIL_ADDRESS", r"[\w.+-]+(?:@|%40)[\w.-]+\w"),
        ("CREDIT_CARD", r"\b\d{4} \d{4} \d{4} \d{4}\b"),
        ("US_SSN", r"\b987-65-43\d\d\b"),
        ("PHONE_NUMBER", r"\b555-01\d\d\b"),
        ("DATE_TIME", rf"\b\d{{1,2}} (?:{months}) \d{{4}}\b"),
        ("LOCATION", rf"\b\d{{1,3}} (?:{streets})\b"),
        # The garden club is called after a mill, not after a person.
        ("PERSON", rf"\b(?:(?:M[srx]\.? )?(?:{'|'.join(names)})|{'|'.join(slugs)})\b(?! Garden)"),
    )


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entity, re.compile(form)) for entity, form in patterns())


def spans(text: str) -> list[Span]:
    """Where personal values stand in the text, from left to right; they never overlap."""
    found: list[Span] = []
    for entity, form in _compiled():
        for match in form.finditer(text):
            if all(match.end() <= span.start or match.start() >= span.end for span in found):
                found.append(Span(match.start(), match.end(), entity))
    return sorted(found, key=lambda span: span.start)


def typed_values(log: Sequence[Mapping[str, Any]]) -> Iterator[Typed]:
    """Values spelled by key presses; what was taken back with Backspace in between belongs to them."""
    for letters in _bursts(log):
        text = "".join(letter for letter, _ in letters)
        for span in spans(text):
            first, last = letters[span.start][1], letters[span.end - 1][1]
            yield Typed(span.entity, text[span.start : span.end], _key_places(log, first, last))


def _bursts(log: Sequence[Mapping[str, Any]]) -> Iterator[list[tuple[str, int]]]:
    """Runs of typed characters with their places, as they stood when the next click, chord or field ended them."""
    letters: list[tuple[str, int]] = []
    for place, row in enumerate(log):
        is_key = row["type"] == "keydown"
        if is_key and len(row["key"]) == 1 and not (row["ctrl"] or row["alt"]):
            letters.append((row["key"], place))
        elif is_key and row["key"] == "Backspace":
            letters = letters[:-1]
        elif row["type"] == "mousedown" or (is_key and row["key"] not in ("Shift", "Control", "Alt")):
            yield letters
            letters = []
    yield letters


def _key_places(log: Sequence[Mapping[str, Any]], first: int, last: int) -> tuple[int, ...]:
    """Places of the printable keys from the first press to the release of the last one."""
    code = log[last]["code"]
    end = next((at for at in range(last, len(log)) if _releases(log[at], code)), last)
    return tuple(
        place
        for place in range(first, end + 1)
        if log[place]["type"] in ("keydown", "keyup") and len(log[place]["key"]) == 1
    )


def _releases(row: Mapping[str, Any], code: str) -> bool:
    return bool(row["type"] == "keyup" and row["code"] == code)
