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
_NOTHING = 0.005  # levels: less will be left over, and it is below every limit
_GREY = 128


@dataclass(frozen=True, slots=True)
class Bar:
    """Root mean squares in levels of luma: `within` blocks of the bar alone, None where there are none; `at_edge` what is
    left over in blocks on its edge and varies along a row, as letters do. `apart_share`: of neighbouring blocks on an
    edge with even ground, those that differ, 0 to 1; 0 where there are none."""

    within: float | None
    at_edge: float
    at_clipped_edge: float
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
    is_clipped: Bools = ((shown <= 0) | (shown >= 255)).any(axis=(1, 2)) & ~is_whole
    at_edge = at_clipped_edge = 0.0
    for rest in _left_over(luma.coefficients(*place), is_bar, luma.steps, float(np.median(shown[is_bar]))):
        at_edge = _along_rows(rest, is_bar, ~is_whole & ~is_clipped)
        at_clipped_edge = _along_rows(rest, is_bar, is_clipped)
        if max(at_edge, at_clipped_edge) <= _NOTHING:
            break
    within = float(shown[is_whole].std()) if is_whole.any() else None
    return Bar(within, at_edge, at_clipped_edge, apart_share(luma.pixels, box))


def _left_over(stored: Floats, is_bar: Bools, steps: Floats, colour: float) -> Iterator[Floats]:
    """What the nearest picture with a solid bar still differs by, nearer with each round."""
    least, most = stored - steps / 2, stored + steps / 2
    made, colour = pixels_of(stored) - _GREY, colour - _GREY
    for _ in range(_ROUNDS_N):
        for _ in range(_TURNS_N):
            plain = np.where(is_bar, made + _RELAXED * (colour - made), made)
            made = DCT.T @ np.clip(DCT @ plain @ DCT.T, least, most) @ DCT
            colour = float(made[is_bar].mean())
        yield made - colour


def _along_rows(rest: Floats, is_bar: Bools, of: Bools) -> float:
    """What differs from the mean of its row, of the pixels of the bar in some of the blocks."""
    if not of.any():
        return 0.0
    chosen, inside = rest[of], is_bar[of]
    middle = (chosen * inside).sum(axis=2) / np.maximum(1, inside.sum(axis=2))
    return float(np.sqrt(((chosen - middle[:, :, None])[inside] ** 2).mean()))


def apart_share(pixels: NDArray[np.uint8], box: tuple[int, int, int, int]) -> float:
    """Of blocks side by side on the upper or lower edge, the share that differs: where the next blocks outside are even
    and alike."""
    left, top, right, bottom = box
    rows, columns = pixels.shape[0] // 8, pixels.shape[1] // 8
    across = slice(-(-left // 8), min(right // 8, columns))
    pairs_n = apart_n = 0
    for row in range(top // 8, min(-(-bottom // 8), rows)):
        beyond = [at for at, is_edge in ((row - 1, row * 8 < top), (row + 1, row * 8 + 8 > bottom)) if is_edge]
        if not beyond or min(beyond) < 0 or max(beyond) >= rows:
            continue
        own, *outer = (
            pixels[8 * at : 8 * at + 8, : 8 * columns].reshape(8, columns, 8)[:, across]
            for at in (row, *beyond)
        )
        is_even = np.all([_is_even(one) for one in outer], axis=0)
        is_even = is_even[:-1] & is_even[1:]
        differs = (own[:, :-1] != own[:, 1:]).any(axis=(0, 2))
        pairs_n, apart_n = pairs_n + int(is_even.sum()), apart_n + int((is_even & differs).sum())
    return apart_n / pairs_n if pairs_n else 0.0


def _is_even(some: NDArray[np.uint8]) -> Bools:
    """Which of the blocks (8 x blocks x 8) change along no row; none where such blocks differ, as on a gradient."""
    is_even: Bools = (np.ptp(some, axis=2) == 0).all(axis=0)
    return is_even & bool(is_even.any() and (np.ptp(some[:, is_even, 0], axis=1) == 0).all())
