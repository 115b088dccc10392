"""A report's figures from what it holds, without the dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.review.draw import Item, unpacked
from explorer.review.estimate import estimate_of
from explorer.review.judged import Judged
from explorer.review.plan import Plan, plan_of
from explorer.review.report_form import PlanPart
from explorer.review.standing import Standing
from explorer.store.review_rows import PlanRow

Pictures = Mapping[str, tuple[str | None, str | None]]


def figures_of(plan: PlanPart, pictures: Pictures) -> dict[str, Any]:
    """The estimate as a report states it. Raises ValueError, KeyError and their like where something is missing."""
    own = _plan(plan)
    return estimate_of(own, judged_again(plan, own, pictures)).as_json()


def judged_again(plan: PlanPart, own: Plan, pictures: Pictures) -> list[Judged]:
    """The items with what was said of them; applications are not known to a report."""
    standing = Standing()
    standing.apply(plan.log)
    sessions = {one.moment_id: one.session_id for one in plan.moments or ()}
    return [_judged(one, standing, own, sessions, pictures) for one in unpacked((plan.items or "").encode())]


def _plan(plan: PlanPart) -> Plan:
    row = PlanRow(plan.plan_id, "", "", plan.document, plan.commitment)
    return plan_of(row, "report")


def _judged(
    item: Item, standing: Standing, plan: Plan, sessions: Mapping[str, str], pictures: Pictures
) -> Judged:
    pixels, stored = pictures[item.item_id]
    return Judged(
        item.item_id, item.kind, item.stratum, item.unit_id, item.moments, item.same_n,
        tuple(sorted({sessions[moment_id] for moment_id in item.moments})), None,
        tuple(standing.readings(item.item_id, "reader")), tuple(standing.readings(item.item_id, "adjudicator")),
        standing.is_complete(item.item_id, plan.terms.readings_n), item.repeats, item.planted, pixels, stored,
    )  # fmt: skip
