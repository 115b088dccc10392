"""What was found, stratum by stratum, and the bounds of all of it together.

Census strata count as they are. The others are bounded as the plan fixed it before anything was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from explorer.measures.leak_bounds import (
    CountedPart,
    hypergeometric_lower,
    hypergeometric_upper,
    pooled_lower,
    pooled_upper,
    separate_lower,
    separate_upper,
)
from explorer.measures.peekable_bounds import Priors, peekable_bounds

Drawn = Literal["together", "pooled", "separate"]


@dataclass(frozen=True, slots=True)
class StratumCount:
    """What was found in one stratum, in moments.

    `leaks_n`: drawn ones with a verdict of leak. `counted_n`: with unsure, broken and not judged ones, which the upper
    bound counts as leaks. `same_leaks_n`, `same_clean_n`: moments that were not drawn, of units that were judged to
    leak, or to be clean.
    """

    moments_n: int
    drawn_n: int
    leaks_n: int
    counted_n: int
    is_census: bool = False
    same_leaks_n: int = 0
    same_clean_n: int = 0

    def __post_init__(self) -> None:
        parts = (self.same_leaks_n, self.same_clean_n, self.leaks_n)
        if min(parts) < 0 or not self.leaks_n <= self.counted_n <= self.drawn_n <= self.moments_n:
            raise ValueError("a stratum needs 0 <= leaks <= counted <= drawn <= moments")
        if self.drawn_n + self.same_leaks_n + self.same_clean_n > self.moments_n:
            raise ValueError("more moments are known than there are")
        if self.is_census and self.drawn_n != self.moments_n:
            raise ValueError("a census draws every moment")


@dataclass(frozen=True, slots=True)
class LeakBounds:
    """Findable leaks among `moments_n`: at least `leaks_lo_n`, at most `leaks_hi_n`; each end errs in at most alpha."""

    leaks_lo_n: int
    leaks_hi_n: int
    moments_n: int
    alpha: float


def leak_bounds(
    strata: Sequence[StratumCount], alpha: float, drawn: Drawn = "together", priors: Priors | None = None
) -> LeakBounds:
    """Bounds for all strata together.

    drawn: `together` (all moments outside the census in one draw), `pooled` (each stratum for itself, with about the
    same fraction) or `separate` (each for itself, with any fractions)
    priors: of a peekable plan, drawn together; `drawn_n` is then how many of the draw, from its start, are judged
    """
    rest = [one for one in strata if not one.is_census and one.moments_n]
    census = [one for one in strata if one.is_census]
    upper, lower = _peekable(priors) if priors else _FIXED[drawn]
    hi = upper([(one.counted_n, one.drawn_n, one.moments_n) for one in rest], alpha) if rest else 0
    lo = lower([(one.leaks_n, one.drawn_n, one.moments_n) for one in rest], alpha) if rest else 0
    lo = max(lo, sum(one.leaks_n + one.same_leaks_n for one in rest))
    hi = max(lo, min(hi, sum(one.moments_n - _clean_n(one) for one in rest)))
    return LeakBounds(
        leaks_lo_n=lo + sum(one.leaks_n for one in census),
        leaks_hi_n=hi + sum(one.counted_n for one in census),
        moments_n=sum(one.moments_n for one in strata),
        alpha=alpha,
    )


def _clean_n(one: StratumCount) -> int:
    return one.drawn_n - one.counted_n + one.same_clean_n


_Rule = Callable[[Sequence[CountedPart], float], int]
_FIXED: dict[Drawn, tuple[_Rule, _Rule]] = {
    "together": (
        lambda parts, alpha: hypergeometric_upper(*_all(parts), alpha),
        lambda parts, alpha: hypergeometric_lower(*_all(parts), alpha),
    ),
    "pooled": (
        lambda parts, alpha: pooled_upper(_all(parts)[0], [part[1:] for part in parts], alpha),
        lambda parts, alpha: pooled_lower(_all(parts)[0], [part[1:] for part in parts], alpha),
    ),
    "separate": (separate_upper, separate_lower),
}


def _peekable(priors: Priors) -> tuple[_Rule, _Rule]:
    return (
        lambda parts, alpha: peekable_bounds(*_all(parts), alpha, priors.upper)[1],
        lambda parts, alpha: peekable_bounds(*_all(parts), alpha, priors.lower)[0],
    )


def _all(parts: Sequence[CountedPart]) -> CountedPart:
    return sum(k for k, _, _ in parts), sum(n for _, n, _ in parts), sum(of_n for _, _, of_n in parts)
