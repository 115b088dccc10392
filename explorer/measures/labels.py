"""What the label of a field or the head of a column says of the value beside or under it.

A form is not needed where a label stands: nine digits under "Tax number" are one, and so is a name under "Name".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from explorer.measures.name_runs import SMALL, script_of_word
from explorer.measures.read_lines import Line

_NO = r"(?: ?(?:number|no|nr|#)\.?)?"
# Kind -> labels, whole and without case; and whether a text may be such a value.
_LABELS = {
    "PERSON": r"(?:full |first |last |family |given |middle |display |contact |account |legal |your )?names?|surname"
              r"|customer(?: name)?|contact|client|patient|recipient|cardholder|card ?holder|name on card|employee"
              r"|assignee|reported by|signed by",
    "PHONE_NUMBER": rf"(?:home |work |mobile |cell )?(?:phone|telephone|tel){_NO}|mobile{_NO}|cell|fax{_NO}|whatsapp",
    "CREDIT_CARD": rf"(?:credit |debit |payment |bank )?card{_NO}",
    "US_SSN": rf"ssn|social security{_NO}|tax{_NO}|tax ?payer{_NO}|tax id|tin|national id",
    "DATE_TIME": r"birth ?day|birth ?date|date of birth|dob|born(?: on)?",
    "LOCATION": r"(?:home |street |postal |billing |delivery |shipping )?address|street",
    "IBAN_CODE": rf"iban|(?:bank )?account{_NO}",
    "API_TOKEN": r"(?:api |access |secret |private )?key|(?:access |api )?token|password|secret|passcode",
}  # fmt: skip
_PATTERNS = {
    kind: re.compile(rf"(?:{pattern})\s?[:*]{{0,2}}", re.IGNORECASE) for kind, pattern in _LABELS.items()
}
_BEFORE = {kind: re.compile(rf"(?:{pattern})\s?: ?", re.IGNORECASE) for kind, pattern in _LABELS.items()}
_CAPITAL = r"[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*\.?"
_PERSON = re.compile(
    rf"{_CAPITAL}(?:,? (?:(?:van|von|de|da|di|del|der|bin|al|el|la) ){{0,2}}{_CAPITAL}){{0,3}}"
)
_DATE = re.compile(
    r"\d{1,4}[ ./-]{1,2}(?:\d{1,2}|[^\W\d_]{3,9})[ ./-]{1,2}\d{1,4}|[^\W\d_]{3,9} \d{1,2},? \d{4}"
)
_STREET = re.compile(r"\d{1,5}[a-z]?,? ?[^\W\d_].*|[^\W\d_].* \d{1,5}[a-z]?(?:,.*)?")
_WORDS = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"(?=.*\d)(?=.*[^\W\d_])[\w.+/=-]{12,}|[\w.+/=-]{24,}")


def _digits(least: int, most: int) -> Callable[[str], bool]:
    """Whether a text is digits in groups, so many of them."""

    def is_number(text: str) -> bool:
        digits_n = sum(sign.isdigit() for sign in text)
        is_only = re.fullmatch(r"[\d ()+./-]+", text) is not None
        return least <= digits_n <= most and is_only and not _DATE.fullmatch(text)

    return is_number


def _is_account(text: str) -> bool:
    tight = text.replace(" ", "")
    return 8 <= len(tight) <= 34 and tight.isascii() and tight.isalnum() and sum(map(str.isdigit, tight)) >= 8


_FITS: dict[str, Callable[[str], object]] = {
    "PERSON": _PERSON.fullmatch, "PHONE_NUMBER": _digits(7, 15), "CREDIT_CARD": _digits(13, 19),
    "US_SSN": _digits(8, 12), "DATE_TIME": _DATE.fullmatch, "LOCATION": _STREET.fullmatch, "IBAN_CODE": _is_account,
    "API_TOKEN": _TOKEN.fullmatch,
}  # fmt: skip
_INSET, _ALIGNED = (
    1.6,
    0.7,
)  # how far a value may be set in under its label, and cells under their head; in heights
_MOST_WORDS = 5
_ABOVE, _BESIDE, _LINE_OFF = 1.3, 12.0, 0.5


@dataclass(frozen=True, slots=True)
class Labelled:
    """Characters `start` to `end` of a line are a value of `kind`, as its label says."""

    line: Line
    kind: str
    start: int
    end: int


def kind_of(text: str) -> str | None:
    """What a label announces; None for any other text."""
    return next((kind for kind, one in _PATTERNS.items() if one.fullmatch(text.strip())), None)


class Labels:
    """Labels and values of one picture. `common`: words without case that are nobody's name."""

    def __init__(self, common: Collection[str]) -> None:
        self._common = common

    def fits(self, kind: str, text: str) -> bool:
        """Whether a text can be a value of the kind."""
        fits = _FITS.get(kind)
        if fits is None or not fits(text.strip()) or kind_of(text) is not None:
            return False
        words = _WORDS.findall(text)
        return kind != "PERSON" or not all(
            len(word) == 1 or word.casefold() in self._common for word in words
        )

    def can_fill(self, entity: str, text: str) -> bool:
        """Whether a text can stand in a gap among masks of an entity: of names in any letters."""
        if entity != "PERSON":
            return self.fits(entity, text)
        words = _WORDS.findall(text)
        is_split = "".join(words).casefold() in self._common  # a reader may see a space within a word
        can_be = 0 < len(words) <= _MOST_WORDS and all(self._can_be_in_name(word) for word in words)
        return can_be and not is_split and not any(sign.isdigit() for sign in text) and kind_of(text) is None

    def _can_be_in_name(self, word: str) -> bool:
        is_latin = script_of_word(word) == "LATIN"
        return word.casefold() not in self._common and (word[0].isupper() or word in SMALL or not is_latin)

    def labelled(self, lines: Sequence[Line]) -> Iterator[Labelled]:
        """Values that a label before them in their line, to their left, above or at the head of their column tells."""
        heads = [(line, kind) for line in lines if (kind := kind_of(line.text))]
        for line in lines:
            inside = self._inside(line)
            if inside is not None:
                yield inside
                continue
            own = [(head, kind) for head, kind in heads if head is not line and self.fits(kind, line.text)]
            kind = next((kind for head, kind in own if _is_at(head, line)), None)
            kind = kind or next((kind for head, kind in own if self._heads(head, line, kind, lines)), None)
            if kind is not None:
                yield Labelled(line, kind, 0, len(line.text))

    def _inside(self, line: Line) -> Labelled | None:
        """`Card: 4000 ...` in one line."""
        for kind, pattern in _BEFORE.items():
            before = pattern.match(line.text)
            if before and self.fits(kind, line.text[before.end() :]):
                return Labelled(line, kind, before.end(), len(line.text))
        return None

    def _heads(self, head: Line, line: Line, kind: str, lines: Sequence[Line]) -> bool:
        """Whether the label is the head of the column in which the line stands, with nothing else between."""
        near = _ALIGNED * line.height
        if head.box[3] > line.box[1] or abs(head.box[0] - line.box[0]) > near:
            return False
        between = (one for one in lines if one.box[1] >= head.box[3] and one.box[3] <= line.box[1])
        return all(abs(one.box[0] - line.box[0]) > near or self.fits(kind, one.text) for one in between)


def _is_at(head: Line, line: Line) -> bool:
    """Whether the label stands right above, or to the left in the same row."""
    height = min(head.height, line.height)
    above = line.box[1] - head.box[3]
    right = line.box[0] - head.box[2]
    is_above = -0.4 * height <= above <= _ABOVE * height and abs(line.box[0] - head.box[0]) <= _INSET * height
    middles = (line.box[1] + line.box[3] - head.box[1] - head.box[3]) / 2
    is_beside = 0 <= right <= _BESIDE * height and abs(middles) <= _LINE_OFF * height
    return is_above or is_beside
