"""Masks that let the value through: blur, blocks, translucent colours, almost black bars.

Each is made once from chance and is then a plain function of the pixels in the box, so that the same mask can be
laid over another value.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from .looks import Colour

Pixels = NDArray[np.uint8]
Weak = Callable[[Pixels], Pixels]

# Shares of the height of the letters.
BLUR = (0.18, 0.6)
BLOCK = (0.22, 0.6)
OPACITY, NEAR_OPAQUE, NEAR_OPAQUE_SHARE = (0.6, 0.97), (0.97, 0.993), 0.25
NEAR_BLACK_OPACITY = (0.95, 0.993)


def blurred(dice: Random, letter_px: int, colour: Colour) -> Weak:
    """Gaussian or box blur."""
    radius = max(1.4, letter_px * dice.uniform(*BLUR))
    kernel = dice.choice((ImageFilter.GaussianBlur, ImageFilter.BoxBlur))(radius)
    return lambda pixels: np.asarray(Image.fromarray(pixels).filter(kernel))


def pixelated(dice: Random, letter_px: int, colour: Colour) -> Weak:
    """Blocks of the mean colour, or of the colour in their middle."""
    block = max(3, round(letter_px * dice.uniform(*BLOCK)))
    by = dice.choice((Image.Resampling.BOX, Image.Resampling.NEAREST))

    def mask(pixels: Pixels) -> Pixels:
        height, width = pixels.shape[:2]
        small = -(-width // block), -(-height // block)
        whole = np.pad(
            pixels, ((0, small[1] * block - height), (0, small[0] * block - width), (0, 0)), "edge"
        )
        blocks = Image.fromarray(whole).resize(small, by)
        large = blocks.resize((small[0] * block, small[1] * block), Image.Resampling.NEAREST)
        return np.asarray(large)[:height, :width]

    return mask


def translucent(dice: Random, letter_px: int, colour: Colour) -> Weak:
    """A colour that lets a little through, laid on once or in strokes of a marker."""
    opacity = dice.uniform(*(NEAR_OPAQUE if dice.random() < NEAR_OPAQUE_SHARE else OPACITY))
    if dice.random() < 0.7:
        return lambda pixels: _over(pixels, colour, np.float64(opacity))
    strokes_n, ends = dice.randrange(2, 5), dice.uniform(0.02, 0.2)

    def strokes(pixels: Pixels) -> Pixels:
        """Strokes that end at different places, so that some parts are covered more often."""
        width = pixels.shape[1]
        times = np.zeros(width)
        for n in range(strokes_n):
            times[round(width * ends * n) : width - round(width * ends * (strokes_n - 1 - n))] += 1
        each = 1 - (1 - opacity) ** (1 / strokes_n)
        return _over(pixels, colour, (1 - (1 - each) ** np.maximum(times, 1))[None, :, None])

    return strokes


def near_black(dice: Random, letter_px: int, colour: Colour) -> Weak:
    """A bar that looks black: what lies beneath is a few levels brighter or darker."""
    opacity = np.float64(dice.uniform(*NEAR_BLACK_OPACITY))
    floor = dice.randrange(0, 22)
    return lambda pixels: _over(pixels, (floor, floor, floor), opacity)


def _over(pixels: Pixels, colour: Colour, opacity: NDArray[np.float64] | np.float64) -> Pixels:
    made: Pixels = (pixels * (1 - opacity) + np.array(colour) * opacity).round().astype(np.uint8)
    return made


# Kind, its maker, and the method that the pass declares.
WEAK: dict[str, tuple[Callable[[Random, int, Colour], Weak], str]] = {
    "blurred": (blurred, "blur"), "pixelated": (pixelated, "pixelate"), "translucent": (translucent, "fill"),
    "near_black": (near_black, "fill"),
}  # fmt: skip
