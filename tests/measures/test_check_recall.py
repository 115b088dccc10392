"""Recall of the checks, with bounds."""

from __future__ import annotations

from itertools import product

import pytest

from explorer.measures.check_recall import recall_by_census, recall_in_sample
from explorer.measures.leak_bounds import binomial_lower, hypergeometric_lower, hypergeometric_upper

from .draws import counted_out


def test_all_that_was_flagged_was_reviewed() -> None:
    got = recall_by_census((18, 20), (1, 40), (1, 300, 3000))
    assert (got.flagged_n, got.leaks_n) == (18, 19)
    assert got.rate == pytest.approx(18 / 28)
    assert (got.rate_lo, got.rate_hi) == pytest.approx((18 / 58, 20 / 21))


def test_no_leak_anywhere() -> None:
    got = recall_by_census((0, 0), (0, 30), (0, 300, 3000))
    assert (got.rate, got.rate_lo, got.rate_hi) == (None, 0, 1)
    assert recall_in_sample(0, 0, 0.05).rate is None


@pytest.mark.parametrize("missed_n", [0, 1, 6, 25])
def test_each_end_errs_in_at_most_alpha(missed_n: int) -> None:
    """8 flagged leaks, all seen; so many missed ones among 60 moments, 20 of them drawn."""
    truth, too_high, too_low = 8 / (8 + missed_n), 0.0, 0.0
    for k, chance in counted_out(20, 60, missed_n).items():
        missed = hypergeometric_lower(k, 20, 60, 0.05), hypergeometric_upper(k, 20, 60, 0.05)
        got = recall_by_census((8, 8), missed)
        too_high += float(chance) * (got.rate_lo > truth)
        too_low += float(chance) * (got.rate_hi < truth)
    assert max(too_high, too_low) <= 0.05


def test_among_the_leaks_of_one_sample() -> None:
    """Every number of flagged and other leaks, every draw of up to 25 of them: no end errs in more than alpha / 2."""
    for all_n, drawn_n in product([1, 2, 12, 40], [1, 2, 5, 25]):
        if drawn_n > all_n:
            continue
        for flagged_n in range(all_n + 1):
            truth = flagged_n / all_n
            above = below = 0.0
            for k, chance in counted_out(drawn_n, all_n, flagged_n).items():
                got = _in_sample(k, drawn_n)
                above += float(chance) * (got[0] > truth + 1e-12)
                below += float(chance) * (got[1] < truth - 1e-12)
            assert max(above, below) <= 0.025


def test_one_flagged_leak_of_very_many() -> None:
    """It is among 25 of 990 with a chance of 2.53 %, and Clopper & Pearson's end alone would rule its share out."""
    assert float(counted_out(25, 990, 1)[1]) > 0.025
    assert binomial_lower(1, 25, 0.025) > 1 / 990
    assert recall_in_sample(1, 25, 0.05).rate_lo <= 1 / 990


_SEEN: dict[tuple[int, int], tuple[float, float]] = {}


def _in_sample(k: int, n: int) -> tuple[float, float]:
    if (k, n) not in _SEEN:
        got = recall_in_sample(k, n, 0.05)
        _SEEN[k, n] = got.rate_lo, got.rate_hi
    return _SEEN[k, n]
