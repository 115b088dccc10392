"""Colours of maps, computed in OKLCH so that equal steps look equal: amber to maroon, and blue to orange.

OKLab: Björn Ottosson, "A perceptual color space for image processing" (2020).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

LEVELS_N = 256
# The level of a difference map where A and B are equal. Levels below lean to B, levels above to A.
EVEN = 128
# Where a difference cannot be told from chance, whatever its size. It is no step of the ramp.
UNTOLD = 0
Colours = NDArray[np.uint8]
_TO_LMS = np.array(
    [
        [1.0, 0.3963377774, 0.2158037573],
        [1.0, -0.1055613458, -0.0638541728],
        [1.0, -0.0894841775, -1.291485548],
    ]
)
_TO_RGB = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.707614701],
    ]
)
_BLUE, _ORANGE = 255.0, 58.0
_GREY = {False: (110, 118, 129), True: (152, 162, 179)}


@lru_cache(maxsize=2)
def heat_colours(*, is_dark: bool) -> Colours:
    """RGBA of each of LEVELS_N levels; level 0 is clear. More is darker on a light page, lighter on a dark one."""
    share = np.linspace(0, 1, LEVELS_N)
    lightness = 0.36 + 0.58 * share if is_dark else 0.88 - 0.60 * share
    chroma = 0.06 + 0.10 * np.sin(np.pi * (0.05 + 0.85 * share))
    hue = 15 + 85 * share if is_dark else 85 - 70 * share
    alpha = 0.92 * share**0.6
    table = np.column_stack([oklch(lightness, chroma, hue), np.rint(255 * alpha).astype(np.uint8)])
    table[0, 3] = 0
    return _fixed(table)


@lru_cache(maxsize=2)
def difference_colours(*, is_dark: bool) -> Colours:
    """RGBA of each of LEVELS_N levels: more in B is blue, more in A is orange, EVEN clear, UNTOLD grey."""
    away = (np.arange(LEVELS_N) - EVEN) / (LEVELS_N - 1 - EVEN)
    size = np.clip(np.abs(away), 0, 1)
    lightness = 0.45 + 0.37 * size if is_dark else 0.84 - 0.32 * size
    hue = np.where(away < 0, _BLUE, _ORANGE)
    alpha = np.where(size > 0, 0.35 + 0.60 * size**0.7, 0)
    table = np.column_stack(
        [oklch(lightness, 0.05 + 0.08 * size, hue), np.rint(255 * alpha).astype(np.uint8)]
    )
    table[UNTOLD] = (*_GREY[is_dark], 96)
    return _fixed(table)


def oklch(lightness: NDArray[np.float64], chroma: NDArray[np.float64], hue: NDArray[np.float64]) -> Colours:
    """sRGB bytes of colours given by lightness (0-1), chroma and hue (degrees), cut to what a screen can show."""
    angle = np.deg2rad(hue)
    lab = np.column_stack([lightness, chroma * np.cos(angle), chroma * np.sin(angle)])
    linear = np.clip((lab @ _TO_LMS.T) ** 3 @ _TO_RGB.T, 0, 1)
    curved = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    found: Colours = np.rint(255 * curved).astype(np.uint8)
    return found


def _fixed(table: NDArray[np.uint8]) -> Colours:
    table.flags.writeable = False
    return table
