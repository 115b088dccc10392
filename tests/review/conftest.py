"""Small datasets to review, in a state folder of their own, and a reader who is quick."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from explorer.engine import Engine, open_engine
from explorer.review import Kept, Plan, Queue, Reviews, Spot, Terms, open_reviews
from explorer.scan import folder
from explorer.scan.finding import Finding, as_table
from explorer.scan.jobs import Job
from explorer.scan.work import Result

DatasetOf = Callable[..., Path]
SESSIONS_N, FRAMES_N = 8, 12


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty state folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "trace-explorer"


def rows_of(frame_row: Callable[..., dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Eight sessions of twelve pictures, each followed by a row with a title and one with a masked address."""
    frames, events = [], []
    for session in range(SESSIONS_N):
        own = f"s{session}"
        for at in range(FRAMES_N):
            # Every fourth picture is the one before it once more.
            shade = 100 + session
            frames.append(frame_row(own, at, seq=3 * at, t_us=at * 1000, shade=shade) if at % 4 != 3
                          else {**frame_row(own, at - 1, seq=3 * at, t_us=at * 1000, shade=shade),
                                "frame_id": f"{own}-{at:07d}"})  # fmt: skip
            title, url = f"List {at - (at % 4 == 3)}", "https://desk.example/find?q=<PERSON>"
            row = {"session_id": own, "t_us": at * 1000, "kind": "click", "app": "Mail"}
            events += [
                {**row, "seq": 3 * at + 1, "window_title": title},
                {**row, "seq": 3 * at + 2, "url": url},
            ]
    return {"frames": frames, "events": events}


@pytest.fixture(scope="session")
def small_root(
    dataset_of: DatasetOf, frame_row: Callable[..., dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A dataset of 96 moments, of which every fourth looks like the one before."""
    return dataset_of(tmp_path_factory.mktemp("review") / "set", **rows_of(frame_row))


@pytest.fixture(scope="session")
def small_engine(small_root: Path) -> Iterator[Engine]:
    with closing(open_engine(small_root)) as opened:
        yield opened


@pytest.fixture
def engine(small_engine: Engine, home: Path) -> Engine:
    return small_engine


@pytest.fixture
def reviews(engine: Engine) -> Iterator[Reviews]:
    with closing(open_reviews(engine)) as opened:
        yield opened


def started(reviews: Reviews, terms: Terms | None = None, number: str = "4711") -> Plan:
    """A plan that may be worked on."""
    plan = reviews.commit(terms or Terms(target_rate=0.05), planner="Ana")
    return reviews.start(plan.plan_id, number=number, given_by="Ben")


def lease_id() -> str:
    return str(uuid.uuid4())


def judge(queue: Queue, verdict: str = "clean", channel: str = "frame") -> Kept | None:
    """Take the next item and judge it; a full batch is closed first. None where there is none."""
    lease = lease_id()
    served = queue.next(lease)
    if served.state == "batch_full":
        queue.close_batch()
        served = queue.next(lease)
    if served.state != "item":
        return None
    spots = [Spot(channel, verdict)] if verdict in ("leak", "unsure", "over_redacted") else []
    return queue.answer(lease, verdict, spots, spent_ms=1500)


def kept_scan(engine: Engine, found: list[Finding]) -> None:
    """Keep a scan with these findings."""
    state = folder.state_of(engine)
    folder.begun(state)
    job = Job(0, "texts", "", "", 0, 0, 0)
    result = Result(job, found)
    folder.keep(state, result)
    assert folder.finish(state, [job]).findings.num_rows == as_table(found).num_rows
