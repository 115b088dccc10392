"""`python -m benchmarks.review [ROWS]`: processor time of a review over generated data (4,000,000 rows of input).

Reading the population, drafting and starting a plan; an item with its picture and texts; a log of 100,000 verdicts
read again and turned into what every figure rests on.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from explorer.engine import open_engine
from explorer.engine.build import build_rollups
from explorer.generate.run import generate
from explorer.generate.sizes import Sizes
from explorer.review import Queue, Reviews, Terms, open_reviews
from explorer.review.standing import Standing
from explorer.store.review_log import LogRow, canonical, check_chain, row_after

ITEMS_N, VERDICTS_N = 50, 100_000


def main() -> int:
    """Print the table."""
    events_n = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000_000
    rows: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = f"{folder}/state"
        root = Path(folder) / "set"
        generate(root, Sizes(events_n, sessions=600, people=100, frames=3_000), jobs=1)
        build_rollups(root)
        with closing(open_engine(root, time_limit_ms=0)) as engine, closing(open_reviews(engine)) as reviews:
            _review(reviews, rows)
    _log(rows)
    table = Table("step", "processor time", title=f"Review of {events_n:,} generated rows")
    for row in rows:
        table.add_row(*row)
    Console(width=100).print(table)
    return 0


@contextmanager
def _timed(rows: list[tuple[str, str]], name: str) -> Iterator[None]:
    start = time.process_time()
    yield
    rows.append((name, f"{time.process_time() - start:.2f} s"))


def _review(reviews: Reviews, rows: list[tuple[str, str]]) -> None:
    with _timed(rows, "population"):
        found = reviews.population()
    rows_n = reviews._engine.run("review/event_rows").num_rows
    told = f"population of {rows_n:,} rows with text or keys: {found.moments_n:,} moments, {found.units_n:,} looks"
    rows[-1] = told, rows[-1][1]
    with _timed(rows, "plan committed"):
        plan = reviews.commit(Terms(), planner="Ana")
    with _timed(rows, "plan started"):
        plan = reviews.start(plan.plan_id, number="1", given_by="Ben")
    rows[-1] = f"plan started: {plan.items_n:,} items", rows[-1][1]
    queue, spent = reviews.queue(plan.plan_id, "Cleo"), []
    for _ in range(ITEMS_N):
        start = time.process_time()
        _item(queue)
        spent.append((time.process_time() - start) * 1000)
    lo, hi = np.quantile(spent, (0.5, 0.95))
    rows.append(
        ("an item: lent, picture, texts, verdict kept", f"{lo:.0f} ms median, {hi:.0f} ms 95th percentile")
    )


def _item(queue: Queue) -> None:
    lease = str(uuid.uuid4())
    if queue.next(lease).state == "batch_full":
        queue.close_batch()
        queue.next(lease)
    queue.shown(lease)
    queue.picture(lease)
    queue.answer(lease, "clean", spent_ms=1)


def _log(rows: list[tuple[str, str]]) -> None:
    log, previous = [], "0" * 64
    for at in range(VERDICTS_N):
        said = {"item_id": f"{at:016x}", "lease_id": "x", "role": "reader", "batch_n": at // 25, "verdict": "clean",
                "spots": [], "spent_ms": 4000}  # fmt: skip
        row = row_after(
            previous, LogRow("p", at + 1, "verdict", at, "Cleo", f"lease-{at}", canonical(said), "", "")
        )
        previous = row.row_sha256
        log.append(row)
    with _timed(rows, f"chain of {VERDICTS_N:,} verdicts checked"):
        check_chain(log, "0" * 64, "")
    with _timed(rows, f"{VERDICTS_N:,} verdicts read"):
        Standing().apply(log)


if __name__ == "__main__":
    raise SystemExit(main())
