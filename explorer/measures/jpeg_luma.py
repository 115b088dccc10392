"""The brightness of a JPEG as its file has it: pixels, and the coefficients of blocks, which cutting off would hide.

Decoded pixels end at black and white, and coefficients of a block that goes beyond cannot be had from them. So the same
bytes are decoded once more with half the steps in their table (ITU-T T.81, B.2.4.1): contrasts are halved, hardly
anything is cut off, and the numbers of steps are the same. Where steps are so small that half of them is lost in
rounding, it only says what was cut off, and the other pixels decide.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PIL import Image, JpegImagePlugin

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_SIGN, _PLACE = np.mgrid[0:8, 0:8]
DCT: Floats = np.cos((2 * _PLACE + 1) * _SIGN * np.pi / 16) * np.where(_SIGN == 0, np.sqrt(1 / 8), 0.5)
_BLACK, _GREY, _WHITE = 0, 128, 255
_TABLES, _SCAN = 0xDB, 0xDA
_TABLE_N = 64


@dataclass(frozen=True, eq=False)
class Luma:
    """`pixels`: height x width, decoded without colour; `steps`: the 8 x 8 table they were coded by."""

    pixels: Pixels
    steps: Floats
    content: bytes = field(repr=False)

    def coefficients(self, rows: slice, columns: slice) -> Floats:
        """Blocks x 8 x 8, each a whole multiple of its step; the place begins and ends at blocks."""
        shown = blocks(self.pixels[rows, columns]).astype(np.float64)
        dark, bright = shown <= _BLACK, shown >= _WHITE
        is_cut: Bools = (dark | bright).any(axis=(1, 2)) & (np.ptp(shown, axis=(1, 2)) > 0)
        if is_cut.any() and self._halved is not None:
            pixels, steps = self._halved
            small = blocks(pixels[rows, columns]).astype(np.float64)
            is_cut &= ((small > _BLACK) & (small < _WHITE)).all(axis=(1, 2))
            whole = pixels_of(np.round(_transformed(small[is_cut]) / steps) * self.steps)
            kept = np.where(bright[is_cut], np.maximum(whole, _WHITE), shown[is_cut])
            shown[is_cut] = np.where(dark[is_cut], np.minimum(whole, _BLACK), kept)
        numbers: Floats = np.round(_transformed(shown) / self.steps) * self.steps
        return numbers

    @cached_property
    def _halved(self) -> tuple[Pixels, Floats] | None:
        """Pixels and table where every step is about half; None where the file has its tables elsewhere."""
        picture = Image.open(io.BytesIO(_halved(self.content)), formats=("JPEG",))
        made = decoded(picture) if isinstance(picture, JpegImagePlugin.JpegImageFile) else None
        if made is None or not np.array_equal(made[1], _half(self.steps)):
            return None
        return made


def decoded(picture: JpegImagePlugin.JpegImageFile) -> tuple[Pixels, Floats]:
    """Luma, height x width, and its 8 x 8 table; colour would blur what lies beside a mask into it."""
    tables = {number: list(table) for number, table in picture.quantization.items()}
    picture.draft("L", picture.size)
    return np.asarray(picture.convert("L")), np.array(tables[min(tables)], np.float64).reshape(8, 8)


def pixels_of(coefficients: Floats) -> Floats:
    """Blocks x 8 x 8 of what coefficients say, from 0 to 255 and beyond."""
    made: Floats = DCT.T @ coefficients @ DCT + _GREY
    return made


def blocks(pixels: NDArray) -> NDArray:  # type: ignore[type-arg]
    """Blocks x 8 x 8, row by row; height and width are multiples of 8."""
    rows, columns = pixels.shape[0] // 8, pixels.shape[1] // 8
    return pixels.reshape(rows, 8, columns, 8).swapaxes(1, 2).reshape(-1, 8, 8)


def _transformed(pixels: Floats) -> Floats:
    made: Floats = DCT @ (pixels - _GREY) @ DCT.T
    return made


def _half(steps: Floats) -> Floats:
    return np.maximum(1, (steps + 1) // 2)


def _halved(content: bytes) -> bytes:
    """The same file with other tables; those that stand after the first scan stay."""
    made, at = bytearray(content), 2
    while at + 4 <= len(made) and made[at] == 0xFF and made[at + 1] != _SCAN:
        end = at + 2 + int.from_bytes(made[at + 2 : at + 4], "big")
        if made[at + 1] == _TABLES:
            _halve(made, at + 4, min(end, len(made)))
        at = end
    return bytes(made)


def _halve(made: bytearray, at: int, end: int) -> None:
    while at < end:
        size = 2 if made[at] >> 4 else 1
        table = np.frombuffer(bytes(made[at + 1 : at + 1 + _TABLE_N * size]), ">u2" if size == 2 else "u1")
        half = _half(table.astype(np.float64)).astype(table.dtype).tobytes()
        made[at + 1 : at + 1 + len(half)] = half
        at += 1 + _TABLE_N * size
