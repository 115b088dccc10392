"""Peekable bounds: coverage at all looks at once, counted out exactly; where they pass; how they compare."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from numpy.typing import NDArray

from explorer.measures.peekable_bounds import (
    Prior,
    clean_looks,
    log_evidence,
    passes_by,
    peekable_bounds,
    peekable_rate_lower,
    prior_for,
    priors_for,
)
from explorer.measures.sample_size import Aim, smallest_sample
from explorer.measures.tail_chances import log_hypergeometric

PRIORS = (prior_for(0.01), priors_for(0.01).lower, Prior(1, 1), Prior(0.2, 3), Prior(20, 1))


def _ever_missed(of_n: int, ends: NDArray[np.int64], leaks_n: int) -> float:
    """Chance that some look's bounds miss `leaks_n`; `ends[t, k]` holds them for k among the first t. Exact."""
    chance = np.zeros(leaks_n + 2)
    chance[0], missed = 1.0, 0.0
    found = np.arange(leaks_n + 2)
    for seen_n in range(of_n):
        is_leak = np.clip((leaks_n - found) / (of_n - seen_n), 0, 1)
        chance = chance * (1 - is_leak) + np.concatenate([[0.0], (chance * is_leak)[:-1]])
        for k in np.flatnonzero(chance > 0):
            lo, hi = ends[seen_n + 1, k]
            if not lo <= leaks_n <= hi:
                missed += chance[k]
                chance[k] = 0.0
    return missed


def _all_ends(of_n: int, alpha: float, prior: Prior) -> NDArray[np.int64]:
    ends = np.zeros((of_n + 1, of_n + 1, 2), np.int64)
    for seen_n in range(of_n + 1):
        for k in range(seen_n + 1):
            ends[seen_n, k] = peekable_bounds(k, seen_n, of_n, alpha, prior)
    return ends


@pytest.mark.parametrize("prior", PRIORS)
def test_whatever_the_leaks_all_looks_together_hold(prior: Prior) -> None:
    for of_n, alpha in [(1, 0.05), (13, 0.2), (20, 0.05)]:
        ends = _all_ends(of_n, alpha, prior)
        assert max(_ever_missed(of_n, ends, leaks_n) for leaks_n in range(of_n + 1)) <= alpha


@pytest.mark.parametrize("prior", PRIORS)
def test_bounds_are_the_ends_of_what_is_not_ruled_out(prior: Prior) -> None:
    of_n, alpha = 17, 0.05
    every = np.arange(of_n + 1)
    for seen_n in range(of_n + 1):
        for k in range(seen_n + 1):
            chance = np.exp(log_hypergeometric(k, seen_n, of_n, every))
            shape = np.array([_beta_binomial(one, seen_n, prior) for one in range(seen_n + 1)])
            assert shape.sum() == pytest.approx(1)
            left = every[chance > alpha * shape[k]]
            assert peekable_bounds(k, seen_n, of_n, alpha, prior) == (left.min(), left.max())


def _beta_binomial(k: int, n: int, prior: Prior) -> float:
    """Chance of k of n by Polya's urn: first k leaks, then the clean ones, times the orders there are."""
    chance = float(comb(n, k))
    for i in range(n):
        chance *= ((prior.a + i) if i < k else (prior.b + i - k)) / (prior.a + prior.b + i)
    return chance


def test_evidence_of_many_looks_at_once() -> None:
    prior = Prior(0.5, 499.5)
    got = log_evidence([0, 1, 3], [318, 318, 700], prior)
    assert np.exp(got) == pytest.approx(
        [_beta_binomial(k, n, prior) for k, n in [(0, 318), (1, 318), (3, 700)]]
    )


def test_stopping_at_the_first_pass_is_wrong_in_at_most_alpha() -> None:
    """True number at the target and just above, from small populations to large ones."""
    for of_n, out_n, alpha in [
        (60, 6, 0.05),
        (1000, 10, 0.02),
        (1000, 30, 0.05),
        (10_000, 100, 0.02),
    ]:
        looks = clean_looks(of_n, out_n, alpha, prior_for(out_n / of_n), 25)
        at_target, above = (float(passes_by(looks, of_n, out_n + more)[-1]) for more in (0, 1))
        assert above <= at_target <= alpha
        assert at_target >= 0.5 * alpha, "it would be far too careful"


def test_looks_until_a_pass_are_the_first_ones() -> None:
    of_n, out_n, alpha, prior = 700, 21, 0.05, prior_for(0.03)
    looks = clean_looks(of_n, out_n, alpha, prior, 25)
    for k, first in enumerate(looks.tolist()):
        if k >= out_n:
            assert first == of_n + 1
            continue
        assert peekable_bounds(k, first, of_n, alpha, prior)[1] < out_n
        for before in (first - 1, first // 2, k):
            assert before == first or before < k or peekable_bounds(k, before, of_n, alpha, prior)[1] >= out_n


def test_chance_of_passing_agrees_with_reviews_played_through() -> None:
    of_n, leaks_n, runs_n = 700, 6, 4000
    looks = clean_looks(of_n, 21, 0.05, prior_for(0.03), 20)
    # Places of the leaks in random orders; the k-th pass needs at most k leaks among its looks.
    places = np.sort(np.random.default_rng(5).random((runs_n, of_n)).argsort(axis=1)[:, :leaks_n], axis=1)
    counts = (places[:, :, None] < looks).sum(axis=1)
    played = (np.minimum.accumulate(counts - np.arange(len(looks)), axis=1) <= 0).mean(axis=0)
    assert passes_by(looks, of_n, leaks_n) == pytest.approx(played, abs=4 * np.sqrt(0.25 / runs_n))


def test_random_orders_of_a_large_population_hold_at_all_looks() -> None:
    """The martingale itself, at every look of 1,000 reviews of 5,000 moments, 50 of them leaks."""
    of_n, leaks_n, alpha, runs_n = 5000, 50, 0.05, 1000
    places = np.sort(
        np.random.default_rng(6).random((runs_n, of_n)).argpartition(leaks_n, axis=1)[:, :leaks_n], axis=1
    )
    looks = np.unique(np.geomspace(1, of_n, 250).astype(np.int64))
    k = np.stack([np.searchsorted(one, looks) for one in places])
    table = np.array(
        [
            log_hypergeometric(one, looks, of_n, leaks_n)
            - log_evidence(np.minimum(one, looks), looks, prior_for(0.01))
            for one in range(leaks_n + 1)
        ]
    )
    missed_n = int((table[k, np.arange(len(looks))] <= np.log(alpha)).any(axis=1).sum())
    assert missed_n <= 72  # of 1,000 runs at 5 %, more than that once in 1,000 times


def test_peeking_costs_a_tenth_more_looks() -> None:
    aim = Aim(10_000, 10_000, 0.01, 0.05)
    fixed, peekable = smallest_sample(aim), clean_looks(10_000, 100, 0.05, prior_for(0.01), 0)[0]
    assert (fixed, peekable) == (294, 318)


def test_a_fixed_bound_looked_at_again_and_again_would_not_hold() -> None:
    """Why there is a bound of its own: the fixed one, looked at after each item, lets twice alpha and more pass."""
    of_n, out_n, alpha = 1000, 30, 0.05
    aim = Aim(of_n, of_n, 0.03, alpha)
    looks = np.array([smallest_sample(aim, k) for k in range(6)])
    assert passes_by(looks, of_n, out_n)[-1] > 2 * alpha


@pytest.mark.parametrize(
    ("chance", "prior"), [(0.9, Prior(10, 0.5)), (0.5, Prior(10, 0.5)), (0.97, Prior(1, 1))]
)
def test_rates_hold_at_all_looks(chance: float, prior: Prior) -> None:
    """All outcomes of up to 60 independent draws, counted out."""
    alpha, left = 0.05, np.array([1.0])
    missed = 0.0
    for n in range(1, 61):
        left = np.concatenate([left * (1 - chance), [0.0]]) + np.concatenate([[0.0], left * chance])
        for k in np.flatnonzero(left > 1e-9):
            if peekable_rate_lower(int(k), n, alpha, prior) > chance:
                missed, left[k] = missed + left[k], 0.0
    assert missed <= alpha


def test_nothing_seen_tells_nothing_and_everything_tells_all() -> None:
    assert peekable_bounds(0, 0, 50, 0.05, PRIORS[0]) == (0, 50)
    assert peekable_bounds(7, 50, 50, 0.05, PRIORS[0]) == (7, 7)
    assert peekable_bounds(0, 0, 0, 0.05, PRIORS[0]) == (0, 0)
    assert peekable_rate_lower(0, 30, 0.05, PRIORS[0]) == peekable_rate_lower(0, 0, 0.05, PRIORS[0]) == 0
    assert clean_looks(10, 11, 0.05, PRIORS[0], 2).tolist() == [0, 1, 2]


def test_numbers_that_are_none() -> None:
    with pytest.raises(ValueError, match="prior"):
        Prior(0, 1)
    with pytest.raises(ValueError, match="found"):
        peekable_bounds(3, 2, 10, 0.05, PRIORS[0])
    with pytest.raises(ValueError, match="alpha"):
        peekable_bounds(0, 2, 10, 0.0, PRIORS[0])
