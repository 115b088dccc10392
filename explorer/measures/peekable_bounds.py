"""Bounds that hold at every look: a reviewer may stop whenever they please.

Waudby-Smith & Ramdas 2020, "Confidence sequences for sampling without replacement": prior over posterior at the true
number of leaks is a martingale with mean 1, so it ever reaches 1 / alpha with a chance of at most alpha (Ville 1939).
The prior belongs to the plan. It decides how fast a bound shrinks, never whether it holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma, log

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.measures.tail_chances import log_choose, log_gamma, log_hypergeometric

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Logarithms of factorials of up to 10 million differ from the truth by less.
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Prior:
    """Beta-binomial prior of the number of leaks: `a` / (`a` + `b`) is the share that is expected."""

    a: float
    b: float

    def __post_init__(self) -> None:
        if not (0 < self.a < np.inf and 0 < self.b < np.inf):
            raise ValueError("both numbers of a prior are above 0")


def prior_for(target_rate: float) -> Prior:
    """The prior of a plan that hopes for far fewer leaks than the target: half a leak's weight at a tenth of it."""
    return Prior(0.5, 0.5 * (10 / target_rate - 1))


def peekable_bounds(k: int, seen_n: int, of_n: int, alpha: float, prior: Prior) -> tuple[int, int]:
    """Least and most leaks of `of_n`, when k were among the first `seen_n` in random order.

    All pairs of all looks hold together with a chance of 1 - alpha.
    """
    if not 0 <= k <= seen_n <= of_n:
        raise ValueError("a bound needs 0 <= found <= seen <= all there are")
    _check(alpha)
    least, most = k, of_n - seen_n + k
    likeliest = min(max(round(of_n * k / seen_n) if seen_n else 0, least), most)
    reached = float(log_evidence(k, seen_n, prior)) + log(alpha) - _SLACK

    def end(outer: int) -> int:
        """The last number, from the likeliest one to `outer`, that is not ruled out."""
        inner, step = likeliest, 1 if outer > likeliest else -1
        while inner != outer:
            middle = inner + step * ((abs(outer - inner) + 1) // 2)
            if log_hypergeometric(k, seen_n, of_n, middle) > reached:
                inner = middle
            else:
                outer = middle - step
        return inner

    return end(least), end(most)


def peekable_rate_lower(k: int, n: int, alpha: float, prior: Prior) -> float:
    """Lowest rate of independent draws, k of n so far; holds at all looks together with a chance of 1 - alpha."""
    _check(alpha)
    if k == 0:
        return 0.0
    reached = float(log_evidence(k, n, prior)) - float(log_choose(n, k)) + log(alpha) - _SLACK
    lo, hi = 0.0, k / n
    while hi - lo > 1e-13:
        middle = (lo + hi) / 2
        is_out = k * np.log(middle) + ((n - k) * np.log1p(-middle) if n > k else 0.0) <= reached
        lo, hi = (middle, hi) if is_out else (lo, middle)
    return lo


def log_evidence(k: ArrayLike, seen_n: ArrayLike, prior: Prior) -> Floats:
    """Logarithm of the chance, under the prior, of k leaks among the first `seen_n`."""
    k, n = np.asarray(k, np.float64), np.asarray(seen_n, np.float64)
    return np.asarray(
        log_choose(n, k)
        + _log_rising(prior.a, k) + _log_rising(prior.b, n - k) - _log_rising(prior.a + prior.b, n)
    )  # fmt: skip


def _log_rising(start: float, n: Floats) -> Floats:
    """Logarithm of start (start + 1) ... (start + n - 1)."""
    return log_gamma(start + n) - lgamma(start)


def clean_looks(of_n: int, ruled_out_n: int, alpha: float, prior: Prior, most_k: int) -> Ints:
    """For k = 0 to `most_k` leaks so far: after how many looks `ruled_out_n` leaks and more are first ruled out.

    Where k leaks are too many, the number is `of_n` + 1. From the look on at which k are fewer than `ruled_out_n`
    would give on average, the evidence against these falls for a while at most, and then only grows.
    """
    _check(alpha)
    first = np.full(most_k + 1, of_n + 1, np.int64)
    for k in range(min(most_k, ruled_out_n - 1) + 1):
        lo, hi = of_n * k // ruled_out_n, of_n
        while hi - lo > 1:
            middle = (lo + hi) // 2
            lo, hi = (lo, middle) if _is_out(k, middle, of_n, ruled_out_n, alpha, prior) else (middle, hi)
        first[k] = hi
    return first


def _is_out(k: int, seen_n: int, of_n: int, leaks_n: int, alpha: float, prior: Prior) -> bool:
    reached = float(log_evidence(k, seen_n, prior)) + log(alpha) - _SLACK
    return bool(log_hypergeometric(k, seen_n, of_n, leaks_n) <= reached)


def passes_by(looks: Ints, of_n: int, leaks_n: int) -> Floats:
    """Chance of having passed by each of `looks` (as of `clean_looks`), when `leaks_n` of `of_n` leak. Exact."""
    waiting = np.zeros(len(looks) + 1)
    waiting[0], before, passed = 1.0, 0, []
    for k, at in enumerate(looks.tolist()):
        if at > of_n:
            passed.append(0.0)
            continue
        waiting = _drawn_on(waiting, of_n - before, leaks_n, at - before)
        passed.append(float(waiting[: k + 1].sum()))
        waiting[: k + 1] = 0.0
        before = at
    return np.cumsum(passed)


def _drawn_on(waiting: Floats, left_n: int, leaks_n: int, more_n: int) -> Floats:
    """Chances of the numbers of leaks so far, after `more_n` more of the `left_n` moments left; the last is `or more`."""
    most = len(waiting) - 1
    after = np.zeros_like(waiting)
    after[most] = waiting[most]
    for so_far in range(min(most, leaks_n + 1)):
        if waiting[so_far] > 0:
            k = np.arange(most - so_far)
            chances = np.exp(log_hypergeometric(k, more_n, left_n, leaks_n - so_far))
            after[so_far:most] += waiting[so_far] * chances
            after[most] += waiting[so_far] * max(0.0, 1 - chances.sum())
    return after


def _check(alpha: float) -> None:
    if not 0 < alpha < 1:
        raise ValueError("alpha must be above 0 and below 1")
