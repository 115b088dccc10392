"""Chances of counts, against whole numbers."""

from __future__ import annotations

from fractions import Fraction
from math import comb, lgamma

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.measures.tail_chances import (
    binomial_at_most,
    hypergeometric_at_most,
    is_rare,
    log_choose,
    log_factorial,
    log_gamma,
)

from .draws import at_most, counted_out


def test_factorials() -> None:
    n = np.array([0, 1, 2, 5, 170, 255, 256, 257, 1000, 123_456, 10_000_000])
    assert log_factorial(n) == pytest.approx([lgamma(one + 1) for one in n.tolist()], rel=1e-14, abs=1e-15)
    x = np.array([1e-9, 0.5, 1.5, 255.9, 256.1, 49.5e3])
    assert log_gamma(x) == pytest.approx([lgamma(one) for one in x.tolist()], rel=1e-14)
    assert float(log_gamma(0.5)) == pytest.approx(0.5 * np.log(np.pi))


def test_ways_that_there_are_not() -> None:
    assert log_choose([5, 5, 3], [-1, 6, 2]).tolist() == [-np.inf, -np.inf, pytest.approx(np.log(3))]


@given(st.data())
def test_drawn_without_replacement(data: st.DataObject) -> None:
    of_n = data.draw(st.integers(0, 400))
    drawn_n, leaks_n = data.draw(st.integers(0, of_n)), data.draw(st.integers(0, of_n))
    k = data.draw(st.integers(0, drawn_n))
    true = at_most(k, counted_out(drawn_n, of_n, leaks_n))
    assert hypergeometric_at_most(k, drawn_n, of_n, leaks_n) == pytest.approx(
        float(true), rel=1e-9, abs=1e-300
    )
    for alpha in (0.05, 0.2):
        assert is_rare(k, drawn_n, of_n, leaks_n, alpha) == (true <= Fraction(str(alpha)))


# scipy.stats.hypergeom.cdf(k, of, leaks, drawn), scipy 1.17.1.
SCIPY = {
    (2, 300, 100_000, 2_000): 0.059920037048,
    (0, 433, 10_000, 90): 0.018276752847,
    (25, 3_000, 1_000_000, 12_345): 0.023041088103,
    (2_950, 50_000, 100_000, 6_000): 0.093709074741,
}


@pytest.mark.parametrize("where", SCIPY)
def test_large_ones_agree_with_scipy(where: tuple[int, int, int, int]) -> None:
    assert hypergeometric_at_most(*where) == pytest.approx(SCIPY[where], rel=1e-8)


@pytest.mark.parametrize(
    ("drawn_n", "of_n", "leaks_n", "alpha"),
    [(95, 100, 1, 0.05), (975, 1000, 1, 0.025), (90_000, 100_000, 1, 0.1), (39, 40, 1, 0.05 / 2)],
)
def test_a_chance_of_exactly_alpha_is_rare(drawn_n: int, of_n: int, leaks_n: int, alpha: float) -> None:
    """In floats 5 / 100 comes out as less or more than 0.05, as it happens."""
    assert is_rare(0, drawn_n, of_n, leaks_n, alpha)
    assert not is_rare(0, drawn_n - 1, of_n, leaks_n, alpha)


@pytest.mark.parametrize("rate", [0.001, 0.3, 0.5, 0.99])
@pytest.mark.parametrize(("k", "n"), [(0, 1), (0, 40), (3, 40), (39, 40), (12, 300)])
def test_drawn_independently(k: int, n: int, rate: float) -> None:
    part = Fraction(str(rate))
    true = sum(comb(n, i) * part**i * (1 - part) ** (n - i) for i in range(k + 1))
    assert binomial_at_most(k, n, rate) == pytest.approx(float(true), rel=1e-10)


def test_the_ends_of_the_binomial() -> None:
    assert [binomial_at_most(k, 5, rate) for k, rate in [(5, 0.5), (2, 0.0), (2, 1.0), (5, 1.0), (-1, 0.0)]] == [
        1.0, 1.0, 0.0, 1.0, 0.0,
    ]  # fmt: skip
