"""A report's figures from what it holds, without the dataset."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from explorer.review import sentences
from explorer.review.after_fix import after_fix
from explorer.review.draw import Item
from explorer.review.estimate import estimate
from explorer.review.judged import Judged
from explorer.review.plan import Plan, plan_of
from explorer.review.report_form import PlanPart
from explorer.review.standing import Standing, told
from explorer.store.review_rows import PlanRow

Pictures = Mapping[str, tuple[str | None, str | None]]


def figures_of(plan: PlanPart, pictures: Pictures, before: PlanPart | None = None) -> dict[str, Any]:
    """The estimate as a report states it. Raises ValueError, KeyError and their like where something is missing.

    before: the plan that it follows after a fix.
    """
    own, judged = judged_again(plan, pictures)
    found = estimate(own, judged)
    figures = asdict(found) | {
        "answer": sentences.answer(found.decision, own.terms),
        "rests_on": sentences.rests_on(found.decision),
        "more": sentences.more(found.decision, own.terms),
    }
    if own.terms.follows is not None:
        figures["after_fix"] = _after_fix(own, plan, before)
    as_read: dict[str, Any] = json.loads(json.dumps(figures, allow_nan=False))
    return as_read


def _after_fix(own: Plan, plan: PlanPart, before: PlanPart | None) -> dict[str, Any]:
    if before is None:
        raise ValueError("the plan that was followed is missing")
    found = after_fix(*judged_again(before), before.kept, plan.kept.rows, own.terms.is_prompted)
    return asdict(found) | {"said": list(sentences.after_a_fix(found))}


def judged_again(plan: PlanPart, pictures: Pictures | None = None) -> tuple[Plan, list[Judged]]:
    """The plan and everything that was said of its items; without the hashes of pictures where these are not given."""
    own, standing = _read(plan)
    sessions = {one.moment_id: one.session_id for one in plan.moments or ()}
    return own, [item_again(one, standing, own, sessions, pictures) for one in plan.drawn_items]


def told_plan(plan: PlanPart) -> Plan:
    """The plan with what became of it, by its own log."""
    return _read(plan)[0]


def _read(plan: PlanPart) -> tuple[Plan, Standing]:
    standing = Standing()
    standing.apply(plan.log)
    row = PlanRow(plan.plan_id, "", "", plan.document, plan.commitment)
    return told(plan_of(row, "report"), standing), standing


def item_again(
    item: Item, standing: Standing, plan: Plan, sessions: Mapping[str, str], pictures: Pictures | None = None
) -> Judged:
    """What was said of an item, without the dataset."""
    pixels, stored = (None, None) if pictures is None else pictures[item.item_id]
    return Judged(
        item.item_id, item.kind, item.stratum, item.unit_id, item.moments, item.same_n,
        tuple(sorted({sessions[moment_id] for moment_id in item.moments})), None,
        tuple(standing.readings(item.item_id, "reader")), tuple(standing.readings(item.item_id, "adjudicator")),
        standing.is_complete(item.item_id, plan.terms.readings_n), item.repeats, item.planted, pixels, stored,
        item.moment_id,
    )  # fmt: skip
