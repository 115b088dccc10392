"""Reviews on a real PostgreSQL server, started here; not run where server or driver is missing."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from explorer.engine import Engine
from explorer.errors import StoreError
from explorer.review import Reviews, Terms, open_reviews
from explorer.store import open_store
from explorer.store.review_log import check_chain

from .conftest import judge, lease_id, started
from .kills import made_plan, queue_of

pytestmark = pytest.mark.extras("postgres")
PROJECT = Path(__file__).resolve().parents[2]


def _program(name: str) -> str | None:
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(places[-1]) if places else None)


@pytest.fixture(scope="module")
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of a server of our own, on a socket in its folder."""
    made, control = _program("initdb"), _program("pg_ctl")
    if made is None or control is None:
        leave_out = pytest.fail if request.config.getoption("--require-extras") else pytest.skip
        leave_out("PostgreSQL's server is not on this computer (on Debian: apt install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    # The server refuses to run as root.
    other = {"user": "postgres"} if os.geteuid() == 0 else {}
    if other:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)

    def run(*words: str) -> None:
        subprocess.run(words, check=True, capture_output=True, cwd=folder, timeout=120, **other)  # type: ignore[call-overload]

    run(made, "-D", f"{folder}/data", "-U", "reviewer", "--auth=trust", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    run(control, "-D", f"{folder}/data", "-l", f"{folder}/log", "-w", "-o", options, "start")
    try:
        yield f"postgresql://reviewer@/postgres?host={folder}"
    finally:
        run(control, "-D", f"{folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def test_a_plan_is_reviewed_to_its_end(engine: Engine, url: str) -> None:
    with closing(open_reviews(engine, url=url)) as reviews:
        _reviewed(engine, reviews, url)


def _reviewed(engine: Engine, reviews: Reviews, url: str) -> None:
    plan = started(reviews, Terms(target_rate=0.2, confidence=0.9, readers="two", batch_size=10))
    for name in ("Cleo", "Dora"):
        queue, lease = reviews.queue(plan.plan_id, name), lease_id()
        queue.next(lease)
        kept = queue.answer(lease, "clean", spent_ms=1)
        assert queue.answer(lease, "clean", spent_ms=1).row_sha256 == kept.row_sha256
        assert queue.undo() is not None
        while judge(queue, "clean") is not None:
            pass
    assert reviews.finish(plan.plan_id, actor="Ana").state == "finished"
    # Another program, which knows nothing yet.
    with closing(open_reviews(engine, url=url)) as later:
        assert all(one.is_complete for one in later.judged(plan.plan_id))
        assert [one.what for one in later.signatures(plan.plan_id)] == ["start", "end"]
    with closing(open_store(engine.dataset.dataset_id, url)) as marks:
        marks.add_mark("s1", 1)


def test_evidence_is_only_added_to(url: str, home: Path) -> None:
    import psycopg

    ledger, plan = made_plan(str(uuid.uuid4()), 5, url)
    with psycopg.connect(url) as connection:
        for statement in ("UPDATE review_log SET content = '{}'", "DELETE FROM review_plans", "TRUNCATE review_log",
                          "DELETE FROM review_signatures"):  # fmt: skip
            with pytest.raises(psycopg.errors.DatabaseError, match=r"never changed|cannot truncate"):
                connection.execute(statement)
            connection.rollback()
    check_chain(ledger.store(plan.lineage_id).rows(plan.plan_id), plan.commitment, "store")
    ledger.close()


def test_several_readers_at_once_judge_each_item_once(url: str, home: Path) -> None:
    ledger, plan = made_plan(str(uuid.uuid4()), 60, url)
    failed: list[BaseException] = []

    def read(name: str) -> None:
        try:
            queue = queue_of(ledger, plan, name)
            while judge(queue) is not None:
                pass
        except StoreError as error:
            failed.append(error)

    threads = [threading.Thread(target=read, args=(name,)) for name in ("Cleo", "Dora", "Emil", "Fred")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    rows = ledger.store(plan.lineage_id).rows(plan.plan_id)
    check_chain(rows, plan.commitment, "store")
    items = [row.said["item_id"] for row in rows if row.kind == "verdict"]
    assert len(items) == len(set(items)) == 60
    ledger.close()


def test_killed_reviewers_lose_nothing_here_either(url: str, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.review.kills", "6", "800", url], cwd=PROJECT, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(PROJECT)}, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert (told["lost"], told["doubled"], told["undo_lost"]) == (0, 0, 0)
    assert told["acknowledged"] >= 3
