"""Ink beside the edges of a mask: letters that go on where the mask ends.

Beside each edge, lines of pixels are looked at one after the other, away from the mask. Ink are pixels that differ from
the ground of that strip, and a line of one colour all along the edge (a frame, a rule) is none. What counts is how near
the first ink is, measured in heights of the mask, and how much of it there is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.measures.quantiles import median, row_medians

Floats = NDArray[np.float64]
Box = tuple[int, int, int, int]

_INK_LEVELS = 40.0
_DEEPEST_PX = 24
_LEAST_INK = 3
STEEP_PX = 2
_AREA_DEEP, _AREA_FILLED = 0.9, 0.85
_OWN_SHARE = 0.7
_STOP_WIDTH, _STOP_FROM = 0.3, 0.5  # shares of the mask's height


@dataclass(frozen=True, slots=True)
class EdgeInk:
    """One edge: `gap_px` lines without ink before the first piece of it, and its pixels, `ink_n`.

    The piece has `lines_n` lines; along the edge it covers `wide_px` in `runs_n` runs, and changes by `steep` levels.
    """

    edge: str
    gap_px: int
    ink_n: int
    lines_n: int = 0
    wide_px: int = 0
    runs_n: int = 0
    steep: float = 0.0


EDGES = ("left", "right", "top", "bottom")


def edge_ink(
    luma: Floats, box: Box, taken: NDArray[np.bool_] | None = None, edges: Collection[str] = EDGES
) -> tuple[EdgeInk, ...]:
    """Those edges of a box (left, top, right, bottom) that have ink beside them.

    `luma`: brightness (row x column); `taken`: pixels of other masks.
    """
    found = []
    for edge, strip, is_taken in _strips(luma, box, taken, edges):
        if strip.size and (piece := _first_piece(_ink(strip, is_taken), edge in ("left", "right"))):
            rows = slice(piece[0], piece[0] + piece[2])
            found.append(EdgeInk(edge, *piece, steepest(strip[rows], is_taken[rows])))
    return tuple(found)


def is_area(one: EdgeInk, height: int) -> bool:
    """Whether ink is one solid area, broader and deeper than letters are; `height` of the mask."""
    is_broad = one.wide_px >= height * one.runs_n and one.lines_n >= _AREA_DEEP * min(height, _DEEPEST_PX)
    return is_broad and one.ink_n >= _AREA_FILLED * one.wide_px * one.lines_n


def steepest(lines: Floats, taken: NDArray[np.bool_]) -> float:
    """The most that two pixels of a line differ that are two apart and no mask's: letters have edges, shades do not."""
    is_taken = taken[:, STEEP_PX:] | taken[:, :-STEEP_PX]
    return float((np.abs(lines[:, STEEP_PX:] - lines[:, :-STEEP_PX]) * ~is_taken).max(initial=0.0))


def _first_piece(ink: NDArray[np.bool_], is_beside: bool) -> tuple[int, int, int, int, int] | None:
    """The first run of lines with ink, as in `EdgeInk`; beside a mask, commas and stops are passed over."""
    has_ink = np.concatenate([[False], ink.any(axis=1), [False]])
    starts, ends = np.flatnonzero(~has_ink[:-1] & has_ink[1:]), np.flatnonzero(has_ink[:-1] & ~has_ink[1:])
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        ink_n = int(ink[start:end].sum())
        highest = np.flatnonzero(ink[start:end].any(axis=0))[0] if is_beside else 0
        if ink_n >= _LEAST_INK and not (is_beside and is_stop(end - start, int(highest), ink.shape[1])):
            along: NDArray[np.bool_] = np.any(ink[start:end], axis=0)
            runs_n = int(along[0]) + int((~along[:-1] & along[1:]).sum())
            return start, ink_n, end - start, int(along.sum()), runs_n
    return None


def is_stop(wide_px: int, first_row: int, height: int) -> bool:
    """Whether ink is a full stop or a comma: narrow, and near the base line only; `height` of the mask."""
    return wide_px <= max(2, height * _STOP_WIDTH) and first_row >= height * _STOP_FROM


def _strips(
    luma: Floats, box: Box, taken: NDArray[np.bool_] | None, edges: Collection[str]
) -> list[tuple[str, Floats, NDArray[np.bool_]]]:
    """Beside each edge: lines parallel to it, the nearest first."""
    left, top, right, bottom = box
    height, width = luma.shape
    deep = max(4, min(_DEEPEST_PX, bottom - top))
    places = {
        "left": (slice(top, bottom), slice(max(0, left - deep), left)),
        "right": (slice(top, bottom), slice(right, min(width, right + deep))),
        "top": (slice(max(0, top - deep), top), slice(left, right)),
        "bottom": (slice(bottom, min(height, bottom + deep)), slice(left, right)),
    }
    turns = {
        "left": lambda a: a[:, ::-1].T,
        "right": lambda a: a.T,
        "top": lambda a: a[::-1],
        "bottom": lambda a: a,
    }
    strips = []
    for edge, place in ((edge, places[edge]) for edge in edges):
        cut = luma[place]
        own = np.zeros(cut.shape, bool) if taken is None else taken[place]
        strips.append((edge, turns[edge](cut), turns[edge](own)))
    return strips


def _ink(strip: Floats, is_taken: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Pixels off the strip's ground. A line off it nearly all along the edge is a rule, or has a ground of its own."""
    is_ink: NDArray[np.bool_] = np.abs(strip - median(strip)) > _INK_LEVELS
    has_own = is_ink.sum(axis=1) / strip.shape[1] > _OWN_SHARE
    if has_own.any():
        own = strip[has_own]
        is_ink[has_own] &= np.abs(own - row_medians(own)) > _INK_LEVELS
    is_ink &= ~is_taken
    return is_ink
