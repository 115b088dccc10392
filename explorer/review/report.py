"""A review's report: all that a stranger needs to count again, without a pixel or a word of content.

What it holds: every plan of the lineage with its log and signed heads, the moments by id and unit (a keyed hash, whose
key stays with the data), the items, the hashes of the pictures shown, the figures. Who holds the signing key signs it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from explorer._version import __version__
from explorer.errors import ReviewRefused
from explorer.review.changes import unpacked
from explorer.review.keys import Signer, sha256_hex
from explorer.review.plan import Plan, document_of
from explorer.review.recount import figures_of
from explorer.review.report_form import FORMAT, VERSION, Moment, plan_part
from explorer.review.reviews import Reviews
from explorer.review.words import NOT_COVERED
from explorer.store.review_log import canonical
from explorer.store.review_rows import now_us

SIGNED = "report"


def report_of(reviews: Reviews, plan_id: str) -> dict[str, Any]:
    """The report on a plan that was started, as the values of a JSON file.

    Raises ReviewRefused before the start, PlanChanged where the dataset is not what the plan committed to, StoreError.
    """
    plan = reviews.plan(plan_id)
    if not plan.was_started:
        raise ReviewRefused("was not started, so there is nothing to report", where=f"plan {plan_id[:8]}")
    pictures = {one.item_id: (one.pixels_sha256, one.sha256) for one in reviews.judged(plan_id)}
    parts = [_part(reviews, one) for one in reviews.plans()]
    own = next(one for one in parts if one["plan_id"] == plan_id)
    # From the report's own values, so that whoever counts again counts the same.
    before = next((plan_part(one) for one in parts if one["plan_id"] == plan.terms.follows), None)
    own["estimate"] = figures_of(plan_part(own), pictures, before)
    body = {
        "format": FORMAT, "version": VERSION, "program": __version__, "made_utc_us": now_us(),
        "plan_id": plan_id, "dataset_id": plan.dataset_id, "lineage_id": plan.lineage_id,
        "plans": parts, "pictures": pictures, "not_covered": list(NOT_COVERED),
    }  # fmt: skip
    body = json.loads(json.dumps(body, allow_nan=False))
    return {**body, "signature": _signed(body, plan_id, reviews.signer())}


def written(report: Mapping[str, Any]) -> str:
    """The report as the text of a file."""
    return json.dumps(report, ensure_ascii=False, allow_nan=False, indent=0) + "\n"


def _part(reviews: Reviews, plan: Plan) -> dict[str, Any]:
    rows, signatures = reviews.log(plan.plan_id), reviews.signatures(plan.plan_id)
    return {
        "plan_id": plan.plan_id,
        "document": document_of(plan),
        "commitment": plan.commitment,
        "log": [[row.kind, row.at_utc_us, row.actor, row.key, row.content, row.row_sha256] for row in rows],
        "signatures": [
            [one.what, one.row_n, one.head_sha256, one.public_key, one.signature] for one in signatures
        ],
        "moments": _moments(reviews, plan) if plan.was_started else None,
        "items": reviews.paper(plan.plan_id, "items").decode() if plan.was_started else None,
        "estimate": None,
    }


def _moments(reviews: Reviews, plan: Plan) -> Sequence[Sequence[Any]]:
    rows = unpacked(reviews.paper(plan.plan_id, "population")).rows
    names = [name for name in Moment._fields if name in rows.column_names]
    return list(zip(*(rows[name].to_pylist() for name in names), strict=True))


def _signed(body: Mapping[str, Any], plan_id: str, signer: Signer) -> dict[str, str]:
    signature = signer.sign(SIGNED, plan_id, 0, sha256_hex(canonical(body)))
    return {"public_key": signer.public_key, "signature": signature}
