"""The tables of a report that is read: what was asked, what was found, by part and channel, and all plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from explorer.review.plan import Plan
from explorer.review.recount import told_plan
from explorer.review.report_form import plan_part
from explorer.review.sentences import percent
from explorer.review.words import ENTITIES

PARTS = ("", "moments drawn", "leaks", "counted as leaks", "at most", "of")
PLANS = ("plan", "became", "attempt", "commitment", "number", "seed")
_Row = Sequence[str]


def asked(plan: Plan) -> Iterable[_Row]:
    """What the plan fixed before anything was drawn."""
    terms = plan.terms
    target, sure = percent(terms.target_rate), percent(terms.confidence)
    yield (
        "Population",
        f"{plan.moments_n:,} moments ({plan.units_n:,} different) of {plan.sessions_n:,} sessions",
    )
    yield "Target", f"fewer than {target} of moments leak, at {sure} confidence over all attempts"
    yield "This attempt", f"number {plan.attempt}, so its own confidence is {percent(1 - plan.alpha)}"
    for one in plan.strata:
        how = "all are reviewed" if one.is_census else f"{one.sampled_n:,} are drawn by chance"
        yield f"Part “{one.name}”", f"{one.moments_n:,} moments, {how}"
    if terms.follows is not None:
        said = "led to the fix" if terms.is_prompted else "did not lead to the fix"
        yield "After a fix", f"follows plan {terms.follows[:8]}, whose sample {said}, says the planner"
    elif plan.attempt > 1:
        yield "After a fix", "follows no plan: what changed since an earlier one was drawn from like the rest"
    yield (
        "Looks",
        "may go on until it is decided" if terms.is_peekable else "as many as planned, then one answer",
    )
    yield "Readers", "two, and an adjudicator" if terms.readings_n == 2 else "one (no second reading)"
    yield "Looked for", ", ".join(ENTITIES[one] for one in terms.entities)
    yield "Redaction policy", terms.policy or "not named"
    yield "Programs", ", ".join(_versions(plan.versions))


def _versions(versions: Mapping[str, Any]) -> Iterable[str]:
    for name, version in versions.items():
        if isinstance(version, Mapping):
            yield from _versions(version)
        else:
            yield f"{name} {str(version).replace(',', ', ').replace('=', ' ')}"


def found(plan: Plan, estimate: Mapping[str, Any]) -> Iterable[_Row]:
    """What the readings give."""
    yield "Items judged", f"{estimate['judged_n']:,} of {estimate['items_n']:,}"
    yield "Leaks, as these readers find them", _between(estimate["decision"]["bounds"])
    yield "Sessions with a leak that was found", f"{estimate['touched']['sessions_n']:,}"
    yield "Items that show a secret", f"{estimate['touched']['secrets_n']:,}"
    planted_n, found_n = (sum(one[name] for one in estimate["planted"]) for name in ("planted_n", "found_n"))
    yield "Planted leaks found", f"{found_n} of {planted_n}" if planted_n else "none were planted"
    yield "Same item read twice by one person", _agreement(estimate["again"])
    if plan.terms.readings_n == 2:
        yield "Two readers", _agreement(estimate["readers"])
    yield "Leaks that the automatic checks had flagged", _recall(estimate["recall"])
    if (after := estimate["adjudicated"]) is not None:
        yield "After adjudication (does not decide)", f"{after['outcome']}: {_between(after['bounds'])}"


def _between(bounds: Mapping[str, Any]) -> str:
    return f"{bounds['leaks_lo_n']:,} to {bounds['leaks_hi_n']:,} of {bounds['moments_n']:,} moments"


def _agreement(own: Mapping[str, Any]) -> str:
    if not own["items_n"]:
        return "nothing was read twice"
    one = own["positive"]
    if one is None:
        return f"{own['items_n']:,} items; no reading said leak, so agreement on leaks cannot be told"
    said = f"{own['items_n']:,} items; positive agreement on leaks {_interval(one)}"
    return f"{said}; kappa {_interval(own['kappa'])}" if own["kappa"] is not None else said


def _interval(own: Mapping[str, Any]) -> str:
    return f"{own['value']:.2f} (95 %: {own['lo']:.2f} to {own['hi']:.2f})"


def _recall(own: Mapping[str, Any] | None) -> str:
    if own is None:
        return "nothing was flagged for review"
    return f"at least {percent(own['rate_lo'], 0)}, at most {percent(own['rate_hi'], 0)}"


def parts(estimate: Mapping[str, Any]) -> Iterable[_Row]:
    """Each stratum and each channel by itself."""
    for one in (*estimate["strata"], *estimate["channels"]):
        counts = (one["drawn_n"], one["leaks_n"], one["counted_n"])
        bounds = (one["bounds"]["leaks_hi_n"], one["bounds"]["moments_n"])
        yield one["name"].replace("_", " "), *(f"{count:,}" for count in (*counts, *bounds))


def plans(report: Mapping[str, Any]) -> Iterable[_Row]:
    """Every plan, with what it was committed to and what was drawn with."""
    for content in report["plans"]:
        part = plan_part(content)
        plan, started = told_plan(part), [row.said for row in part.rows("started")]
        drawn = [str(said[name]) for said in started for name in ("number", "seed")] or ["", ""]
        yield plan.plan_id[:8], plan.state, str(plan.attempt), plan.commitment, *drawn
