"""Letters that a reader of pictures saw and could not read: another script, mostly. They are told, not passed over."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from explorer.measures.read_lines import UNREAD, Box, Word

# A gap so wide within one run of letters, in its heights, is no space between words.
_WIDE = 1.5
_INK_LEVELS, _LEAST_INK = 40, 0.03


def with_unread(pixels: NDArray[np.uint8], run: Box, words: Sequence[Word]) -> list[Word]:
    """The words of a run with one more, UNREAD, in each wide gap that holds ink. `run` is all that belongs together."""
    left, top, right, bottom = run
    start, end = Word("", (left, top, left, bottom)), Word("", (right, top, right, bottom))
    filled: list[Word] = []
    for before, after in pairwise([start, *words, end]):
        gap = before.box[2], top, after.box[0], bottom
        if gap[2] - gap[0] >= _WIDE * (bottom - top) and (ink := inked(pixels, gap)):
            filled.append(Word(UNREAD, ink))
        if after is not end:
            filled.append(after)
    return filled


def inked(pixels: NDArray[np.uint8], box: Box) -> Box | None:
    """The part of a box from the first to the last column with ink; None where there is next to none."""
    height, width = pixels.shape[:2]
    left, top, right, bottom = max(0, box[0]), max(0, box[1]), min(width, box[2]), min(height, box[3])
    part = pixels[top:bottom, left:right].astype(np.int16)
    if not part.size:
        return None
    ground = np.median(part.reshape(-1, 3), axis=0)
    is_ink = np.abs(part - ground).max(axis=-1) > _INK_LEVELS
    if is_ink.mean() < _LEAST_INK:
        return None
    columns = np.flatnonzero(is_ink.any(axis=0))
    return left + int(columns[0]), top, left + int(columns[-1]) + 1, bottom


def is_wide(box: Box) -> bool:
    """Whether a box is wider than a sign or a symbol: two letters or more."""
    return box[2] - box[0] >= _WIDE * (box[3] - box[1])
