"""What stands on the line of a mask, to its left and right, and above and below: letters, rules, other masks.

All lengths but `gap_px` are in heights of the mask. Letters that follow each other at no more than the distance of two
words are one chain. What reaches beyond the line both above and below is a border or a picture, and no letter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from explorer.measures.mask_crossed import is_crossed
from explorer.measures.mask_edge import STEEP_PX, EdgeInk, edge_ink, is_area, steepest
from explorer.measures.mask_ground import evened
from explorer.measures.mask_pieces import (
    Pieces,
    barrier_of,
    before_colon,
    is_parted,
    pieces_of,
    steps_of,
    stops_n_of,
)
from explorer.measures.mask_word import NO_WORD, Word, word_beside
from explorer.measures.quantiles import median

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Box = tuple[int, int, int, int]

NOTHING = 9.0
WORDS_APART = 0.6
_NEAR = 0.8  # a space in a font of one width, less the margin of the mask
_LUMA = np.array([0.299, 0.587, 0.114])
_INK_LEVELS, _RULE_LEVELS = 40.0, 25.0
_FIRM = 0.3, 0.4, 0.5  # of the strongest contrast
_DEEP, _BEYOND, _LINES_DEEP, _CHAIN_SEEN = 6, 0.3, 1.5, 3
_LINE_RULE_SHARE = 0.75
_OVER = 0.12
_CUT_ON_PICTURE = 0.12  # of the mask's width: single pixels of a photograph stand out as well
_STEEP_LEVELS = 30.0  # letters that masks cut had 61 and more, smooth shades 21 and less
_TOUCH, _LEAST_INK = 0.05, 4


@dataclass(frozen=True, slots=True)
class Piece:
    """The first run of columns with ink: `wide` and `high` in heights of the mask; `filled`, the share of its frame.

    `edge`: contrast of the column next to the mask, as a share of the strongest one of the chain.
    """

    wide: float = 0.0
    high: float = 0.0
    filled: float = 0.0
    edge: float = 0.0


NO_PIECE = Piece()


@dataclass(frozen=True, slots=True)
class Beside:
    """One side: the gap to the first letter, how far the chain reaches, and what ends it.

    `end`: `blank`, `rule`, `mask`, `edge` (of what is looked at), `far` (nothing near). `above` and `below`: room
    between the mask's edge and the chain's ink. `word`: the nearest;
    `has_stop`: a comma or a full stop comes first, and `gap` counts from there. `wall`: to the first rule, end of an
    area or of the picture, behind letters or not; 0 where another mask adjoins.
    """

    gap_px: int = 99
    gap: float = NOTHING
    chain: float = 0.0
    end: str = "edge"
    is_text: bool = False
    above: float = NOTHING
    below: float = NOTHING
    word: Word = NO_WORD
    has_stop: bool = False
    piece: Piece = NO_PIECE
    wall: float = NOTHING

    @property
    def is_near(self) -> bool:
        """Whether letters stand no farther than words of a sentence do."""
        return self.is_text and self.gap <= _NEAR - 0.05


@dataclass(frozen=True, slots=True)
class Around:
    """A mask's surroundings. `line`: to the next line of text above or below, where no rule comes first.

    `is_cut`: ink touches the upper or the lower edge, as in `cut`; `is_crossed`: a border runs beneath the mask;
    `is_on_picture`: its ground is uneven.
    """

    box: Box
    left: Beside
    right: Beside
    line: float
    is_cut: bool
    is_crossed: bool = False
    cut: tuple[EdgeInk, ...] = ()
    is_on_picture: bool = False

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
    own, plain = taken[place], pixels[place] @ _LUMA
    luma = evened(plain, own, height)
    is_on_picture = luma is not plain
    inner = (left - x, top - y, right - x, bottom - y)
    sides = [_beside(luma, own, inner, is_left) for is_left in (True, False)]
    wide = [round(min((one.gap + one.chain) if one.chain else 1, _CHAIN_SEEN) * height) for one in sides]
    columns = slice(max(0, inner[0] - wide[0]), inner[2] + wide[1])
    lines = [_line(luma[rows, columns][::step], own[rows, columns][::step], height)
             for rows, step in ((slice(0, inner[1]), -1), (slice(inner[3], None), 1))]  # fmt: skip
    touching = edge_ink(luma, inner, own, ("top", "bottom"))
    least_px = _CUT_ON_PICTURE * (right - left) if is_on_picture else 0
    cut = tuple(one for one in touching if one.gap_px <= _TOUCH * height and one.ink_n >= _LEAST_INK
                and one.wide_px >= least_px and one.steep >= _STEEP_LEVELS and not is_area(one, height))  # fmt: skip
    return Around(box, sides[0], sides[1], min(lines), bool(cut), is_crossed(luma, own, inner), cut,
                  is_on_picture)  # fmt: skip


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
    core = slice(top - rows.start, bottom - rows.start)
    ground = median(strip[core, : max(4, 2 * height)])
    contrast = np.abs(strip - ground) * ~own
    ink: Bools = contrast > _INK_LEVELS
    barrier = barrier_of(ink, own, core, steps_of(strip, own, core, ground))
    end, pieces = pieces_of(ink[core], barrier, _NEAR * height, WORDS_APART * height)
    is_open = barrier[0] > 1 if barrier[1] == "mask" else barrier[0] >= _DEEP * height
    wall = NOTHING if is_open else barrier[0] / height
    stops_n = 0 if is_left else stops_n_of(ink[core], pieces)
    since, pieces = pieces[stops_n - 1][1] if stops_n else 0, pieces[stops_n:]
    shown_n = np.count_nonzero(ink[core, pieces[0][0] : pieces[-1][1]]) if pieces else 0
    is_ink = shown_n >= _LEAST_INK and _has_edges(strip, own, core, pieces)
    if not is_ink or _is_parted(contrast, core, barrier, pieces, is_left=is_left):
        return Beside(end="far" if pieces else end, wall=wall)
    if is_left and len(since_colon := before_colon(ink, core, pieces)) < len(pieces):
        end, pieces = "blank", since_colon
    found = replace(_described(ink, core, pieces, end), gap=(pieces[0][0] - since) / height)
    word, piece = word_beside(ink, core, pieces, is_left=is_left), _first(contrast[core], ink[core], pieces)
    return replace(found, word=word, has_stop=stops_n > 0, piece=piece, wall=wall)


def _has_edges(strip: Floats, taken: Bools, core: slice, pieces: Pieces) -> bool:
    """Whether anything there has an edge as letters have, which the shades of a photograph have not."""
    columns = slice(pieces[0][0], pieces[-1][1] + STEEP_PX)
    return steepest(strip[core, columns], taken[core, columns]) >= _STEEP_LEVELS


def _is_parted(
    contrast: Floats, core: slice, barrier: tuple[int, str], pieces: Pieces, *, is_left: bool
) -> bool:
    """Whether a colon or a dash comes first, in all ink or in what has most of the contrast.

    What a codec leaves beside letters, and the foot of a letter with serifs, may join a colon to its word.
    """
    if is_parted(contrast > _INK_LEVELS, core, pieces, is_left=is_left):
        return True
    height = core.stop - core.start
    highest = contrast[core].max(axis=0, keepdims=True)  # which columns have ink needs no more
    peak = float(highest[:, : pieces[-1][1]].max())
    for level in sorted({max(_INK_LEVELS, share * peak) for share in _FIRM}):
        if highest[0, 0] > level:
            continue
        _, found = pieces_of(highest > level, barrier, _NEAR * height, WORDS_APART * height)
        if found and found[0][0] > 0 and is_parted(contrast > level, core, found, is_left=is_left):
            return True
    return False


def _first(contrast: Floats, ink: Bools, pieces: Pieces) -> Piece:
    (start, stop), height = pieces[0], ink.shape[0]
    shown = ink[:, start:stop]
    rows = np.flatnonzero(shown.any(axis=1))
    high = int(rows[-1] - rows[0]) + 1
    strongest = float(contrast[:, start : pieces[-1][1]].max())
    edge = float(contrast[:, 0].max()) / max(strongest, 1.0)
    return Piece((stop - start) / height, high / height, float(shown.sum()) / (high * (stop - start)), edge)


def _described(ink: Bools, core: slice, pieces: Pieces, end: str) -> Beside:
    height = core.stop - core.start
    first, last = pieces[0], pieces[-1][1]
    column: Bools = np.any(ink[:, first[0] : first[1]], axis=1)
    over = _run(column[: core.start + 1][::-1]) / height
    under = _run(column[core.stop - 1 :]) / height
    rows = np.flatnonzero(ink[core, first[0] : last].any(axis=1))
    return Beside(
        first[0], first[0] / height, (last - first[0]) / height, end, not (over > _OVER and under > _OVER),
        float(rows[0] / height), float((height - 1 - rows[-1]) / height),
    )  # fmt: skip


def _run(flags: Bools) -> int:
    """How many follow the first flag without a break; 0 when it is not set."""
    ends = np.flatnonzero(~flags)
    n = int(ends[0]) if ends.size else len(flags)
    return max(0, n - 1)


def _line(strip: Floats, taken: Bools, height: int) -> float:
    """The distance to the next line of text or masks; far where a rule comes first."""
    strip, taken = strip[: round(_LINES_DEEP * height)], taken[: round(_LINES_DEEP * height)]
    if not strip.size:
        return NOTHING
    off = np.abs(strip - median(strip[: max(2, height // 2)]))
    off[taken] = 0
    wide = strip.shape[1]
    is_rule = (off > _RULE_LEVELS).sum(axis=1) / wide > _LINE_RULE_SHARE
    is_line = ((off > _INK_LEVELS).sum(axis=1) >= 2) | (taken.sum(axis=1) / wide > 0.1)
    found = np.flatnonzero(is_rule | is_line)
    return NOTHING if not found.size or is_rule[found[0]] else int(found[0]) / height
