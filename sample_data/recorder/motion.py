"""How a hand moves a pointer: minimum-jerk paths with a bow, tremor, and now and then an overshoot.

Movement time follows Fitts's law; the profile is Flash & Hogan's (1985) minimum-jerk polynomial.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

SAMPLE_US = 16_667
_OVERSHOOT_FROM_PX = 160.0


@dataclass(frozen=True, slots=True)
class Hand:
    """How one person moves: `pace` scales movement time (1: average), `tremor_px` is one standard deviation."""

    pace: float = 1.0
    overshoot_share: float = 0.35
    tremor_px: float = 0.5


Point = tuple[int, int]
Path = list[tuple[int, int, int]]


def pointer_path(start: Point, end: Point, width_px: float, hand: Hand, rng: Random) -> Path:
    """Positions on the way to `end` as (microseconds since the one before, x, y); consecutive ones differ.

    `width_px` is the size of what is aimed at.
    """
    distance = math.dist(start, end)
    if distance < 1:
        return []
    seconds = hand.pace * (0.13 + 0.12 * math.log2(distance / max(width_px, 8.0) + 1))
    if distance > _OVERSHOOT_FROM_PX and rng.random() < hand.overshoot_share:
        beyond = 1 + rng.uniform(0.02, 0.05)
        aim = (
            start[0] + (end[0] - start[0]) * beyond + rng.gauss(0, 3),
            start[1] + (end[1] - start[1]) * beyond + rng.gauss(0, 3),
        )
        stops = [(aim, seconds, 0.0), (end, hand.pace * rng.uniform(0.14, 0.24), rng.uniform(0.03, 0.09))]
    else:
        stops = [(end, seconds, 0.0)]
    return _distinct(start, end, _samples(start, stops, hand, rng))


def _samples(
    start: Point, stops: list[tuple[tuple[float, float], float, float]], hand: Hand, rng: Random
) -> list[tuple[int, float, float]]:
    samples: list[tuple[int, float, float]] = []
    x0, y0 = float(start[0]), float(start[1])
    for (x1, y1), seconds, pause in stops:
        bow = rng.gauss(0, 0.025) * math.dist((x0, y0), (x1, y1))
        steps = max(2, round(seconds * 1_000_000 / SAMPLE_US))
        angle = math.atan2(y1 - y0, x1 - x0)
        for step in range(1, steps + 1):
            done = step / steps
            along = done**3 * (10 - 15 * done + 6 * done**2)
            aside = bow * math.sin(math.pi * along)
            x = x0 + (x1 - x0) * along - aside * math.sin(angle) + rng.gauss(0, hand.tremor_px)
            y = y0 + (y1 - y0) * along + aside * math.cos(angle) + rng.gauss(0, hand.tremor_px)
            wait = SAMPLE_US + rng.randint(-900, 900) + (round(pause * 1_000_000) if step == 1 else 0)
            samples.append((wait, x, y))
        x0, y0 = x1, y1
    return samples


def _distinct(start: Point, end: Point, samples: list[tuple[int, float, float]]) -> Path:
    """Whole pixels; a sample that stands still is left out and its time goes to the next one."""
    path: Path = []
    last, waited = start, 0
    for index, (wait, x, y) in enumerate(samples):
        waited += wait
        point = end if index == len(samples) - 1 else (max(0, round(x)), max(0, round(y)))
        if point != last:
            path.append((waited, *point))
            last, waited = point, 0
    return path
