"""Reviews made for tests of reports: two plans of one lineage, and a report that can be tampered with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from explorer.engine import open_engine
from explorer.review import Reviews, Spot, Terms, open_reviews
from explorer.review.keys import sha256_hex, signed_bytes
from explorer.review.recount import figures_of
from explorer.review.report import SIGNED, report_of, written
from explorer.review.report_form import parsed
from explorer.store.review_log import LogRow, canonical, row_after

Report = dict[str, Any]
Sign = Callable[[str, str, int, str], str]


def reviewed(root: Path) -> tuple[Reviews, Report]:
    """A dataset with a plan that was given up and one that was finished, and the report on the second."""
    reviews = open_reviews(open_engine(root))
    first = reviews.commit(Terms(target_rate=0.1), planner="Ada")
    reviews.start(first.plan_id, number="12", given_by="Bob")
    _read(reviews, first.plan_id, 3)
    reviews.abandon(first.plan_id, actor="Ada", reason="mistake")
    plan = reviews.commit(Terms(target_rate=0.1), planner="Ada")
    reviews.start(plan.plan_id, number="4711", given_by="Bob")
    _read(reviews, plan.plan_id)
    reviews.finish(plan.plan_id, actor="Ada")
    return reviews, json.loads(written(report_of(reviews, plan.plan_id)))


def _read(reviews: Reviews, plan_id: str, most_n: int = 10_000) -> None:
    """Judge items: every tenth is a leak, and one verdict is taken back."""
    queue = reviews.queue(plan_id, "Cleo")
    for number in range(most_n):
        served = queue.next(f"lease-{plan_id[:8]}-{number}")
        if served.state == "batch_full":
            queue.close_batch()
        elif served.state == "item" and served.lease_id:
            spots = (
                [Spot("frame", "leak", "missed", "PERSON", "direct", 1, 1, 5, 5)] if number % 10 == 1 else []
            )
            queue.answer(served.lease_id, "leak" if spots else "clean", spots, spent_ms=3_000)
            if number == 2:
                queue.undo()
        else:
            break
    if queue.progress().in_batch_n:
        queue.close_batch()


# --- what somebody can do who changes a report


def subject(report: Report) -> dict[str, Any]:
    """The plan that the report is about."""
    return next(one for one in report["plans"] if one["plan_id"] == report["plan_id"])


def change_row(
    plan: dict[str, Any], kind: str, change: Callable[[dict[str, Any]], None], at: int = 0
) -> None:
    """Change what a row of that kind says."""
    row = [one for one in plan["log"] if one[0] == kind][at]
    said = json.loads(row[4])
    change(said)
    row[4] = canonical(said)


def change_terms(plan: dict[str, Any], change: Callable[[dict[str, Any]], None]) -> None:
    """Change what a plan committed to."""
    terms = json.loads(plan["document"])
    change(terms)
    plan["document"] = canonical(terms)


def chain_again(plan: dict[str, Any]) -> None:
    """Hashes of all rows from the first on, as if they had been so from the start."""
    plan["commitment"] = previous = sha256_hex(plan["document"])
    for row_n, row in enumerate(plan["log"], 1):
        made = row_after(previous, LogRow(plan["plan_id"], row_n, *row[:5], "", ""))
        row[5] = previous = made.row_sha256


def other_key() -> tuple[str, Sign]:
    """A key of somebody else, and what signs with it."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)

    def sign(what: str, plan_id: str, row_n: int, head: str) -> str:
        return key.sign(signed_bytes(what, plan_id, row_n, head)).hex()

    return public.hex(), sign


def sign_heads(report: Report, public_key: str, sign: Sign) -> None:
    """New signatures for start and end of every plan, over the rows that are there."""
    for plan in report["plans"]:
        kinds = [row[0] for row in plan["log"]]
        plan["signatures"] = []
        for what, names in (("start", ("started",)), ("end", ("finished", "abandoned"))):
            places = [at for at, kind in enumerate(kinds) if kind in names]
            for at in places[:1]:
                head = plan["log"][at][5]
                signature = sign(what, plan["plan_id"], at + 1, head)
                plan["signatures"].append([what, at + 1, head, public_key, signature])


def sign_whole(report: Report, public_key: str, sign: Sign) -> None:
    """A new signature of the whole report."""
    body = {name: value for name, value in report.items() if name != "signature"}
    signature = sign(SIGNED, report["plan_id"], 0, sha256_hex(canonical(body)))
    report["signature"] = {"public_key": public_key, "signature": signature}


def count_again(report: Report) -> None:
    """Figures that fit what the report holds now."""
    file = parsed(json.dumps(report))
    plan = replace(file.subject, commitment=sha256_hex(file.subject.document))
    subject(report)["estimate"] = figures_of(plan, file.pictures, file.before(plan))
