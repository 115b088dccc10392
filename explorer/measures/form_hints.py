"""Which of many texts can hold a personal form at all: one pass over an Arrow array, before a closer look at a few.

Every pattern here lets through at least what the pattern of the same form in `personal`, `personal_places` and
`address_values` matches: it drops conditions and adds none. RE2 knows ASCII digits and letters only; so decimal digits
of other scripts, and the four letters that Python takes for ASCII ones where case does not matter, are written in
ASCII first.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from explorer.measures.address_values import NAMES, plain
from explorer.measures.personal import CUE_WORDS, TOKENS
from explorer.measures.personal_places import MACHINE, STREETS, TITLES

Mask = NDArray[np.bool_]
# What each form cannot do without, as RE2 reads it: its \w, \d, \b are of ASCII, its \S is all but ASCII blanks.
_HINTS = (
    r"PRIVATE KEY|eyJ",
    "|".join(TOKENS).replace(r"[\w-]", r"\S").replace(r"\w", r"\S"),
    r"://[^/@:?#]+:[^/@?#]+@|\S(?:@|%40)\S{2}",
    r"[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2}",
    r"(?:^|[^0-9A-Za-z_.-])[2-6][0-9]{3}[ -]?[0-9]{4,6}[ -]?[0-9]{3}",
    r"[0-9]{3}[ -][0-9]{2}[ -][0-9]{4}|[2-9][0-9]{2}-[0-9]{4}",
    r"(?:\+|00)[1-9](?:[ ./()-]{0,3}[0-9]){8}|[2-9][0-9]{2}\)?[ .-]?[2-9][0-9]{2}[ .-][0-9]{4}"
    r"|(?:^|[^0-9A-Za-z_.,:/+-])0[1-9](?:[ )/-]{0,2}[0-9]){7}",
    rf"(?i:ssn|social security|{CUE_WORDS})[^0-9]*[0-9](?:[ -]?[0-9]){{6}}",
    rf"(?:{TITLES})\.? [^0-9_]",
    rf"[0-9][a-z]?,? [A-Z]\S* (?:\S+ ){{0,2}}(?:{STREETS})",
    r"(?i:(?:^|[^\w.])/(?:home|users)/|[a-z]:(?:\\|%5c|/)users(?:\\|%5c|/))",
    rf"(?i:-{MACHINE}|(?:desktop|laptop|win)-[a-z0-9]{{6}})|\\\\",
    r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|(?i:[0-9a-f]::[0-9a-f]|(?:[0-9a-f]{1,4}:){7}[0-9a-f])",
)
_ANY = "|".join(f"(?:{hint})" for hint in _HINTS)
_VALUE = rf"(?i)[?&#;](?:{NAMES})=[^&#;\s]{{3}}"
_ESCAPE = "%[0-9A-Fa-f]{2}"
_FEW, _LAST_ASCII, _PERCENT = 24, 127, "%25"
# Letters that Python takes for ASCII ones where case does not matter.
_TWINS = {"İ": "I", "ı": "i", "\u212a": "K", "ſ": "s"}


def may_have_form(texts: pa.Array) -> Mask:
    """False only where neither `personal.found` nor `personal_places.found` can find anything; NULL is False."""
    return matches(in_ascii(texts), _ANY)


def may_have_form_escaped(addresses: pa.Array) -> Mask:
    """The same of texts without their %XX."""
    chosen = pc.fill_null(pc.match_substring_regex(addresses, _ESCAPE), False)
    if not pc.any(chosen).as_py():
        return may_have_form(addresses)
    return may_have_form(pc.replace_with_mask(addresses, chosen, _plain(addresses.filter(chosen))))


def _plain(addresses: pa.Array) -> pa.Array:
    """The texts without their %XX: all at once where these are a few ASCII signs, as they mostly are."""
    escapes = set(re.findall(_ESCAPE, "".join(addresses.to_pylist())))
    signs = {escape: int(escape[1:], 16) for escape in escapes}
    if len(signs) > _FEW or max(signs.values()) > _LAST_ASCII:
        return pa.array([plain(text) for text in addresses.to_pylist()], addresses.type)
    # The sign % comes last: what it begins is no escape.
    for escape in sorted(signs, key=lambda one: one == _PERCENT):
        addresses = pc.replace_substring(addresses, escape, chr(signs[escape]))
    return addresses


def may_have_value(addresses: pa.Array) -> Mask:
    """False only where `address_values.found` can find nothing; NULL is False."""
    return matches(in_ascii(addresses), _VALUE)


def in_ascii(texts: pa.Array) -> pa.Array:
    """Digits and twins of letters in ASCII; everything else as it is."""
    is_plain = pc.fill_null(pc.string_is_ascii(texts), True)
    if pc.all(is_plain).as_py():
        return texts
    pattern = _folding()[1]
    others = texts.filter(pc.invert(is_plain))
    folded = replaced(others, pattern, one_in_ascii)
    return texts if folded is others else pc.replace_with_mask(texts, pc.invert(is_plain), folded)


def one_in_ascii(text: str) -> str:
    """The same of one text."""
    return text if text.isascii() else text.translate(_folding()[0])


@cache
def _folding() -> tuple[dict[int, str], str]:
    """What to replace, as a table for `translate` and as a class for RE2."""
    codes = np.append(np.arange(128, 0xD800, dtype="<u4"), np.arange(0xE000, sys.maxunicode + 1, dtype="<u4"))
    every = codes.tobytes().decode("utf-32-le")
    table = {ord(sign): letter for sign, letter in _TWINS.items()}
    table |= {ord(sign): str(int(sign)) for sign in re.findall(r"\d", every)}
    return table, "[" + "".join(f"\\x{{{at:x}}}" for at in table) + "]"


def replaced(texts: pa.Array, pattern: str, replace: Callable[[str], str]) -> pa.Array:
    """The texts, those with a match of `pattern` replaced; these are few, as a rule."""
    chosen = pc.fill_null(pc.match_substring_regex(texts, pattern), False)
    if not pc.any(chosen).as_py():
        return texts
    made = pa.array([replace(text) for text in texts.filter(chosen).to_pylist()], texts.type)
    return pc.replace_with_mask(texts, chosen, made)


def matches(texts: pa.Array, pattern: str) -> Mask:
    """Where RE2 finds the pattern; NULL is False."""
    found: Mask = np.asarray(pc.fill_null(pc.match_substring_regex(texts, pattern), False))
    return found
