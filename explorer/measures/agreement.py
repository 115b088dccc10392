"""How far two readings of the same items agree on what is a leak.

Where leaks are rare, two readers agree on nearly everything, whatever they do. Positive agreement looks at what at
least one of them called a leak. Cohen's kappa (1960) is near it then. Neither has an interval by normal approximation
that holds with a handful of leaks; these hold.
"""

from __future__ import annotations

from dataclasses import dataclass

from explorer.measures.leak_bounds import binomial_lower, binomial_upper


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the ends of its interval."""

    value: float
    lo: float
    hi: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `items_n` items read twice, `either_n` were a leak in one reading or both.

    `positive`: 2 both / (2 both + one of them); `kappa`: Cohen's. None where it cannot be told: no reading said leak,
    or (kappa) all did.
    """

    items_n: int
    either_n: int
    positive: Interval | None
    kappa: Interval | None


def agreement(both_n: int, first_n: int, second_n: int, neither_n: int, *, alpha: float = 0.05) -> Agreement:
    """Agreement from counts of items that both readings, the first alone, the second alone, and neither called a leak.

    Each of the two intervals holds with a chance of 1 - alpha or more, for items drawn independently.
    With theta the share of both among either: given their number, both are binomial, so Clopper & Pearson's interval
    of theta is exact, and positive agreement is 2 theta / (1 + theta). Kappa also falls with the share of items that
    are a leak in either reading, so its ends come from the ends of both, each at alpha / 2.
    """
    if min(both_n, first_n, second_n, neither_n) < 0:
        raise ValueError("counts are 0 or more")
    either_n = both_n + first_n + second_n
    items_n = either_n + neither_n
    if not either_n:
        return Agreement(items_n, 0, None, None)
    lo, hi = _two_sided(both_n, either_n, alpha)
    positive = Interval(_positive(both_n / either_n), _positive(lo), _positive(hi))
    return Agreement(
        items_n, either_n, positive, _kappa_interval(both_n, first_n, second_n, neither_n, alpha)
    )


def _kappa_interval(
    both_n: int, first_n: int, second_n: int, neither_n: int, alpha: float
) -> Interval | None:
    items_n, either_n = both_n + first_n + second_n + neither_n, both_n + first_n + second_n
    first, second = (both_n + first_n) / items_n, (both_n + second_n) / items_n
    by_chance = first * second + (1 - first) * (1 - second)
    if by_chance == 1:
        return None
    value = ((both_n + neither_n) / items_n - by_chance) / (1 - by_chance)
    theta_lo, theta_hi = _two_sided(both_n, either_n, alpha / 2)
    share_lo, share_hi = _two_sided(either_n, items_n, alpha / 2)
    # Agreement by chance is most where both say leak equally often, least where one says it whenever the other does.
    lo = _kappa(theta_lo, share_hi * ((1 + theta_lo) / 2) ** 2)
    hi = _kappa(theta_hi, share_lo * theta_hi)
    return Interval(value, min(lo, value), max(hi, value))


def _kappa(theta: float, product: float) -> float:
    """Cohen's kappa; `product`: the readers' shares of leaks, multiplied, per share of items with either."""
    below = (1 + theta) / 2 - product
    return 1.0 if below <= 0 else max(-1.0, (theta - product) / below)


def _positive(theta: float) -> float:
    return 2 * theta / (1 + theta)


def _two_sided(k: int, n: int, alpha: float) -> tuple[float, float]:
    return binomial_lower(k, n, alpha / 2), binomial_upper(k, n, alpha / 2)
