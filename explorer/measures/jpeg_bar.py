"""Whether the blocks of a JPEG can come from a bar of one colour.

A block of one colour has one coefficient, so blocks that lie within a solid bar are flat, without exception and at any
quality. A block on the edge of the bar holds other pixels as well. Its stored coefficients say what it was to within
half a step of the table, and alternating projections (onto these intervals, and onto blocks that are one colour within
the bar; over-relaxed, Agmon 1954) find out whether there is any picture with a solid bar that is stored like this.
Where pixels outside reach black or white, coefficients are not certain, and solid bars leave more over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_ROUNDS_N, _TURNS_N, _RELAXED = 4, 8, 1.5
_NOTHING = 0.005  # levels: less will be left over, and it is below every limit
_SIGN, _PLACE = np.mgrid[0:8, 0:8]
_DCT: Floats = np.cos((2 * _PLACE + 1) * _SIGN * np.pi / 16) * np.where(_SIGN == 0, np.sqrt(1 / 8), 0.5)


@dataclass(frozen=True, slots=True)
class Bar:
    """Root mean squares in levels of luma: `within` blocks of the bar alone, `at_edge` and `at_clipped_edge` what is
    left over in blocks on its edge and varies along a row, as letters do. Clipped: pixels outside reach black or white.
    `within` is None where there are no such blocks."""

    within: float | None
    at_edge: float
    at_clipped_edge: float


def bar(luma: NDArray[np.uint8], box: tuple[int, int, int, int], steps: Floats) -> Bar | None:
    """What the blocks around the box (left, top, right, bottom) say; None where no whole block touches it."""
    left, top, right, bottom = box
    x, y = left // 8 * 8, top // 8 * 8
    x_end = min(-(-right // 8) * 8, luma.shape[1] // 8 * 8)
    y_end = min(-(-bottom // 8) * 8, luma.shape[0] // 8 * 8)
    if x_end <= x or y_end <= y:
        return None
    inside = np.zeros((y_end - y, x_end - x), bool)
    inside[top - y : bottom - y, left - x : right - x] = True
    blocks, is_bar = _blocks(luma[y:y_end, x:x_end].astype(np.float64)), _blocks(inside)
    is_whole = np.asarray(is_bar.all(axis=(1, 2)), bool)
    is_clipped: Bools = ((blocks <= 0) | (blocks >= 255)).any(axis=(1, 2)) & ~is_whole
    at_edge = at_clipped_edge = 0.0
    for rest in _left_over(blocks, is_bar, steps):
        at_edge = _along_rows(rest, is_bar, ~is_whole & ~is_clipped)
        at_clipped_edge = _along_rows(rest, is_bar, is_clipped)
        if max(at_edge, at_clipped_edge) <= _NOTHING:
            break
    return Bar(float(blocks[is_whole].std()) if is_whole.any() else None, at_edge, at_clipped_edge)


def _left_over(blocks: Floats, is_bar: Bools, steps: Floats) -> Iterator[Floats]:
    """What the nearest picture with a solid bar still differs by, nearer with each round."""
    stored = np.round(_DCT @ (blocks - 128) @ _DCT.T / steps) * steps
    least, most = stored - steps / 2, stored + steps / 2
    made, colour = blocks - 128, float(np.median(blocks[is_bar])) - 128
    for _ in range(_ROUNDS_N):
        for _ in range(_TURNS_N):
            plain = np.where(is_bar, made + _RELAXED * (colour - made), made)
            made = _DCT.T @ np.clip(_DCT @ plain @ _DCT.T, least, most) @ _DCT
            colour = float(made[is_bar].mean())
        yield made - colour


def _along_rows(rest: Floats, is_bar: Bools, of: Bools) -> float:
    """What differs from the mean of its row, of the pixels of the bar in some of the blocks."""
    if not of.any():
        return 0.0
    chosen, inside = rest[of], is_bar[of]
    middle = (chosen * inside).sum(axis=2) / np.maximum(1, inside.sum(axis=2))
    return float(np.sqrt(((chosen - middle[:, :, None])[inside] ** 2).mean()))


def _blocks(pixels: NDArray) -> NDArray:  # type: ignore[type-arg]
    rows, columns = pixels.shape[0] // 8, pixels.shape[1] // 8
    return pixels.reshape(rows, 8, columns, 8).swapaxes(1, 2).reshape(-1, 8, 8)
