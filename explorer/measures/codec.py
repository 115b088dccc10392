"""What a picture's codec makes of a mask of one colour: the picture's own noise, instead of a global threshold."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, JpegImagePlugin

from explorer.measures.jpeg_luma import Luma, decoded

Pixels = NDArray[np.uint8]
_UNEVEN_WAY = 2  # its pixels are changed a little before they are stored


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """How a picture was stored; `settings` for Pillow's `save`, None where nothing is lost.

    Of a JPEG also `luma`, before colour was laid over it.
    """

    format: str
    settings: dict[str, Any] | None = None
    luma: Luma | None = None

    @property
    def is_lossless(self) -> bool:
        return self.settings is None


def stored(content: bytes) -> Stored:
    """What the bytes of a picture say of how it was stored: tables of a JPEG, quantiser of a lossy WebP."""
    picture = Image.open(io.BytesIO(content), formats=("PNG", "WEBP", "JPEG"))
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        return _jpeg(picture, content)
    if picture.format == "WEBP" and (quantiser := webp_quantiser(content)) is not None:
        return Stored("WEBP", {"quality": webp_quality(quantiser), "method": 1})
    return Stored(str(picture.format))


def _jpeg(picture: JpegImagePlugin.JpegImageFile, content: bytes) -> Stored:
    tables = {number: list(table) for number, table in picture.quantization.items()}
    settings = {"qtables": tables, "subsampling": max(JpegImagePlugin.get_sampling(picture), 0)}
    if picture.mode not in ("RGB", "L", "YCbCr"):
        return Stored("JPEG", settings)
    return Stored("JPEG", settings, Luma(*decoded(picture), content))


class Rewritten:
    """The same picture with all its masks made of one colour each and stored again, in several ways.

    What a codec makes of one colour depends on what lies beside it, so the neighbours are those of the picture itself.
    How it was stored is known in part only: each way is one guess. Each is made when it is asked for.
    """

    def __init__(self, pixels: Pixels, boxes: Iterable[tuple[int, int, int, int]], how: Stored) -> None:
        self._pixels, self._boxes, self._how = pixels, list(boxes), how
        self._made: list[Pixels] = []

    @cached_property
    def _plain(self) -> Pixels:
        plain = self._pixels.copy()
        for left, top, right, bottom in self._boxes:
            inside = slice(top, bottom), slice(left, right)
            plain[inside] = np.median(self._pixels[inside].reshape(-1, 3), axis=0).round()
        return plain

    def way(self, number: int) -> Pixels | None:
        """The picture stored in a way, height x width x RGB; None where there is no such way."""
        settings = _ways(self._how)
        while len(self._made) <= number < len(settings):
            at = len(self._made)
            written = io.BytesIO()
            source = _uneven(self._plain) if at == _UNEVEN_WAY else self._plain
            Image.fromarray(source).save(written, self._how.format, **settings[at])
            self._made.append(np.asarray(Image.open(written).convert("RGB")))
        return self._made[number] if number < len(settings) else None


def _ways(how: Stored) -> list[dict[str, Any]]:
    own = how.settings or {}
    if how.format != "WEBP":
        return [own]
    return [own, {**own, "method": 4}, own, {**own, "quality": max(1, own["quality"] - 4)}]


def _uneven(pixels: Pixels) -> Pixels:
    """Every pixel up to two levels off, masks as well: what was lost in storing was once there."""
    by = np.random.default_rng(0).integers(-2, 3, pixels.shape, np.int16)
    uneven: Pixels = np.clip(pixels + by, 0, 255).astype(np.uint8)
    return uneven


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
