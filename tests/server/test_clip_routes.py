"""What leaves a replay over HTTP: planned, made with progress, stopped, fetched; and rows, without typed text."""

from __future__ import annotations

import io
import json
import threading
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow.parquet as pq
import pytest
from PIL import Image
from starlette.testclient import TestClient

from explorer.errors import ExplorerError
from explorer.server import clip_jobs
from explorer.server.clip_routes import jobs
from explorer.trace.arrow import from_rows
from explorer.trace.commit import writing
from explorer.trace.shown_keys import BULLET
from explorer.trace.writer import PartWriter

OWN = {"Origin": "http://127.0.0.1:8501"}
S = 1_000_000
Clips = tuple[TestClient, Path]


def ask(client: TestClient, session_id: str, rest: str = "", **given: Any) -> Any:
    body = {"format": "gif", "from_us": 0, "to_us": S, "speed": 1, "skips_idle": False, "width_px": None,
            "with_unredacted": False, "is_plain": False, **given}  # fmt: skip
    return client.post(f"/trace/{session_id}/clip{rest}", json=body, headers=OWN)


def over(client: TestClient, job_id: str) -> Any:
    """The state of a clip when it is made, or has failed."""
    for _ in range(600):
        state = client.get(f"/clip/{job_id}.json").json()
        if state["state"] in ("done", "failed", "stopped"):
            return state
        time.sleep(0.05)
    raise AssertionError("the clip is never over")


def test_a_clip_is_planned_made_and_fetched(clips: Clips, clip_sample: ModuleType) -> None:
    client, root = clips
    plan = ask(client, clip_sample.COVERED, "/plan").json()
    assert (plan["pictures_n"], plan["length_s"], plan["width_px"]) == (10, 1.0, 320)
    assert (plan["shown_n"], plan["uncovered_n"], plan["is_asked"]) == (1, 0, False)
    started = ask(client, clip_sample.COVERED)
    assert started.status_code == 202
    state = over(client, started.json()["job_id"])
    assert (state["state"], state["done_n"], state["pictures_n"]) == ("done", 10, 10)
    answer = client.get(f"/clip/{state['job_id']}/file")
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-disposition"] == f'attachment; filename="{clip_sample.COVERED}-0.gif"'
    assert len(answer.content) == state["bytes_n"]
    with Image.open(io.BytesIO(answer.content)) as gif:
        assert gif.info["comment"].decode() == plan["label"]
    assert not list(root.rglob("*.gif")), "nothing is written into the dataset"


def test_uncovered_screenshots_leave_only_on_the_users_word(clips: Clips, clip_sample: ModuleType) -> None:
    client, _ = clips
    plan = ask(client, clip_sample.FULL, "/plan", to_us=3 * S).json()
    assert (plan["shown_n"], plan["uncovered_n"], plan["is_asked"]) == (2, 2, True)
    assert "not covered by a redaction pass" in plan["label"]
    state = over(client, ask(client, clip_sample.FULL).json()["job_id"])
    assert state["state"] == "failed"
    assert "not covered by a redaction pass" in state["problem"]
    assert "--" not in state["problem"], "the page has no options"
    assert client.get(f"/clip/{state['job_id']}/file").status_code == 404
    job_id = ask(client, clip_sample.FULL, with_unredacted=True, format="png", to_us=None).json()["job_id"]
    assert over(client, job_id)["state"] == "done"
    with Image.open(io.BytesIO(client.get(f"/clip/{job_id}/file").content)) as picture:
        assert "not covered by a redaction pass" in json.dumps(picture.info, default=str)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"format": "avi"}, "could not be understood"), ({"from_us": -1}, "could not be understood"),
        ({"from_us": 1.5}, "could not be understood"), ({"speed": "2"}, "could not be understood"),
        ({"output": "/etc/passwd"}, "could not be understood"), ({"is_forced": True}, "could not be understood"),
        ({"speed": 1000}, "speed: wants 0.1 to 64"), ({"width_px": 10**6}, "width: wants 160 to 1920"),
        ({"to_us": 10**15}, "the end: lies beyond the end"), ({"from_us": 2 * S}, "the end: is not after the start"),
        ({"format": "png", "is_plain": True, "to_us": None, "width_px": 320}, "plain: gives one stored picture"),
    ],
)  # fmt: skip
def test_a_wrong_clip_is_told_in_the_words_of_the_page(
    clips: Clips, clip_sample: ModuleType, given: dict[str, Any], words: str
) -> None:
    client, _ = clips
    answer = ask(client, clip_sample.COVERED, "/plan", **given)
    assert answer.status_code == 422
    assert words in answer.json()["problem"]
    began = ask(client, clip_sample.COVERED, **given)
    assert began.status_code == 422 or words in over(client, began.json()["job_id"])["problem"]


def test_unknown_things_are_not_found(clips: Clips, clip_sample: ModuleType) -> None:
    client, _ = clips
    for rest in ("", "/plan"):
        assert ask(client, "unknown", rest).status_code == 404
        assert ask(client, "a b", rest).status_code == 404
    for path in ("/clip/unknown.json", "/clip/unknown/file"):
        assert client.get(path).status_code == 404
    for path in ("rows/sessions.csv", "rows/events.json", "rows/events.csv?typed=2", "rows/participants.csv"):
        assert client.get(f"/trace/{clip_sample.FULL}/{path}").status_code == 404
    assert client.get("/trace/unknown/rows/events.csv").status_code == 404
    assert client.post("/clip/unknown/stop", headers=OWN).status_code == 404
    assert client.post(f"/trace/{clip_sample.FULL}/clip", json={}).status_code == 403, "no origin"


def test_a_clip_is_stopped_and_nothing_of_it_is_left(
    clips: Clips, clip_sample: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _ = clips
    hold, real = threading.Event(), clip_jobs.write_clip

    def slowly(engine: Any, plan: Any, on_picture: Any) -> Path:
        def drawn(done_n: int) -> None:
            assert hold.wait(20)
            on_picture(done_n)

        return real(engine, plan, drawn)

    monkeypatch.setattr(clip_jobs, "write_clip", slowly)
    job_id = ask(client, clip_sample.COVERED).json()["job_id"]
    others = [ask(client, clip_sample.COVERED) for _ in range(clip_jobs.MOST_WAITING)]
    assert [other.status_code for other in others] == [202] * (clip_jobs.MOST_WAITING - 1) + [429]
    for other in others[:-1]:
        client.post(f"/clip/{other.json()['job_id']}/stop", headers=OWN)
    client.post(f"/clip/{job_id}/stop", headers=OWN)
    hold.set()
    assert over(client, job_id)["state"] == "stopped"
    assert {over(client, other.json()["job_id"])["state"] for other in others[:-1]} == {"stopped"}
    job = jobs.get(job_id)
    assert job is not None
    assert list(job.path.parent.iterdir()) == []


def test_an_error_nobody_expected_is_told_without_its_words(
    clips: Clips, clip_sample: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _ = clips
    monkeypatch.setattr(clip_jobs, "plan_clip", lambda *_: (_ for _ in ()).throw(ValueError("jane.doe")))
    state = over(client, ask(client, clip_sample.COVERED).json()["job_id"])
    assert state["state"] == "failed"
    assert "could not be made (error " in state["problem"]
    assert "jane" not in state["problem"]
    monkeypatch.setattr(clip_jobs, "plan_clip", lambda *_: (_ for _ in ()).throw(ExplorerError("no room")))
    assert over(client, ask(client, clip_sample.COVERED).json()["job_id"])["problem"] == "no room"


def test_a_clip_is_let_go_when_consent_changes(clips: Clips, clip_sample: ModuleType) -> None:
    client, root = clips
    job_id = ask(client, clip_sample.COVERED).json()["job_id"]
    assert over(client, job_id)["state"] == "done"
    with writing(root) as commit:
        writer = PartWriter(root)
        person = {"participant_id": "P9", "consent_status": "withdrawn", "consent_scope": None}
        writer.add({"participants": from_rows("participants", [person])})
        commit.add(writer.close())
    assert client.get(f"/clip/{job_id}/file").status_code == 404
    job = jobs.get(job_id)
    assert job is not None
    assert not job.path.exists()


def test_files_go_with_the_program_and_the_oldest_before(clips: Clips, clip_sample: ModuleType) -> None:
    client, _ = clips
    made = []
    for _ in range(clip_jobs.MOST_KEPT + 2):
        made.append(ask(client, clip_sample.COVERED, format="png", to_us=None).json()["job_id"])
        assert over(client, made[-1])["state"] == "done"
    kept = [job for job in map(jobs.get, made) if job is not None]
    assert [job.job_id for job in kept] == made[-clip_jobs.MOST_KEPT :]
    assert all(job.path.exists() for job in kept)
    jobs.close()
    assert not any(job.path.exists() for job in kept)


def test_rows_leave_without_what_was_typed(clips: Clips, clip_sample: ModuleType) -> None:
    client, _ = clips
    way = f"/trace/{clip_sample.FULL}/rows"
    answer = client.get(f"{way}/events.parquet")
    assert answer.headers["cache-control"] == "private, no-store"
    assert (
        answer.headers["content-disposition"] == f'attachment; filename="{clip_sample.FULL}-events.parquet"'
    )
    hidden = pq.read_table(io.BytesIO(answer.content)).to_pylist()
    shown = pq.read_table(io.BytesIO(client.get(f"{way}/events.parquet?typed=1").content)).to_pylist()
    assert [row["session_id"] for row in hidden] == [clip_sample.FULL] * len(hidden)
    letters = [row for row in hidden if row["kind"] in ("key_down", "key_up")]
    assert [row["key"] for row in letters] == [BULLET, BULLET, "Enter", "Enter"]
    assert {row["code"] for row in hidden} == {None}
    assert [row["chord"] for row in hidden if row["chord"]] == ["ctrl+c"]
    assert [row["text"] for row in hidden if row["text"]] == [BULLET * 8]
    assert [row["text"] for row in shown if row["text"]] == [clip_sample.TYPED]
    same = ("seq", "t_us", "kind", "x_px", "y_px", "button", "is_derived")
    assert [[row[name] for name in same] for row in hidden] == [[row[name] for name in same] for row in shown]
    text = client.get(f"{way}/events.csv").text
    assert "Zanzibar" not in text
    assert "KeyZ" not in text
    assert "Zanzibar" in client.get(f"{way}/events.csv?typed=1").text
    moves = pq.read_table(io.BytesIO(client.get(f"{way}/moves.parquet").content))
    assert (moves.num_rows, moves["x_px"][0].as_py()) == (11, 20)
    assert client.get(f"{way}/moves.csv").text.count("\n") == 12
