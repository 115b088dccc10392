"""From verdicts to the estimate: every rule by an example, then a whole review of a small dataset."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest

from explorer.measures.leak_bounds import hypergeometric_lower, hypergeometric_upper
from explorer.measures.peekable_bounds import peekable_bounds, priors_for
from explorer.measures.sensitivity import sensitivity_lower
from explorer.review import Planted, Reviews, Spot, Terms
from explorer.review.draw import rank
from explorer.review.estimate import estimate
from explorer.review.plan import ABANDONED, STARTED

from .conftest import judge, started
from .said import again, clean, flagged, item, plan, planted, reading

PLAN = plan(flagged_n=0, rest_n=400, drawn_n=100)


def test_all_clean_is_a_pass_with_its_bound() -> None:
    got = estimate(PLAN, clean(range(100)))
    hi = hypergeometric_upper(0, 100, 400, 0.025)
    assert (got.decision.outcome, got.decision.bounds.leaks_hi_n, got.decision.most_n) == ("PASS", hi, hi)
    assert (got.leak_rate, got.leak_rate_lo, got.leak_rate_hi) == (0, 0, hi / 400)
    assert (got.items_n, got.judged_n, got.touched.sessions_n, got.touched.people_n) == (100, 100, 0, None)
    assert got.adjudicated is got.recall is None
    assert got.most_by_chance_n == hi
    assert {one.name: one.bounds.leaks_hi_n for one in got.channels}["url"] == hi


# What is said of one item of a hundred -> leaks and counted ones.
ONE = {
    "a second reader saw it": ([reading(), reading("leak", reader="Dora")], 1, 1),
    "unsure": ([reading("unsure")], 0, 1),
    "broken": ([reading("broken")], 0, 1),
    "over-redacted": ([reading("over_redacted", Spot("frame", "over_redacted"))], 0, 0),
}


@pytest.mark.parametrize("which", ONE)
def test_one_item_of_a_hundred(which: str) -> None:
    readings, leaks_n, counted_n = ONE[which]
    got = estimate(PLAN, [*clean(range(99)), item("last", readings)])
    assert got.strata[1].leaks_n == leaks_n
    assert got.strata[1].counted_n == counted_n
    assert got.decision.bounds.leaks_hi_n == hypergeometric_upper(counted_n, 100, 400, 0.025)
    assert got.decision.bounds.leaks_lo_n == max(leaks_n, hypergeometric_lower(leaks_n, 100, 400, 0.025))


def test_what_was_not_judged_counts_as_leak() -> None:
    half_read = item("half", [reading()], is_complete=False)
    half_leak = item("worse", [reading("leak")], is_complete=False)
    got = estimate(PLAN, [*clean(range(97)), item("none", []), half_read, half_leak])
    assert (got.strata[1].leaks_n, got.strata[1].counted_n) == (1, 3)
    assert got.judged_n == 97


def test_a_leak_that_a_repetition_found_is_one_of_its_moment() -> None:
    judged = [*clean(range(99)), item("last", [reading()]), again("last", [reading("leak")])]
    got = estimate(PLAN, judged)
    assert got.strata[1].leaks_n == 1
    assert (got.again.items_n, got.again.either_n) == (1, 1)
    assert got.readers.items_n == 0


def test_merged_moments_count_each_and_those_not_drawn_are_known() -> None:
    judged = [*clean(range(60)), item("many", [reading("leak")], moments_n=40, same_n=120)]
    got = estimate(PLAN, judged)
    assert got.strata[1].leaks_n == 40
    assert got.decision.bounds.leaks_lo_n >= 160
    assert got.decision.outcome == "FAIL"
    clean_ones = estimate(PLAN, [*clean(range(60)), item("many", [reading()], moments_n=40, same_n=299)])
    assert clean_ones.decision.bounds.leaks_hi_n == 1


def test_a_census_is_added_and_tells_how_much_the_checks_find() -> None:
    own = plan(flagged_n=4, rest_n=396, drawn_n=99)
    judged = [
        *clean(range(99)), flagged("a", [reading("leak")]), flagged("b", [reading("leak")]),
        flagged("c", [reading("unsure")]), flagged("d", [reading()]),
    ]  # fmt: skip
    got = estimate(own, judged)
    hi = hypergeometric_upper(0, 99, 396, 0.025)
    assert (got.decision.bounds.leaks_lo_n, got.decision.bounds.leaks_hi_n) == (2, 3 + hi)
    assert got.recall is not None
    assert (got.recall.rate, got.recall.rate_lo, got.recall.rate_hi) == (1, 2 / (2 + hi), 1)
    assert got.leak_rate == 2 / 400
    assert [one.name for one in got.strata] == ["flagged", "rest"]


def test_a_secret_fails_whatever_else() -> None:
    found = reading("leak", Spot("clipboard", "leak", severity="secret", entity="PASSWORD"))
    got = estimate(PLAN, [*clean(range(99)), item("last", [found])])
    assert (got.decision.outcome, got.decision.reason, got.touched.secrets_n) == ("FAIL", "secret", 1)
    in_doubt = reading("unsure", Spot("clipboard", "unsure", severity="secret"))
    assert estimate(PLAN, [*clean(range(99)), item("last", [in_doubt])]).touched.secrets_n == 0


SECRETS = {
    "what was planted itself": (
        Spot("frame", severity="secret", left_px=12, top_px=12, width_px=40, height_px=9),
        0,
    ),
    "near what was planted": (
        Spot("frame", severity="secret", left_px=70, top_px=14, width_px=30, height_px=9),
        0,
    ),
    "without a place": (Spot("frame", severity="secret"), 0),
    "in a text": (Spot("clipboard", severity="secret"), 1),
    "elsewhere in the picture": (
        Spot("frame", severity="secret", left_px=400, top_px=14, width_px=30, height_px=9),
        1,
    ),
    "elsewhere, and no secret": (Spot("clipboard", severity="direct"), 0),
    "elsewhere, in doubt": (Spot("clipboard", "unsure", severity="secret"), 0),
}


@pytest.mark.parametrize("which", SECRETS)
def test_a_real_secret_in_a_planted_item_fails_too(which: str) -> None:
    spot, secrets_n = SECRETS[which]
    own = replace(PLAN, planted_n=60)
    judged = [
        *clean(range(100)),
        *(planted(f"x{at}", [reading("leak")]) for at in range(59)),
        planted("y", [reading("leak", Spot("frame"), spot)]),
    ]
    got = estimate(own, judged)
    assert got.touched.secrets_n == secrets_n
    assert got.decision.outcome == ("FAIL" if secrets_n else "PASS")
    assert got.strata[1].leaks_n == 0, "it is in no rate"


def test_channels_by_themselves() -> None:
    judged = [
        *clean(range(96)), item("a", [reading("leak", Spot("url"), Spot("frame", "unsure"))]),
        item("b", [reading("broken")]), item("c", [reading("unsure", Spot("typed", "unsure"))]), item("d", []),
    ]  # fmt: skip
    counts = {one.name: (one.leaks_n, one.counted_n) for one in estimate(PLAN, judged).channels}
    assert counts["url"] == (1, 3)
    assert counts["frame"] == (0, 3)
    assert counts["typed"] == (0, 3)
    assert counts["window_title"] == (0, 2)


BOX = Planted("weak_mask", "frame", "PERSON", (100, 100, 40, 20))
TEXT = Planted("missed", "url", "API_TOKEN", None, "url")
SEEN = {
    "no place, right channel": (BOX, reading("leak", Spot("frame")), True),
    "a region on it": (
        BOX,
        reading("leak", Spot("frame", left_px=130, top_px=90, width_px=90, height_px=15)),
        True,
    ),
    "a region beside it": (
        BOX,
        reading("leak", Spot("frame", left_px=300, top_px=90, width_px=9, height_px=15)),
        False,
    ),
    "another channel": (BOX, reading("leak", Spot("url")), False),
    "in doubt": (TEXT, reading("unsure", Spot("url", "unsure")), True),
    "clean": (TEXT, reading(), False),
    "broken": (BOX, reading("broken"), False),
}


@pytest.mark.parametrize("which", SEEN)
def test_a_planted_item_is_found_where_it_is(which: str) -> None:
    at, said, is_found = SEEN[which]
    own = replace(PLAN, planted_n=1)
    got = estimate(own, [*clean(range(100)), planted("x", [said], at)])
    (kind,) = got.planted
    assert (kind.leak, kind.planted_n, kind.found_n) == (at.leak, 1, int(is_found))
    assert got.decision.sensitivity_lo == pytest.approx(sensitivity_lower(int(is_found), 1, 0.005))
    assert got.strata[1].leaks_n == 0, "planted items carry no weight"


def test_planted_items_that_were_not_judged_were_not_found() -> None:
    judged = [
        *clean(range(100)),
        *(planted(f"x{at}", [reading("leak")]) for at in range(9)),
        planted("y", []),
    ]
    shown = estimate(replace(PLAN, planted_n=10), judged).decision.sensitivity_lo
    assert shown == pytest.approx(sensitivity_lower(9, 10, 0.005))
    peekable = plan(flagged_n=0, rest_n=400, drawn_n=100, planted_n=10, is_peekable=True)
    (kind,) = estimate(peekable, judged).planted
    assert (kind.planted_n, kind.found_n) == (9, 9)


def test_after_adjudication_stands_beside_and_does_not_decide() -> None:
    no_leak = reading("clean", reader="Eva", role="adjudicator")
    judged = [*clean(range(99)), item("last", [reading("leak")], adjudications=(no_leak,))]
    got = estimate(plan(flagged_n=0, rest_n=400, drawn_n=100, target_rate=0.04), judged)
    assert got.decision.outcome == "UNDECIDED"
    assert got.adjudicated is not None
    assert got.adjudicated.outcome == "PASS"
    assert got.decision.more_n is not None


def test_two_readers_agree_or_not() -> None:
    pairs = [("leak", "leak")] * 3 + [("leak", "clean")] * 2 + [("clean", "leak")] + [("clean", "clean")] * 94
    judged = [item(f"i{at}", [reading(a), reading(b, reader="Dora")]) for at, (a, b) in enumerate(pairs)]
    got = estimate(PLAN, judged).readers
    assert (got.items_n, got.either_n) == (100, 6)
    assert got.positive is not None
    assert got.positive.value == pytest.approx(6 / 9)


def test_people_are_told_from_five_on() -> None:
    judged = [*clean(range(93)), *(item(f"x{at}", [reading("leak")]) for at in range(7))]
    own = {f"s-x{at}": f"person {at % 5}" for at in range(7)}
    assert estimate(PLAN, judged, own).touched.people_n == 5
    assert estimate(PLAN, judged, dict.fromkeys(own, "a")).touched.people_n is None
    assert estimate(PLAN, judged).touched.people_n is None
    assert estimate(PLAN, judged).touched.sessions_n == 7


def _in_draw_order(names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: rank("5eed", "draw", f"{name}-0"))


def test_a_peekable_plan_counts_the_judged_run_of_the_draw() -> None:
    own = replace(plan(flagged_n=0, rest_n=400, drawn_n=400, is_peekable=True), state=STARTED)
    names = _in_draw_order([f"i{at}" for at in range(400)])
    said = {name: [reading()] for name in names[:150]} | {names[151]: [reading("leak")]}
    said[names[40]] = [reading("leak")]
    got = estimate(own, [item(name, said.get(name, [])) for name in sorted(names)])
    assert (got.strata[1].drawn_n, got.strata[1].leaks_n) == (150, 1)
    upper = peekable_bounds(1, 150, 400, 0.025, priors_for(0.05).upper)[1]
    assert got.decision.bounds.leaks_hi_n == upper
    assert got.most_by_chance_n is None
    # Behind a gap nothing counts as drawn, but what was seen to be clean is known.
    gap = estimate(own, [item(name, [] if name == names[0] else [reading()]) for name in names])
    assert (gap.strata[1].drawn_n, gap.leak_rate, gap.leak_rate_hi) == (0, None, 1 / 400)


def test_a_merged_unit_counts_when_its_moments_come() -> None:
    own = plan(flagged_n=0, rest_n=100, drawn_n=30, is_peekable=True)
    merged = item("m", [reading("leak")], moments_n=20, same_n=50)
    order = sorted(merged.moments, key=lambda one: rank("5eed", "draw", one))
    before = rank("5eed", "draw", order[1])
    single = next(
        name for at in range(10_000) if order[0] and
        rank("5eed", "draw", order[0]) < rank("5eed", "draw", f"{(name := f'n{at}')}-0") < before
    )  # fmt: skip
    got = estimate(own, [merged, item(single, [])])
    assert (got.strata[1].drawn_n, got.strata[1].leaks_n) == (1, 1)
    assert got.decision.bounds.leaks_lo_n == 70, "its other moments are known"


@pytest.mark.parametrize("is_peekable", [False, True])
def test_a_report_can_hold_it(is_peekable: bool) -> None:
    own = plan(flagged_n=1, rest_n=400, drawn_n=100, planted_n=2, is_peekable=is_peekable)
    judged = [
        *clean(range(99)), item("last", [reading("leak")]), flagged("f", [reading("leak")]),
        planted("x", [reading("leak")]), planted("y", [reading()]), again("last", [reading("leak")]),
    ]  # fmt: skip
    got = json.loads(json.dumps(asdict(estimate(own, judged)), allow_nan=False))
    assert got["decision"]["outcome"] == "UNDECIDED"
    assert got["again"]["positive"]["value"] == 1
    assert got["planted"][0]["found_n"] == 1


def test_a_plan_that_was_not_finished_or_was_abandoned_passes_nothing() -> None:
    judged = clean(range(100))
    assert estimate(replace(PLAN, state=STARTED), judged).decision.reason == "unfinished"
    for own in (PLAN, plan(flagged_n=0, rest_n=400, drawn_n=100, is_peekable=True)):
        assert estimate(replace(own, state=ABANDONED), judged).decision.reason == "abandoned"


def test_many_verdicts_of_two_readers() -> None:
    readings = [reading("leak") if at % 997 == 0 else reading() for at in range(5_000)]
    second = [reading(reader="Dora") for _ in range(5_000)]
    judged = [item(f"i{at}", pair) for at, pair in enumerate(zip(readings, second, strict=True))]
    for is_peekable in (False, True):
        own = plan(flagged_n=0, rest_n=1_000_000, drawn_n=5_000, is_peekable=is_peekable)
        got = estimate(own, judged)
        assert (got.strata[1].drawn_n, got.strata[1].leaks_n) == (5_000, 6)


def test_a_review_of_a_small_dataset(reviews: Reviews) -> None:
    """96 moments, all found clean; nothing is said before the plan is finished."""
    own = started(reviews, Terms(target_rate=0.2, planted_share=0.0, repeated_share=0.1))
    queue = reviews.queue(own.plan_id, "Cid")
    while judge(queue):
        pass
    before = estimate(own, reviews.judged(own.plan_id)).decision
    assert (before.outcome, before.reason) == ("UNDECIDED", "unfinished")
    got = estimate(reviews.finish(own.plan_id, actor="Ana"), reviews.judged(own.plan_id))
    assert got.decision.outcome == "PASS"
    assert got.strata[1].drawn_n == own.rest.sampled_n
    assert got.judged_n == got.items_n
    assert got.again.items_n == own.repeated_n > 0


def test_a_peekable_review_of_a_small_dataset(reviews: Reviews) -> None:
    """What the queue serves first is what the draw has first, so every random item counts when it is judged."""
    own = started(reviews, Terms(target_rate=0.2, planted_share=0.1, is_peekable=True))
    queue = reviews.queue(own.plan_id, "Cid")
    for _ in range(30):
        judge(queue)
    judged = reviews.judged(own.plan_id)
    got = estimate(own, judged)
    looked_at = [one for one in judged if one.kind == "random" and one.is_complete]
    assert len(looked_at) <= got.strata[1].drawn_n <= sum(one.moments_n for one in looked_at)
    assert got.strata[1].drawn_n > 10
    assert got.decision.outcome == "UNDECIDED", "no planted item was found"
    assert got.decision.sensitivity_lo == 0
