"""What a picture's codec makes of a mask of one colour: the picture's own noise, instead of a global threshold."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, JpegImagePlugin

Pixels = NDArray[np.uint8]
_GRID = 16  # the largest unit that JPEG and VP8 code at once
_FRAME = 32  # pixels around a mask that may have a part in its noise


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """How a picture was stored; `settings` for Pillow's `save`, None where nothing is lost.

    Of a JPEG also `luma`, height x width, before colour was laid over it, and `steps`, the 8 x 8 table it was coded by.
    """

    format: str
    settings: dict[str, Any] | None = None
    luma: Pixels | None = None
    steps: NDArray[np.float64] | None = None

    @property
    def is_lossless(self) -> bool:
        return self.settings is None


def stored(content: bytes) -> Stored:
    """What the bytes of a picture say of how it was stored: tables of a JPEG, quantiser of a lossy WebP."""
    picture = Image.open(io.BytesIO(content), formats=("PNG", "WEBP", "JPEG"))
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        return _jpeg(picture)
    if picture.format == "WEBP" and (quantiser := webp_quantiser(content)) is not None:
        return Stored("WEBP", {"quality": webp_quality(quantiser), "method": 1})
    return Stored(str(picture.format))


def _jpeg(picture: JpegImagePlugin.JpegImageFile) -> Stored:
    """Colour is left out in decoding: it would blur what lies beside a mask into it."""
    tables = {number: list(table) for number, table in picture.quantization.items()}
    steps = np.array(tables[min(tables)], np.float64).reshape(8, 8)
    settings = {"qtables": tables, "subsampling": max(JpegImagePlugin.get_sampling(picture), 0)}
    if picture.mode not in ("RGB", "L", "YCbCr"):
        return Stored("JPEG", settings)
    picture.draft("L", picture.size)
    return Stored("JPEG", settings, np.asarray(picture.convert("L")), steps)


def again(pixels: Pixels, box: tuple[int, int, int, int], how: Stored) -> tuple[Pixels, Pixels]:
    """The box (left, top, right, bottom) as it is, and as it would be if one colour had been stored there.

    The colour is the median of the box; around it the picture is what it is. Where nothing was lost in storing, the
    second is that colour. Both height x width x RGB.
    """
    left, top, right, bottom = box
    height, width = pixels.shape[:2]
    x, y = max(0, left - _FRAME) // _GRID * _GRID, max(0, top - _FRAME) // _GRID * _GRID
    cut = pixels[y : min(height, bottom + _FRAME), x : min(width, right + _FRAME)].copy()
    inside = slice(top - y, bottom - y), slice(left - x, right - x)
    found = cut[inside].copy()
    cut[inside] = np.median(found.reshape(-1, 3), axis=0).round()
    if how.settings is None:
        return found, cut[inside]
    written = io.BytesIO()
    Image.fromarray(cut).save(written, how.format, **how.settings)
    return found, np.asarray(Image.open(written).convert("RGB"))[inside]


# --- lossy WebP: RFC 6386


def webp_quantiser(content: bytes) -> int | None:
    """Base quantiser (0 to 127) of a lossy WebP; None when it has no such frame or is cut short."""
    at = content.find(b"VP8 ", 12, 4096)
    data = content[at + 8 :] if at >= 0 else b""
    if len(data) < 64 or data[3:6] != b"\x9d\x01\x2a":
        return None
    bits = _Bits(data[10:])
    bits.number(2)  # colour space, clamping
    if bits.number(1):
        _skip_segments(bits)
    bits.number(10)  # filter: type, level, sharpness
    if bits.number(1) and bits.number(1):
        for _ in range(8):
            if bits.number(1):
                bits.number(7)
    bits.number(2)  # partitions
    return bits.number(7)


def _skip_segments(bits: _Bits) -> None:
    has_map = bits.number(1)
    if bits.number(1):
        bits.number(1)
        for size in (7, 7, 7, 7, 6, 6, 6, 6):
            if bits.number(1):
                bits.number(size + 1)
    for _ in range(3 if has_map else 0):
        if bits.number(1):
            bits.number(8)


def webp_quality(quantiser: int) -> int:
    """The quality whose base quantiser it is, by libwebp's curve."""
    linear = (1 - quantiser / 127) ** 3
    return round(100 * (linear * 1.5 if linear < 0.5 else (linear + 1) / 2))


class _Bits:
    """The boolean decoder of RFC 6386, section 7, for flags of even chance."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at, self._range, self._shift = data, 2, 255, 0
        self._value = data[0] << 8 | data[1]

    def number(self, bits_n: int) -> int:
        """The next number of so many bits, the highest first."""
        made = 0
        for _ in range(bits_n):
            made = made << 1 | self._flag()
        return made

    def _flag(self) -> int:
        split = 1 + ((self._range - 1) * 128 >> 8)
        is_set = self._value >= split << 8
        if is_set:
            self._range, self._value = self._range - split, self._value - (split << 8)
        else:
            self._range = split
        while self._range < 128:
            self._value, self._range, self._shift = self._value << 1, self._range << 1, self._shift + 1
            if self._shift == 8:
                self._shift = 0
                self._value |= self._data[self._at] if self._at < len(self._data) else 0
                self._at += 1
        return int(is_set)
