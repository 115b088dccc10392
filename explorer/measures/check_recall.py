"""What share of all leaks the automatic checks had flagged, with bounds that hold."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.measures.leak_bounds import binomial_lower, binomial_upper


@dataclass(frozen=True, slots=True)
class Recall:
    """Share of leaks that were flagged, 0 to 1; None where no leak was found. Each end errs in at most its alpha."""

    flagged_n: int
    leaks_n: int
    rate: float | None
    rate_lo: float
    rate_hi: float


def recall_by_census(
    flagged: tuple[int, int],
    missed: tuple[int, int],
    found: tuple[int, int, int] | None = None,
    others_n: int = 0,
) -> Recall:
    """Recall where all flagged moments were reviewed.

    flagged: leaks among them, without and with unsure and broken ones
    missed: bounds of the leaks among all moments that were not flagged
    found: leaks among the moments drawn of those, how many were drawn, and how many there are (for the estimate)
    others_n: leaks among those that were not flagged and all reviewed as well
    """
    leaks_n, counted_n = flagged
    lo, hi = missed
    about = others_n + (found[0] * found[2] / found[1] if found and found[1] else 0.0)
    total = leaks_n + about
    return Recall(
        flagged_n=leaks_n,
        leaks_n=leaks_n + others_n + (found[0] if found else 0),
        rate=leaks_n / total if total else None,
        rate_lo=leaks_n / (leaks_n + hi) if leaks_n else 0.0,
        rate_hi=counted_n / (counted_n + lo) if counted_n + lo else 1.0,
    )


def recall_in_sample(flagged_n: int, leaks_n: int, alpha: float) -> Recall:
    """Recall among the leaks of one random sample, flagged or not; interval at alpha / 2 an end.

    The leaks that were drawn are a draw from all leaks, whose number is unknown. A hypergeometric count is a sum of
    independent 0/1 variables, so Clopper & Pearson's ends hold by Hoeffding 1956 for shares that lie a whole item away.
    """
    if not leaks_n:
        return Recall(flagged_n, 0, None, 0.0, 1.0)
    lo = min(binomial_lower(flagged_n, leaks_n, alpha / 2), max(0, flagged_n - 1) / leaks_n)
    hi = max(binomial_upper(flagged_n, leaks_n, alpha / 2), min(leaks_n, flagged_n + 1) / leaks_n)
    return Recall(flagged_n, leaks_n, flagged_n / leaks_n, lo, hi)
