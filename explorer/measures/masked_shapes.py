"""What masked texts look like, and texts of the same look in which the place of the mask can be read.

A masked text such as "<PERSON> - Customers" says what stands around a value. A text with the same around it and a name
in its place was not masked, whoever is named: no list of names is needed. Digits count as equal, so that numbers of
records do not matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from explorer.measures.address_values import unescaped

_PLACEHOLDER = re.compile(r"<([A-Z][A-Z_]{2,30})>|%3C([A-Z][A-Z_]{2,30})%3E")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]")
_LEAST_LETTERS_N, _LONGEST_VALUE, _MOST_LENGTHS = 4, 80, 200
# Two to four words that begin with a capital, or letters of a script without; or a slug of two or three words.
_WORD = r"[^\W\d_a-z][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?"
_NAME = re.compile(rf"{_WORD}(?:,? {_WORD}){{1,3}}|[a-z]{{2,20}}(?:-[a-z]{{2,20}}){{1,2}}")


@dataclass(frozen=True, slots=True)
class Bare:
    """Characters `start` to `end` of a text, where texts of the same look are masked as `entity`."""

    entity: str
    start: int
    end: int


class Shapes:
    """The looks of masked texts: what stands before the first placeholder, and what follows up to the next."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._after: dict[str, dict[tuple[str, bool], str]] = defaultdict(dict)
        for text in texts:
            self._learn(text)
        self._lengths = sorted({len(before) for before in self._after}, reverse=True)[:_MOST_LENGTHS]

    def _learn(self, text: str) -> None:
        marks = list(_PLACEHOLDER.finditer(text))
        if not marks:
            return
        end = marks[1].start() if len(marks) > 1 else len(text)
        before, after = _even(text[: marks[0].start()]), _even(text[marks[0].end() : end])
        is_whole = len(marks) == 1
        if len(_LETTERS.findall(before + after)) >= _LEAST_LETTERS_N and (after or is_whole):
            self._after[before][after, is_whole] = marks[0][1] or marks[0][2]

    def bare(self, text: str) -> Bare | None:
        """Where a text of such a look holds a name instead of a placeholder."""
        if _PLACEHOLDER.search(text):
            return None
        even = _even(text)
        for length in self._lengths:
            for (after, is_whole), entity in self._after.get(even[:length], {}).items():
                end = len(even) - len(after) if is_whole else even.find(after, length)
                fits = end > length and (not is_whole or even.endswith(after))
                if fits and end - length <= _LONGEST_VALUE and is_name(text[length:end]):
                    return Bare(entity, length, end)
        return None


def is_name(text: str) -> bool:
    """Whether it may be somebody's name, as written or as part of an address."""
    return _NAME.fullmatch(unescaped(text)[0]) is not None


class Names:
    """Names that were read somewhere, to be found at other places, written as they were or as part of an address."""

    def __init__(self, names: Iterable[str]) -> None:
        words = {tuple(re.findall(r"[^\W_]+", unescaped(name)[0].casefold())) for name in names}
        listed = sorted((one for one in words if len(one) > 1), reverse=True)
        spelled = ("(?:[ +_.,-]|%20){1,3}".join(map(re.escape, one)) for one in listed)
        self._pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(spelled)})(?![^\W_])") if listed else None

    def found(self, text: str) -> Iterator[tuple[int, int]]:
        """Places of these names in a text."""
        folded = text.casefold()
        if self._pattern is None or len(folded) != len(text):
            return
        for match in self._pattern.finditer(folded):
            yield match.span()


def _even(text: str) -> str:
    return _DIGIT.sub("0", text)
