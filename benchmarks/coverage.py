"""`python -m benchmarks.coverage [RUNS]`: how often intervals of 95 % hold, of each method that was considered.

Prints the tables of docs/decisions/comparing-groups.md: share of runs whose interval holds the truth, and the median
width, by kind of people and number of people. Takes some minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from explorer.measures.mean_interval import mean_intervals
from explorer.measures.share_interval import share_intervals
from explorer.measures.student import t_quantile

Floats = NDArray[np.float64]
Ends = tuple[Floats, Floats]
Made = tuple[Floats, Floats, float]  # used and possible by person and run, and the true mean share

SIZES, DRAWS = (5, 8, 12, 20, 50), 2000
# Part of the first kind of people, and beta distributions of the shares of the first and second kind.
HABITS = {
    "all alike": (1.0, (6e6, 4e6), (1, 1)),
    "middling": (1.0, (2, 2), (1, 1)),
    "all or nothing": (1.0, (0.3, 0.3), (1, 1)),
    "nearly always": (1.0, (4, 0.5), (1, 1)),
    "rarely": (1.0, (0.3, 3), (1, 1)),
    "one in five never does": (0.8, (40, 3), (2, 20)),
    "one in seven does": (0.85, (1, 40), (9, 1)),
}
SECONDS: Mapping[str, tuple[Callable[[np.random.Generator, tuple[int, int]], Floats], float]] = {
    "bell": (lambda chance, shape: chance.normal(0.8, 1.0, shape), 0.8),
    "heavy tails": (lambda chance, shape: chance.standard_t(3, shape), 0.0),
    "skewed": (lambda chance, shape: chance.gamma(2.0, 1.0, shape), 2.0),
    "very skewed": (lambda chance, shape: chance.lognormal(0, 1, shape), float(np.exp(0.5))),
    "half of them at nothing": (
        lambda chance, shape: (chance.random(shape) < 0.5) * chance.lognormal(0, 0.7, shape)
        + chance.normal(0, 0.02, shape), 0.5 * float(np.exp(0.245))),
    "one in twenty far out": (
        lambda chance, shape: np.where(chance.random(shape) < 0.05, 8.0, 0.5) + chance.normal(0, 0.5, shape), 0.875),
}  # fmt: skip


def main() -> None:
    runs_n = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    _table("Shares: mean over people", HABITS, lambda kind, n: _shares(kind, n, runs_n))
    _table("Seconds: mean over people", SECONDS, lambda kind, n: _seconds(kind, n, runs_n))


def _table(title: str, kinds: Mapping[str, object], of: Callable[[str, int], dict[str, str]]) -> None:
    print(f"\n{title}\n")
    is_first = True
    for kind in kinds:
        for n in SIZES:
            cells = of(kind, n)
            if is_first:
                print("| people | n |", " | ".join(cells), "|\n|---|---|" + "---|" * len(cells))
                is_first = False
            print(f"| {kind} | {n} |", " | ".join(cells.values()), "|", flush=True)


def _shares(kind: str, n: int, runs_n: int) -> dict[str, str]:
    part, first, second = HABITS[kind]
    chance = np.random.default_rng(n)
    is_first = chance.random((n, runs_n)) < part
    habit = np.where(is_first, chance.beta(*first, is_first.shape), chance.beta(*second, is_first.shape))
    possible = np.maximum(1, chance.lognormal(3, 1.2, habit.shape)).astype(int)
    used = chance.binomial(possible, habit)
    truth = part * first[0] / sum(first) + (1 - part) * second[0] / sum(second)
    ours = share_intervals(used, possible)
    return _held(used / possible, (ours.rate_lo, ours.rate_hi), truth, is_share=True)


def _seconds(kind: str, n: int, runs_n: int) -> dict[str, str]:
    make, truth = SECONDS[kind]
    values = make(np.random.default_rng(n), (n, runs_n))
    ours = mean_intervals(values, draws_n=DRAWS)
    return _held(values, (ours.lo, ours.hi), truth, is_share=False)


def _held(values: Floats, ours: Ends, truth: float, *, is_share: bool) -> dict[str, str]:
    """Method -> "held / median width"; where nobody differs, an interval of a resampling method has no width."""
    n = len(values)
    drawn = np.random.default_rng(1).multinomial(n, np.full(n, 1 / n), DRAWS).astype(float)
    mean, variance = values.mean(axis=0), values.var(axis=0, ddof=1)
    centred = values - mean
    shift = drawn @ centred / n
    spread = (drawn @ centred**2 / n - shift**2) * n / (n - 1)
    error, errors = np.sqrt(variance / n), np.sqrt(np.maximum(spread, 0.05 * variance) / n)
    t_lo, t_hi = np.quantile(shift / np.where(errors > 0, errors, 1), [0.025, 0.975], axis=0)
    reach = t_quantile(0.975, n - 1) * error
    methods: dict[str, Ends] = {
        "percentile": tuple(mean + np.quantile(shift, [0.025, 0.975], axis=0)),
        "BCa": _bca(mean, shift, centred),
        "bootstrap-t": (mean - t_hi * error, mean - t_lo * error),
        "Student's t": (mean - reach, mean + reach),
    }
    if is_share:
        methods["bootstrap-t, logit"] = _logit_bootstrap_t(mean, shift, error, errors)
    methods["chosen"] = ours
    return {
        name: f"{np.mean((lo <= truth) & (truth <= hi)):.3f} / {np.median(hi - lo):.2f}"
        for name, (lo, hi) in methods.items()
    }


def _logit_bootstrap_t(mean: Floats, shift: Floats, error: Floats, errors: Floats) -> Ends:
    """Delta method; a share of 0 or 1 counts as 0.1 % off, since its logit is infinite."""
    at, drawn = np.clip(mean, 1e-3, 1 - 1e-3), np.clip(mean + shift, 1e-3, 1 - 1e-3)
    scaled = np.where(errors > 0, errors, 1) / (drawn * (1 - drawn))
    t_lo, t_hi = np.quantile(
        (np.log(drawn / (1 - drawn)) - np.log(at / (1 - at))) / scaled, [0.025, 0.975], axis=0
    )
    middle, reach = np.log(at / (1 - at)), error / (at * (1 - at))
    return 1 / (1 + np.exp(t_hi * reach - middle)), 1 / (1 + np.exp(t_lo * reach - middle))


def _bca(mean: Floats, shift: Floats, centred: Floats) -> Ends:
    """Efron 1987: bias from the part of draws below the mean, acceleration from the skewness of the people."""
    normal = NormalDist()
    below = np.clip(np.mean(shift < 0, axis=0) + np.mean(shift == 0, axis=0) / 2, 1 / DRAWS, 1 - 1 / DRAWS)
    bias = np.array([normal.inv_cdf(one) for one in below])
    squares = (centred**2).sum(axis=0)
    acceleration = (centred**3).sum(axis=0) / (6 * np.where(squares > 0, squares, 1) ** 1.5)
    rising, columns, ends = np.sort(shift, axis=0), np.arange(len(mean)), []
    for z in (-1.96, 1.96):
        moved = bias + (bias + z) / (1 - acceleration * (bias + z))
        part = np.array([normal.cdf(one) for one in moved])
        ends.append(mean + rising[np.clip((part * DRAWS).astype(int), 0, DRAWS - 1), columns])
    return ends[0], ends[1]


if __name__ == "__main__":
    main()
