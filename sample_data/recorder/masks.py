"""Masks on pictures: a flat fill where all is well, and each way in which a redaction pass fails.

Pure functions over pixels and boxes. A failure leaves the value readable, in full or in part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from recorder.picture import Pixels

FILL = (0x4A, 0x53, 0x61)
BLOCK_PX = 4
BLUR_PX = 2.2
OPACITY = 0.86
# What a shifted or too small mask leaves open, as a share of the width.
OPEN_SHARE = 0.45


@dataclass(frozen=True, slots=True)
class Box:
    """Picture pixels from left and top to right and bottom, the last two just outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def within(self, pixels: Pixels) -> Box:
        """What of the box lies in the picture."""
        height, width = pixels.shape[:2]
        left, top = min(max(self.left, 0), width), min(max(self.top, 0), height)
        return Box(left, top, max(min(self.right, width), left), max(min(self.bottom, height), top))

    def grown(self, across: int, along: int) -> Box:
        """The box with that many pixels more at each side, and above and below."""
        return Box(self.left - across, self.top - along, self.right + across, self.bottom + along)


@dataclass(frozen=True, slots=True)
class Mask:
    """What the pass declares: where it masked, and how. The two may differ from what can be seen."""

    box: Box
    method: str


Painter = Callable[[Pixels, Box], Mask | None]


def fill(pixels: Pixels, box: Box) -> Mask:
    """Cover the box with one colour."""
    pixels[box.top : box.bottom, box.left : box.right] = FILL
    return Mask(box, "fill")


def missed(pixels: Pixels, box: Box) -> None:
    """Leave the value as it is, and declare nothing."""


def blurred(pixels: Pixels, box: Box) -> Mask:
    """Blur the box: shapes of letters stay."""
    cut = Image.fromarray(pixels[box.top : box.bottom, box.left : box.right])
    pixels[box.top : box.bottom, box.left : box.right] = np.asarray(
        cut.filter(ImageFilter.GaussianBlur(BLUR_PX))
    )
    return Mask(box, "blur")


def pixelated(pixels: Pixels, box: Box) -> Mask:
    """Give each block of the box its mean colour."""
    for top in range(box.top, box.bottom, BLOCK_PX):
        for left in range(box.left, box.right, BLOCK_PX):
            block = pixels[top : min(top + BLOCK_PX, box.bottom), left : min(left + BLOCK_PX, box.right)]
            block[:] = block.reshape(-1, 3).mean(axis=0).round().astype(np.uint8)
    return Mask(box, "pixelate")


def translucent(pixels: Pixels, box: Box) -> Mask:
    """Cover the box with a colour that lets a little through: it looks filled."""
    below = pixels[box.top : box.bottom, box.left : box.right].astype(np.float64)
    covered = below * (1 - OPACITY) + np.array(FILL) * OPACITY
    pixels[box.top : box.bottom, box.left : box.right] = covered.round().astype(np.uint8)
    return Mask(box, "fill")


def shifted(pixels: Pixels, box: Box) -> Mask:
    """Cover a box of the right size that lies too far to the right."""
    by = max(6, round(box.width * OPEN_SHARE))
    return fill(pixels, Box(box.left + by, box.top, box.right + by, box.bottom).within(pixels))


def too_small(pixels: Pixels, box: Box) -> Mask:
    """Cover the end of the box only."""
    return fill(pixels, Box(box.left + max(6, round(box.width * OPEN_SHARE)), box.top, box.right, box.bottom))


# The failures of pictures by name. `neighbour` is `missed` in a picture whose neighbour masks the same value.
FAILURES: dict[str, Painter] = {
    "missed": missed, "blurred": blurred, "pixelated": pixelated, "translucent": translucent, "shifted": shifted,
    "too_small": too_small, "neighbour": missed,
}  # fmt: skip
