"""Whole reviews under many seeds: drawn as a plan draws, judged by the truth, estimated as the page does.

The true number of leaks is the target itself, all of them in merged units, in one session. A pass is wrong then; it
happens in at most alpha of the reviews. Alpha is large here (12.5 %), so that a few hundred reviews tell.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from explorer.measures.peekable_bounds import clean_looks, prior_for
from explorer.measures.sample_size import Aim, smallest_sample
from explorer.review import Judged, Plan
from explorer.review.draw import RANDOM, Item, drawn_items, in_order
from explorer.review.estimate import estimate

from .said import item, plan, reading

REVIEWS_N, MOMENTS_N, TARGET, ALPHA = 150, 240, 0.05, 0.125
LEAKS_N = 12
# Units of three moments, then single ones; the first four leak.
MOMENTS = [(f"m{at}", f"u{at // 3}" if at < 90 else f"s{at}") for at in range(MOMENTS_N)]
LEAKS = {f"u{at}" for at in range(4)}
# Of 150 reviews, more err once in 1,000 times, where each does with 12.5 %.
MOST_WRONG_N = 32


def _items(seed: str, drawn_n: int) -> list[Item]:
    order = in_order(seed, "draw", MOMENTS, lambda one: one[0])
    units_n = Counter(unit for _, unit in MOMENTS)
    return drawn_items(seed, "rest", RANDOM, order[:drawn_n], units_n)


def _judged(items: list[Item]) -> list[Judged]:
    return [
        replace(
            item(one.item_id, [reading("leak" if one.unit_id in LEAKS else "clean")]),
            moments=one.moments, same_n=one.same_n, unit_id=one.unit_id,
        )
        for one in items
    ]  # fmt: skip


def _plan(seed: str, drawn_n: int, *, is_peekable: bool) -> Plan:
    own = plan(flagged_n=0, rest_n=MOMENTS_N, drawn_n=drawn_n, confidence=0.75, is_peekable=is_peekable)
    return replace(own, seed=seed, alpha=ALPHA)


def test_fixed_plans() -> None:
    drawn_n = smallest_sample(Aim(MOMENTS_N, MOMENTS_N, TARGET, ALPHA), 1)
    assert drawn_n is not None
    wrong_n = below_n = above_n = 0
    for at in range(REVIEWS_N):
        got = estimate(_plan(str(at), drawn_n, is_peekable=False), _judged(_items(str(at), drawn_n)))
        assert got.strata[1].drawn_n == drawn_n
        wrong_n += got.decision.outcome == "PASS"
        below_n += got.decision.bounds.leaks_hi_n < LEAKS_N
        above_n += got.decision.bounds.leaks_lo_n > LEAKS_N
    assert 0 < wrong_n <= MOST_WRONG_N
    assert below_n == wrong_n
    assert above_n <= MOST_WRONG_N


def test_peekable_plans_that_stop_at_the_first_pass() -> None:
    """After each look that could pass, with few enough leaks so far, the items up to there are judged."""
    looks = clean_looks(MOMENTS_N, LEAKS_N, ALPHA, prior_for(TARGET), 5).tolist()
    wrong_n = 0
    for at in range(REVIEWS_N):
        seed = str(at)
        order = in_order(seed, "draw", MOMENTS, lambda one: one[0])
        leaks = [unit in LEAKS for _, unit in order]
        look = next((one for k, one in enumerate(looks) if sum(leaks[:one]) <= k), None)
        if look is not None:
            looked_at = {unit for _, unit in order[:look]}
            items = _judged(_items(seed, MOMENTS_N))
            so_far = [
                one if one.unit_id in looked_at else replace(one, readings=(), is_complete=False)
                for one in items
            ]
            got = estimate(_plan(seed, MOMENTS_N, is_peekable=True), so_far)
            assert got.decision.outcome == "PASS"
            assert got.strata[1].drawn_n >= look
            wrong_n += 1
    assert 0 < wrong_n <= MOST_WRONG_N
