"""Does a plan's log follow from its commitment row by row, and do the signatures stand for its start and its end?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from explorer.errors import ParameterError
from explorer.review.check import Check, settled
from explorer.review.keys import is_signed, sha256_hex, signed_bytes
from explorer.review.report_form import PlanPart
from explorer.review.verdict import checked, spot_of
from explorer.review.words import ROLES
from explorer.store.review_log import LogRow, row_after

_ONCE = ("committed", "started", "finished", "abandoned")
_KINDS = (*_ONCE, "verdict", "undo", "batch_closed")


def chained(plan: PlanPart) -> PlanPart:
    """The plan with the hashes that its rows have, whatever the report says they have."""
    rows, previous = [], plan.commitment
    for row in plan.log:
        made = row_after(previous, row)
        rows.append(replace(made, row_sha256=row.row_sha256))
        previous = made.row_sha256
    return replace(plan, log=tuple(rows))


def commitment(plan: PlanPart, name: str) -> Check:
    """The hash that was read out before anything was drawn is the hash of these terms."""
    problems = (
        [] if sha256_hex(plan.document) == plan.commitment else ["the terms are not those committed to"]
    )
    if plan.terms.get("plan_id") != plan.plan_id:
        problems.append("the terms are another plan's")
    return settled(
        f"{name}: terms", problems, f"commitment {plan.commitment[:16]}… is the hash of these terms"
    )


def log(plan: PlanPart, name: str) -> Check:
    """Each row holds the hash of the one before, and the first one the commitment."""
    problems, previous = [], plan.commitment
    for row in plan.log:
        made = row_after(previous, row)
        if made.row_sha256 != row.row_sha256:
            problems.append(f"row {row.row_n} does not follow from the one before")
            break
        previous = made.row_sha256
    problems += list(_rules(plan.log))
    problems += _people(plan)
    return settled(f"{name}: log", problems, f"{len(plan.log):,} rows follow from one another")


def _rules(rows: tuple[LogRow, ...]) -> Iterator[str]:
    """What a log of this program never holds."""
    if [row.kind for row in rows[:1]] != ["committed"]:
        yield "the log does not begin with the commitment"
    if len({row.key for row in rows}) < len(rows):
        yield "a row was entered twice"
    for kind in _ONCE:
        if sum(row.kind == kind for row in rows) > 1:
            yield f"the plan was {kind} twice"
    ends = [row.row_n for row in rows if row.kind in ("finished", "abandoned")]
    if ends and ends[0] < len(rows):
        yield "rows follow the end"
    started = next((row.row_n for row in rows if row.kind == "started"), None)
    for row in rows:
        if row.kind not in _KINDS:
            yield f"row {row.row_n} is of no known kind"
        elif row.kind in ("verdict", "undo", "batch_closed") and (started is None or row.row_n < started):
            yield f"row {row.row_n} comes before the start"
        elif row.kind == "verdict" and (problem := _problem(row)):
            yield f"row {row.row_n} {problem}"


def _people(plan: PlanPart) -> Iterator[str]:
    """Who may not be the same person is not of one name."""
    planner = str(plan.terms.get("planner", "")).casefold()
    if any(row.actor.casefold() == planner for row in plan.rows("started")):
        yield "the number was given by the planner"
    undone = {row.said.get("row_n") for row in plan.rows("undo")}
    readers = Counter(
        (str(row.said.get("item_id")), row.actor.casefold())
        for row in plan.rows("verdict")
        if row.row_n not in undone
    )
    twice_n = sum(readings_n > 1 for readings_n in readers.values())
    if twice_n:
        yield f"one person read {twice_n:,} items twice"


def _problem(row: LogRow) -> str | None:
    said = row.said
    try:
        verdict, spots, spent_ms = checked(
            said["verdict"], [spot_of(one) for one in said["spots"]], said["spent_ms"]
        )
    except (ParameterError, KeyError, TypeError, AttributeError):
        return "is no verdict"
    if (
        verdict != said["verdict"]
        or said.get("role") not in ROLES
        or not isinstance(said.get("item_id"), str)
    ):
        return "is no verdict as this program keeps it"
    del spots, spent_ms
    return None


def signatures(plan: PlanPart, public_key: str, name: str) -> Check:
    """Start and end were signed with the report's key, each over the row that it names."""
    problems = []
    ends = {"start": plan.rows("started"), "end": plan.rows("finished") or plan.rows("abandoned")}
    for what, rows in ends.items():
        found = [one for one in plan.signatures if one.what == what]
        if not rows:
            problems += [f"there is a signature of an {what} that the log does not have"] if found else []
            continue
        if len(found) != 1:
            problems.append(f"the {what} is not signed once")
            continue
        [one] = found
        content = signed_bytes(what, plan.plan_id, one.row_n, one.head_sha256)
        is_of_row = (one.row_n, one.head_sha256) == (rows[0].row_n, rows[0].row_sha256)
        if one.public_key != public_key or not is_of_row or not is_signed(public_key, one.signature, content):
            problems.append(f"the signature of the {what} is not this key's over this log")
    words = {
        0: "nothing was started, so nothing is signed",
        1: "the start is signed",
        2: "start and end are signed",
    }
    return settled(f"{name}: signatures", problems, words[min(2, len(plan.signatures))])
