"""Reviews again and again where a pass would be wrong by the least: at the target and just above it.

A wrong pass happens in at most 5 % of lineages, retries included. `most_in_runs` says how many of so many runs may err
by chance. `python -m benchmarks.review_bounds` has the same with more runs, and the methods that would not hold.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.measures.leak_bounds import pooled_upper, separate_upper
from explorer.measures.peekable_bounds import clean_looks, prior_for, priors_for
from explorer.measures.review_decision import Rules
from explorer.measures.sample_size import Aim, smallest_sample
from explorer.measures.sensitivity import attempt_alpha, limit_n, sensitivity_lower, split_alpha

from .draws import most_in_runs
from .reviewed import PLACES, Decider, collection, counted_draws, leaking

RUNS_N = 4000
TARGET = 0.02
OF = collection()
MOMENTS_N, CENSUS_N = len(OF.unit), int(OF.is_flagged.sum())
REST_N = MOMENTS_N - CENSUS_N
AT_TARGET = limit_n(TARGET, MOMENTS_N) + 1
FIRST = Rules(TARGET, 0.95, attempt=1, has_planted=False)


def _sample(attempt: int, allowed_n: int = 0, sensitivity: float = 1.0, alpha: float | None = None) -> int:
    own = attempt_alpha(0.95, attempt) if alpha is None else alpha
    drawn_n = smallest_sample(Aim(MOMENTS_N, REST_N, TARGET, own, sensitivity), allowed_n)
    assert drawn_n is not None
    return drawn_n


@pytest.mark.parametrize("more_n", [0, 1])
@pytest.mark.parametrize("place", PLACES)
def test_wrong_passes_retries_included(place: str, more_n: int) -> None:
    """Up to three attempts, each with a new draw, until one passes."""
    is_leak = leaking(OF, place, AT_TARGET + more_n)[~OF.is_flagged]
    chance = np.random.default_rng(11)
    passed = np.zeros(RUNS_N, np.bool_)
    for attempt, allowed_n in [(1, 0), (2, 1), (3, 0)]:
        drawn_n = _sample(attempt, allowed_n)
        decider = Decider(replace(FIRST, attempt=attempt), CENSUS_N, REST_N, drawn_n)
        passed |= decider.are("PASS", counted_draws(chance, is_leak, drawn_n, RUNS_N))
    assert 0 < passed.sum() <= most_in_runs(0.05, RUNS_N)


@pytest.mark.parametrize("allowed_n", [0, 1, 2, 3])
def test_a_good_collection_passes_and_one_below_the_target_is_not_failed(allowed_n: int) -> None:
    chance = np.random.default_rng(12)
    drawn_n = _sample(1, allowed_n)
    decider = Decider(FIRST, CENSUS_N, REST_N, drawn_n)
    good = counted_draws(chance, leaking(OF, "anywhere", 1)[~OF.is_flagged], drawn_n, RUNS_N)
    assert decider.are("PASS", good).mean() >= (1 - drawn_n / REST_N if allowed_n == 0 else 1) - 0.03
    just_below = leaking(OF, "one session", AT_TARGET - 1)[~OF.is_flagged]
    failed = decider.are("FAIL", counted_draws(chance, just_below, drawn_n, RUNS_N))
    assert failed.sum() <= most_in_runs(0.025, RUNS_N)


@pytest.mark.parametrize("place", PLACES)
def test_wrong_passes_of_a_peekable_plan(place: str) -> None:
    """The reviewer stops at the first look that passes, in two attempts after another."""
    is_leak = leaking(OF, place, AT_TARGET)[~OF.is_flagged]
    chance = np.random.default_rng(13)
    passed = np.zeros(RUNS_N, np.bool_)
    for attempt in (1, 2):
        looks = clean_looks(REST_N, AT_TARGET, attempt_alpha(0.95, attempt), prior_for(TARGET), AT_TARGET - 1)
        order = chance.random((RUNS_N, REST_N)).argsort(axis=1)
        found = is_leak[order].cumsum(axis=1)
        for k, look in enumerate(looks.tolist()):
            passed |= found[:, look - 1] <= k if look <= REST_N else False
    assert 0 < passed.sum() <= most_in_runs(0.0375, RUNS_N)


def test_first_passing_looks_are_those_of_the_decision() -> None:
    rules = replace(FIRST, priors=priors_for(TARGET))
    looks = clean_looks(REST_N, AT_TARGET, 0.025, prior_for(TARGET), 3)
    for k, look in enumerate(looks.tolist()):
        for seen_n, passes in [(look, True), (look - 1, False)]:
            assert Decider(rules, CENSUS_N, REST_N, seen_n).are("PASS", np.array([k]))[0] == passes


@pytest.mark.parametrize("share", [0.75, 0.9, 0.97])
def test_wrong_passes_of_reviewers_who_overlook_some(share: float) -> None:
    """Real leaks and planted ones are found with the same chance; both statements together err in at most alpha."""
    planted_n, chance = 40, np.random.default_rng(14)
    shares = split_alpha(0.025, has_planted=True)
    planned = sensitivity_lower(planted_n, planted_n, shares.sensitivity)
    drawn_n = _sample(1, 0, planned, shares.leaks)
    decider = Decider(replace(FIRST, has_planted=True), CENSUS_N, REST_N, drawn_n, planted_n)
    drawn = counted_draws(chance, leaking(OF, "one session", AT_TARGET)[~OF.is_flagged], drawn_n, RUNS_N)
    found, planted_found = chance.binomial(drawn, share), chance.binomial(planted_n, share, RUNS_N)
    assert decider.are("PASS", found, planted_found).sum() <= most_in_runs(0.025, RUNS_N)


STRATA = np.array([12, 48, 140, 360])


def _leaks_in(place: str, leaks_n: int) -> np.ndarray:
    """Leaks of each of four strata."""
    if place == "the smallest strata":
        left = np.clip(leaks_n - np.concatenate([[0], np.cumsum(STRATA)[:-1]]), 0, STRATA)
        return np.asarray(left)
    each = np.floor(STRATA / STRATA.sum() * leaks_n).astype(int)
    each[-1] += leaks_n - each.sum()
    return np.asarray(each)


@pytest.mark.parametrize("place", ["the smallest strata", "all strata alike"])
@pytest.mark.parametrize("fraction", [0.12, 0.3])
@pytest.mark.parametrize("rule", ["pooled", "separate"])
def test_bounds_of_strata_drawn_each_for_itself(rule: str, fraction: float, place: str) -> None:
    alpha, chance = 0.05, np.random.default_rng(15)
    drawn = np.ceil(fraction * STRATA).astype(int)
    parts = list(zip(drawn.tolist(), STRATA.tolist(), strict=True))
    for leaks_n in (11, 30):
        leaks = _leaks_in(place, leaks_n)
        found = chance.hypergeometric(leaks, STRATA - leaks, drawn, (RUNS_N, 4))
        kinds, runs_n = np.unique(found, axis=0, return_counts=True)
        if rule == "pooled":
            hi = [pooled_upper(sum(kind), parts, alpha) for kind in kinds.tolist()]
        else:
            hi = [
                separate_upper([(k, *part) for k, part in zip(kind, parts, strict=True)], alpha)
                for kind in kinds.tolist()
            ]
        assert runs_n[np.array(hi) < leaks_n].sum() <= most_in_runs(alpha, RUNS_N)


def test_at_the_edges_of_sample_sizes() -> None:
    """One moment fewer than planned never passes; all moments pass below the target alone.

    All but one too: that the one left out is one of 12 leaks has a chance of 12 / 560, below alpha.
    """
    drawn_n = _sample(1)
    assert not Decider(FIRST, CENSUS_N, REST_N, drawn_n - 1).are("PASS", np.arange(3)).any()
    for seen_n in (REST_N, REST_N - 1):
        outcomes = Decider(FIRST, CENSUS_N, REST_N, seen_n).are("PASS", np.arange(20))
        assert outcomes.sum() == AT_TARGET
        assert (np.diff(outcomes.astype(int)) <= 0).all()
