"""What a planner sees before the start."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.measures.sensitivity import sensitivity_lower
from explorer.review import Draft, Reviews, Spent, Stratum, Terms
from explorer.review.outlook import outlook


def draft(
    *, rest_n: int, sampled_n: int, planted_n: int = 0, repeated_n: int = 0, flagged_n: int = 0, **terms: Any
) -> Draft:
    strata = Stratum("flagged", flagged_n, flagged_n, True), Stratum("rest", rest_n, sampled_n, False)
    items_n = flagged_n + sampled_n + planted_n + repeated_n
    return Draft(Terms(**terms), None, strata, 1, 0.025, items_n, planted_n, repeated_n, True, False)  # type: ignore[arg-type]


FIXED = draft(rest_n=10_000, sampled_n=361)
PEEKABLE = draft(rest_n=10_000, sampled_n=10_000, is_peekable=True)
TIMES = (Spent("reader", 1000, 6_000, 15_000), Spent("adjudicator", 100, 12_000, 30_000))


def test_a_fixed_plan() -> None:
    """Figures of docs/decisions/review-statistics.md."""
    got = outlook(FIXED)
    assert got.sample_n == (361, 543, 702, 850)
    assert {one.leaks_n: round(one.pass_chance, 3) for one in got.powers} == {
        0: 1, 5: 0.832, 10: 0.692, 20: 0.479, 50: 0.158, 100: 0.025,
    }  # fmt: skip
    assert [one.leak_rate for one in got.powers][:3] == [0, 0.0005, 0.001]
    assert got.curve.pass_chance[0] == 1
    assert got.minutes is None


def test_a_peekable_plan() -> None:
    got = outlook(PEEKABLE, TIMES)
    assert got.sample_n[0] == 388
    assert [round(one.pass_chance, 2) for one in got.powers][:4] == [1, 1, 1, 1]
    assert got.powers[-1].pass_chance <= 0.025
    assert got.minutes is not None
    assert got.minutes.items_n == 388, "minutes are those to the first look that may pass"
    assert got.minutes.median_min == pytest.approx(38.8)


def test_planted_items_show_less_than_all_and_cost_looks() -> None:
    got = outlook(draft(rest_n=10_000, sampled_n=470, planted_n=25))
    assert got.sensitivity_lo == sensitivity_lower(25, 25, got.alphas.sensitivity)
    assert got.sample_n[0] == 470
    assert got.powers[0].pass_chance == 1
    peekable = outlook(draft(rest_n=10_000, sampled_n=10_000, planted_n=500, is_peekable=True))
    assert 0.6 < peekable.sensitivity_lo < 0.9
    assert peekable.sample_n[0] is not None
    assert 388 < peekable.sample_n[0] < 900


def test_minutes_of_this_team() -> None:
    own = draft(rest_n=10_000, sampled_n=361, repeated_n=19, flagged_n=20)
    one = outlook(own, TIMES).minutes
    assert one is not None
    assert (one.items_n, one.readings_n, one.adjudicated_n) == (400, 400, 0)
    assert (one.median_min, one.slow_min) == (40, 100)
    two = draft(rest_n=10_000, sampled_n=361, repeated_n=19, flagged_n=20, readers="two")
    both = outlook(two, TIMES).minutes
    assert both is not None
    assert (both.readings_n, both.adjudicated_n) == (800, 80)
    assert both.median_min == 80 + 16
    assert outlook(two, TIMES[:1]).minutes is None
    assert outlook(own, [Spent("reader", 3, None, None)]).minutes is None


def test_populations_that_are_no_use() -> None:
    tiny = outlook(draft(rest_n=3, sampled_n=3))
    assert tiny.sample_n == (3, None, None, None)
    assert [one.leaks_n for one in tiny.powers] == [0]
    all_flagged = outlook(draft(rest_n=0, sampled_n=0, flagged_n=50))
    assert all_flagged.powers[0].pass_chance == 1
    for is_peekable in (False, True):
        assert outlook(draft(rest_n=0, sampled_n=0, is_peekable=is_peekable)).sample_n == (None,) * 4


def test_a_draft_of_a_dataset(reviews: Reviews) -> None:
    for is_peekable in (False, True):
        own = reviews.draft(Terms(target_rate=0.1, is_peekable=is_peekable))
        got = outlook(own, reviews.spent())
        assert got.powers[0].pass_chance in (0, pytest.approx(1))
        assert got.minutes is None
