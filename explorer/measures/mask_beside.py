"""What stands on the line of a mask, to its left and right, and above and below: letters, rules, other masks.

All lengths but `gap_px` are in heights of the mask. Letters that follow each other at no more than the distance of two
words are one chain. What reaches beyond the line both above and below is a border or a picture, and no letter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from explorer.measures.mask_crossed import is_crossed
from explorer.measures.mask_edge import edge_ink
from explorer.measures.mask_word import NO_WORD, Word, word_beside

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Box = tuple[int, int, int, int]

NOTHING = 9.0
WORDS_APART = 0.6
_LUMA = np.array([0.299, 0.587, 0.114])
_INK_LEVELS, _RULE_LEVELS = 40.0, 25.0
_DEEP, _BEYOND, _LINES_DEEP, _CHAIN_SEEN = 6, 0.3, 1.5, 3
_RULE_SHARE, _LINE_RULE_SHARE, _MASK_SHARE = 0.9, 0.75, 0.3
_STOP_WIDTH, _STOP_FROM = 0.3, 0.5
_DASH_HIGH, _DASH_APART = 0.15, 0.15
_OVER = 0.12
_TOUCH, _LEAST_INK = 0.05, 4


@dataclass(frozen=True, slots=True)
class Beside:
    """One side: the gap to the first letter, how far the chain reaches, and what ends it.

    `end`: `blank`, `rule`, `mask`, `edge` (of what is looked at), `far` (nothing near). `above` and `below`: room
    between the mask's edge and the chain's ink; `over`: how far the ink reaches beyond the line. `word`: the nearest;
    `has_stop`: a comma or a full stop comes first.
    """

    gap_px: int = 99
    gap: float = NOTHING
    chain: float = 0.0
    end: str = "edge"
    is_text: bool = False
    above: float = NOTHING
    below: float = NOTHING
    over: float = 0.0
    word: Word = NO_WORD
    has_stop: bool = False

    @property
    def is_near(self) -> bool:
        """Whether letters stand no farther than words of a sentence do."""
        return self.is_text and self.gap <= WORDS_APART - 0.05


@dataclass(frozen=True, slots=True)
class Around:
    """A mask's surroundings. `line`: to the next line of text above or below; `rule`: to the next rule.

    `is_cut`: ink touches the upper or the lower edge; `is_crossed`: a border runs beneath the mask.
    """

    box: Box
    left: Beside
    right: Beside
    line: float
    rule: float
    is_cut: bool
    is_crossed: bool = False

    @property
    def height(self) -> int:
        return self.box[3] - self.box[1]

    @property
    def near(self) -> tuple[Beside, ...]:
        """The sides with letters."""
        return tuple(one for one in (self.left, self.right) if one.is_near)


def around(pixels: Pixels, box: Box, taken: Bools) -> Around:
    """The surroundings of a box (left, top, right, bottom) within the picture; `taken`: pixels of masks."""
    left, top, right, bottom = box
    height = bottom - top
    x, y = max(0, left - _DEEP * height), max(0, top - 2 * height)
    place = slice(y, bottom + 2 * height), slice(x, right + _DEEP * height)
    luma, own = pixels[place] @ _LUMA, taken[place]
    inner = (left - x, top - y, right - x, bottom - y)
    sides = [_beside(luma, own, inner, is_left) for is_left in (True, False)]
    wide = [round(min((one.gap + one.chain) if one.chain else 1, _CHAIN_SEEN) * height) for one in sides]
    columns = slice(max(0, inner[0] - wide[0]), inner[2] + wide[1])
    lines = [_lines(luma[rows, columns][::step], own[rows, columns][::step], height)
             for rows, step in ((slice(0, inner[1]), -1), (slice(inner[3], None), 1))]  # fmt: skip
    touching = edge_ink(pixels, box, taken, ("top", "bottom"))
    is_cut = any(one.gap_px <= _TOUCH * height and one.ink_n >= _LEAST_INK for one in touching)
    line, rule = (min(one[at] for one in lines) for at in (0, 1))
    return Around(box, sides[0], sides[1], line, rule, is_cut, is_crossed(luma, own, inner))


def _beside(luma: Floats, taken: Bools, box: Box, is_left: bool) -> Beside:
    left, top, right, bottom = box
    height = bottom - top
    beyond = max(2, round(_BEYOND * height))
    rows = slice(max(0, top - beyond), bottom + beyond)
    columns = slice(max(0, left - _DEEP * height), left) if is_left else slice(right, right + _DEEP * height)
    strip, own = luma[rows, columns], taken[rows, columns]
    if strip.shape[1] < 2:
        return Beside()
    if is_left:
        strip, own = strip[:, ::-1], own[:, ::-1]
    start = top - rows.start
    core = slice(start, start + height)
    ink: Bools = (np.abs(strip - np.median(strip[core, : max(4, 2 * height)])) > _INK_LEVELS) & ~own
    end, pieces = _pieces(ink[core], own[core], WORDS_APART * height)
    stops_n = 0 if is_left else _stops_n(ink[core], pieces)
    pieces = pieces[stops_n:]
    if not pieces or _is_parted(ink[core], pieces):
        return Beside(end="far" if pieces else end)
    found = _described(ink, core, pieces, end)
    return replace(found, word=word_beside(ink, core, pieces, is_left=is_left), has_stop=stops_n > 0)


def _pieces(ink: Bools, taken: Bools, most: float) -> tuple[str, list[tuple[int, int]]]:
    """What ends the chain, and its runs of columns with ink."""
    barriers = np.flatnonzero((taken.mean(axis=0) > _MASK_SHARE) | (ink.mean(axis=0) > _RULE_SHARE))
    n = int(barriers[0]) if barriers.size else ink.shape[1]
    end = "edge" if n == ink.shape[1] else "mask" if taken[:, n].mean() > _MASK_SHARE else "rule"
    has_ink = np.concatenate([[False], ink[:, :n].any(axis=0), [False]])
    starts, ends = np.flatnonzero(~has_ink[:-1] & has_ink[1:]), np.flatnonzero(has_ink[:-1] & ~has_ink[1:])
    pieces: list[tuple[int, int]] = []
    last = 0
    for start, stop in zip(starts.tolist(), ends.tolist(), strict=True):
        if start - last > most:
            return ("blank" if pieces else "far"), pieces
        pieces.append((start, stop))
        last = stop
    return (end if n - last <= most else "blank" if pieces else "far"), pieces


def _stops_n(ink: Bools, pieces: list[tuple[int, int]]) -> int:
    """How many commas or full stops come first: narrow, and near the base line only."""
    height = ink.shape[0]
    others = (
        at
        for at, (start, stop) in enumerate(pieces)
        if stop - start > max(2, height * _STOP_WIDTH)
        or np.flatnonzero(ink[:, start:stop].any(axis=1))[0] < height * _STOP_FROM
    )
    return next(others, len(pieces))


def _is_parted(ink: Bools, pieces: list[tuple[int, int]]) -> bool:
    """A dash with room beyond it, or a colon, comes first: what it parts are no letters of one value."""
    (start, stop), height = pieces[0], ink.shape[0]
    rows = np.flatnonzero(ink[:, start:stop].any(axis=1))
    high = int(rows[-1] - rows[0]) + 1
    is_alone = len(pieces) == 1 or pieces[1][0] - stop >= _DASH_APART * height
    is_dash = is_alone and high <= max(2, _DASH_HIGH * height) and stop - start > high
    return is_dash or (stop - start <= max(2, height * _STOP_WIDTH) and _are_two_dots(rows))


def _are_two_dots(rows: NDArray[np.int64]) -> bool:
    """Whether rows with ink are two runs of one length, as in a colon; an i has a dot and a stem."""
    gaps = np.flatnonzero(np.diff(rows) > 1)
    return len(gaps) == 1 and abs(2 * (int(gaps[0]) + 1) - len(rows)) <= 1


def _described(ink: Bools, core: slice, pieces: list[tuple[int, int]], end: str) -> Beside:
    height = core.stop - core.start
    first, last = pieces[0], pieces[-1][1]
    column: Bools = np.any(ink[:, first[0] : first[1]], axis=1)
    over = _run(column[: core.start + 1][::-1]) / height
    under = _run(column[core.stop - 1 :]) / height
    rows = np.flatnonzero(ink[core, first[0] : last].any(axis=1))
    return Beside(
        first[0], first[0] / height, (last - first[0]) / height, end, not (over > _OVER and under > _OVER),
        float(rows[0] / height), float((height - 1 - rows[-1]) / height), max(over, under),
    )  # fmt: skip


def _run(flags: Bools) -> int:
    """How many follow the first flag without a break; 0 when it is not set."""
    ends = np.flatnonzero(~flags)
    n = int(ends[0]) if ends.size else len(flags)
    return max(0, n - 1)


def _lines(strip: Floats, taken: Bools, height: int) -> tuple[float, float]:
    """Distances to the next line of text or masks, and to the next rule, whichever comes first; else far."""
    strip, taken = strip[: round(_LINES_DEEP * height)], taken[: round(_LINES_DEEP * height)]
    if not strip.size:
        return NOTHING, NOTHING
    off = np.abs(strip - np.median(strip[: max(2, height // 2)]))
    is_rule = ((off > _RULE_LEVELS) & ~taken).mean(axis=1) > _LINE_RULE_SHARE
    is_line = (((off > _INK_LEVELS) & ~taken).sum(axis=1) >= 2) | (taken.mean(axis=1) > 0.1)
    found = np.flatnonzero(is_rule | is_line)
    if not found.size:
        return NOTHING, NOTHING
    at = int(found[0])
    return (NOTHING, at / height) if is_rule[at] else (at / height, NOTHING)
