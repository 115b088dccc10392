"""`python -m benchmarks.review_verify [ROWS]`: estimate and check a review of 100,000 verdicts.

The population, the draw and the log are made by the same functions that a review uses, without a dataset.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from typing import Any

from benchmarks.ground_floor import Measure
from benchmarks.table import shown
from explorer.measures.sensitivity import attempt_alpha
from explorer.review.draw import mixed, packed, sampled, sha256_of
from explorer.review.estimate import estimate
from explorer.review.identity import fingerprint
from explorer.review.keys import Signer, sha256_hex
from explorer.review.plan import FLAGGED, REST, Plan, Stratum, document_of
from explorer.review.recount import figures_of, judged_again
from explorer.review.report import SIGNED, written
from explorer.review.report_form import FORMAT, VERSION, parsed
from explorer.review.terms import Terms
from explorer.review.verify import verify
from explorer.store.review_log import LogRow, canonical, row_after

ROWS_N = 100_000
ESTIMATE_MS, VERIFY_MS = 2_000, 10_000


def measures(rows_n: int = ROWS_N) -> list[Measure]:
    """Processor time of both."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        text = written(_report(rows_n))
    report = parsed(text)
    plan, judged = judged_again(report.subject, report.pictures)
    began = time.process_time()
    estimate(plan, judged)
    estimate_ms = (time.process_time() - began) * 1000
    began = time.process_time()
    found = verify(text)
    verify_ms = (time.process_time() - began) * 1000
    if not found.is_accepted:
        raise RuntimeError("; ".join(check.said for check in found.checks if check.outcome == "failed"))
    said = f"{rows_n:,} verdicts, {len(text) / 2**20:.0f} MiB of JSON; processor time"
    return [
        Measure("review, estimate from verdicts", estimate_ms, "ms", ESTIMATE_MS, said),
        Measure("review, verify a report", verify_ms, "ms", VERIFY_MS, said),
    ]


def _report(rows_n: int) -> dict[str, Any]:
    moments = [
        (f"session-{number // 100:06d}-{number:07d}", sha256_hex(str(number))[:32])
        for number in range(rows_n)
    ]
    plan = _plan(moments)
    document = document_of(plan)
    commitment = sha256_hex(document)
    seed = sha256_hex(f"{commitment}:1")
    items = mixed(seed, sampled(seed, [], moments, rows_n)[0])
    paper = packed(items)
    started = {"number": "1", "seed": seed, "items_sha256": sha256_of(paper), "items_n": rows_n}
    log = _log(plan.plan_id, commitment, started, [item.item_id for item in items])
    part = {
        "plan_id": plan.plan_id, "document": document, "commitment": commitment, "log": log, "estimate": None,
        "moments": [[one, unit, one[:14], False] for one, unit in moments], "items": paper.decode(),
    }  # fmt: skip
    return _signed(part, {item.item_id: (None, None) for item in items})


def _log(plan_id: str, commitment: str, started: dict[str, Any], items: list[str]) -> list[list[Any]]:
    """One clean verdict for each item, as rows of a report."""
    rows: list[tuple[str, dict[str, Any]]] = [("committed", {}), ("started", started)]
    for place, item_id in enumerate(items):
        verdict = {"item_id": item_id, "lease_id": f"lease-{place}", "role": "reader", "batch_n": place // 100,
                   "verdict": "clean", "spots": [], "spent_ms": 3_000}  # fmt: skip
        rows.append(("verdict", verdict))
    rows.append(("finished", {"items_n": len(items), "judged_n": len(items), "verdicts_n": len(items)}))
    log, previous = [], commitment
    for row_n, (kind, said) in enumerate(rows, 1):
        bare = LogRow(plan_id, row_n, kind, row_n, f"reader-{kind}", str(row_n), canonical(said), "", "")
        made = row_after(previous, bare)
        log.append([kind, row_n, made.actor, made.key, made.content, made.row_sha256])
        previous = made.row_sha256
    return log


def _plan(moments: list[tuple[str, str]]) -> Plan:
    moments_n = len(moments)
    strata = Stratum(FLAGGED, 0, 0, True), Stratum(REST, moments_n, moments_n, False)
    return Plan(
        plan_id="0" * 32, dataset_id="bench", lineage_id="bench", terms=Terms(), strata=strata, attempt=1,
        alpha=attempt_alpha(0.95, 1), moments_n=moments_n, units_n=moments_n,
        sessions_n=len({one[:14] for one, _ in moments}), population_sha256=fingerprint(moments),
        flagged_sha256=sha256_hex(""), key_id="", planted_n=0, repeated_n=0, planner="planner", versions={},
        earlier=(), committed_utc_us=0, commitment="",
    )  # fmt: skip


def _signed(part: dict[str, Any], pictures: dict[str, Any]) -> dict[str, Any]:
    signer, plan_id, log = Signer("bench"), part["plan_id"], part["log"]
    heads = [("start", 2, log[1][5]), ("end", len(log), log[-1][5])]
    part["signatures"] = [
        [what, row_n, head, signer.public_key, signer.sign(what, plan_id, row_n, head)]
        for what, row_n, head in heads
    ]
    body = {
        "format": FORMAT, "version": VERSION, "program": "", "made_utc_us": 0, "plan_id": plan_id,
        "dataset_id": "bench", "lineage_id": "bench", "plans": [part], "pictures": pictures, "not_covered": [],
    }  # fmt: skip
    unsigned = parsed(json.dumps({**body, "signature": {"public_key": "", "signature": ""}}))
    part["estimate"] = figures_of(unsigned.subject, pictures)
    body = json.loads(json.dumps(body))
    signature = signer.sign(SIGNED, plan_id, 0, sha256_hex(canonical(body)))
    return {**body, "signature": {"public_key": signer.public_key, "signature": signature}}


def main() -> int:
    """Print the table; 1 when a limit is broken."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("rows", nargs="?", type=int, default=ROWS_N, help="verdicts")
    return shown(measures(asked.parse_args().rows))


if __name__ == "__main__":
    sys.exit(main())
