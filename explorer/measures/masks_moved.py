"""Whether the masks of a picture would cover text, each its own, if all were moved or scaled alike.

A mask fits at a place when text that no mask covers begins within it, ends within it, and does not go on beyond its
edges. One mask fits somewhere by chance; most masks of a session do so at one distance, or at one scale, only when that
is what went wrong. Sums over rectangles come from a table of running sums (Crow 1984).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Sums = NDArray[np.int32]
Box = tuple[int, int, int, int]

SCALES = (0.5, 2 / 3, 0.8, 1.25, 1.5, 2.0)
FARTHEST_PX, STEP_PX = 96, 2
_EDGE_LEVELS = 32
_BAND, _LEAST_OPEN, _LEAST_INK = 0.45, 0.3, 0.04
_LEAST_FIT, _LEAST_MOVED, _SCALE_SHARE, _DISTANCE_SHARE, _MOST_MOVED = 4, 8, 0.12, 0.38, 32


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """Running sums, from the top left, of pixels at edges of letters that no mask covers, and of covered pixels."""

    ink: Sums
    taken: Sums

    @property
    def size(self) -> tuple[int, int]:
        return self.ink.shape[1] - 1, self.ink.shape[0] - 1


def ink_of(pixels: Pixels, taken: Bools) -> Ink:
    """The running sums of a picture; pixels next to a mask count as covered."""
    near = taken.copy()
    near[1:] |= taken[:-1]
    near[:-1] |= taken[1:]
    near[:, 1:] |= near[:, :-1].copy()
    near[:, :-1] |= near[:, 1:].copy()
    green = pixels[..., 1].copy()
    is_edge = np.zeros(green.shape, bool)
    is_edge[:, 1:] = _differ(green[:, 1:], green[:, :-1])
    is_edge[1:] |= _differ(green[1:], green[:-1])
    return Ink(_sums(is_edge & ~near), _sums(near))


def _differ(one: Pixels, other: Pixels) -> Bools:
    """Where two differ by more than edges of letters do at least; without numbers that need more than a byte."""
    return np.maximum(one, other) - np.minimum(one, other) > _EDGE_LEVELS


def _sums(flags: Bools) -> Sums:
    sums = np.zeros((flags.shape[0] + 1, flags.shape[1] + 1), np.int32)
    sums[1:, 1:] = flags.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    return sums


def fits(ink: Ink, left: Ints, top: Ints, right: Ints, bottom: Ints) -> tuple[Bools, Bools]:
    """Whether boxes can be judged (open and within the picture), and whether text fits into them; any shape."""
    width, height = ink.size
    is_inside = (left >= 2) & (top >= 2) & (right <= width - 2) & (bottom <= height - 2)
    is_inside &= (right - left >= 4) & (bottom - top >= 4)
    left, right = np.clip(left, 2, width - 6), np.clip(right, 6, width - 2)
    top, bottom = np.clip(top, 2, height - 6), np.clip(bottom, 6, height - 2)
    right, bottom = np.maximum(right, left + 4), np.maximum(bottom, top + 4)
    area = (right - left) * (bottom - top)
    is_open = is_inside & (_sum(ink.taken, left, top, right, bottom) <= (1 - _LEAST_OPEN) * area)
    band = np.minimum(right - left, np.maximum(2, (_BAND * (bottom - top)).astype(np.int64)))
    is_clear = (_sum(ink.ink, left - 1, top - 1, right + 1, bottom + 1)
                == _sum(ink.ink, left + 1, top + 1, right - 1, bottom - 1))  # fmt: skip
    begins = _any(ink, left, top, left + band, bottom)
    ends = _any(ink, right - band, top, right, bottom)
    has_ink = _sum(ink.ink, left, top, right, bottom) >= _LEAST_INK * area
    return is_open, is_open & is_clear & begins & ends & has_ink


def _any(ink: Ink, left: Ints, top: Ints, right: Ints, bottom: Ints) -> Bools:
    """Whether a box holds ink, or is covered so that it might."""
    found: Bools = (_sum(ink.ink, left, top, right, bottom) > 0) | (
        2 * _sum(ink.taken, left, top, right, bottom) >= (right - left) * (bottom - top)
    )
    return found


def _sum(sums: Sums, left: Ints, top: Ints, right: Ints, bottom: Ints) -> Sums:
    flat, across = sums.ravel(), sums.shape[1]
    low, high = bottom * across, top * across
    near, far = (
        (flat.take(low + at, mode="wrap"), flat.take(high + at, mode="wrap")) for at in (left, right)
    )
    found: Sums = far[0] - far[1] - near[0] + near[1]
    return found


def at_scales(ink: Ink, boxes: Ints) -> tuple[Bools, Bools]:
    """For each of SCALES and each box: judged, and fits where the box lay before it was scaled by that."""
    by = np.array(SCALES)[:, None, None]
    left, top, right, bottom = np.moveaxis(np.round(boxes[None] / by).astype(np.int64), -1, 0)
    return fits(ink, left, top, right, bottom)


def at_distances(ink: Ink, box: Box) -> tuple[Bools, Bools]:
    """For each distance down and across from -FARTHEST_PX by STEP_PX: judged, and fits if it was moved by that."""
    reach = np.arange(-FARTHEST_PX, FARTHEST_PX + 1, STEP_PX)
    down, across = reach[:, None], reach[None, :]
    left, top, right, bottom = box
    return fits(ink, left - across, top - down, right - across, bottom - down)


class Votes:
    """How many masks of a session fit at each scale and at each distance, of those that can be judged there."""

    def __init__(self) -> None:
        self._scales = np.zeros((2, len(SCALES)), np.int64)
        reach = 2 * FARTHEST_PX // STEP_PX + 1
        self._distances = np.zeros((2, reach, reach), np.int64)
        self._boxes: set[Box] = set()

    def count(self, ink: Ink, boxes: list[Box]) -> None:
        """Count the masks of one picture, each place once in a session."""
        new = [box for box in dict.fromkeys(boxes) if box not in self._boxes]
        if not new:
            return
        self._scales += [votes.sum(axis=1) for votes in at_scales(ink, np.array(new, np.int64))]
        for box in new[: max(0, _MOST_MOVED - len(self._boxes))]:
            judged, fit = at_distances(ink, box)
            self._distances[0] += judged
            self._distances[1] += _widened(fit)
        self._boxes.update(new)

    @property
    def scale(self) -> str | None:
        """The scale that the masks are off by, in words; None where too few fit at any."""
        judged, fit = self._scales
        best = int(fit.argmax())
        others = np.delete(fit, best).max()
        is_so = fit[best] >= max(_LEAST_FIT, _SCALE_SHARE * judged[best], 2 * others)
        return f"scale {SCALES[best]:.3g}" if is_so else None

    @property
    def distance(self) -> str | None:
        """The distance that they were moved by, likewise."""
        judged, fit = self._distances
        down, across = np.unravel_index(int(fit.argmax()), fit.shape)
        n = int(fit[down, across])
        if n < max(_LEAST_MOVED, _DISTANCE_SHARE * judged[down, across], _DISTANCE_SHARE / 2 * self._masks_n):
            return None
        return f"distance {across * STEP_PX - FARTHEST_PX}, {down * STEP_PX - FARTHEST_PX} px"

    @property
    def _masks_n(self) -> int:
        return min(len(self._boxes), _MOST_MOVED)


def _widened(fit: Bools) -> Bools:
    """Places within a step of one that fits, too: margins vary."""
    wide = fit
    for axis in (0, 1):
        shifted = [np.roll(wide, by, axis) for by in (-1, 1)]
        wide = np.logical_or.reduce([wide, *shifted])
    return wide
