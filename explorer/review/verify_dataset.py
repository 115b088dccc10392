"""A report against the dataset and the store that it speaks of, where they are at hand."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.errors import ExplorerError
from explorer.review.check import FAILED, NOT_CHECKED, Check, settled
from explorer.review.keys import key_id, text_key
from explorer.review.report_form import PlanPart, ReportFile
from explorer.review.reviews import Reviews

_NAMES = ("dataset", "dataset: moments", "dataset: pictures", "store: plans", "store: logs")
_WITHOUT = "needs the dataset and its store (--dataset)"


def against_dataset(report: ReportFile, reviews: Reviews | None) -> Iterator[Check]:
    """Moments, pictures, plans and logs compared with what is here."""
    if reviews is None:
        yield Check("dataset and store", NOT_CHECKED, _WITHOUT)
        return
    if reviews.dataset_id != report.dataset_id:
        yield Check("dataset", FAILED, "the report speaks of another dataset")
        return
    try:
        yield from _moments(report, reviews)
        yield from _store(report, reviews)
    except ExplorerError as error:
        yield Check("dataset and store", FAILED, f"could not be read: {error}")


def _moments(report: ReportFile, reviews: Reviews) -> Iterator[Check]:
    plan = report.subject
    if plan.terms.get("key_id") != key_id(text_key(report.lineage_id)):
        yield Check(
            "dataset: moments", NOT_CHECKED, "the key for texts is not the one that the plan was made with"
        )
        return
    now = reviews.population(plan.terms["terms"]["filters"]).moments
    units = dict(zip(now["moment_id"].to_pylist(), now["unit_id"].to_pylist(), strict=True))
    stated = {one.moment_id: one.unit_id for one in plan.moments or ()}
    changed_n = sum(units.get(moment_id) != unit for moment_id, unit in stated.items())
    problems = (
        [f"{changed_n:,} of {len(stated):,} moments are not as they were reviewed"] if changed_n else []
    )
    new_n = len(units.keys() - stated.keys())
    problems += [f"{new_n:,} moments are new"] if new_n else []
    yield settled(
        "dataset: moments", problems, f"all {len(stated):,} are as they were, by picture, masks and text"
    )
    yield _pictures(report, reviews)


def _pictures(report: ReportFile, reviews: Reviews) -> Check:
    judged = {one.item_id: (one.pixels_sha256, one.sha256) for one in reviews.judged(report.plan_id)}
    problems = [] if judged == dict(report.pictures) else ["the pictures shown are not those of the dataset"]
    return settled(
        "dataset: pictures", problems, f"the pictures of {len(judged):,} items have the hashes stated"
    )


def _store(report: ReportFile, reviews: Reviews) -> Iterator[Check]:
    here = {plan.plan_id for plan in reviews.plans()}
    stated = {plan.plan_id for plan in report.plans}
    problems = [f"plan {one[:8]} is in the store and not in the report" for one in sorted(here - stated)]
    problems += [f"plan {one[:8]} is in the report and not in the store" for one in sorted(stated - here)]
    yield settled("store: plans", problems, f"the report has all {len(here)} plans of the lineage")
    problems = [problem for plan in report.plans if plan.plan_id in here for problem in _log(plan, reviews)]
    yield settled("store: logs", problems, "the logs are those in the store, to the last row")
    is_own = reviews.signer().public_key == report.public_key
    yield settled(
        "store: signing key", [] if is_own else ["it is another key than the store's"], "it is the store's"
    )


def _log(plan: PlanPart, reviews: Reviews) -> Iterator[str]:
    kept, stated = reviews.log(plan.plan_id), plan.log
    name = f"the log of plan {plan.plan_id[:8]}"
    if [row.row_sha256 for row in kept[: len(stated)]] != [row.row_sha256 for row in stated]:
        yield f"{name} is not the store's"
    elif len(kept) != len(stated):
        yield f"{name} has {len(kept):,} rows in the store and {len(stated):,} in the report"
