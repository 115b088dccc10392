"""Two streams of chance that never meet: one to tune checks with, one to measure them with.

What is drawn (a value, a layout) belongs to the split that a bit of its hash names, and is drawn again until it
belongs: so no value and no layout of one split can come up in the other, whatever the seeds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from random import Random
from typing import TypeVar

SPLITS = ("tuning", "measuring")
_MOST_DRAWS = 1_000

Thing = TypeVar("Thing")


def dice(split: str, *names: object) -> Random:
    """The stream of chance of that name; the same on every machine."""
    if split not in SPLITS:
        raise ValueError(f"split is {split!r}, expected one of {', '.join(SPLITS)}")
    return Random("/".join((split, *map(str, names))))


def belongs(split: str, thing: str) -> bool:
    """Whether a thing, known by its text, may be used in a split; exactly one split may use it."""
    return hashlib.sha256(thing.encode()).digest()[0] % len(SPLITS) == SPLITS.index(split)


def drawn(split: str, draw: Callable[[], Thing], known_by: Callable[[Thing], str] = str) -> Thing:
    """The first thing drawn that belongs to the split."""
    for _ in range(_MOST_DRAWS):
        thing = draw()
        if belongs(split, known_by(thing)):
            return thing
    raise ValueError(f"nothing that is drawn belongs to {split}")
