"""Pictures as an animated GIF: one palette, and of each picture only what changed, so that screens stay small.

GIF89a: https://www.w3.org/Graphics/GIF/spec-gif89a.txt
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from PIL.GifImagePlugin import getdata

from explorer.exports.clip_drawing import COLOURS, colour

Indices = NDArray[np.uint8]
_SAME = 255  # stands for "as before"
_SWATCH_PX = 24


def palette_of(samples: Sequence[Image.Image]) -> Image.Image:
    """255 colours for pictures like these, with the colours of the marks; the last one is never used."""
    width, tall = samples[0].size
    sheet = Image.new("RGB", (width, tall * len(samples) + _SWATCH_PX))
    for place, sample in enumerate(samples):
        sheet.paste(sample, (0, place * tall))
    swatches, wide = ImageDraw.Draw(sheet), width / len(COLOURS)
    for place, name in enumerate(COLOURS):
        box = (place * wide, sheet.height - _SWATCH_PX, (place + 1) * wide, sheet.height)
        swatches.rectangle(box, colour(name))
    return sheet.quantize(_SAME, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def write_gif(
    path: Path, pictures: Iterable[Image.Image], fps: float, palette: Image.Image, comment: str
) -> None:
    """Write pictures that follow each other at `fps`; those that look the same become one. Raises OSError."""
    table = bytes(palette.getpalette() or ())[: 3 * _SAME].ljust(3 * 256, b"\0")
    with path.open("wb") as file:
        before: Indices | None = None
        waiting: Indices | None = None
        shown_cs = end_cs = 0
        for place, picture in enumerate(pictures):
            own = _indices(picture, palette)
            if waiting is None:
                file.write(_head(picture.size, table, comment))
                waiting = own
            elif not np.array_equal(own, waiting):
                _write_one(file, waiting, before, end_cs - shown_cs, palette)
                before, waiting, shown_cs = waiting, own, end_cs
            end_cs = round(100 * (place + 1) / fps)
        if waiting is not None:
            _write_one(file, waiting, before, end_cs - shown_cs, palette)
        file.write(b";")


def _indices(picture: Image.Image, palette: Image.Image) -> Indices:
    own = np.array(picture.quantize(palette=palette, dither=Image.Dither.NONE))
    # Pillow fills up the palette with black: what fell on the last colour is the nearest of the others.
    own[own == _SAME] = _darkest(palette)
    return own


def _darkest(palette: Image.Image) -> int:
    colours = np.array(palette.getpalette(), np.int64)[: 3 * _SAME].reshape(-1, 3)
    return int((colours**2).sum(axis=1).argmin())


def _head(size: tuple[int, int], table: bytes, comment: str) -> bytes:
    """Signature, size, palette, endless loop, comment."""
    text = comment.encode()
    blocks = b"".join(
        bytes([len(part)]) + part for part in (text[at : at + 255] for at in range(0, len(text), 255))
    )
    screen = b"GIF89a" + struct.pack("<HHBBB", *size, 0xF7, 0, 0)
    return screen + table + b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0" + b"!\xfe" + blocks + b"\0"


def _write_one(
    file: BinaryIO, own: Indices, before: Indices | None, shown_cs: int, palette: Image.Image
) -> None:
    """One picture: the box in which it differs from the one before, and nothing where it is the same."""
    left = top = 0
    if before is not None:
        is_new = own != before
        rows, columns = np.flatnonzero(is_new.any(axis=1)), np.flatnonzero(is_new.any(axis=0))
        top, left = int(rows[0]), int(columns[0])
        box = (slice(top, int(rows[-1]) + 1), slice(left, int(columns[-1]) + 1))
        own = np.where(is_new[box], own[box], _SAME).astype(np.uint8)
    part = Image.fromarray(own)
    part.putpalette(palette.getpalette() or ())
    for block in getdata(part, (left, top), duration=shown_cs * 10, transparency=_SAME, disposal=1):
        file.write(block)
