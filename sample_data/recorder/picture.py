"""Pictures in few colours: small without loss, and no pixel far from what the browser drew."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from PIL import Image

Ints = NDArray[np.int64]
Pixels = NDArray[np.uint8]

# Colours that fill areas: they stay exactly as drawn.
AREA_COLOURS_N = 24


def decoded(content: bytes) -> Pixels:
    """Height × width × RGB of a picture's bytes."""
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


def webp(pixels: Pixels) -> bytes:
    """The picture as a lossless WebP."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "WEBP", lossless=True, quality=100, method=4)
    return buffer.getvalue()


def flat(pixels: Pixels) -> Pixels:
    """The picture in few colours, none farther than a few steps from what was drawn."""
    wide = pixels.astype(np.int64)
    packed = (wide[..., 0] << 16) | (wide[..., 1] << 8) | wide[..., 2]
    # By hash: few colours of many pixels are found without sorting all pixels.
    place, found = pd.factorize(packed.ravel(), sort=True)
    count = np.bincount(place)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    palette = _palette(colours, count)
    nearest = np.square(colours[:, None, :] - palette[None]).sum(axis=-1).argmin(axis=1)
    made: Pixels = palette[nearest][place].reshape(pixels.shape).astype(np.uint8)
    return made


def _palette(colours: Ints, count: Ints) -> Ints:
    """The colours of areas as they are; of all others (edges of letters) one for every 32 steps of a channel."""
    by_count = np.argsort(-count, kind="stable")
    coarse = (colours[by_count] + 16) >> 5
    _, first = np.unique(coarse[:, 0] << 8 | coarse[:, 1] << 4 | coarse[:, 2], return_index=True)
    chosen = np.union1d(first, np.arange(min(AREA_COLOURS_N, len(colours))))
    palette: Ints = colours[by_count[chosen]]
    return palette
