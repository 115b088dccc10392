"""Chances of counts: hypergeometric (drawn without replacement) and binomial, in floats, and exactly where it is close.

A bound turns on whether a chance is at most alpha. Where floats cannot tell the two apart (5 / 100 is exactly 5 %), the
answer is found in whole numbers.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import comb, lgamma, log, log1p, pi

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# Alpha is meant to so many digits: 0.05 as a float is not exactly a twentieth.
_MEANT = Fraction(1, 10**12)
# From here on Stirling's series has all digits of a float.
_LARGE = 256.0
_TABLE_N = 1 << 17


def log_factorial(n: ArrayLike) -> Floats:
    """Natural logarithm of n! for each whole n of 0 or more."""
    of = np.asarray(n, np.int64)
    if of.max(initial=0) < _TABLE_N:
        return np.asarray(_table()[of])
    return np.asarray(
        np.where(of < _TABLE_N, _table()[np.minimum(of, _TABLE_N - 1)], _stirling(of.astype(np.float64) + 1))
    )


@cache
def _table() -> Floats:
    return log_gamma(np.arange(1.0, _TABLE_N + 1))


def log_gamma(x: ArrayLike) -> Floats:
    """Natural logarithm of the gamma function for each x above 0."""
    of = np.asarray(x, np.float64)
    logs = _stirling(np.maximum(of, _LARGE))
    is_small = of < _LARGE
    logs[is_small] = [lgamma(one) for one in of[is_small].tolist()]
    return logs


def _stirling(x: Floats) -> Floats:
    """Logarithm of gamma from 256 on, to a float's digits."""
    series = 1 / (12 * x) - 1 / (360 * x**3) + 1 / (1260 * x**5)
    return np.asarray((x - 0.5) * np.log(x) - x + 0.5 * log(2 * pi) + series)


def log_choose(n: ArrayLike, k: ArrayLike) -> Floats:
    """Logarithm of the number of ways to choose k of n; minus infinity where there is none."""
    of, taken = np.broadcast_arrays(np.asarray(n, np.float64), np.asarray(k, np.float64))
    is_there = (taken >= 0) & (taken <= of)
    a, b = np.where(is_there, of, 0), np.where(is_there, taken, 0)
    return np.asarray(
        np.where(is_there, log_factorial(a) - log_factorial(b) - log_factorial(a - b), -np.inf), np.float64
    )


def log_hypergeometric(k: ArrayLike, drawn_n: ArrayLike, of_n: ArrayLike, leaks_n: ArrayLike) -> Floats:
    """Logarithm of the chance that exactly k of `leaks_n` are among `drawn_n` drawn of `of_n`."""
    k, drawn, of, leaks = (np.asarray(one, np.float64) for one in (k, drawn_n, of_n, leaks_n))
    return np.asarray(
        log_choose(drawn, k) + log_choose(of - drawn, leaks - k) - log_choose(of, leaks), np.float64
    )


def hypergeometric_at_most(k: int, drawn_n: int, of_n: int, leaks_n: int) -> float:
    """Chance that at most k of `leaks_n` are among `drawn_n` drawn of `of_n`."""
    if k >= min(drawn_n, leaks_n):
        return 1.0
    first = max(0, drawn_n + leaks_n - of_n)
    return _total(log_hypergeometric(np.arange(first, k + 1), drawn_n, of_n, leaks_n))


def binomial_at_most(k: int, n: int, rate: float) -> float:
    """Chance of at most k out of n, each with chance `rate` by itself."""
    if k >= n or rate <= 0:
        return 1.0 if k >= 0 else 0.0
    if rate >= 1:
        return 0.0
    i = np.arange(k + 1)
    return _total(log_choose(n, i) + i * log(rate) + (n - i) * log1p(-rate))


def binomial_rate(k: int, n: int, alpha: float) -> float:
    """Rate at which k or fewer of n (k below n) have a chance of alpha, rounded up by 1e-13 at most."""
    i = np.arange(k + 1)
    ways = log_choose(n, i)
    lo, hi = k / n, 1.0
    while hi - lo > 1e-13:
        middle = (lo + hi) / 2
        chance = _total(ways + i * log(middle) + (n - i) * log1p(-middle))
        lo, hi = (middle, hi) if chance > alpha else (lo, middle)
    return hi


def is_rare(k: int, drawn_n: int, of_n: int, leaks_n: int, alpha: float) -> bool:
    """Whether k or fewer of `leaks_n` are among `drawn_n` drawn of `of_n` with a chance of at most alpha; exact."""
    chance = hypergeometric_at_most(k, drawn_n, of_n, leaks_n)
    # Logarithms of factorials of this size have errors of some 1e-16 of themselves.
    error = 1e-9 + 1e-14 * of_n * log(of_n + 1)
    if abs(chance - alpha) > error * alpha:
        return chance <= alpha
    return _exactly(k, drawn_n, of_n, leaks_n) <= Fraction(alpha) * (1 + _MEANT)


def _exactly(k: int, drawn_n: int, of_n: int, leaks_n: int) -> Fraction:
    few, many = sorted((drawn_n, leaks_n))
    i = max(0, drawn_n + leaks_n - of_n)
    ways = total = comb(many, i) * comb(of_n - many, few - i) if k >= i else 0
    while i < min(k, few):
        ways = ways * (many - i) * (few - i) // ((i + 1) * (of_n - many - few + i + 1))
        total, i = total + ways, i + 1
    return Fraction(total, comb(of_n, few))


def _total(logs: Floats) -> float:
    """Sum of what these are logarithms of, at most 1."""
    largest = float(logs.max(initial=-np.inf))
    return 0.0 if largest == -np.inf else min(1.0, float(np.exp(largest) * np.exp(logs - largest).sum()))
