"""Sample sizes and power, against printed figures and against the bounds that they are for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.measures.leak_bounds import hypergeometric_upper
from explorer.measures.peekable_bounds import prior_for
from explorer.measures.sample_size import (
    Aim,
    allowed_leaks,
    clean_items_to_pass,
    expected_looks,
    operating_curve,
    pass_chance,
    smallest_sample,
)
from explorer.measures.sensitivity import limit_n, most_leaks

from .draws import at_most, counted_out

# Moments -> sample without a leak that shows fewer than 1 % at 95 %.
ZERO_LEAKS = {100: 95, 300: 189, 500: 225, 1_000: 258, 2_000: 277, 5_000: 290, 10_000: 294, 10_000_000: 299}


def test_printed_sample_sizes() -> None:
    assert {n: smallest_sample(Aim(n, n, 0.01, 0.05)) for n in ZERO_LEAKS} == ZERO_LEAKS
    large = Aim(10_000_000, 10_000_000, 0.01, 0.05)
    assert [smallest_sample(large, allowed_n) for allowed_n in range(4)] == [299, 473, 628, 773]


def test_a_true_fifth_of_the_target_passes_in_55_percent() -> None:
    aim = Aim(10_000_000, 10_000_000, 0.01, 0.05)
    assert pass_chance(aim, 299, 20_000) == pytest.approx(0.55, abs=0.005)
    assert pass_chance(aim, 299, 0) == 1
    assert pass_chance(aim, 298, 0) == 0


plans = st.builds(
    lambda rest_n, more_n, rate, alpha, share, census_n: Aim(rest_n + more_n, rest_n, rate, alpha, share, census_n),
    st.integers(0, 400), st.integers(0, 100), st.sampled_from([0.01, 0.02, 0.07, 0.3]),
    st.sampled_from([0.05, 0.02, 0.0125]), st.sampled_from([1.0, 0.9, 0.786]), st.integers(0, 3),
)  # fmt: skip


@settings(max_examples=150)
@given(plans, st.integers(0, 3))
def test_the_smallest_sample_passes_and_one_less_does_not(aim: Aim, allowed_n: int) -> None:
    def passes(drawn_n: int, counted_n: int) -> bool:
        hi = hypergeometric_upper(counted_n, drawn_n, aim.rest_n, aim.alpha)
        most = most_leaks(hi + aim.census_leaks_n, aim.sensitivity, aim.moments_n)
        return most <= limit_n(aim.target_rate, aim.moments_n)

    got = smallest_sample(aim, allowed_n)
    if got is None:
        assert aim.rest_n < allowed_n or not passes(aim.rest_n, allowed_n)
        return
    assert passes(got, allowed_n)
    assert got == allowed_n or not passes(got - 1, allowed_n)
    assert clean_items_to_pass(aim, allowed_n, allowed_n) == got - allowed_n
    allowed = allowed_leaks(aim, got)
    assert allowed >= allowed_n
    assert passes(got, min(allowed, got))
    assert allowed >= got or not passes(got, allowed + 1)


def test_the_curve_is_the_chance_of_passing() -> None:
    aim = Aim(320, 300, 0.05, 0.05, census_leaks_n=2)
    drawn_n = smallest_sample(aim, 1)
    assert drawn_n is not None
    curve = operating_curve(aim, drawn_n)
    assert (curve.leaks_n[0], curve.pass_chance[0]) == (0, 1)
    assert (np.diff(curve.leaks_n) > 0).all()
    assert (np.diff(curve.pass_chance) <= 0).all()
    assert curve.leak_rate[0] == 2 / 320
    for leaks_n, chance in zip(curve.leaks_n.tolist(), curve.pass_chance.tolist(), strict=True):
        assert chance == pytest.approx(float(at_most(1, counted_out(drawn_n, 300, leaks_n))), abs=1e-9)
    assert float(curve.pass_chance[curve.leaks_n == aim.ruled_out_n][0]) <= 0.05


def test_a_peekable_curve_never_passes_more_than_alpha_at_the_target() -> None:
    aim = Aim(2000, 2000, 0.02, 0.02, prior=prior_for(0.02))
    curve = operating_curve(aim, 2000)
    assert curve.pass_chance[0] == pytest.approx(1)
    assert (np.diff(curve.pass_chance) <= 1e-9).all()
    assert 0.01 < pass_chance(aim, 2000, aim.ruled_out_n) <= 0.02
    first = smallest_sample(aim)
    assert first is not None
    assert pass_chance(aim, first, 0) == pytest.approx(1)
    assert pass_chance(aim, first - 1, 0) == 0
    assert clean_items_to_pass(aim, 2, 100) == smallest_sample(aim, 2) - 100  # type: ignore[operator]


def test_plans_that_cannot_fail_or_pass() -> None:
    tiny = Aim(1000, 5, 0.01, 0.05)
    assert (smallest_sample(tiny), allowed_leaks(tiny, 3), pass_chance(tiny, 3, 5)) == (0, 3, 1)
    assert pass_chance(Aim(1000, 5, 0.01, 0.05, prior=prior_for(0.01)), 3, 5) == 1
    spoilt = Aim(1000, 900, 0.01, 0.05, census_leaks_n=10)
    assert (smallest_sample(spoilt), allowed_leaks(spoilt, 900), pass_chance(spoilt, 900, 0)) == (None, -1, 0)
    assert pass_chance(Aim(1000, 900, 0.01, 0.05, census_leaks_n=10, prior=prior_for(0.01)), 900, 0) == 0
    assert operating_curve(spoilt, 900).pass_chance.max() == 0
    assert smallest_sample(Aim(60, 60, 0.01, 0.05)) == 57  # no leak at all is below the target
    assert smallest_sample(Aim(0, 0, 0.01, 0.05)) is None
    assert clean_items_to_pass(Aim(100, 100, 0.01, 0.05), 1, 50) is None


def test_looks_that_draws_of_moments_cost() -> None:
    chance = np.random.default_rng(1)
    units = np.repeat(np.arange(40), np.r_[np.ones(30, int), np.full(9, 7), 200])
    played = np.mean([len(np.unique(chance.choice(units, 60, replace=False))) for _ in range(1000)])
    sizes = np.unique(units, return_counts=True)[1]
    assert expected_looks(sizes, 60) == pytest.approx(played, abs=0.3)
    assert expected_looks(sizes, 0) == 0
    assert expected_looks(sizes, len(units)) == pytest.approx(40)


@pytest.mark.parametrize(
    "bad",
    [
        {"rest_n": 11}, {"rest_n": -1}, {"alpha": 0.0}, {"alpha": 0.5}, {"sensitivity": 0.0}, {"sensitivity": 1.1},
        {"census_leaks_n": -1}, {"target_rate": 0.0}, {"target_rate": 1.0},
    ],
)  # fmt: skip
def test_aims_that_are_none(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"alpha|drawn from|target"):
        smallest_sample(Aim(**{"moments_n": 10, "rest_n": 10, "target_rate": 0.1, "alpha": 0.05} | bad))  # type: ignore[arg-type]
