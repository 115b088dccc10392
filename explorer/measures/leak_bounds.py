"""How many leaks there are at most, and at least, after some moments of a finite population were looked at.

One-sided bounds with guaranteed coverage, whatever the leaks have in common: the chance that a bound misses the true
number is at most alpha. No normal, bootstrap or Bayesian interval is used (in simulations such ones let 15 to 34 % of
bad collections pass). docs/decisions/review-statistics.md has the reasons and the proofs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf

from explorer.measures.tail_chances import binomial_at_most, binomial_rate, is_rare

# A strip of a population: moments drawn, moments there are.
Part = tuple[int, int]
# The same after the look: counted as leaks, drawn, there are.
CountedPart = tuple[int, int, int]
# Chances of a binomial are off by less than this share of themselves.
_SLACK = 1e-9


def hypergeometric_upper(k: int, drawn_n: int, of_n: int, alpha: float) -> int:
    """Largest number of leaks of `of_n` at which k or fewer among `drawn_n` drawn have a chance above alpha. Exact."""
    _check(k, drawn_n, of_n, alpha)
    return _last(k, of_n - drawn_n + k, lambda leaks_n: not is_rare(k, drawn_n, of_n, leaks_n, alpha))


def hypergeometric_lower(k: int, drawn_n: int, of_n: int, alpha: float) -> int:
    """Smallest number of leaks at which k or more among those drawn have a chance above alpha. Exact."""
    return of_n - hypergeometric_upper(drawn_n - k, drawn_n, of_n, alpha)


def binomial_upper(k: int, n: int, alpha: float) -> float:
    """Highest rate at which k or fewer of n have a chance above alpha (Clopper & Pearson 1934); 1 if n is 0."""
    _check(k, n, inf, alpha)
    if k == n:
        return 1.0
    if k == 0:
        return float(1 - alpha ** (1 / n))
    return binomial_rate(k, n, alpha)


def binomial_lower(k: int, n: int, alpha: float) -> float:
    """Lowest rate at which k or more of n have a chance above alpha: 30 of 30 at 5 % gives 0.905; 0 if n is 0."""
    return alpha ** (1 / n) if k == n > 0 else 1 - binomial_upper(n - k, n, alpha)


def pooled_upper(k: int, parts: Sequence[Part], alpha: float) -> int:
    """Most leaks in strata drawn each for itself, k found in all: Hoeffding 1956 with the smallest fraction."""
    drawn_n, of_n = _sums(parts)
    fraction = min((n / size for n, size in parts if size), default=1.0)
    return min(thinned_upper(k, drawn_n, of_n, fraction, alpha), of_n - drawn_n + k)


def thinned_upper(k: int, drawn_n: int, of_n: int, chance: float, alpha: float) -> int:
    """Most leaks if each one is among the k found with at least this chance, and k is a sum of 0/1 variables.

    Of a number of leaks at most j = min(drawn, leaks) can be found, and `chance` times their number is on average.
    By Hoeffding 1956, k or fewer are then no likelier than in a binomial of j with that mean, if it is k + 1 or more.
    """
    _check(k, drawn_n, of_n, alpha)

    def is_possible(leaks_n: int) -> bool:
        of, mean = min(drawn_n, leaks_n), chance * leaks_n
        return k + 1 > mean or binomial_at_most(k, of, mean / of) * (1 + _SLACK) > alpha

    return _last(k, of_n, is_possible)


def pooled_lower(k: int, parts: Sequence[Part], alpha: float) -> int:
    """Least leaks in strata drawn each for itself, k found in all: Hoeffding 1956 with the largest fraction."""
    drawn_n, of_n = _sums(parts)
    _check(k, drawn_n, of_n, alpha)
    fraction = max((n / size for n, size in parts if size), default=1.0)

    def is_too_few(leaks_n: int) -> bool:
        of, mean = min(drawn_n, leaks_n), fraction * leaks_n
        if leaks_n < k or mean == 0:
            return leaks_n < k
        return k >= mean + 1 and binomial_at_most(of - k, of, 1 - mean / of) * (1 + _SLACK) <= alpha

    return _last(-1, of_n, is_too_few) + 1 if k else 0


def separate_upper(parts: Sequence[CountedPart], alpha: float) -> int:
    """Most leaks in strata drawn each for itself with any fractions: exact bounds at alpha / strata (Bonferroni)."""
    return sum(hypergeometric_upper(k, n, of_n, alpha / len(parts)) for k, n, of_n in parts)


def separate_lower(parts: Sequence[CountedPart], alpha: float) -> int:
    """Least leaks in strata drawn each for itself with any fractions: exact bounds at alpha / strata (Bonferroni)."""
    return sum(hypergeometric_lower(k, n, of_n, alpha / len(parts)) for k, n, of_n in parts)


def _sums(parts: Sequence[Part]) -> Part:
    if any(not 0 <= n <= of_n for n, of_n in parts):
        raise ValueError("not more can be drawn than there is")
    return sum(n for n, _ in parts), sum(of_n for _, of_n in parts)


def _last(lo: int, hi: int, is_so: Callable[[int], bool]) -> int:
    """Largest number from lo to hi that is so, where all below one are and none from there on is; lo always is."""
    while lo < hi:
        middle = (lo + hi + 1) // 2
        lo, hi = (middle, hi) if is_so(middle) else (lo, middle - 1)
    return lo


def _check(k: int, drawn_n: int, of_n: float, alpha: float) -> None:
    if not 0 <= k <= drawn_n <= of_n:
        raise ValueError("a bound needs 0 <= found <= drawn <= all there are")
    if not 0 < alpha < 0.5:
        raise ValueError("alpha must be above 0 and below 0.5")
