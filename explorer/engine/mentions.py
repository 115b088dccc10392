"""Which relations and columns a SQL text can read, told from its words: it reads nothing that it does not name."""

from __future__ import annotations

import re
from functools import lru_cache

_COUNT = re.compile(r"\bcount\(\*\)", re.IGNORECASE)
# What gives columns without naming them: a star that is no product, FROM without SELECT, and these words.
_UNNAMED = re.compile(
    r"(?:\b(?:select|distinct|all)|[,.(])\s*\*|\*\s*(?:$|[,)]|\b(?:from|exclude|replace|rename)\b)"
    r"|(?:^|\(|\b(?:all|union|except|intersect|as))\s*from\b"
    r"|\b(?:columns|natural|table|summarize|describe|show|pivot|unpivot)\b",
    re.IGNORECASE,
)


def mentions(text: str, relation: str) -> bool:
    """True when the SQL text holds that word, in any case; the name of the relation is in lower case."""
    return relation in _words(text)


@lru_cache(maxsize=512)
def columns_named(texts: tuple[str, ...]) -> frozenset[str] | None:
    """Every word of the texts in lower case, so each column that they read; None when one may read others too."""
    if any(_reads_unnamed(text) for text in texts):
        return None
    return frozenset(word for text in texts for word in _words(text))


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def _reads_unnamed(text: str) -> bool:
    return _UNNAMED.search(_COUNT.sub("", text)) is not None
