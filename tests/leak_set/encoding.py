"""How pictures are stored: PNG, JPEG of two subsamplings, WebP without and with loss."""

from __future__ import annotations

import io
from dataclasses import dataclass
from random import Random

import numpy as np
from PIL import Image

from .weak import Pixels

QUALITIES = (50, 95)
# In turn, so that few items have all of them.
_TURNS = (
    ("png", ""), ("jpeg", "4:2:0"), ("webp", "lossy"), ("jpeg", "4:4:4"), ("png", ""), ("webp", "lossless"),
    ("jpeg", "4:2:0"), ("png", ""),
)  # fmt: skip
_SUBSAMPLING = {"4:4:4": 0, "4:2:0": 2}


@dataclass(frozen=True, slots=True)
class Encoding:
    """`format` as in the dataset; `detail`: subsampling of a JPEG, lossless or lossy WebP; no quality: no loss."""

    format: str
    detail: str
    quality: int | None

    @property
    def name(self) -> str:
        return " ".join(str(part) for part in (self.format, self.detail, self.quality) if part)

    def encoded(self, image: Image.Image) -> bytes:
        """The picture as it is stored; the same bytes each time on one machine."""
        stored = io.BytesIO()
        if self.format == "png":
            image.save(stored, "PNG", compress_level=2)
        elif self.format == "jpeg":
            image.save(stored, "JPEG", quality=self.quality, subsampling=_SUBSAMPLING[self.detail])
        elif self.quality is None:
            image.save(stored, "WEBP", lossless=True, quality=20, method=0)
        else:
            image.save(stored, "WEBP", quality=self.quality, method=1)
        return stored.getvalue()


def encoding(dice: Random, number: int) -> Encoding:
    """The encoding of an item by its number; only the quality is chance."""
    name, detail = _TURNS[(number + number // 12) % len(_TURNS)]
    is_lossy = name == "jpeg" or detail == "lossy"
    return Encoding(name, detail, dice.randrange(QUALITIES[0], QUALITIES[1] + 1) if is_lossy else None)


def decoded(content: bytes) -> Pixels:
    """Height x width x RGB."""
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))
