"""Whether the blocks of a JPEG can come from a bar of one colour.

A block of one colour has one coefficient, so blocks that lie within a solid bar are flat, without exception and at any
quality. A block on the edge of the bar holds other pixels as well. Its stored coefficients say what it was to within
half a step of the table, and alternating projections (onto these intervals, and onto blocks that are one colour within
the bar; over-relaxed, Agmon 1954) find out whether there is any picture with a solid bar that is stored like this.

What lies outside is free in that, so it may explain what shines through a bar of which few rows are in a block. Where
it is even, it does not: blocks side by side on one edge of a solid bar are then equal, and are stored alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.measures.jpeg_luma import DCT, Luma, blocks, pixels_of

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_ROUNDS_N, _TURNS_N, _RELAXED = 4, 8, 1.5
_NOTHING = 0.01  # levels: less will be left over, and it is below every limit
_GREY = 128


@dataclass(frozen=True, slots=True)
class Bar:
    """Root mean squares in levels of luma: `within` blocks of the bar alone, None where there are none; `at_edge` what
    is left over in blocks on its edge and varies along a row, as letters do. `apart_share`: where no block lies within,
    how many of the neighbours on its upper and lower edge differ although the ground beyond them is even."""

    within: float | None
    at_edge: float
    apart_share: float


def bar(luma: Luma, box: tuple[int, int, int, int]) -> Bar | None:
    """What the blocks around the box (left, top, right, bottom) say; None where no whole block touches it."""
    left, top, right, bottom = box
    x, y = left // 8 * 8, top // 8 * 8
    x_end = min(-(-right // 8) * 8, luma.pixels.shape[1] // 8 * 8)
    y_end = min(-(-bottom // 8) * 8, luma.pixels.shape[0] // 8 * 8)
    if x_end <= x or y_end <= y:
        return None
    place = slice(y, y_end), slice(x, x_end)
    inside = np.zeros((y_end - y, x_end - x), bool)
    inside[top - y : bottom - y, left - x : right - x] = True
    shown, is_bar = blocks(luma.pixels[place]), blocks(inside)
    is_whole = np.asarray(is_bar.all(axis=(1, 2)), bool)
    at_edge = 0.0
    for rest in _left_over(luma.coefficients(*place), is_bar, luma.steps, float(np.median(shown[is_bar]))):
        at_edge = _along_rows(rest, is_bar, ~is_whole)
        if at_edge <= _NOTHING:
            break
    if is_whole.any():
        return Bar(float(shown[is_whole].std()), at_edge, 0.0)
    return Bar(None, at_edge, _apart_share(luma.pixels, box))


def _left_over(stored: Floats, is_bar: Bools, steps: Floats, colour: float) -> Iterator[Floats]:
    """What the nearest picture with a solid bar still differs by, nearer with each round."""
    least, most = stored - steps / 2, stored + steps / 2
    made, colour = pixels_of(stored) - _GREY, colour - _GREY
    inside = np.flatnonzero(is_bar)
    found = made.take(inside)
    for _ in range(_ROUNDS_N):
        for _ in range(_TURNS_N):
            made.put(inside, found + _RELAXED * (colour - found))
            made = DCT.T @ np.minimum(np.maximum(DCT @ made @ DCT.T, least), most) @ DCT
            found = made.take(inside)
            colour = float(found.mean())
        yield made - colour


def _along_rows(rest: Floats, is_bar: Bools, of: Bools) -> float:
    """What differs from the mean of its row, of the pixels of the bar in some of the blocks."""
    if not of.any():
        return 0.0
    chosen, inside = rest[of], is_bar[of]
    middle = (chosen * inside).sum(axis=2) / np.maximum(1, inside.sum(axis=2))
    return float(np.sqrt(((chosen - middle[:, :, None])[inside] ** 2).mean()))


def _apart_share(pixels: NDArray[np.uint8], box: tuple[int, int, int, int]) -> float:
    """The share of neighbours on the upper and lower edge that differ and stand on even ground."""
    left, top, right, bottom = box
    columns = pixels.shape[1] // 8
    across = slice(-(-left // 8), min(right // 8, columns))
    pairs_n = apart_n = 0
    for row, beyond in _edges(top, bottom, pixels.shape[0] // 8):
        own, *ground = (
            pixels[8 * at : 8 * at + 8, : 8 * columns].reshape(8, columns, 8)[:, across]
            for at in (row, *beyond)
        )
        is_even = np.all([_is_even(one) for one in ground], axis=0)
        differs = (own[:, :-1] != own[:, 1:]).any(axis=(0, 2))
        pairs_n += differs.size
        apart_n += int((is_even[:-1] & is_even[1:] & differs).sum())
    return apart_n / pairs_n if pairs_n else 0.0


def _edges(top: int, bottom: int, rows_n: int) -> Iterator[tuple[int, list[int]]]:
    """Each row of blocks that an edge runs through, and those beyond it, where they lie in the picture."""
    for row in range(top // 8, min(-(-bottom // 8), rows_n)):
        beyond = [row - 1] * (8 * row < top) + [row + 1] * (8 * row + 8 > bottom)
        if beyond and min(beyond) >= 0 and max(beyond) < rows_n:
            yield row, beyond


def _is_even(some: NDArray[np.uint8]) -> Bools:
    """Which of the blocks (8 x blocks x 8) change along no row; none where such blocks differ, as on a gradient."""
    is_even: Bools = (np.ptp(some, axis=2) == 0).all(axis=0)
    return is_even & bool(is_even.any() and (np.ptp(some[:, is_even, 0], axis=1) == 0).all())
