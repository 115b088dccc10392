"""What masked texts look like, and texts of the same look in which the place of the mask can be read.

A masked text such as "<PERSON> - Customers" says what stands around a value. A text with the same around it and a name
in its place was not masked, whoever is named: no list of names is needed. Digits count as equal, so that numbers of
records do not matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from explorer.measures.address_values import unescaped
from explorer.measures.form_hints import Mask, in_ascii, matches, one_in_ascii, replaced

_PLACEHOLDER = re.compile(r"<([A-Z][A-Z_]{2,30})>|%3C([A-Z][A-Z_]{2,30})%3E")
_DIGIT = re.compile(r"\d")
_LEAST_LETTERS = re.compile(r"(?:[^\W\d_][\W\d_]*){4}")
_LONGEST_VALUE, _MOST_LENGTHS = 80, 200
_MOST_OPEN, _AT_ONCE = 200, 100
_AFFIX, _LEAST_AFFIX = 24, 2
# Two to four words that begin with a capital, or letters of a script without; or a slug of two or three words.
_WORD = r"[^\W\d_a-z][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?"
_NAME = re.compile(rf"{_WORD}(?:,? {_WORD}){{1,3}}|[a-z]{{2,20}}(?:-[a-z]{{2,20}}){{1,2}}")


@dataclass(frozen=True, slots=True)
class Bare:
    """Characters `start` to `end` of a text, where texts of the same look are masked as `entity`."""

    entity: str
    start: int
    end: int


def is_masked(texts: pa.Array) -> Mask:
    """Which of many texts hold a placeholder."""
    return matches(texts, _PLACEHOLDER.pattern)


class Shapes:
    """The looks of masked texts: what stands before the first placeholder, and what follows up to the next.

    What follows up to the end is looked up by its length; of what follows up to another placeholder, `_MOST_OPEN`
    are compared, and `left_out_n` says how many are not.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._whole: dict[str, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        self._open: dict[str, dict[str, str]] = defaultdict(dict)
        self.left_out_n = 0
        self._open_n = 0
        for text in texts:
            self._learn(text)
        befores = {len(before) for before in (*self._whole, *self._open)}
        self._lengths = sorted(befores, reverse=True)[:_MOST_LENGTHS]
        self._hints = _Affixes(self._whole, self._open)

    def _learn(self, text: str) -> None:
        marks = list(_PLACEHOLDER.finditer(text))
        if not marks:
            return
        end = marks[1].start() if len(marks) > 1 else len(text)
        before, after = _even(text[: marks[0].start()]), _even(text[marks[0].end() : end])
        is_whole, entity = len(marks) == 1, marks[0][1] or marks[0][2]
        if not _LEAST_LETTERS.search(before + after) or not (after or is_whole):
            return
        if is_whole:
            self._whole[before][len(after)][after] = entity
        elif self._open_n < _MOST_OPEN or after in self._open[before]:
            self._open_n += after not in self._open[before]
            self._open[before][after] = entity
        else:
            self.left_out_n += 1

    def may_be_bare(self, texts: pa.Array) -> Mask:
        """False only for those of many texts in which `bare` finds nothing."""
        return self._hints.may_fit(texts)

    def bare(self, text: str) -> Bare | None:
        """Where a text of such a look holds a name instead of a placeholder."""
        if _PLACEHOLDER.search(text):
            return None
        even = _even(text)
        for length in self._lengths:
            for entity, end in self._ends(even, length):
                if length < end <= length + _LONGEST_VALUE and is_name(text[length:end]):
                    return Bare(entity, length, end)
        return None

    def _ends(self, even: str, length: int) -> Iterator[tuple[str, int]]:
        """Where the value would end in a text of such a look."""
        for after_n, afters in self._whole.get(even[:length], {}).items():
            if (entity := afters.get(even[len(even) - after_n :])) is not None:
                yield entity, len(even) - after_n
        for after, entity in self._open.get(even[:length], {}).items():
            yield entity, even.find(after, length)


class _Affixes:
    """First and last characters of looks, to pass over most of many texts without reading them one by one."""

    def __init__(
        self, whole: Mapping[str, Mapping[int, Mapping[str, str]]], until: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._first: dict[int, set[bytes]] = defaultdict(set)  # by how many bytes they have
        self._last: dict[int, set[bytes]] = defaultdict(set)
        self._within: set[str] = set()
        for before, lengths in whole.items():
            for after in (one for afters in lengths.values() for one in afters):
                self._add(before, after)
        for before, afters in until.items():
            for after in afters:
                if len(before) >= _LEAST_AFFIX:
                    self._add(before, "")
                else:
                    self._within.add(one_in_ascii(after)[:_AFFIX])

    def _add(self, before: str, after: str) -> None:
        """By the longer of both."""
        before, after = one_in_ascii(before), one_in_ascii(after)
        is_first = len(before) >= len(after)
        affix = (before[:_AFFIX] if is_first else after[-_AFFIX:]).encode()
        (self._first if is_first else self._last)[len(affix)].add(affix)

    def may_fit(self, texts: pa.Array) -> Mask:
        """Texts that begin or end as one of the looks does; decimal digits count as equal."""
        fits: Mask = np.zeros(len(texts), bool)
        if not (self._first or self._last or self._within):
            return fits
        folded = in_ascii(texts)
        content = folded.cast(pa.large_binary() if pa.types.is_large_string(folded.type) else pa.binary())
        for length, affixes in self._first.items():
            fits |= _is_in(pc.binary_slice(content, 0, length), affixes)
        for length, affixes in self._last.items():
            fits |= _is_in(pc.binary_slice(content, -length), affixes)
        if self._within:
            spelled = (re.escape(one).replace("0", "[0-9]") for one in sorted(self._within))
            fits |= matches(folded, "|".join(spelled))
        return fits


def _is_in(affixes: pa.Array, known: set[bytes]) -> Mask:
    """Decimal digits count as equal; they are made so in the bytes themselves, which costs a tenth of a replacement."""
    bits, offsets, content = affixes.buffers()
    signs = np.frombuffer(content or b"", np.uint8).copy()
    signs[(signs >= ord("0")) & (signs <= ord("9"))] = ord("0")
    even = pa.Array.from_buffers(
        affixes.type, len(affixes), [bits, offsets, pa.py_buffer(signs)], offset=affixes.offset
    )
    return np.asarray(pc.is_in(even, value_set=pa.array(sorted(known), even.type)))


def is_name(text: str) -> bool:
    """Whether it may be somebody's name, as written or as part of an address."""
    return _NAME.fullmatch(unescaped(text)[0]) is not None


class Names:
    """Names that were read somewhere, to be found at other places, written as they were or as part of an address."""

    def __init__(self, names: Iterable[str]) -> None:
        words = {tuple(re.findall(r"[^\W_]+", unescaped(name)[0].casefold())) for name in names}
        listed = sorted((one for one in words if len(one) > 1), reverse=True)
        self._spelled = ["(?:[ +_.,-]|%20){1,3}".join(map(re.escape, one)) for one in listed]
        self._pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(self._spelled)})(?![^\W_])") if listed else None

    def may_be_found(self, texts: pa.Array) -> Mask:
        """False only for those of many texts in which `found` finds nothing."""
        fits: Mask = np.zeros(len(texts), bool)
        if self._spelled:
            folded = pc.ascii_lower(replaced(texts, r"[^\x00-\x7f]", str.casefold))
            for start in range(0, len(self._spelled), _AT_ONCE):
                fits |= matches(folded, "|".join(self._spelled[start : start + _AT_ONCE]))
        return fits

    def found(self, text: str) -> Iterator[tuple[int, int]]:
        """Places of these names in a text."""
        folded = text.casefold()
        if self._pattern is None or len(folded) != len(text):
            return
        for match in self._pattern.finditer(folded):
            yield match.span()


def _even(text: str) -> str:
    return _DIGIT.sub("0", text)
