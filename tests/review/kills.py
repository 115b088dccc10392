"""Reviewers whose processes are killed in mid-work: `python -m tests.review.kills KILLS_N ITEMS_N [URL]`.

Two reviewers work at a time, each in a process of its own. Each tells its verdicts when they are acknowledged, and is
killed after a while; then two others go on. Prints JSON: verdicts acknowledged, lost, doubled, and whether the log is
whole. The state folder is that of XDG_STATE_HOME; with URL the store is that PostgreSQL database.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
import uuid
from collections import Counter
from typing import Any, NoReturn

import numpy as np
import pyarrow as pa

from explorer.review.changes import Kept
from explorer.review.desk import Desk
from explorer.review.draw import Item, packed
from explorer.review.ledger import Ledger
from explorer.review.plan import REST, Plan, Stratum
from explorer.review.queue import Queue
from explorer.review.standing import Standing
from explorer.review.terms import Terms
from explorer.review.verdict import Spot
from explorer.store import review_rows
from explorer.store.review_log import check_chain

LONGEST_S, MOST_TOLD_N = 20.0, 8
READERS = ("Cleo", "Dora")


class Blind:
    """Nothing is shown here."""

    def refuse_change(self) -> None:
        pass


def made_plan(dataset_id: str, items_n: int, url: str | None = None, **terms: Any) -> tuple[Ledger, Plan]:
    """A started plan of so many items, over no dataset."""
    ledger = Ledger(dataset_id, url)
    ids = [f"s-{at:07d}" for at in range(items_n)]
    rows = {
        "moment_id": ids,
        "session_id": ["s"] * items_n,
        "unit_id": ids,
        "is_flagged": np.zeros(items_n, bool),
    }
    given = Terms(**{"planted_share": 0, "repeated_share": 0, "batch_size": 200, **terms})
    plan = Plan(
        uuid.uuid4().hex, dataset_id, dataset_id, given, (Stratum(REST, items_n, items_n, False),), 1, 0.025, items_n,
        items_n, 1, "0" * 64, "0" * 64, "0" * 16, 0, 0, "Ana", {}, (), review_rows.now_us(), "",
    )  # fmt: skip
    plan = ledger.commit(dataset_id, "Ana", lambda attempt, earlier: (plan, Kept(pa.table(rows))))
    items = [Item(f"item{at:06d}", "random", REST, one, one, (one,)) for at, one in enumerate(ids)]
    ledger.start(plan, "Ben", packed(items), {"seed": "0" * 64, "items_n": items_n})
    return ledger, ledger.plan(plan.plan_id)


def queue_of(ledger: Ledger, plan: Plan, reader: str) -> Queue:
    """A reader's queue, as a new process would have it."""
    return Queue(Desk(ledger.store(plan.lineage_id), plan), Blind(), reader, "reader")  # type: ignore[arg-type]


def work(ledger: Ledger, plan: Plan, reader: str, told: int) -> NoReturn:
    """Judge until killed; each acknowledged verdict, and each that was taken back, is told in one line."""
    queue, dice = queue_of(ledger, plan, reader), random.Random(os.getpid())
    while True:
        lease = str(uuid.uuid4())
        served = queue.next(lease)
        if served.state == "batch_full":
            queue.close_batch()
            continue
        if served.state != "item":
            time.sleep(0.01)
            continue
        verdict = dice.choice(("clean", "clean", "leak"))
        kept = queue.answer(lease, verdict, [Spot("frame")] if verdict == "leak" else [], spent_ms=1)
        os.write(told, f"kept {lease} {verdict} {kept.row_n} {kept.row_sha256}\n".encode())
        if dice.random() < 0.1:
            undone = queue.undo()
            if undone:
                os.write(told, f"undone {undone.row_n}\n".encode())


def killed_after_a_while(ledger: Ledger, plan: Plan, dice: random.Random) -> list[str]:
    """What two reviewers told before they were killed; a pipe holds more than they can tell."""
    children = []
    for reader in READERS:
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                # Not the parent's connections: two processes must not share one.
                work(Ledger(ledger.dataset_id, ledger.url), plan, reader, theirs)
            finally:
                os._exit(1)
        os.close(theirs)
        children.append((child, ours))
    told = dict.fromkeys((ours for _, ours in children), b"")
    wanted_n, patience = dice.randrange(1, MOST_TOLD_N), time.monotonic() + LONGEST_S
    while b"".join(told.values()).count(b"\n") < wanted_n and time.monotonic() < patience:
        for ours in select.select(list(told), [], [], 0.1)[0]:
            told[ours] += os.read(ours, 65536)
    time.sleep(dice.uniform(0, 0.05))  # in the middle of whatever they do now
    for child, _ in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    for ours in told:
        with os.fdopen(ours, "rb") as pipe:
            told[ours] += pipe.read()
    return b"".join(told.values()).decode().splitlines()


def outcome(ledger: Ledger, plan: Plan, told: list[str]) -> dict[str, Any]:
    """What the log holds of what was told."""
    rows = ledger.store(plan.lineage_id).rows(plan.plan_id)
    check_chain(rows, plan.commitment, "store")
    by_key = Counter(row.key for row in rows)
    held = {
        (row.key, row.said["verdict"], row.row_n, row.row_sha256) for row in rows if row.kind == "verdict"
    }
    kept = [line.split()[1:] for line in told if line.startswith("kept")]
    undone = [int(line.split()[1]) for line in told if line.startswith("undone")]
    standing = Standing()
    standing.apply(rows)
    live = Counter((one.item_id, one.reader) for one in standing.by_row.values())
    return {
        "acknowledged": len(kept), "undone": len(undone), "in_log": len(held),
        "lost": sum((lease, verdict, int(row), sha) not in held for lease, verdict, row, sha in kept),
        "undo_lost": sum(row in standing.by_row for row in undone),
        "doubled": sum(n > 1 for n in by_key.values()) + sum(n > 1 for n in live.values()),
    }  # fmt: skip


def main() -> int:
    """Kill so many times, and print what came of it."""
    kills_n, items_n = int(sys.argv[1]), int(sys.argv[2])
    ledger, plan = made_plan(str(uuid.uuid4()), items_n, sys.argv[3] if len(sys.argv) > 3 else None)
    told, dice = [], random.Random(1)
    for _ in range(0, kills_n, len(READERS)):
        told += killed_after_a_while(ledger, plan, dice)
    print(json.dumps({"kills": kills_n, **outcome(ledger, plan, told)}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
