"""Runs of words that may be somebody's name: words with a capital, or of another script than the rest."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_MOST_WORDS, _LONGEST_WORD = 4, 30
_FOREIGN_SHARE, _FOREIGN_LETTERS = 0.1, 24
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_CAMEL = re.compile(r"[^\W\d_A-Z][A-Z]")
_NAMES_CAMEL = re.compile(r"(?:Ma?c|De|Di|Da|La|Le|Van|Vander|Von|Fitz|O)[A-Z][^\W\d_A-Z]+")
_GLUED_BEFORE, _GLUED_AFTER = "@_/\\.#$=&%+-0123456789<", "@_/\\=%+-0123456789>("
_BETWEEN = re.compile(r"(?:, ?| |\u00a0)")
SMALL = {
    "van",
    "von",
    "de",
    "da",
    "di",
    "del",
    "della",
    "der",
    "den",
    "dos",
    "la",
    "le",
    "bin",
    "ibn",
    "al",
    "el",
    "y",
}
_CASELESS = {"HEBREW", "ARABIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "DEVANAGARI"}


@dataclass(frozen=True, slots=True)
class Run:
    """Characters `start` to `end` of a text, and the script that they are written in."""

    start: int
    end: int
    words_n: int
    script: str


def runs(text: str, interface_words: Collection[str]) -> Iterator[Run]:
    """Runs of one to four words, each after the other. Words of interfaces end a run and belong to none."""
    kept: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if kept and not (_goes_on(text, kept, word) and len(kept) < _MOST_WORDS):
            yield from _run(kept)
            kept = []
        if _may_be_name(text, word, interface_words) or (kept and word[0] in SMALL):
            kept.append(word)
        elif kept:
            yield from _run(kept)
            kept = []
    yield from _run(kept)


def _run(words: list[re.Match[str]]) -> Iterator[Run]:
    while words and words[-1][0] in SMALL:
        words.pop()
    if not words:
        return
    last = words[-1]
    end = last.end() - (last[0].endswith(".") and len(last[0]) > 2)
    yield Run(words[0].start(), end, len(words), script_of_word(words[0][0]))


def _goes_on(text: str, kept: list[re.Match[str]], word: re.Match[str]) -> bool:
    """Whether a word belongs to the run before it: a space between, or one comma in all."""
    between = text[kept[-1].end() : word.start()]
    has_comma = "," in text[kept[0].start() : kept[-1].end()]
    ended = kept[-1][0].endswith(".") and len(kept[-1][0]) > 3
    same = script_of_word(kept[-1][0]) == script_of_word(word[0])
    return (
        _BETWEEN.fullmatch(between) is not None and not ("," in between and has_comma) and not ended and same
    )


def _may_be_name(text: str, word: re.Match[str], interface_words: Collection[str]) -> bool:
    plain = word[0].rstrip(".")
    if len(plain) > _LONGEST_WORD or plain.casefold() in interface_words or _is_glued(text, word):
        return False
    if script_of_word(plain) in _CASELESS:
        return len(plain) > 1  # a reader of pictures takes symbols for single signs
    is_camel = _CAMEL.search(plain) and not _NAMES_CAMEL.fullmatch(plain)
    return plain[0].isupper() and not is_camel


def _is_glued(text: str, word: re.Match[str]) -> bool:
    """Part of something longer: an address, a file, a number."""
    before, after = text[max(0, word.start() - 1) : word.start()], text[word.end() : word.end() + 1]
    return (before != "" and before in _GLUED_BEFORE) or (after != "" and after in _GLUED_AFTER)


def foreign_scripts(texts: Iterable[str]) -> set[str]:
    """Scripts in which hardly any of the letters are written: what stands in them may be somebody's name.

    At most one letter of ten, or the letters of two names and less than a quarter.
    """
    seen = Counter(script_of(sign) for text in texts for sign in text if sign.isalpha())
    total = seen.total()
    most = min(max(_FOREIGN_SHARE * total, _FOREIGN_LETTERS), total / 4)
    return {script for script, n in seen.items() if n <= most and script != "LATIN"}


def in_order(name: str) -> str:
    """A name as one would say it: "Stone, Heather" is Heather Stone, HEATHER STONE as well."""
    last, comma, first = name.partition(",")
    said = f"{first.strip()} {last.strip()}" if comma and first.strip() else name
    return " ".join(word.capitalize() if len(word) > 2 and word.isupper() else word for word in said.split())


def script_of_word(word: str) -> str:
    """The script of a word; of one in two scripts, as a reader of pictures gives it, the one that is not Latin."""
    scripts = [script_of(sign) for sign in word if sign.isalpha()]
    return next((script for script in scripts if script != "LATIN"), "LATIN")


@lru_cache(maxsize=4096)
def script_of(letter: str) -> str:
    """LATIN, CYRILLIC, GREEK, HEBREW, ARABIC, CJK and so on, as the letter's name begins."""
    return unicodedata.name(letter, "?").split()[0].removesuffix("-COMPATIBILITY")
