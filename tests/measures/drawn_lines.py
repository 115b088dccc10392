"""Lines of a made-up screen as a reader gives them: words of one height, ten pixels for a letter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.measures.read_lines import Line, Word

HEIGHT, LETTER = 20, 10


def run(text: str, left: int, top: int, *, gap: int = LETTER) -> list[Word]:
    """Words from left to right, so many pixels apart."""
    words = []
    for part in text.split():
        words.append(Word(part, (left, top, left + LETTER * len(part), top + HEIGHT)))
        left += LETTER * len(part) + gap
    return words


def line(text: str, left: int, top: int) -> Line:
    return Line(tuple(run(text, left, top)))


def masked(*boxes: tuple[int, int, int, int]) -> NDArray[np.bool_]:
    """Pixels of a screen under masks."""
    pixels = np.zeros((800, 1000), bool)
    for left, top, right, bottom in boxes:
        pixels[top:bottom, left:right] = True
    return pixels
