"""Displays: which geometry holds when, where a point lies in it, and an estimate where none was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.trace.grid import NO_CELL, cells

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

COVERED_SHARE = 0.999
# Sizes that screens are sold with, as pointers see them (logical sizes of scaled screens included).
STANDARD_SIZES = (
    (800, 600), (1024, 768), (1280, 720), (1280, 800), (1366, 768), (1280, 960), (1440, 900), (1280, 1024),
    (1470, 956), (1600, 900), (1512, 982), (1536, 864), (1680, 1050), (1600, 1200), (1728, 1117), (1920, 1080),
    (1920, 1200), (2560, 1080), (2048, 1536), (2560, 1440), (3840, 1080), (2560, 1600), (3440, 1440), (3840, 1600),
    (3840, 2160), (5120, 1440), (5120, 2160), (5120, 2880), (6016, 3384), (7680, 4320),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Display:
    """One display's geometry from `start_us` (included) to `end_us` (excluded; None: to the end)."""

    display_id: str
    left_px: int
    top_px: int
    width_px: int
    height_px: int
    start_us: int = 0
    end_us: int | None = None
    px_per_pt: float | None = None
    is_primary: bool = True
    is_estimated: bool = False
    coordinate_space: str = "physical_px"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where points lie: index of the display (-1: on none), whether any geometry held, shares, and cells."""

    display: Ints
    has_geometry: NDArray[np.bool_]
    x_rel: Floats
    y_rel: Floats
    cell: Ints


def place(displays: Sequence[Display], t_us: Ints, x: Floats, y: Floats) -> Placement:
    """Find each point on the display that was valid at its time; NaN coordinates lie nowhere.

    On overlapping displays (mirrored screens) the first one listed wins.
    """
    n = len(x)
    placement = Placement(
        np.full(n, -1, np.int64), np.zeros(n, bool), np.full(n, np.nan), np.full(n, np.nan),
        np.full(n, NO_CELL, np.int64),
    )  # fmt: skip
    for index, display in enumerate(displays):
        is_valid = t_us >= display.start_us
        if display.start_us <= 0:
            is_valid = np.ones(n, bool)
        if display.end_us is not None:
            is_valid &= t_us < display.end_us
        placement.has_geometry[is_valid] = True
        found = cells(
            x, y, left=display.left_px, top=display.top_px, width=display.width_px, height=display.height_px
        )
        hit = is_valid & (found != NO_CELL) & (placement.display == -1)
        placement.display[hit] = index
        placement.cell[hit] = found[hit]
        placement.x_rel[hit] = (x[hit] - display.left_px) / display.width_px
        placement.y_rel[hit] = (y[hit] - display.top_px) / display.height_px
    return placement


def estimate_size(x: Floats, y: Floats) -> tuple[int, int] | None:
    """Smallest standard size, origin at its top left, that covers 99.9 % of the points; None when none does."""
    known = np.isfinite(x) & np.isfinite(y)
    x, y = x[known], y[known]
    if not len(x):
        return None
    is_positive = (x >= 0) & (y >= 0)
    for width, height in sorted(STANDARD_SIZES, key=lambda size: size[0] * size[1]):
        covered_n = np.count_nonzero(is_positive & (x < width) & (y < height))
        if covered_n >= COVERED_SHARE * len(x):
            return width, height
    return None
