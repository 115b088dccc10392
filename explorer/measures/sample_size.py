"""Before a review starts: how many moments to draw, and how likely it then passes.

Everything here is exact: sums of hypergeometric chances, no simulation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.measures.peekable_bounds import Prior, clean_looks, passes_by
from explorer.measures.sensitivity import limit_n, most_leaks
from explorer.measures.tail_chances import hypergeometric_at_most, is_rare, log_choose

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# A peekable plan is followed up to so many leaks; beyond, it hardly ever passes.
_MOST_LEAKS = 60
_CURVE_POINTS = 120


@dataclass(frozen=True, slots=True)
class Aim:
    """What a sample has to show.

    moments_n: of the whole population; rest_n: of those that are drawn from, the census left out
    alpha: the leaks' share of alpha; sensitivity: share of leaks that reviewers find at least (1: all)
    census_leaks_n: leaks expected in, or found by, the census
    prior: of a peekable plan; None for a fixed one
    """

    moments_n: int
    rest_n: int
    target_rate: float
    alpha: float
    sensitivity: float = 1.0
    census_leaks_n: int = 0
    prior: Prior | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.rest_n <= self.moments_n:
            raise ValueError("no more moments can be drawn from than there are")
        if not (0 < self.alpha < 0.5 and 0 < self.sensitivity <= 1 and self.census_leaks_n >= 0):
            raise ValueError(
                "alpha must be above 0 and below 0.5, sensitivity above 0 and at most 1, leaks 0 or more"
            )

    @property
    def ruled_out_n(self) -> int:
        """Smallest number of findable leaks in the rest that would be too many; 0 or less: the census has too many."""
        limit = limit_n(self.target_rate, self.moments_n)
        findable_n = int(self.sensitivity * (limit + 1)) + 1
        while findable_n > 0 and most_leaks(findable_n - 1, self.sensitivity, self.moments_n) > limit:
            findable_n -= 1
        return findable_n - self.census_leaks_n


@dataclass(frozen=True, slots=True)
class OperatingCurve:
    """Chance of passing by true number of leaks, outside the census; `leak_rate` is of the whole population."""

    leaks_n: Ints
    leak_rate: Floats
    pass_chance: Floats


def smallest_sample(aim: Aim, allowed_n: int = 0) -> int | None:
    """Fewest moments to draw so that a sample with `allowed_n` counted as leaks still passes.

    None where not even a review of all of them would. In a peekable plan: the first look at which it passes.
    """
    if allowed_n < 0:
        raise ValueError("allowed leaks are 0 or more")
    return _fewest(aim, allowed_n, allowed_n)


def clean_items_to_pass(aim: Aim, counted_n: int, seen_n: int) -> int | None:
    """How many more moments, all clean, let a sample pass that has `counted_n` of `seen_n`; None: no number does.

    A statement about going on only in a peekable plan. A fixed one must not go on: there it tells what was missing.
    """
    fewest = _fewest(aim, counted_n, seen_n)
    return None if fewest is None else fewest - seen_n


def _fewest(aim: Aim, k: int, at_least: int) -> int | None:
    out_n = aim.ruled_out_n
    if out_n <= k or at_least > aim.rest_n:
        return None
    if out_n > aim.rest_n:
        return at_least
    if aim.prior:
        return max(at_least, int(clean_looks(aim.rest_n, out_n, aim.alpha, aim.prior, k)[k]))
    lo, hi = at_least - 1, aim.rest_n
    while hi - lo > 1:
        middle = (lo + hi) // 2
        lo, hi = (lo, middle) if is_rare(k, middle, aim.rest_n, out_n, aim.alpha) else (middle, hi)
    return hi


def allowed_leaks(aim: Aim, drawn_n: int) -> int:
    """Most moments counted as leaks with which a fixed sample of this size passes; -1: it never does."""
    out_n = aim.ruled_out_n
    if out_n > aim.rest_n:
        return drawn_n
    lo, hi = -1, min(drawn_n, out_n)
    while hi - lo > 1:
        middle = (lo + hi) // 2
        lo, hi = (middle, hi) if is_rare(middle, drawn_n, aim.rest_n, out_n, aim.alpha) else (lo, middle)
    return lo


def pass_chance(aim: Aim, drawn_n: int, leaks_n: int) -> float:
    """Chance of passing with `leaks_n` findable leaks in the rest, after at most `drawn_n` looks."""
    return float(pass_chances(aim, drawn_n, np.array([leaks_n]))[0])


def operating_curve(aim: Aim, drawn_n: int) -> OperatingCurve:
    """Chance of passing at no leak, and on to three times as many as would be too many."""
    most = min(aim.rest_n, max(10, 3 * aim.ruled_out_n))
    leaks_n = np.unique(np.linspace(0, most, _CURVE_POINTS).round().astype(np.int64))
    leak_rate = (leaks_n + aim.census_leaks_n) / max(aim.moments_n, 1)
    return OperatingCurve(leaks_n, leak_rate, pass_chances(aim, drawn_n, leaks_n))


def pass_chances(aim: Aim, drawn_n: int, leaks_n: Ints) -> Floats:
    """The same for many numbers of leaks at once."""
    if aim.prior is None:
        k = allowed_leaks(aim, drawn_n)
        return np.array(
            [hypergeometric_at_most(k, drawn_n, aim.rest_n, n) if k >= 0 else 0.0 for n in leaks_n.tolist()]
        )
    if not 0 < aim.ruled_out_n <= aim.rest_n:
        return np.full(len(leaks_n), float(aim.ruled_out_n > 0))
    looks = clean_looks(
        aim.rest_n, aim.ruled_out_n, aim.alpha, aim.prior, min(_MOST_LEAKS, aim.ruled_out_n - 1)
    )
    looks = looks[looks <= drawn_n]
    return passes_by(looks, aim.rest_n, leaks_n)[:, -1] if len(looks) else np.zeros(len(leaks_n))


def expected_looks(multiplicities: Ints, drawn_n: int) -> float:
    """Looks that `drawn_n` draws of moments cost on average, where each unit stands for so many moments."""
    of = np.asarray(multiplicities, np.int64)
    total_n = int(of.sum())
    if not 0 <= drawn_n <= total_n:
        raise ValueError("not more can be drawn than there is")
    sizes, units_n = np.unique(of, return_counts=True)
    missed = np.exp(log_choose(total_n - sizes, drawn_n) - log_choose(total_n, drawn_n))
    return float((units_n * (1 - missed)).sum())
