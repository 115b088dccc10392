"""Pass, fail or undecided, by the rules in their order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explorer.measures.leak_bounds import hypergeometric_upper
from explorer.measures.peekable_bounds import priors_for
from explorer.measures.review_decision import Found, Rules, decide
from explorer.measures.sample_size import Aim, smallest_sample
from explorer.measures.sensitivity import attempt_alpha, sensitivity_lower
from explorer.measures.strata_bounds import StratumCount

FIXED = Rules(0.01, 0.95, attempt=1, has_planted=False)
PEEKABLE = replace(FIXED, priors=priors_for(0.01))
CLEAN = Found([StratumCount(5000, 400, 0, 0)], secrets_n=0, planted_n=0, planted_found_n=0, is_finished=True)


def rest(leaks_n: int, counted_n: int, *, drawn_n: int = 400, **found: object) -> Found:
    return replace(CLEAN, strata=[StratumCount(5000, drawn_n, leaks_n, counted_n)], **found)  # type: ignore[arg-type]


def with_census(leaks_n: int) -> Found:
    census = StratumCount(60, 60, leaks_n, leaks_n, is_census=True)
    return replace(CLEAN, strata=[census, *CLEAN.strata])


CASES = [
    (FIXED, CLEAN, "PASS", "below_target"),
    (FIXED, replace(CLEAN, secrets_n=1), "FAIL", "secret"),
    (FIXED, rest(1, 1), "UNDECIDED", "not_told"),
    (FIXED, rest(0, 1), "UNDECIDED", "not_told"),  # unsure
    (FIXED, rest(0, 12), "UNDECIDED", "not_told"),  # a dozen unsure ones are no proof of leaks
    (FIXED, rest(12, 12), "FAIL", "too_many"),
    (FIXED, rest(0, 0, is_finished=False), "UNDECIDED", "unfinished"),
    (FIXED, rest(12, 300, is_finished=False), "FAIL", "too_many"),
    (FIXED, rest(0, 0, drawn_n=100), "UNDECIDED", "not_told"),
    (PEEKABLE, rest(0, 0, is_finished=False), "PASS", "below_target"),
    (PEEKABLE, rest(0, 0, drawn_n=0, is_finished=False), "UNDECIDED", "not_told"),
    (PEEKABLE, rest(16, 16, is_finished=False), "FAIL", "too_many"),
    (replace(FIXED, attempt=3), CLEAN, "UNDECIDED", "not_told"),
    (FIXED, with_census(50), "UNDECIDED", "not_told"),
    (FIXED, with_census(51), "FAIL", "too_many"),
    (FIXED, with_census(0), "PASS", "below_target"),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "found", "outcome", "reason"), CASES)
def test_rules_in_their_order(rules: Rules, found: Found, outcome: str, reason: str) -> None:
    got = decide(rules, found)
    assert (got.outcome, got.reason) == (outcome, reason)
    assert (got.outcome == "PASS") == (got.reason == "below_target")
    assert got.limit_n == (50 if got.bounds.moments_n == 5060 else 49)


def test_the_sentence_and_what_it_rests_on() -> None:
    got = decide(FIXED, CLEAN)
    assert got.alpha == got.alphas.leaks == 0.025
    assert got.sensitivity_lo == 1
    assert got.most_n == got.bounds.leaks_hi_n == hypergeometric_upper(0, 400, 5000, 0.025)
    assert got.more_n is None


def test_planted_items_that_were_missed_cost_the_pass() -> None:
    rules = replace(FIXED, has_planted=True)
    outcomes = {}
    for found_n in (60, 59, 40):
        got = decide(rules, rest(0, 0, drawn_n=500, planted_n=60, planted_found_n=found_n))
        assert got.sensitivity_lo == sensitivity_lower(found_n, 60, got.alphas.sensitivity)
        assert got.most_n == int(got.bounds.leaks_hi_n / got.sensitivity_lo)
        outcomes[found_n] = got.outcome
    assert outcomes == {60: "PASS", 59: "PASS", 40: "UNDECIDED"}
    nothing = decide(rules, rest(0, 0, planted_n=0))
    assert (nothing.sensitivity_lo, nothing.most_n, nothing.outcome, nothing.more_n) == (
        0,
        5000,
        "UNDECIDED",
        None,
    )


@pytest.mark.parametrize("has_planted", [False, True])
@pytest.mark.parametrize("counted_n", [0, 1, 3])
def test_more_clean_items_of_a_peekable_plan_bring_the_pass(counted_n: int, has_planted: bool) -> None:
    rules = replace(PEEKABLE, has_planted=has_planted)
    found = rest(0, counted_n, drawn_n=200, is_finished=False, planted_n=60, planted_found_n=59)
    more = decide(rules, found).more_n
    assert more is not None
    for extra, outcome in [(more, "PASS"), (more - 1, "UNDECIDED")]:
        later = replace(found, strata=[StratumCount(5000, 200 + extra, 0, counted_n)])
        assert decide(rules, later).outcome == outcome


def test_a_fixed_plan_names_the_sample_of_the_next_attempt() -> None:
    got = decide(FIXED, rest(1, 1))
    assert got.more_n == smallest_sample(Aim(5000, 5000, 0.01, attempt_alpha(0.95, 2)))
    assert got.more_n is not None
    again = decide(replace(FIXED, attempt=2), rest(0, 0, drawn_n=got.more_n))
    assert again.outcome == "PASS"
    assert decide(replace(FIXED, attempt=2), rest(0, 0, drawn_n=got.more_n - 1)).outcome == "UNDECIDED"
    assert decide(FIXED, rest(0, 0, is_finished=False)).more_n is None


def test_a_census_with_leaks_leaves_less_for_the_rest() -> None:
    strata = [StratumCount(100, 100, 45, 45, is_census=True), StratumCount(4900, 400, 0, 0)]
    got = decide(PEEKABLE, replace(CLEAN, strata=strata))
    assert got.outcome == "UNDECIDED"
    assert got.more_n is not None
    strata[1] = StratumCount(4900, 400 + got.more_n, 0, 0)
    assert decide(PEEKABLE, replace(CLEAN, strata=strata)).outcome == "PASS"


def test_an_empty_population_passes_nothing() -> None:
    got = decide(FIXED, replace(CLEAN, strata=[]))
    assert (got.outcome, got.most_n, got.limit_n) == ("UNDECIDED", 0, -1)
