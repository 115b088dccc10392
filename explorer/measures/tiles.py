"""A large picture in overlapping parts, so that reading it takes bounded memory and no letter is made smaller."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from explorer.measures.read_lines import Box

LARGEST_PX = (1920, 1200)
OVERLAP_PX = 320


@dataclass(frozen=True, slots=True)
class Tile:
    """`box` is what is read. What has its middle in `core` belongs to this tile; cores cover the picture once."""

    box: Box
    core: Box

    def owns(self, box: Box) -> bool:
        """Whether the middle of a box in picture pixels lies in the core."""
        across, along = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return self.core[0] <= across < self.core[2] and self.core[1] <= along < self.core[3]


def tiles(width: int, height: int) -> Iterator[Tile]:
    """Tiles of at most LARGEST_PX, of about equal size, row by row."""
    for top, bottom, core_top, core_bottom in _parts(height, LARGEST_PX[1]):
        for left, right, core_left, core_right in _parts(width, LARGEST_PX[0]):
            yield Tile((left, top, right, bottom), (core_left, core_top, core_right, core_bottom))


def _parts(length: int, longest: int) -> Iterator[tuple[int, int, int, int]]:
    """Start and end of each part with its core; outer cores go on beyond the picture, where boxes may reach."""
    n = max(1, math.ceil((length - OVERLAP_PX) / (longest - OVERLAP_PX)))
    size = math.ceil((length + (n - 1) * OVERLAP_PX) / n)
    starts = [min(at * (size - OVERLAP_PX), length - size) for at in range(n)]
    cuts = [-length, *(start + OVERLAP_PX // 2 for start in starts[1:]), 2 * length]
    for at, start in enumerate(starts):
        yield start, start + size, cuts[at], cuts[at + 1]
