"""Agreement of two readings: against textbooks, and how often the intervals hold."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from explorer.measures.agreement import Agreement, agreement

counted = cache(agreement)


def test_figures_of_a_textbook() -> None:
    """Kappa of 20 both, 5 and 10 one alone, 15 neither is 0.4 (Cohen 1960's example in most textbooks)."""
    got = agreement(20, 5, 10, 15)
    assert got.kappa is not None
    assert got.positive is not None
    assert got.kappa.value == pytest.approx(0.4)
    assert got.positive.value == pytest.approx(40 / 55)
    assert (got.items_n, got.either_n) == (50, 35)
    assert got.kappa.lo < 0.4 < got.kappa.hi


def test_what_cannot_be_told() -> None:
    assert agreement(0, 0, 0, 40) == Agreement(40, 0, None, None)
    assert agreement(0, 0, 0, 0).positive is None
    everything = agreement(9, 0, 0, 0)
    assert everything.kappa is None
    assert everything.positive is not None
    assert everything.positive.hi == 1


def test_a_few_rare_leaks_tell_little() -> None:
    """Two readers who both found the only leak in 200 items: 99.5 % alike by nature, and nothing is known."""
    got = agreement(1, 0, 0, 199)
    assert got.kappa is not None
    assert got.positive is not None
    assert (got.kappa.value, got.kappa.hi) == (1, 1)
    assert got.kappa.lo < 0.03
    assert got.positive.lo < 0.05


# Chances that both, the first alone, the second alone call it a leak; items read twice.
READERS = {
    "rare, good": (0.02, 0.002, 0.002, 60),
    "rare, one careless": (0.01, 0.015, 0.0, 60),
    "common": (0.3, 0.1, 0.1, 16),
    "nearly all": (0.85, 0.05, 0.05, 16),
    "by chance": (0.04, 0.16, 0.16, 16),
}


@pytest.mark.parametrize("which", READERS)
def test_intervals_hold(which: str) -> None:
    both, first, second, items_n = READERS[which]
    chance = np.random.default_rng(3)
    runs = chance.multinomial(items_n, [both, first, second, 1 - both - first - second], 600)
    a, b = both + first, both + second
    kappa = (2 * (both * (1 - a - b + both) - first * second)) / (a * (1 - b) + b * (1 - a))
    positive = 2 * both / (a + b)
    held = {"kappa": 0, "positive": 0}
    for run in runs.tolist():
        got = counted(*run)
        held["kappa"] += got.kappa is None or got.kappa.lo - 1e-9 <= kappa <= got.kappa.hi + 1e-9
        held["positive"] += got.positive is None or got.positive.lo <= positive <= got.positive.hi
    # 95 %, less three standard errors of 600 runs.
    assert min(held.values()) >= 0.923 * len(runs)


def test_counts_that_are_none() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        agreement(1, -1, 0, 3)
