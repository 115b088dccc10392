"""Addresses of pages: their text without %XX, and the values in their queries that say who was looked for."""

from __future__ import annotations

import re

from explorer.measures.personal import Found

WORDS = {"URL_VALUE": "a value in an address"}
NAMES = ("q|query|search|find|name|first_?name|last_?name|full_?name|user|user_?name|login|account|customer|client"
         "|patient|contact|person|people|to|from|cc|email|mail|phone|tel|address|street|subject|invite")  # fmt: skip
_VALUE = re.compile(rf"(?i)[?&#;](?:{NAMES})=([^&#;\s]{{3,400}})")
_ESCAPES = re.compile("(?:%[0-9A-Fa-f]{2})+")
_PLACEHOLDER = re.compile(r"(?i)(?:<|%3c)[a-z_]{3,40}(?:>|%3e)|\*+|(?:%2a)+")
_WORD = re.compile(r"[^\W\d_]{2,}")


def unescaped(text: str) -> tuple[str, list[int]]:
    """The text without %XX, and where each of its characters begins in the original; one more for the end."""
    made: list[str] = []
    starts: list[int] = []
    at = 0
    for match in _ESCAPES.finditer(text):
        made.append(text[at : match.start()])
        starts.extend(range(at, match.start()))
        raw = bytes.fromhex(match[0].replace("%", ""))
        where = match.start()
        for sign in raw.decode("utf-8", "replace"):
            made.append(sign)
            starts.append(where)
            where = min(where + 3 * len(sign.encode()), match.end() - 3)
        at = match.end()
    made.append(text[at:])
    starts.extend(range(at, len(text) + 1))
    return "".join(made), starts


def plain(text: str) -> str:
    """The text without %XX; much faster than `unescaped` where places do not matter."""
    if "%" not in text:
        return text
    return _ESCAPES.sub(
        lambda match: bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace"), text
    )


def found(text: str) -> list[Found]:
    """Values of the query or fragment under a name that stands for a person or a search, and hold a word."""
    return [
        Found("URL_VALUE", *match.span(1))
        for match in _VALUE.finditer(text)
        if not _PLACEHOLDER.fullmatch(match[1]) and _WORD.search(plain(match[1]))
    ]
