"""How many moments a plan draws, and how many items are planted and repeated; the formulas are in explorer/measures."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from explorer.measures.sample_size import Aim, smallest_sample
from explorer.measures.sensitivity import sensitivity_lower, split_alpha
from explorer.review.draw import MOST_PEEKED
from explorer.review.terms import Terms

_TURNS = 8


@dataclass(frozen=True, slots=True)
class Sizes:
    """Moments drawn from the rest, and items planted and repeated."""

    sampled_n: int
    planted_n: int
    repeated_n: int


def sizes_of(terms: Terms, moments_n: int, rest_n: int, alpha: float) -> Sizes:
    """The sizes for a population of `moments_n`, of which `rest_n` are drawn from and the others all reviewed.

    The more is planted, the higher the sensitivity that finding all of it shows, and the fewer moments are needed: some
    turns find where the two agree. A rest that is smaller than the sample is reviewed as a whole.
    """
    shares = split_alpha(alpha, terms.planted_share > 0)
    planted_n, sampled_n = 0, rest_n
    for _ in range(_TURNS):
        shown = sensitivity_lower(planted_n, planted_n, shares.sensitivity) if planted_n else 1.0
        sampled_n = _sampled(terms, moments_n, rest_n, shares.leaks, shown)
        now = _share_of(terms.planted_share, moments_n - rest_n + sampled_n)
        if now == planted_n:
            break
        planted_n = max(planted_n, now) if planted_n else now
    base_n = moments_n - rest_n + sampled_n
    return Sizes(sampled_n, planted_n if base_n else 0, _share_of(terms.repeated_share, base_n))


def _sampled(terms: Terms, moments_n: int, rest_n: int, alpha: float, sensitivity: float) -> int:
    if terms.is_peekable:
        return min(rest_n, MOST_PEEKED)
    aim = Aim(moments_n, rest_n, terms.target_rate, alpha, sensitivity)
    found = smallest_sample(aim, terms.allowed_leaks) if rest_n else 0
    return rest_n if found is None else min(found, rest_n)


def _share_of(share: float, items_n: int) -> int:
    return min(items_n, ceil(share * items_n)) if items_n else 0
