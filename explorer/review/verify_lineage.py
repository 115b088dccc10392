"""Are all plans of a lineage here, and did each pay for the attempts before it?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from explorer.review.check import Check, settled
from explorer.review.report_form import PlanPart, ReportFile


def lineage(report: ReportFile) -> Check:
    """Plans name the ones before with their commitments; attempt k has alpha / 2**k."""
    problems = list(_problems(report))
    tried_n = sum(bool(plan.rows("started")) for plan in report.plans)
    said = f"{len(report.plans)} committed, {tried_n} started; each names all before it, and alpha is halved each time"
    return settled("all plans", problems, said)


def _problems(report: ReportFile) -> Iterator[str]:
    here = {plan.plan_id: plan for plan in report.plans}
    for plan in report.plans:
        terms = plan.terms
        if terms.get("lineage_id") != report.lineage_id:
            yield f"plan {plan.plan_id[:8]} is of another lineage"
        earlier = _earlier(terms.get("earlier"))
        if earlier is None:
            yield f"plan {plan.plan_id[:8]} does not name the plans before it"
            continue
        for plan_id, commitment in earlier:
            if plan_id not in here:
                yield f"plan {plan_id[:8]}, which plan {plan.plan_id[:8]} names as earlier, is missing"
            elif here[plan_id].commitment != commitment:
                yield f"plan {plan_id[:8]} is not the one that plan {plan.plan_id[:8]} names"
        before = [here[plan_id] for plan_id, _ in earlier if plan_id in here]
        yield from _paid(plan, before)
    yield from _unnamed(report.plans)


def _earlier(content: object) -> list[tuple[str, str]] | None:
    if not isinstance(content, list):
        return None
    pairs = [tuple(one) for one in content if isinstance(one, list) and len(one) == 2]
    is_text = all(isinstance(part, str) for pair in pairs for part in pair)
    return pairs if len(pairs) == len(content) and is_text else None


def _paid(plan: PlanPart, before: Sequence[PlanPart]) -> Iterator[str]:
    if not plan.rows("started"):
        return
    attempt = 1 + sum(bool(one.rows("started")) for one in before)
    terms = plan.terms
    try:
        alpha = (1 - terms["terms"]["confidence"]) / 2**attempt
        is_paid = terms["attempt"] == attempt and math.isclose(terms["alpha"], alpha, rel_tol=1e-9)
    except (KeyError, TypeError):
        is_paid = False
    if not is_paid:
        yield f"plan {plan.plan_id[:8]} is attempt {attempt}, and its terms say otherwise"


def _unnamed(plans: Sequence[PlanPart]) -> Iterator[str]:
    """Of two plans one came first, so one names the other."""
    named = {plan.plan_id: {pair[0] for pair in _earlier(plan.terms.get("earlier")) or []} for plan in plans}
    for at, one in enumerate(plans):
        for other in plans[at + 1 :]:
            names = (other.plan_id in named[one.plan_id]) + (one.plan_id in named[other.plan_id])
            if names != 1:
                yield f"plans {one.plan_id[:8]} and {other.plan_id[:8]} do not say which came first"
