"""`review verify`: everything in a report is counted again; what cannot be confirmed is said."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from explorer.errors import ExplorerError
from explorer.review import verify_draw, verify_log
from explorer.review.check import CONFIRMED, FAILED, NOT_CHECKED, Check, Verified, settled
from explorer.review.keys import is_signed, sha256_hex, signed_bytes
from explorer.review.recount import figures_of
from explorer.review.report import SIGNED
from explorer.review.report_form import ReportFile, parsed
from explorer.review.verify_dataset import against_dataset
from explorer.review.verify_lineage import lineage

_REL_TOL = 1e-9


def verify(text: str, *, public_key: str | None = None, reviews: Any = None) -> Verified:
    """Check the text of a report's JSON file.

    public_key: the key, in hex, that the signer gave beforehand. reviews: those of the dataset, where it is at hand.
    Raises ReviewError when the text is no report; anything wrong in a report is a failed check.
    """
    with _without_search_for_cycles():
        report = parsed(text)
        return Verified(tuple(_checks(report, public_key, reviews)))


@contextmanager
def _without_search_for_cycles() -> Iterator[None]:
    """A large report is millions of objects in no cycle: looking for cycles among them takes as long as the checks."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _checks(report: ReportFile, public_key: str | None, reviews: Any) -> Iterator[Check]:
    yield _signature(report)
    yield _key(report, public_key)
    yield lineage(report)
    for number, plan in enumerate(report.plans, 1):
        name = f"plan {number} of {len(report.plans)}"
        yield verify_log.commitment(plan, name)
        yield verify_log.log(plan, name)
        yield verify_log.signatures(plan, report.public_key, name)
        yield verify_draw.population(plan, name, report.before(plan))
        yield verify_draw.draw(plan, name)
    yield _figures(report)
    yield from against_dataset(report, reviews)


def _signature(report: ReportFile) -> Check:
    content = signed_bytes(SIGNED, report.plan_id, 0, sha256_hex(report.body))
    is_whole = is_signed(report.public_key, report.signature, content)
    problems = [] if is_whole else ["the report is not what was signed"]
    return settled("report", problems, f"signed as a whole with key {report.public_key[:16]}…")


def _key(report: ReportFile, public_key: str | None) -> Check:
    if public_key is None:
        said = f"whose key {report.public_key[:16]}… is was not told; compare it with the one you were given (--key)"
        return Check("signing key", NOT_CHECKED, said)
    is_same = public_key.strip().lower() == report.public_key.lower()
    return Check("signing key", CONFIRMED if is_same else FAILED,
                 "it is the key that you gave" if is_same else "it is another key than the one you gave")  # fmt: skip


def _figures(report: ReportFile) -> Check:
    """The figures again, from terms, items and verdicts alone."""
    plan = report.subject
    if plan.estimate is None:
        return Check("figures", FAILED, "the report gives none")
    try:
        again = figures_of(plan, report.pictures, report.before(plan))
    except (ExplorerError, ValueError, TypeError, KeyError, AttributeError, IndexError, ArithmeticError):
        return Check("figures", FAILED, "they cannot be counted from the verdicts that the report gives")
    problems = [f"{name} is not what the verdicts give" for name in _different(plan.estimate, again)]
    outcome = str(again["decision"]["outcome"])
    if outcome == "PASS" and not plan.rows("finished"):
        problems.append("the plan was not finished, so rows may be missing at its end")
    return settled(
        "figures", problems, f"the answer {outcome} is what {len(plan.rows('verdict')):,} verdicts give"
    )


def _different(stated: Any, again: Any, name: str = "the estimate") -> Iterator[str]:
    if isinstance(stated, Mapping) and isinstance(again, Mapping):
        for key in sorted({*stated, *again}, key=str):
            if key not in stated or key not in again:
                yield str(key)
            else:
                yield from _different(stated[key], again[key], str(key))
    elif isinstance(stated, list) and isinstance(again, list):
        if len(stated) != len(again):
            yield name
            return
        for one, other in zip(stated, again, strict=True):
            yield from _different(one, other, name)
    elif not _is_same(stated, again):
        yield name


def _is_same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=_REL_TOL)
    return type(one) is type(other) and bool(one == other)
