"""What planted items tell, and how leaks that nobody found enter the bound."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from explorer.measures.leak_bounds import hypergeometric_upper
from explorer.measures.sensitivity import (
    attempt_alpha,
    limit_n,
    most_leaks,
    most_leaks_by_chance,
    peekable_sensitivity_lower,
    planted_to_show,
    sensitivity_lower,
    split_alpha,
)

from .draws import counted_out


def test_alpha_is_shared_by_attempts_and_statements() -> None:
    assert [attempt_alpha(0.95, attempt) for attempt in (1, 2, 3)] == [0.025, 0.0125, 0.00625]
    assert sum(Fraction(attempt_alpha(0.95, attempt)) for attempt in range(1, 60)) <= Fraction(0.05)
    shares = split_alpha(0.025, has_planted=True)
    assert (shares.leaks, shares.sensitivity) == pytest.approx((0.02, 0.005))
    assert shares.leaks + shares.sensitivity <= 0.025
    assert split_alpha(0.025, has_planted=False).leaks == 0.025


@pytest.mark.parametrize(("confidence", "attempt"), [(0.5, 1), (1.0, 1), (0.95, 0), (float("nan"), 1)])
def test_attempts_that_are_none(confidence: float, attempt: int) -> None:
    with pytest.raises(ValueError, match=r"confidence|attempts"):
        attempt_alpha(confidence, attempt)


def test_the_target_is_fewer_than() -> None:
    assert [limit_n(0.01, n) for n in (0, 1, 99, 100, 101, 1000, 1001)] == [-1, 0, 0, 0, 1, 9, 10]
    # As written: 0.07 * 100 and 0.29 * 100 are not 7 and 29 in floats.
    assert (limit_n(0.07, 100), limit_n(0.29, 100), limit_n(0.57, 100)) == (6, 28, 56)


def test_thirty_of_thirty() -> None:
    assert sensitivity_lower(30, 30, 0.05) == pytest.approx(0.905, abs=0.0005)
    assert sensitivity_lower(0, 0, 0.05) == 0
    assert 0.87 < peekable_sensitivity_lower(30, 30, 0.05) < 0.905
    for share, alpha in [(0.9, 0.05), (0.9, 0.005), (0.95, 0.005), (0.5, 0.25)]:
        needed_n = planted_to_show(share, alpha)
        assert sensitivity_lower(needed_n, needed_n, alpha) >= share - 1e-12
        assert needed_n == 1 or sensitivity_lower(needed_n - 1, needed_n - 1, alpha) < share
    with pytest.raises(ValueError, match="sensitivity"):
        planted_to_show(1.0, 0.05)


def test_if_a_share_is_found() -> None:
    assert [most_leaks(n, 0.9, 1000) for n in (0, 1, 8, 9, 90)] == [0, 1, 8, 10, 100]
    assert (most_leaks(3, 1.0, 1000), most_leaks(3, 0.0, 1000), most_leaks(990, 0.9, 1000)) == (3, 1000, 1000)


def test_every_share_holds_what_it_says() -> None:
    """Whatever part of the leaks would be found: if it is the share or more, the true number is at most the bound."""
    for share in (0.3, 0.7, 0.9, 0.95):
        for leaks_n in range(120):
            findable_n = int(np.ceil(share * leaks_n - 1e-9))
            assert most_leaks(findable_n, share, 200) >= leaks_n


@pytest.mark.parametrize(("drawn_n", "share"), [(30, 0.9), (12, 0.6), (38, 0.8), (40, 0.9)])
def test_if_each_is_found_by_chance(drawn_n: int, share: float) -> None:
    """40 moments to draw from and 8 reviewed in full, every outcome weighed by its chance."""
    alpha = 0.05
    hi = {
        (k, c): most_leaks_by_chance(k, drawn_n, 40, share, alpha, census=(c, 8))
        for k in range(drawn_n + 1) for c in range(9)
    }  # fmt: skip
    for census_n, rest_n in [(0, 5), (3, 3), (8, 0), (8, 20), (1, 40), (0, 1)]:
        found = np.zeros(drawn_n + 1)
        for k, chance in counted_out(drawn_n, 40, rest_n).items():
            found[: k + 1] += float(chance) * _by_itself(k, share)
        missed = sum(
            found[k] * by for k in range(drawn_n + 1) for c, by in enumerate(_by_itself(census_n, share))
            if hi[k, c] < census_n + rest_n
        )  # fmt: skip
        assert missed <= alpha


def _by_itself(n: int, share: float) -> np.ndarray:
    chances = np.array([1.0])
    for _ in range(n):
        chances = np.convolve(chances, [1 - share, share])
    return chances


def test_a_full_review_without_a_leak_is_not_a_collection_without_one() -> None:
    """The two readings of "find at least 0.9" differ most here."""
    assert most_leaks(hypergeometric_upper(0, 500, 500, 0.02), 0.9, 500) == 0
    assert most_leaks_by_chance(0, 500, 500, 0.9, 0.02) == 1
    assert most_leaks_by_chance(0, 0, 0, 0.5, 0.02, census=(0, 500)) == 9
    assert most_leaks_by_chance(2, 300, 1000, 1.0, 0.02, census=(3, 50)) == 3 + hypergeometric_upper(
        2, 300, 1000, 0.02
    )
