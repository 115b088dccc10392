"""Bounds of several strata together."""

from __future__ import annotations

import pytest

from explorer.measures.leak_bounds import (
    hypergeometric_lower,
    hypergeometric_upper,
    pooled_upper,
    separate_upper,
)
from explorer.measures.peekable_bounds import peekable_bounds, priors_for
from explorer.measures.strata_bounds import StratumCount, leak_bounds


def test_a_census_counts_as_it_is() -> None:
    strata = [StratumCount(40, 40, 3, 5, is_census=True), StratumCount(1000, 300, 1, 2)]
    got = leak_bounds(strata, 0.02)
    assert got.leaks_hi_n == 5 + hypergeometric_upper(2, 300, 1000, 0.02)
    assert got.leaks_lo_n == 3 + hypergeometric_lower(1, 300, 1000, 0.02)
    assert (got.moments_n, got.alpha) == (1040, 0.02)
    everything = leak_bounds(strata[:1], 0.02)
    assert (everything.leaks_lo_n, everything.leaks_hi_n) == (3, 5)


def test_the_rule_of_the_plan_is_kept() -> None:
    parts = [(2, 30, 300), (0, 71, 700)]
    strata = [StratumCount(of_n, n, k, k) for k, n, of_n in parts]
    assert leak_bounds(strata, 0.05).leaks_hi_n == hypergeometric_upper(2, 101, 1000, 0.05)
    assert leak_bounds(strata, 0.05, "pooled").leaks_hi_n == pooled_upper(2, [(30, 300), (71, 700)], 0.05)
    assert leak_bounds(strata, 0.05, "separate").leaks_hi_n == separate_upper(parts, 0.05)
    priors = priors_for(0.01)
    lo, hi = (peekable_bounds(2, 101, 1000, 0.05, one) for one in (priors.lower, priors.upper))
    got = leak_bounds(strata, 0.05, priors=priors)
    assert (got.leaks_lo_n, got.leaks_hi_n) == (max(lo[0], 2), hi[1])


def test_moments_known_through_their_unit() -> None:
    """One look at a unit of many moments: the ones that were not drawn are known too."""
    hi = leak_bounds([StratumCount(1000, 50, 0, 0, same_clean_n=930)], 0.05).leaks_hi_n
    assert hi == 20
    lo = leak_bounds([StratumCount(1000, 50, 2, 2, same_leaks_n=400)], 0.05).leaks_lo_n
    assert lo == 402


def test_empty_strata_add_nothing() -> None:
    empty = [StratumCount(0, 0, 0, 0), StratumCount(0, 0, 0, 0, is_census=True)]
    for drawn in ("together", "pooled", "separate"):
        got = leak_bounds(empty, 0.05, drawn)  # type: ignore[arg-type]
        assert (got.leaks_lo_n, got.leaks_hi_n, got.moments_n) == (0, 0, 0)
    assert leak_bounds([], 0.05, priors=priors_for(0.01)).leaks_hi_n == 0
    both = [StratumCount(50, 20, 0, 0), *empty]
    assert leak_bounds(both, 0.05, "separate").leaks_hi_n == hypergeometric_upper(0, 20, 50, 0.05)


@pytest.mark.parametrize(
    "bad",
    [
        (10, 11, 0, 0),
        (10, 5, 2, 1),
        (10, 5, 0, 6),
        (10, 5, -1, 0),
        (10, 5, 0, 0, True),
        (10, 5, 0, 0, False, 3, 3),
    ],
)
def test_counts_that_are_none(bad: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"stratum|known|census"):
        StratumCount(*bad)  # type: ignore[arg-type]
