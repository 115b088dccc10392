"""What was acknowledged is kept: through kills, a full disk, a database that is locked, and several programs."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from pathlib import Path

import pytest

from explorer.errors import StoreBusyError, StoreError
from explorer.review.verdict import Spot
from explorer.store import connect, open_reviews, open_store
from explorer.store.review_log import check_chain

from .kills import made_plan, queue_of

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def dataset_id(home: Path) -> str:
    return str(uuid.uuid4())


def judge(queue, verdict: str = "clean") -> None:
    lease = str(uuid.uuid4())
    assert queue.next(lease).state == "item"
    queue.answer(lease, verdict, [Spot("frame")] if verdict == "leak" else [], spent_ms=1)


def test_killed_reviewers_lose_no_acknowledged_verdict_and_double_none(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.review.kills", "10", "1500"], cwd=PROJECT, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(PROJECT)}, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert (told["lost"], told["doubled"], told["undo_lost"]) == (0, 0, 0)
    assert told["acknowledged"] >= 10
    assert told["acknowledged"] <= told["in_log"] <= told["acknowledged"] + told["kills"]


def test_a_full_disk_is_told_and_what_was_kept_stays(
    dataset_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, plan = made_plan(dataset_id, 400)
    opened = connect._opened
    pages_n = opened(connect.state_home() / f"{dataset_id}.sqlite").execute("PRAGMA page_count").fetchone()[0]

    def with_no_room(path: Path) -> sqlite3.Connection:
        connection = opened(path)
        connection.execute(f"PRAGMA max_page_count = {pages_n + 6}").close()
        return connection

    monkeypatch.setattr(connect, "_opened", with_no_room)
    queue, kept = queue_of(ledger, plan, "Cleo"), 0

    def judge_on() -> None:
        nonlocal kept
        for _ in range(150):
            judge(queue)
            kept += 1

    with pytest.raises(
        StoreError, match=r"cannot be written: the disk is full\. Make room; nothing that was kept"
    ):
        judge_on()
    assert kept > 3
    monkeypatch.setattr(connect, "_opened", opened)
    rows = ledger.store(dataset_id).rows(plan.plan_id)
    check_chain(rows, plan.commitment, "store")
    assert sum(row.kind == "verdict" for row in rows) == kept
    judge(queue)
    assert queue.progress().answered_n == kept + 1


def test_a_locked_database_is_told_and_the_verdict_can_be_sent_again(
    dataset_id: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "BUSY_MS", 200)
    ledger, plan = made_plan(dataset_id, 5)
    queue, lease = queue_of(ledger, plan, "Cleo"), str(uuid.uuid4())
    queue.next(lease)
    with closing(sqlite3.connect(home / f"{dataset_id}.sqlite", isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreBusyError):
            queue.answer(lease, "clean", spent_ms=1)
        holder.execute("ROLLBACK")
    assert not queue.answer(lease, "clean", spent_ms=1).was_there


def test_reviews_and_marks_share_a_file_and_neither_needs_the_other(dataset_id: str, home: Path) -> None:
    assert open_reviews(dataset_id).plans(dataset_id) == []
    assert not home.exists()
    open_store(dataset_id).add_mark("a", 1)
    assert open_reviews(dataset_id).plans(dataset_id) == []
    ledger, plan = made_plan(dataset_id, 5)
    assert [one.plan_id for one in ledger.plans(dataset_id)] == [plan.plan_id]
    assert len(open_store(dataset_id).marks()) == 1
    assert [path.name for path in home.glob("*.sqlite")] == [f"{dataset_id}.sqlite"]


def test_a_newer_store_of_reviews_is_refused_and_left_as_it_is(dataset_id: str, home: Path) -> None:
    made_plan(dataset_id, 5)
    file = home / f"{dataset_id}.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE review_store_version SET version = 2")
        connection.commit()
    before = file.read_bytes()
    with pytest.raises(StoreError, match="written by a newer program"):
        open_reviews(dataset_id).plans(dataset_id)
    with pytest.raises(StoreError, match="written by a newer program"):
        made_plan(dataset_id, 5)
    assert file.read_bytes() == before


def test_a_verdict_log_that_was_cut_or_rechained_no_longer_fits_its_signature(dataset_id: str) -> None:
    ledger, plan = made_plan(dataset_id, 5)
    for verdict in ("clean", "leak"):
        judge(queue_of(ledger, plan, "Cleo"), verdict)
    ledger.end(plan, "finished", "Cleo", {}, ("started",))
    rows = ledger.store(dataset_id).rows(plan.plan_id)
    start, end = ledger.store(dataset_id).signatures(plan.plan_id)
    assert (start.row_n, end.row_n) == (2, 5)
    check_chain(
        rows[:4], plan.commitment, "store"
    )  # a cut tail is a chain of its own: only the signature tells
    assert end.head_sha256 == rows[-1].row_sha256 not in {row.row_sha256 for row in rows[:4]}
    for wrong in (rows[1:], [rows[0], *rows[2:]], [rows[1], rows[0]]):
        with pytest.raises(StoreError, match="does not follow"):
            check_chain(wrong, plan.commitment, "store")
    with pytest.raises(StoreError, match="row 1 "):
        check_chain(rows, "0" * 64, "store")
