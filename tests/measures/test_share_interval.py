"""Shares with their intervals: whose share counts, what the ends are, and how often they hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import TooFewPeople
from explorer.measures.share_interval import share_interval, share_intervals
from explorer.measures.student import t_quantile

RUNS_N = 2000


def test_everybody_counts_once_whoever_does_most() -> None:
    got = share_interval([1, 2, 0, 3, 900], [2, 4, 1, 3, 1000])
    assert got.rate == pytest.approx((0.5 + 0.5 + 0 + 1 + 0.9) / 5)
    assert got.people_n == 5


def test_the_interval_as_the_formula_says() -> None:
    used, possible = np.array([3, 5, 1, 9, 4, 2]), np.array([10, 6, 8, 10, 5, 7])
    got = share_interval(used, possible)
    # Each person four times, and one at 0 and one at 1 a single time: quarters of a person.
    shares = np.concatenate([np.repeat(used / possible, 4), [0, 1]])
    mean, n = shares.mean(), 6.5
    error = np.sqrt(shares.var() * n / (n - 1) / n) / (mean * (1 - mean))
    logit = np.log(mean / (1 - mean)) + np.array([-1, 1]) * t_quantile(0.975, 5) * error
    assert [got.rate_lo, got.rate_hi] == pytest.approx(1 / (1 + np.exp(-logit)))


@pytest.mark.parametrize(("people_n", "lo"), [(5, 0.4782), (10, 0.6915), (50, 0.9289)])
def test_where_all_always_do_or_never_the_bound_is_exact(people_n: int, lo: float) -> None:
    """Clopper & Pearson: n of n people, two-sided 95 %."""
    possible = np.arange(1, people_n + 1)
    always, never = share_interval(possible, possible), share_interval(possible * 0, possible)
    assert (always.rate, always.rate_lo, always.rate_hi) == (1.0, pytest.approx(lo, abs=5e-5), 1.0)
    assert (never.rate, never.rate_lo, never.rate_hi) == (0.0, 0.0, pytest.approx(1 - lo, abs=5e-5))


def test_people_who_all_have_the_same_share_leave_a_width() -> None:
    got = share_interval([5] * 8, [10] * 8)
    assert (got.rate_lo, got.rate_hi) == pytest.approx((0.397, 0.603), abs=0.001)


def test_the_end_never_lies_beyond_the_rate_itself() -> None:
    """The half person that is added lies far above a rate of 1 in 30,000."""
    got = share_interval([1] + [0] * 29, [1000] * 30)
    assert got.rate_lo == got.rate == pytest.approx(1 / 30_000)
    got = share_interval([999] + [1000] * 29, [1000] * 30)
    assert got.rate_hi == got.rate == pytest.approx(1 - 1 / 30_000)


def test_who_could_not_does_not_count() -> None:
    assert share_interval([1, 2, 0, 3, 4, 0], [2, 4, 1, 3, 6, 0]) == share_interval(
        [1, 2, 0, 3, 4], [2, 4, 1, 3, 6]
    )
    with pytest.raises(TooFewPeople, match="fewer than 5 people"):
        share_interval([1, 2, 0, 3, 0], [2, 4, 1, 3, 0])
    with pytest.raises(TooFewPeople):
        share_interval([], [])


def test_many_commands_at_once_are_each_as_alone() -> None:
    chance = np.random.default_rng(0)
    possible = chance.poisson(2.0, (9, 40)) * (chance.random((9, 40)) < 0.8)
    used = chance.binomial(possible, chance.beta(0.5, 0.5, 40))
    got = share_intervals(used, possible)
    assert 0 < np.isnan(got.rate).sum() < 40
    for column in range(40):
        ends = (got.rate[column], got.rate_lo[column], got.rate_hi[column])
        if got.people_n[column] < 5:
            assert np.isnan(ends).all()
        else:
            alone = share_interval(used[:, column], possible[:, column])
            assert ends == pytest.approx((alone.rate, alone.rate_lo, alone.rate_hi), abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=5, max_size=30))
def test_the_interval_holds_its_rate_within_0_and_1_and_turns_round(people: list[tuple[int, int]]) -> None:
    used, possible = (np.array(column) for column in zip(*((a, a + b) for a, b in people), strict=True))
    if np.count_nonzero(possible) < 5:
        return
    got, other = share_interval(used, possible), share_interval(possible - used, possible)
    assert 0 <= got.rate_lo <= got.rate <= got.rate_hi <= 1
    assert got.rate_lo < got.rate_hi
    assert (1 - other.rate_hi, 1 - other.rate_lo) == pytest.approx((got.rate_lo, got.rate_hi))


@pytest.mark.parametrize(("used", "possible"), [(3, 2), (-1, 2), (np.nan, 2), (1, np.inf)])
def test_shares_that_are_none(used: float, possible: float) -> None:
    with pytest.raises(ValueError, match="used must be"):
        share_interval([1, 1, 1, 1, used], [2, 2, 2, 2, possible])


def test_the_least_number_of_people_cannot_be_lowered() -> None:
    with pytest.raises(ValueError, match="may not go below 5"):
        share_intervals(np.ones((4, 1)), np.ones((4, 1)), min_people=4)


# How people are made: parameters of a beta distribution of their habits, mixed with a second kind of people.
HABITS = {
    "middling": (1.0, (2, 2), (1, 1)),
    "all or nothing": (1.0, (0.3, 0.3), (1, 1)),
    "nearly always": (1.0, (4, 0.5), (1, 1)),
    "rarely": (1.0, (0.3, 3), (1, 1)),
    "one in five never does": (0.8, (40, 3), (2, 20)),
    "one in seven does": (0.85, (1, 40), (9, 1)),
}


@pytest.mark.parametrize("people_n", [5, 8, 12, 20, 50])
@pytest.mark.parametrize("habits", HABITS)
def test_intervals_hold(habits: str, people_n: int) -> None:
    """At least 94 % of 2,000 intervals of 95 % hold: a method that holds in 95 % falls below that once in 60 times."""
    part, first, second = HABITS[habits]
    chance = np.random.default_rng(people_n)
    shape = (people_n, RUNS_N)
    is_first = chance.random(shape) < part
    habit = np.where(is_first, chance.beta(*first, shape), chance.beta(*second, shape))
    possible = np.maximum(1, chance.lognormal(3, 1.2, shape)).astype(int)
    got = share_intervals(chance.binomial(possible, habit), possible)
    truth = part * first[0] / sum(first) + (1 - part) * second[0] / sum(second)
    assert np.mean((got.rate_lo <= truth) & (truth <= got.rate_hi)) >= 0.94


def test_resampled_percentiles_would_not_hold() -> None:
    """The people are hard ones: the percentile bootstrap holds in far less than 95 %."""
    chance = np.random.default_rng(0)
    shares = np.where(
        chance.random((5, 500)) < 0.8, chance.beta(40, 3, (5, 500)), chance.beta(2, 20, (5, 500))
    )
    means = chance.multinomial(5, np.full(5, 0.2), 1000) @ shares / 5
    lo, hi = np.quantile(means, [0.025, 0.975], axis=0)
    truth = 0.8 * 40 / 43 + 0.2 * 2 / 22
    assert np.mean((lo <= truth) & (truth <= hi)) < 0.8
