"""The scan that the page starts: a program of its own that is watched, stopped, goes on, and says why it failed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from explorer.scan import folder
from explorer.scan.jobs import jobs_of
from explorer.scan.work import Result
from explorer.server import scan_job
from explorer.trace.lock import LOCK_NAME, locked
from explorer.widgets.opened import engine, run

OWN = {"Origin": "http://127.0.0.1:8501"}
Visit = Callable[[Path], AbstractContextManager[tuple[TestClient, str]]]
LIMIT_S = 60.0


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def client(
    dataset_of: Callable[..., Path], frame_row: Callable[..., Any], tmp_path: Path, visitor_of: Visit
) -> Iterator[TestClient]:
    root = dataset_of(tmp_path / "set", frames=[frame_row("a", n, seq=n) for n in range(3)])
    document = root / "dataset.json"
    document.write_text(document.read_text().replace('"synthetic": false', '"synthetic": true'))
    with visitor_of(root) as (visitor, address):
        visitor.get(address.removeprefix("http://127.0.0.1:8501"))
        yield visitor


def ended(client: TestClient) -> dict[str, Any]:
    deadline = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline:
        now: dict[str, Any] = client.get("/findings/scan.json").json()
        if now["state"] not in ("running", "stopping"):
            return now
        time.sleep(0.1)
    raise AssertionError("the scan did not end")


def test_a_scan_runs_to_its_end(client: TestClient, state: Path) -> None:
    assert client.get("/findings/scan.json").json()["state"] in ("none", "done", "failed", "stopped")
    started = client.post("/findings/scan/start", headers=OWN).json()
    assert (started["state"], started["done_share"]) == ("running", 0)
    assert client.post("/findings/scan/start", headers=OWN).json()["state"] == "running"
    now = ended(client)
    assert (now["state"], now["done_share"], now["problem"]) == ("done", 1, "")
    assert list(state.rglob("scan.json"))


def test_a_scan_that_is_stopped_leaves_nothing_running(client: TestClient, state: Path) -> None:
    client.post("/findings/scan/start", headers=OWN)
    assert client.post("/findings/scan/stop", headers=OWN).json()["state"] in ("stopping", "stopped", "done")
    assert ended(client)["state"] in ("stopped", "done")
    assert client.post("/findings/scan/stop", headers=OWN).json()["state"] in ("stopped", "done")
    client.post("/findings/scan/start", headers=OWN)
    program = scan_job.job._program
    scan_job.job.close()
    assert program is not None
    assert program.poll() is not None


def test_a_scan_begun_elsewhere_is_told_with_how_far_it_is(client: TestClient) -> None:
    now = folder.state_of(engine())
    folder.begun(now)
    before = scan_job.job._program
    with locked(now.folder / LOCK_NAME, "held"):
        told = client.get("/findings/scan.json").json()
        assert (told["state"], told["done_share"]) == ("elsewhere", 0)
        assert client.post("/findings/scan/start", headers=OWN).json()["state"] == "elsewhere"
        assert scan_job.job._program is before
        done = next(iter(jobs_of(run("scan/sessions").to_pylist())))
        folder.keep(now, Result(done, [], Counter()))
        assert 0 < client.get("/findings/scan.json").json()["done_share"] <= 1
    assert client.get("/findings/scan.json").json()["state"] == "stopped"
    client.post("/findings/scan/start", headers=OWN)
    assert ended(client)["state"] == "done"


def test_a_scan_that_fails_says_why(client: TestClient, state: Path) -> None:
    (state / "trace-explorer").mkdir(parents=True, exist_ok=True)
    (state / "trace-explorer" / engine().dataset.dataset_id).write_text("in the way of the folder")
    client.post("/findings/scan/start", headers=OWN)
    now = ended(client)
    assert now["state"] == "failed"
    assert "cannot be written" in now["problem"]
