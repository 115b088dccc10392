"""Words that were read in a picture, put together to lines: what stands under a mask or beyond it is no part of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Box = tuple[int, int, int, int]  # left, top, right, bottom

UNREAD = "\ufffd"

_COVERED = 0.5  # of a word's area under masks: it is not looked at
_WIDEST_SPLIT, _WIDEST_JOIN = 2.0, 0.8  # gaps in heights of the words
_SAME_ROW, _SAME_HEIGHT = 0.5, 1.7


@dataclass(frozen=True, slots=True)
class Word:
    """One word and its rectangle in picture pixels; right and bottom lie just outside. UNREAD: letters, not known."""

    text: str
    box: Box


@dataclass(frozen=True)
class Line:
    """Words side by side, at least one; `text` has one space between them."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        return around(word.box for word in self.words)

    @property
    def height(self) -> int:
        return self.box[3] - self.box[1]

    def box_of(self, start: int, end: int) -> Box:
        """The rectangle of the words that hold characters `start` to `end` of the text."""
        held, at = [], 0
        for word in self.words:
            if at < end and start < at + len(word.text):
                held.append(word.box)
            at += len(word.text) + 1
        return around(held or [self.box])


def around(boxes: Iterable[Box]) -> Box:
    """The smallest rectangle that holds all."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def spread(text: str, box: Box) -> list[Word]:
    """The words of a text over a rectangle, each letter as wide as the next."""
    letter = (box[2] - box[0]) / max(1, len(text))
    return [
        Word(one[0], (box[0] + int(one.start() * letter), box[1], box[0] + round(one.end() * letter), box[3]))
        for one in re.finditer(r"\S+", text)
    ]


def lines(segments: Iterable[Sequence[Word]], is_masked: NDArray[np.bool_]) -> list[Line]:
    """The lines of a picture, from the top. `segments` are runs of words as they were read.

    `is_masked` has the picture's height and width: pixels under a declared mask.

    A run is cut where a mask or a wide gap lies within it, and runs that follow each other closely are joined: a
    value in groups may have been read in parts.
    """
    pieces = [piece for segment in segments for piece in _cut(segment, is_masked)]
    pieces.sort(key=lambda piece: (piece[0].box[0], piece[0].box[1]))
    joined: list[list[Word]] = []
    for piece in pieces:
        before = next((one for one in joined if _follows(one[-1].box, piece[0].box, is_masked)), None)
        if before is None:
            joined.append(list(piece))
        else:
            before.extend(piece)
    return sorted((Line(tuple(one)) for one in joined), key=lambda line: (line.box[1], line.box[0]))


def _cut(segment: Sequence[Word], is_masked: NDArray[np.bool_]) -> list[list[Word]]:
    pieces: list[list[Word]] = []
    for word in segment:
        if not word.text.strip() or _is_covered(word.box, is_masked):
            continue
        before = pieces[-1][-1].box if pieces else None
        if (
            before is None
            or _gap(before, word.box) > _WIDEST_SPLIT
            or _is_between(before, word.box, is_masked)
        ):
            pieces.append([])
        pieces[-1].append(word)
    return pieces


def _follows(before: Box, after: Box, is_masked: NDArray[np.bool_]) -> bool:
    """Whether the second stands in the row of the first, right behind it, in letters of about its size."""
    heights = sorted((before[3] - before[1], after[3] - after[1]))
    shared = min(before[3], after[3]) - max(before[1], after[1])
    if shared < _SAME_ROW * heights[0] or heights[1] > _SAME_HEIGHT * heights[0]:
        return False
    return -0.5 <= _gap(before, after) <= _WIDEST_JOIN and not _is_between(before, after, is_masked)


def _gap(before: Box, after: Box) -> float:
    """Between two words, in heights of the lower one."""
    height = min(before[3] - before[1], after[3] - after[1])
    return (after[0] - before[2]) / max(1, height)


def _is_between(before: Box, after: Box, is_masked: NDArray[np.bool_]) -> bool:
    middle = (before[1] + before[3]) // 2
    start, end = (before[0] + before[2]) // 2, (after[0] + after[2]) // 2
    return bool(_part(is_masked, (start, middle, max(start, end), middle + 1)).any())


def _is_covered(box: Box, is_masked: NDArray[np.bool_]) -> bool:
    part = _part(is_masked, box)
    return bool(part.size and part.mean() >= _COVERED)


def _part(of: NDArray[np.bool_], box: Box) -> NDArray[np.bool_]:
    left, top, right, bottom = (max(0, edge) for edge in box)
    return of[top:bottom, left:right]
