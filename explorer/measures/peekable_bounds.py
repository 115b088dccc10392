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


@dataclass(frozen=True, slots=True)
class Priors:
    """One for the upper bound, which should pass what is good, one for the lower, which should fail what is not."""

    upper: Prior
    lower: Prior


def prior_for(target_rate: float) -> Prior:
    """Prior of the upper bound: it expects a tenth of the target."""
    return Prior(0.5, 0.5 * (10 / target_rate - 1))


def priors_for(target_rate: float) -> Priors:
    """Priors of both bounds: the lower one's expects three times the target (or halfway from it to all)."""
    return Priors(prior_for(target_rate), Prior(1, 1 / min(3 * target_rate, (1 + target_rate) / 2) - 1))


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
    if ruled_out_n > of_n:
        return np.arange(most_k + 1)
    first = np.full(most_k + 1, of_n + 1, np.int64)
    for k in range(min(most_k, ruled_out_n - 1) + 1):
        lo, hi = of_n * k // ruled_out_n, of_n
        while hi - lo > 1:
            middle = (lo + hi) // 2
            lo, hi = (lo, middle) if _is_out(k, middle, alpha, prior, (ruled_out_n, of_n)) else (middle, hi)
        first[k] = hi
    return first


def _is_out(k: int, seen_n: int, alpha: float, prior: Prior, leaks_and_all: tuple[int, int]) -> bool:
    leaks_n, of_n = leaks_and_all
    reached = float(log_evidence(k, seen_n, prior)) + log(alpha) - _SLACK
    return bool(log_hypergeometric(k, seen_n, of_n, leaks_n) <= reached)


def passes_by(looks: Ints, of_n: int, leaks_n: ArrayLike) -> Floats:
    """Chance of having passed by each of `looks` (as of `clean_looks`), when `leaks_n` of `of_n` leak. Exact.

    The last axis is that of `looks`; before it come those of `leaks_n`.
    """
    leaks = np.asarray(leaks_n, np.float64)[..., None]
    waiting = np.zeros(leaks.shape[:-1] + looks.shape)
    passed, before = np.zeros_like(waiting), 0
    waiting[..., :1] = 1.0
    for k in np.flatnonzero(looks <= of_n):
        waiting = _drawn_on(waiting, leaks, of_n - before, int(looks[k]) - before)
        passed[..., k] = waiting[..., : k + 1].sum(axis=-1)
        waiting[..., : k + 1] = 0.0
        before = int(looks[k])
    return np.cumsum(passed, axis=-1)


def _drawn_on(waiting: Floats, leaks: Floats, left_n: int, more_n: int) -> Floats:
    """Chances of numbers of leaks so far (last axis), after `more_n` more of the `left_n` moments that were left."""
    after = np.zeros_like(waiting)
    so_far = np.arange(waiting.shape[-1])
    ahead = log_choose(left_n - more_n, leaks - so_far)
    here = np.maximum(log_choose(left_n, leaks - so_far), 0.0)  # nobody waits where there is no way
    chosen = log_choose(more_n, so_far)
    for start in np.flatnonzero(waiting.reshape(-1, len(so_far)).any(axis=0)):
        chance = np.exp(chosen[: len(so_far) - start] + ahead[..., start:] - here[..., start, None])
        after[..., start:] += waiting[..., start, None] * chance
    return after


def _check(alpha: float) -> None:
    if not 0 < alpha < 1:
        raise ValueError("alpha must be above 0 and below 1")
