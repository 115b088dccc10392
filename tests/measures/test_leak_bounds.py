"""Bounds of the number of leaks: every outcome of small populations counted out, printed figures, bad input."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, product

import pytest

from explorer.measures.leak_bounds import (
    binomial_lower,
    binomial_upper,
    hypergeometric_lower,
    hypergeometric_upper,
    pooled_lower,
    pooled_upper,
    separate_lower,
    separate_upper,
    thinned_upper,
)

from .draws import Chances, at_most, counted_out, together

ALPHAS = (0.05, 0.0125, 0.2)


def test_every_draw_of_small_populations() -> None:
    """All subsets drawn one by one: an end misses the truth in at most alpha of them."""
    for of_n, drawn_n, alpha in [(6, 3, 0.2), (7, 5, 0.05), (7, 6, 0.2), (8, 4, 0.05)]:
        for leaks_n in range(of_n + 1):
            found = [sum(one < leaks_n for one in draw) for draw in combinations(range(of_n), drawn_n)]
            hi = {k: hypergeometric_upper(k, drawn_n, of_n, alpha) for k in range(drawn_n + 1)}
            lo = {k: hypergeometric_lower(k, drawn_n, of_n, alpha) for k in range(drawn_n + 1)}
            for missed in (
                sum(hi[k] < leaks_n for k in found),
                sum(lo[k] > leaks_n for k in found),
            ):
                assert missed / len(found) <= alpha


@pytest.mark.parametrize("alpha", ALPHAS)
@pytest.mark.parametrize("of_n", [1, 9, 20])
def test_one_draw_is_exact(of_n: int, alpha: float) -> None:
    """The bound is the last number that is not ruled out: coverage holds and no smaller bound would do."""
    most = Fraction(str(alpha))
    for drawn_n in range(of_n + 1):
        tables = [counted_out(drawn_n, of_n, leaks_n) for leaks_n in range(of_n + 1)]
        for k in range(drawn_n + 1):
            possible = [n for n in range(k, of_n - drawn_n + k + 1) if at_most(k, tables[n]) > most]
            assert hypergeometric_upper(k, drawn_n, of_n, alpha) == max(possible)
            possible = [n for n in range(k, of_n - drawn_n + k + 1) if 1 - at_most(k - 1, tables[n]) > most]
            assert hypergeometric_lower(k, drawn_n, of_n, alpha) == min(possible)


# Sizes of strata and how many are drawn of each: equal fractions, rounded ones, unequal ones, one stratum of all.
STRATA = {
    "equal": ((5, 10), (5, 10)),
    "rounded up": ((2, 3), (4, 7), (6, 11)),
    "nearly all": ((4, 5), (8, 10)),
    "few": ((1, 6), (2, 12)),
    "unequal": ((5, 6), (2, 9)),
    "one full": ((4, 4), (3, 8)),
    "one tiny": ((1, 1), (1, 1), (6, 12)),
    "nothing drawn in one": ((0, 2), (5, 9)),
}
Upper = Callable[[tuple[int, ...], tuple[tuple[int, int], ...]], int]


def _missed(
    parts: tuple[tuple[int, int], ...], leaks: tuple[int, ...], misses: Callable[[tuple[int, ...]], bool]
) -> Fraction:
    """Chance that a bound misses, with so many leaks in each stratum."""
    tables = [counted_out(n, of_n, one) for (n, of_n), one in zip(parts, leaks, strict=True)]
    total = Fraction(0)
    for found in product(*tables):
        if misses(found):
            chance = Fraction(1)
            for table, k in zip(tables, found, strict=True):
                chance *= table[k]
            total += chance
    return total


@pytest.mark.parametrize("which", STRATA)
def test_strata_drawn_each_for_itself(which: str) -> None:
    """However the leaks lie in the strata, pooled and separate bounds miss their number in at most alpha of draws."""
    parts = STRATA[which]
    alpha, drawn_n = 0.05, sum(n for n, _ in parts)
    hi = {k: pooled_upper(k, parts, alpha) for k in range(drawn_n + 1)}
    lo = {k: pooled_lower(k, parts, alpha) for k in range(drawn_n + 1)}
    outcomes = list(product(*(range(n + 1) for n, _ in parts)))
    each = {ks: [(k, n, of_n) for k, (n, of_n) in zip(ks, parts, strict=True)] for ks in outcomes}
    own_hi = {ks: separate_upper(each[ks], alpha) for ks in outcomes}
    own_lo = {ks: separate_lower(each[ks], alpha) for ks in outcomes}
    for leaks in product(*(range(of_n + 1) for _, of_n in parts)):
        true = sum(leaks)
        for misses in (
            lambda ks, true=true: hi[sum(ks)] < true,
            lambda ks, true=true: lo[sum(ks)] > true,
            lambda ks, true=true: own_hi[ks] < true,
            lambda ks, true=true: own_lo[ks] > true,
        ):
            assert _missed(parts, leaks, misses) <= Fraction("0.05")


def test_separate_bounds_need_their_shares_of_alpha() -> None:
    """One leak in each of three strata of ten, nine drawn: bounds at alpha each would miss in 27 % of draws."""
    parts, alpha = ((9, 10),) * 3, 0.2

    def missed(share: float) -> Fraction:
        own = {k: hypergeometric_upper(k, 9, 10, share) for k in (0, 1)}
        return _missed(parts, (1, 1, 1), lambda ks: sum(own[k] for k in ks) < 3)

    assert missed(alpha) == 1 - Fraction(9, 10) ** 3
    assert missed(alpha / 3) <= Fraction("0.2")
    assert separate_upper([(1, 9, 10), (1, 9, 10), (0, 9, 10)], alpha) >= 3


def test_hoeffding_holds_only_for_counts_a_whole_leak_from_the_mean() -> None:
    """One look in each of two strata of 40: two leaks in one are found with 5.00 %, independent ones with 4.94 %."""
    assert 1 - at_most(0, counted_out(1, 40, 2)) == Fraction(1, 20)
    assert 1 - 0.975**2 < 0.0497
    assert pooled_lower(1, [(1, 40), (1, 40)], 0.0497) <= 2


def test_one_bound_of_a_single_draw_would_not_hold_for_strata() -> None:
    """Why there is a pooled bound: with one leak in each of two strata, more samples find none than in one draw."""
    split: Chances = together([counted_out(5, 10, 1)] * 2)
    assert at_most(0, split) == Fraction(1, 4)
    assert float(at_most(0, counted_out(10, 20, 2))) == pytest.approx(0.2368, abs=1e-4)
    assert hypergeometric_upper(0, 10, 20, 0.24) < 2 <= pooled_upper(0, [(5, 10)] * 2, 0.24)


def test_the_pooled_bound_costs_little() -> None:
    for k, drawn_n, of_n in [
        (0, 433, 10_000),
        (3, 433, 10_000),
        (0, 300, 1000),
        (20, 300, 1000),
        (1, 20_000, 100_000),
    ]:
        one, pooled = hypergeometric_upper(k, drawn_n, of_n, 0.02), pooled_upper(k, [(drawn_n, of_n)], 0.02)
        assert one <= pooled <= one * 1.03 + 1


def test_one_full_stratum_lets_no_leak_through() -> None:
    """Strata with one fraction, nothing found: as (1 - fraction)^leaks falls to alpha, so does the bound."""
    assert pooled_upper(0, [(50, 500), (50, 500)], 0.05) == 28  # 0.9^28 = 0.052, 0.9^29 = 0.047


@pytest.mark.parametrize(("chance", "alpha"), [(0.3, 0.05), (0.9, 0.02), (0.05, 0.0125)])
def test_leaks_found_by_chance(chance: float, alpha: float) -> None:
    """Each leak that is drawn is found with some chance: 6 of 10 drawn, all found ones counted out."""
    part = Fraction(str(chance))
    for leaks_n in range(11):
        found: dict[int, Fraction] = {}
        for k, of in counted_out(6, 10, leaks_n).items():
            for i, one in _by_itself(k, part).items():
                found[i] = found.get(i, Fraction(0)) + of * one
        missed = sum(p for k, p in found.items() if thinned_upper(k, 6, 10, 0.6 * chance, alpha) < leaks_n)
        assert missed <= Fraction(str(alpha))


def _by_itself(n: int, chance: Fraction) -> Chances:
    return together([{0: 1 - chance, 1: chance}] * n) if n else {0: Fraction(1)}


# k, n, alpha -> lower and upper rate: scipy.stats.beta.ppf(alpha, k, n - k + 1), ppf(1 - alpha, k + 1, n - k).
PRINTED = {
    (0, 299, 0.05): (0.0, 0.0099691),
    (1, 299, 0.05): (0.0001715, 0.0157668),
    (3, 300, 0.05): (0.0027310, 0.0256414),
    (30, 30, 0.05): (0.9049661, 1.0),
    (28, 30, 0.0125): (0.7554703, 0.9943506),
    (0, 0, 0.05): (0.0, 1.0),
}


@pytest.mark.parametrize("which", PRINTED)
def test_clopper_and_pearson(which: tuple[int, int, float]) -> None:
    assert (binomial_lower(*which), binomial_upper(*which)) == pytest.approx(PRINTED[which], abs=1e-7)


def test_a_large_population_is_as_one_without_end() -> None:
    for k in (0, 2, 9):
        assert hypergeometric_upper(k, 300, 3_000_000, 0.05) / 3_000_000 == pytest.approx(
            binomial_upper(k, 300, 0.05), rel=1e-3
        )


@pytest.mark.parametrize("bad", [(-1, 5, 10), (6, 5, 10), (0, 11, 10)])
def test_counts_that_are_none(bad: tuple[int, int, int]) -> None:
    k, drawn_n, of_n = bad
    for call in (
        lambda: hypergeometric_upper(k, drawn_n, of_n, 0.05),
        lambda: hypergeometric_lower(k, drawn_n, of_n, 0.05),
        lambda: pooled_upper(k, [(drawn_n, of_n)], 0.05),
        lambda: pooled_lower(k, [(drawn_n, of_n)], 0.05),
    ):
        with pytest.raises(ValueError, match=r"found|drawn"):
            call()


@pytest.mark.parametrize("alpha", [0.0, 0.5, -0.1, float("nan")])
def test_alphas_that_are_none(alpha: float) -> None:
    with pytest.raises(ValueError, match="alpha"):
        hypergeometric_upper(0, 5, 10, alpha)


def test_nothing_looked_at_tells_nothing_and_everything_tells_all() -> None:
    assert (hypergeometric_lower(0, 0, 50, 0.05), hypergeometric_upper(0, 0, 50, 0.05)) == (0, 50)
    assert (pooled_lower(0, [(0, 50)], 0.05), pooled_upper(0, [(0, 50)], 0.05)) == (0, 50)
    assert (hypergeometric_lower(7, 50, 50, 0.05), hypergeometric_upper(7, 50, 50, 0.05)) == (7, 7)
    assert hypergeometric_upper(0, 0, 0, 0.05) == pooled_upper(0, [], 0.05) == 0
