"""One picture out of many of the same place: what most of them show stays, what is each one's own goes."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image

Box = tuple[float, float, float, float]
_STRIP_ROWS = 64
_LEAST_COVERED = 0.9


def fitted(picture: Image.Image, box: Box, size: tuple[int, int]) -> Image.Image | None:
    """The part `box` (left, top, width, height in its pixels) of a picture as RGB of `size`.

    None where the picture shows less than nine tenths of that part. What it does not show is black.
    """
    left, top, width, height = box
    if width < 1 or height < 1:
        return None
    across = min(left + width, picture.width) - max(left, 0)
    down = min(top + height, picture.height) - max(top, 0)
    if min(across / width, down / height) < _LEAST_COVERED:
        return None
    corners = (round(left), round(top), round(left + width), round(top + height))
    return picture.convert("RGB").crop(corners).resize(size, Image.Resampling.BOX)


def median_picture(pictures: Sequence[Image.Image]) -> Image.Image:
    """The median of each channel of each pixel over RGB pictures of one size; ValueError without any."""
    if not pictures:
        raise ValueError("no pictures")
    rows = [np.asarray(picture) for picture in pictures]
    found = np.empty_like(rows[0])
    for top in range(0, found.shape[0], _STRIP_ROWS):  # in strips: all at once would hold many copies
        part = np.sort(np.stack([row[top : top + _STRIP_ROWS] for row in rows]), axis=0)
        found[top : top + _STRIP_ROWS] = part[(len(rows) - 1) // 2]
    return Image.fromarray(found)


def webp(picture: Image.Image, most_bytes: int) -> bytes:
    """The picture as WebP of at most `most_bytes` where the lowest quality allows it."""
    content = b""
    for quality in (80, 60, 40, 20):
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=quality, method=4)
        content = out.getvalue()
        if len(content) <= most_bytes:
            break
    return content
