"""The word that stands next to a mask: whether it looks like the rest of what the mask hides.

A name goes on with a capital, a number with digits. Both are high and wide where small letters have one stem or none.
No letter is read: what counts is where the ink of a line begins and ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from explorer.measures.mask_edge import is_stop
from explorer.measures.mask_pieces import Pieces
from explorer.measures.quantiles import median

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

# Of the mask's height: the least and the most that parts words, what does so where gaps are too few to say, and how
# high digits are at least.
_LEAST_GAP, _MOST_GAP, _USUAL_GAP, _LEAST_HIGH = 0.15, 0.4, 0.2, 0.5
_LEAST_GAPS = 3
_SPACE = 0.25  # letters of fonts of one width may stand nearly as far apart
# Of the line's height: where small letters begin, what is clearly above them, and how wide a letter is.
_LOW, _CLEAR, _LETTER = (0.15, 0.5), 0.06, 1.1
_LEAST_LOW, _MOST_LOW, _HIGH, _WIDE, _DIGIT_WIDE = 0.2, 0.4, 0.16, 0.45, 0.38


@dataclass(frozen=True, slots=True)
class Word:
    """`is_capital`: it begins with a high and wide letter; `is_number`: none of its letters is low, as no digit is.

    `off_px`: by how much more room there is above the line's high letters than below its base line, within the mask's
    rows; None where no letter is known to be a high one. `is_first`: seen from the mask, a full stop or nothing comes
    beyond it. `is_alone`: nothing in the chain is as far apart as words are.
    """

    is_capital: bool = False
    is_number: bool = False
    off_px: int | None = None
    is_first: bool = False
    is_alone: bool = False


NO_WORD = Word()


def word_beside(ink: Bools, core: slice, pieces: Pieces, *, is_left: bool) -> Word:
    """The word next to a mask, whose rows are `core`; seen from the mask, so that columns to its left are mirrored."""
    height = core.stop - core.start
    ends = _rows(ink, pieces)
    top = int(ends[:, 0].min())
    base = max(top + 1, int(median(ends[:, 1])))
    line, small = base - top, _small(ink[top:base, pieces[0][0] : pieces[-1][1]])
    n = _letters_n(pieces, height)
    is_alone = all(after[0] - before[1] < _SPACE * height for before, after in pairwise(pieces))
    is_first = n == len(pieces) or is_stop(pieces[n][1] - pieces[n][0], int(ends[n, 0]) - core.start, height)
    if not small:
        return Word(
            is_number=line >= _LEAST_HIGH * height and pieces[n - 1][1] - pieces[0][0] >= _WIDE * line,
            is_first=is_first,
            is_alone=is_alone,
        )
    band = ink[top : top + max(0, small - max(1, round(_CLEAR * line)))]
    (start, stop), letter = pieces[n - 1 if is_left else 0], round(_LETTER * line)
    first = (
        band[:, max(start, stop - letter) : stop] if is_left else band[:, start : min(stop, start + letter)]
    )
    own = ink[top:base, pieces[0][0] : pieces[n - 1][1]]
    highs = ends[:n, 0][ends[:n, 0] - top < _LOW[1] * line] - top  # without points and dashes
    is_high = (highs <= max(1, round(_HIGH * line))).all() and _share_at(
        _begins(own), small, line
    ) <= _MOST_LOW
    wide = max(_extent(band[:, start:stop]) for start, stop in pieces[:n])
    is_number = is_high and wide >= _DIGIT_WIDE * line
    off_px = (top - core.start) - (core.stop - base)
    return Word(_extent(first) >= _WIDE * line, bool(is_number), off_px, is_first, is_alone)


def _rows(ink: Bools, pieces: Pieces) -> Ints:
    """For each piece, the first row with ink and the one beyond the last."""
    begins, ends = ink.argmax(axis=0), len(ink) - ink[::-1].argmax(axis=0)
    has_none = ~ink.any(axis=0)
    begins[has_none], ends[has_none] = len(ink), 0
    edges = np.array(pieces).ravel()  # of what lies between two pieces nothing is kept
    return np.stack([np.minimum.reduceat(np.append(begins, len(ink)), edges)[::2],
                     np.maximum.reduceat(np.append(ends, 0), edges)[::2]], axis=1)  # fmt: skip


def _small(line: Bools) -> int:
    """The row in which most small letters begin, counted from the top of the high ones; 0 where too few begin in one.

    Sides of round letters begin lower than their tops, too, but in no one row.
    """
    begins, high = _begins(line), len(line)
    low = begins[(begins > _LOW[0] * high) & (begins < _LOW[1] * high)]
    row = int(np.bincount(low).argmax()) if low.size else 0
    return row if _share_at(begins, row, high) >= _LEAST_LOW else 0


def _begins(line: Bools) -> Ints:
    """The first row with ink of each column that has any."""
    begins: Ints = line.argmax(axis=0)[line.any(axis=0)]
    return begins


def _share_at(begins: Ints, row: int, high: int) -> float:
    """Of columns that begin in these rows, those that do in a row or next to it, in a line that is so high."""
    near_n = np.count_nonzero(np.abs(begins - row) <= max(1, round(_CLEAR * high)))
    return near_n / begins.size if begins.size else 0.0


def _letters_n(pieces: Pieces, height: int) -> int:
    """How many pieces the nearest word has. The largest step in the sorted gaps says what parts words, in any font."""
    gaps = [after[0] - before[1] for before, after in pairwise(pieces)]
    low, high, least = _LEAST_GAP * height, _MOST_GAP * height, _USUAL_GAP * height
    steps = [
        (after - before, (after + before) / 2)
        for before, after in pairwise(sorted({0, *gaps}))
        if after >= low
    ]
    if len(gaps) >= _LEAST_GAPS and steps:
        least = min(high, max(low, max(steps)[1]))
    return next((at + 1 for at, gap in enumerate(gaps) if gap >= least), len(pieces))


def _extent(band: Bools) -> int:
    """From the first column with ink to the last."""
    columns = np.flatnonzero(band.any(axis=0))
    return int(columns[-1] - columns[0] + 1) if columns.size else 0
