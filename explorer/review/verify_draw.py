"""Was what was reviewed what chance drew from the population that the plan committed to? All is drawn again here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.review.check import NOT_CHECKED, Check, settled
from explorer.review.draw import (
    PLANTED,
    mixed,
    planted_item,
    repeated_items,
    sampled,
    sha256_of,
)
from explorer.review.identity import fingerprint
from explorer.review.keys import sha256_hex
from explorer.review.plan import FLAGGED, REST
from explorer.review.report_form import Moment, PlanPart

_BROKEN = (ValueError, TypeError, KeyError, AttributeError, IndexError, StopIteration, RecursionError)


def population(plan: PlanPart, name: str) -> Check:
    """The moments listed are those that were committed to, in number and by hash."""
    if plan.moments is None:
        return Check(
            f"{name}: population", NOT_CHECKED, "the plan was never started, so its moments are not listed"
        )
    said = f"{len(plan.moments):,} moments have the fingerprint that was committed to"
    return settled(f"{name}: population", list(_population_problems(plan, plan.moments)), said)


def _population_problems(plan: PlanPart, moments: Sequence[Moment]) -> Iterator[str]:
    terms = plan.terms
    if fingerprint((one.moment_id, one.unit_id) for one in moments) != terms.get("population_sha256"):
        yield "the moments are not those committed to"
    flagged = [one for one in moments if one.is_flagged]
    if sha256_hex("\n".join(one.moment_id for one in flagged)) != terms.get("flagged_sha256"):
        yield "the flagged moments are not those committed to"
    counts = {
        "moments_n": len(moments),
        "units_n": len({one.unit_id for one in moments}),
        "sessions_n": len({one.session_id for one in moments}),
    }
    for what, count in counts.items():
        if terms.get(what) != count:
            yield f"{what} is {count:,}, and the terms say otherwise"
    if len({one.moment_id for one in moments}) < len(moments):
        yield "a moment is listed twice"
    if {one.unit_id for one in flagged} & {one.unit_id for one in moments if not one.is_flagged}:
        yield "moments that look the same are in two strata"
    strata = {one.get("name"): one for one in terms.get("strata", []) if isinstance(one, dict)}
    for what, count in ((FLAGGED, len(flagged)), (REST, len(moments) - len(flagged))):
        if strata.get(what, {}).get("moments_n") != count:
            yield f"the stratum {what} has {count:,} moments, and the terms say otherwise"


def draw(plan: PlanPart, name: str) -> Check:
    """Seed, sample, repeated items and order follow from the commitment and the number of the second person."""
    started = plan.rows("started")
    if not started or plan.moments is None:
        return Check(f"{name}: draw", NOT_CHECKED, "nothing was drawn")
    said = started[0].said
    try:
        problems = list(
            _draw_problems(plan, plan.moments, said["seed"], said["number"], said["items_sha256"])
        )
        items_n = len(plan.drawn_items)
    except _BROKEN:
        problems, items_n = ["what was drawn is not given in the form that it is kept in"], 0
    words = f"{items_n:,} items follow from the commitment and the second person's number"
    return settled(f"{name}: draw", problems, words)


def _draw_problems(
    plan: PlanPart, moments: Sequence[Moment], seed: str, number: str, items_sha256: str
) -> Iterator[str]:
    if seed != sha256_hex(f"{plan.commitment}:{number}"):
        yield "the seed does not follow from the commitment and the number"
    if sha256_of((plan.items or "").encode()) != items_sha256:
        yield "the items are not those that were drawn at the start"
    terms, items = plan.terms, list(plan.drawn_items)
    census, rest = (
        [(one.moment_id, one.unit_id) for one in moments if one.is_flagged == flag] for flag in (True, False)
    )
    sampled_n = next(one["sampled_n"] for one in terms["strata"] if one["name"] == REST)
    drawn, _ = sampled(seed, census, rest, sampled_n)
    known = {one.item_id: one for one in items}
    if any(known.get(one.item_id) != one for one in drawn):
        yield "the sample is not the one that the seed draws"
    planted = [one for one in items if one.kind == PLANTED]
    if any(one != planted_item(seed, one.moment_id, one.planted) for one in planted if one.planted):
        yield "a planted item is not one of this seed"
    if len(planted) > terms["planted_n"]:
        yield "more items are planted than the terms say"
    again = repeated_items(seed, drawn, terms["repeated_n"])
    if mixed(seed, [*drawn, *planted, *again]) != items:
        yield "the queue is not in the order that the seed gives"
