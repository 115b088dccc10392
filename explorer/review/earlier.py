"""An earlier plan as the store has it, whatever became of the dataset since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.errors import ParameterError
from explorer.review.after_fix import refuse_to_follow
from explorer.review.changes import Kept
from explorer.review.desk import Desk
from explorer.review.judged import Judged
from explorer.review.keys import key_id
from explorer.review.ledger import Ledger
from explorer.review.plan import Plan
from explorer.review.recount import item_again
from explorer.store.review_log import check_chain


@dataclass(frozen=True)
class Earlier:
    """A plan that another one may follow after a fix, what it committed to, and what was said of its items."""

    plan: Plan
    kept: Kept
    judged: list[Judged]


def earlier(
    ledger: Ledger, plan_id: str, lineage_id: str, filters: Mapping[str, object] | None = None
) -> Earlier:
    """The plan, for one that follows with these filters (None: with its own).

    Raises ParameterError where the lineage has none of this id, ReviewRefused where it cannot be followed, StoreError.
    """
    plan = next((one for one in ledger.plans(lineage_id) if one.plan_id == plan_id), None)
    if plan is None:
        raise ParameterError("there is no such plan in the lineage", where="follows")
    judged = recalled(ledger, plan)
    filters = plan.terms.filters if filters is None else filters
    refuse_to_follow(plan, judged, filters, key_id(ledger.text_key(lineage_id)))
    return Earlier(plan, ledger.kept(plan), judged)


def recalled(ledger: Ledger, plan: Plan) -> list[Judged]:
    """All that was said of a plan's items, without apps and hashes of pictures. Raises StoreError."""
    kept, desk = ledger.kept(plan), Desk(ledger.store(plan.lineage_id), plan)
    check_chain(desk.store.rows(plan.plan_id), plan.commitment, desk.store.where)
    sessions = dict(zip(*(kept.rows[name].to_pylist() for name in ("moment_id", "session_id")), strict=True))
    with desk.reading() as standing:
        return [item_again(one, standing, plan, sessions) for one in desk.items]
