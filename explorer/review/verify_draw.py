"""Was what was reviewed what chance drew from the population that the plan committed to? All is drawn again here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from explorer.errors import ExplorerError
from explorer.review.after_fix import is_pending
from explorer.review.check import NOT_CHECKED, Check, settled
from explorer.review.draw import (
    IN_FULL,
    PLANTED,
    mixed,
    planted_item,
    repeated_items,
    sampled,
    sha256_of,
)
from explorer.review.identity import fingerprint
from explorer.review.keys import sha256_hex
from explorer.review.plan import CHANGED, FLAGGED, REST
from explorer.review.recount import judged_again
from explorer.review.report_form import Moment, PlanPart

_BROKEN = (
    ExplorerError,
    ArithmeticError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    StopIteration,
    RecursionError,
)


def population(plan: PlanPart, name: str, before: PlanPart | None) -> Check:
    """The moments listed are those that were committed to, in number and by hash, and so are those that a fix changed.

    before: the plan of the report that this one follows after a fix.
    """
    if plan.moments is None:
        return Check(
            f"{name}: population", NOT_CHECKED, "the plan was never started, so its moments are not listed"
        )
    said = f"{len(plan.moments):,} moments have the fingerprint that was committed to"
    if plan.follows is not None:
        changed_n = sum(one.is_changed for one in plan.moments)
        said += (
            f"; {changed_n:,} are all that changed since the plan before the fix, or look like one that did"
        )
    try:
        problems = [*_population_problems(plan, plan.moments), *_fix_problems(plan, plan.moments, before)]
    except _BROKEN:
        problems = ["the terms are not in the form that they are kept in"]
    return settled(f"{name}: population", problems, said)


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
    parts = {what: plan.kept.part(what) for what in _strata(plan)}
    units = [{unit for _, unit in part} for part in parts.values()]
    if sum(map(len, units)) > len(set().union(*units)):
        yield "moments that look the same are in two strata"
    yield from _strata_problems(terms["strata"], {what: len(part) for what, part in parts.items()})


def _strata(plan: PlanPart) -> tuple[str, ...]:
    return (FLAGGED, REST) if plan.follows is None else (FLAGGED, CHANGED, REST)


def _strata_problems(strata: Sequence[Mapping[str, object]], counts: Mapping[str, int]) -> Iterator[str]:
    if [one["name"] for one in strata] != list(counts):
        yield "the strata are not those of such a plan"
        return
    for one, (what, count) in zip(strata, counts.items(), strict=True):
        if one["moments_n"] != count:
            yield f"the stratum {what} has {count:,} moments, and the terms say otherwise"
        if one["is_census"] is not (what in IN_FULL) or (one["is_census"] and one["sampled_n"] != count):
            yield f"the terms do not review all of the stratum {what}, or say so of another"


def _fix_problems(plan: PlanPart, moments: Sequence[Moment], before: PlanPart | None) -> Iterator[str]:
    """All that is not as it was is marked, so that the stratum of what changed has nothing left out."""
    if plan.follows is None:
        if plan.terms.get("changed_sha256") is not None or any(one.is_changed for one in moments):
            yield "moments are marked as changed, and no plan is named that they changed since"
        return
    if before is None or before.moments is None:
        yield "the plan before the fix is missing, or was never started"
        return
    if before.plan_id not in [plan_id for plan_id, _ in plan.terms["earlier"]]:
        yield "the plan before the fix is not an earlier one"
    old = {one.moment_id: one.unit_id for one in before.moments}
    touched = {one.unit_id for one in moments if old.get(one.moment_id) != one.unit_id}
    wrong_n = sum((one.unit_id in touched) is not one.is_changed for one in moments)
    if wrong_n:
        yield f"{wrong_n:,} moments are not marked by whether they changed since plan {before.plan_id[:8]}"
    if sha256_hex("\n".join(plan.kept.changed_ids())) != plan.terms.get("changed_sha256"):
        yield "the changed moments are not those committed to"
    if not (before.rows("finished") or before.rows("abandoned")):
        yield "the plan before the fix has no end"
    if before.follows is not None and is_pending(*judged_again(before)):
        yield "moments that an earlier fix changed were never reviewed"
    if _filters(plan) != _filters(before) or plan.terms["key_id"] != before.terms["key_id"]:
        yield "the plan before the fix speaks of other sessions, or its texts have another key"


def _filters(plan: PlanPart) -> dict[str, object]:
    return {name: value for name, value in plan.terms["terms"]["filters"].items() if value is not None}


def draw(plan: PlanPart, name: str) -> Check:
    """Seed, sample, repeated items and order follow from the commitment and the number of the second person."""
    started = plan.rows("started")
    if not started or plan.moments is None:
        return Check(f"{name}: draw", NOT_CHECKED, "nothing was drawn")
    said = started[0].said
    try:
        problems = list(_draw_problems(plan, said["seed"], said["number"], said["items_sha256"]))
        items_n = len(plan.drawn_items)
    except _BROKEN:
        problems, items_n = ["what was drawn is not given in the form that it is kept in"], 0
    words = f"{items_n:,} items follow from the commitment and the second person's number"
    return settled(f"{name}: draw", problems, words)


def _draw_problems(plan: PlanPart, seed: str, number: str, items_sha256: str) -> Iterator[str]:
    if seed != sha256_hex(f"{plan.commitment}:{number}"):
        yield "the seed does not follow from the commitment and the number"
    if sha256_of((plan.items or "").encode()) != items_sha256:
        yield "the items are not those that were drawn at the start"
    terms, items = plan.terms, list(plan.drawn_items)
    sampled_n = next(one["sampled_n"] for one in terms["strata"] if one["name"] == REST)
    flagged, rest, changed = (plan.kept.part(what) for what in (FLAGGED, REST, CHANGED))
    drawn, _ = sampled(seed, flagged, rest, sampled_n, changed)
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
