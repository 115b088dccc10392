"""A report's figures from what it holds, without the dataset."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from explorer.review.draw import Item, unpacked
from explorer.review.estimate import estimate
from explorer.review.judged import Judged
from explorer.review.plan import Plan, plan_of
from explorer.review.report_form import PlanPart
from explorer.review.standing import Standing, told
from explorer.store.review_rows import PlanRow

Pictures = Mapping[str, tuple[str | None, str | None]]


def figures_of(plan: PlanPart, pictures: Pictures) -> dict[str, Any]:
    """The estimate as a report states it. Raises ValueError, KeyError and their like where something is missing."""
    standing = Standing()
    standing.apply(plan.log)
    own = told(plan_of(PlanRow(plan.plan_id, "", "", plan.document, plan.commitment), "report"), standing)
    sessions = {one.moment_id: one.session_id for one in plan.moments or ()}
    items = unpacked((plan.items or "").encode())
    judged = [_judged(one, standing, own, sessions, pictures) for one in items]
    figures: dict[str, Any] = json.loads(json.dumps(asdict(estimate(own, judged)), allow_nan=False))
    return figures


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
