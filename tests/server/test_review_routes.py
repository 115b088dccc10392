"""Reviews over HTTP: items lent and judged by our own page alone, once each; nothing tells why an item is there."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from starlette.testclient import TestClient

from explorer.review import Plan, Terms
from explorer.server.headers import fixed_headers
from explorer.server.replies import MOST_BYTES
from explorer.widgets.opened import reviews

OWN = {"Origin": "http://127.0.0.1:8501"}
TERMS = Terms(target_rate=0.4, planted_share=0.2, repeated_share=0.1, batch_size=4)
Visit = Callable[[Path], AbstractContextManager[tuple[TestClient, str]]]
SPOT = {"channel": "frame", "verdict": "leak", "entity": "PERSON", "severity": "direct", "reason": "missed",
        "left_px": 1, "top_px": 2, "width_px": 3, "height_px": 4}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A state folder of the module's own."""
    folder = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder))
        yield folder


class Desk:
    """One reader's requests."""

    def __init__(self, client: TestClient, plan: Plan, reader: str = "Ada") -> None:
        self.client, self.plan, self.reader = client, plan, reader

    def post(self, name: str, **given: Any) -> Any:
        body = {"reader": self.reader, "role": "reader", **given}
        return self.client.post(f"/review/{self.plan.plan_id}/{name}", json=body, headers=OWN)

    def next(self) -> dict[str, Any]:
        answer = self.post("next", lease_id=str(uuid4()))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def judge(self, lease_id: str, verdict: str = "clean", spots: list[Any] | None = None) -> Any:
        return self.post("answer", lease_id=lease_id, verdict=verdict, spots=spots or [], spent_ms=900)


@pytest.fixture(scope="module")
def client(state: Path, visitor_of: Visit, synthetic_root: Path) -> Iterator[TestClient]:
    """A visitor of the synthetic dataset."""
    with visitor_of(synthetic_root) as (client, _):
        yield client


@pytest.fixture
def desk(client: TestClient) -> Desk:
    """A reader of a plan of its own that was started."""
    return Desk(client, started())


@pytest.fixture(scope="module")
def shared(client: TestClient) -> Desk:
    """A reader of a plan that nothing is kept in."""
    return Desk(client, started())


def started(terms: Terms = TERMS) -> Plan:
    plan = reviews().commit(terms, planner="Planner")
    return reviews().start(plan.plan_id, number="4711", given_by="Second")


def test_an_item_is_lent_shown_judged_and_taken_back(desk: Desk) -> None:
    item = desk.next()
    assert item["state"] == "item"
    assert set(item) == {"state", "lease_id", "expires_utc_us", "shown", "progress"}
    assert set(item["shown"]) == {
        "has_picture", "width_px", "height_px", "has_before", "is_broken", "texts", "masks",
    }  # fmt: skip
    again = desk.post("next", lease_id=item["lease_id"]).json()
    assert again["shown"] == item["shown"], "the same lease gives the same item"
    assert desk.post("renew", lease_id=item["lease_id"]).json()["expires_utc_us"] >= item["expires_utc_us"]
    kept = desk.judge(item["lease_id"], "leak", [SPOT])
    assert kept.json()["was_there"] is False
    assert kept.json()["progress"]["in_batch_n"] == 1
    assert kept.headers["cache-control"] == "private, no-store"
    assert {name: kept.headers.get(name) for name in fixed_headers()} == fixed_headers()
    twice = desk.judge(item["lease_id"], "leak", [SPOT])
    assert (twice.json()["was_there"], twice.json()["row_n"]) == (True, kept.json()["row_n"])
    assert desk.judge(item["lease_id"], "clean").status_code == 422, "another verdict under the same lease"
    row_n = kept.json()["row_n"]
    assert desk.post("undo", row_n=row_n + 1).status_code == 422, "not the last one"
    assert desk.post("undo", row_n="1").status_code == 422
    undone = desk.post("undo", row_n=row_n).json()
    assert desk.post("undo", row_n=row_n).json()["verdict"] == "leak", "sent twice it is taken back once"
    assert (undone["is_undone"], undone["verdict"], undone["progress"]["in_batch_n"]) == (True, "leak", 0)
    assert desk.post("undo", row_n=None).json()["is_undone"] is False
    back = desk.next()
    assert back["shown"] == item["shown"]
    assert desk.post("release", lease_id=back["lease_id"]).json() == {"is_released": True}


def test_a_batch_ends_and_tells_what_the_checks_had_found(desk: Desk) -> None:
    for _ in range(TERMS.batch_size):
        assert desk.judge(desk.next()["lease_id"]).status_code == 200
    assert desk.next()["state"] == "batch_full"
    closed = desk.post("close").json()
    assert (closed["batch_n"], len(closed["revealed"])) == (1, TERMS.batch_size)
    assert closed["words"].startswith("The checks had found something in 0 of 4 items.")
    assert all(set(row) == {"verdict", "words", "way"} for row in closed["revealed"])
    assert all(row["way"].startswith("replay?id=office-") for row in closed["revealed"])
    assert desk.post("undo", row_n=None).json()["is_undone"] is False, "what is closed stays"
    assert desk.post("close").status_code == 422


def test_pictures_come_as_they_are_and_to_their_reader_alone(client: TestClient) -> None:
    desk = Desk(client, started(replace(TERMS, batch_size=40)))
    item = desk.next()
    while not item["shown"]["has_picture"]:
        assert desk.post("picture", lease_id=item["lease_id"], which="now").status_code == 404
        assert desk.judge(item["lease_id"]).status_code == 200
        item = desk.next()
    picture = desk.post("picture", lease_id=item["lease_id"], which="now")
    assert picture.headers["cache-control"] == "private, no-store"
    assert picture.headers["content-type"] == "image/png"
    size = (item["shown"]["width_px"], item["shown"]["height_px"])
    assert Image.open(io.BytesIO(picture.content)).size == size
    before = desk.post("picture", lease_id=item["lease_id"], which="before")
    assert before.status_code == (200 if item["shown"]["has_before"] else 404)
    assert desk.post("picture", lease_id=item["lease_id"], which="else").status_code == 422
    other = Desk(desk.client, desk.plan, "Bo")
    assert other.post("picture", lease_id=item["lease_id"], which="now").status_code == 422
    assert other.judge(item["lease_id"]).status_code == 422


BAD = [
    b"", b"[]", b"nonsense", b"{}", b"[" * 9_000, b"\xff\xfe", b'{"reader": "Ada", "role": "reader"}',
    b'{"reader": "Ada", "role": "reader", "lease_id": 7}',
    b'{"reader": "Ada", "role": "reader", "lease_id": "short"}',
    b'{"reader": "Ada", "role": "reader", "lease_id": "../../../../etc/passwd"}',
    b'{"reader": "Ada", "role": "king", "lease_id": "00000000-0000"}',
    b'{"reader": "", "role": "reader", "lease_id": "00000000-0000"}',
    b'{"reader": "Ada", "role": "reader", "lease_id": "00000000-0000", "else": 1}',
    b'{"reader": "Ada", "role": "reader", "lease_id": "' + b"x" * MOST_BYTES + b'"}',
]  # fmt: skip


def test_what_is_no_request_is_refused(shared: Desk) -> None:
    for body in BAD:
        for name in ("next", "picture", "renew"):
            answer = shared.client.post(f"/review/{shared.plan.plan_id}/{name}", content=body, headers=OWN)
            assert (answer.status_code, bool(answer.json()["problem"])) == (422, True), body[:80]


SPOTS: list[Any] = [
    "text", 7, None, {}, {"channel": "nose"}, {"channel": "frame", "else": 1}, {"channel": "frame", "entity": "X"},
    {"channel": "frame", "left_px": 1}, {"channel": "frame", "seq": "1"}, {"channel": ["frame"]},
    {"channel": "frame", "reason": {"a": 1}}, {"channel": "frame", "verdict": "clean"},
]  # fmt: skip


def test_spots_that_are_none_are_refused_and_nothing_is_kept(shared: Desk) -> None:
    item = shared.next()
    for spot in SPOTS:
        answer = shared.judge(item["lease_id"], "leak", [spot])
        assert answer.status_code == 422, spot
    assert shared.judge(item["lease_id"], "leak").status_code == 422, "a leak is somewhere"
    assert shared.judge(item["lease_id"], "nonsense").status_code == 422
    assert shared.judge(item["lease_id"], "leak", [SPOT] * 51).status_code == 422
    huge = [{**SPOT, "left_px": 10**30}]
    assert shared.judge(item["lease_id"], "leak", huge).status_code == 422
    assert shared.post("undo", row_n=None).json()["progress"]["answered_n"] == 0


def test_unknown_and_ended_plans(desk: Desk) -> None:
    for plan_id in ("unknown", "0" * 32, "x" * 300, "a b"):
        answer = desk.client.post(
            f"/review/{plan_id}/undo", json={"reader": "Ada", "role": "reader", "row_n": None}, headers=OWN
        )
        assert answer.status_code in (404, 422)
    item = desk.next()
    reviews().abandon(desk.plan.plan_id, actor="Ada", reason="mistake")
    answer = desk.judge(item["lease_id"])
    assert answer.status_code == 422
    assert "abandoned" in answer.json()["problem"]


def test_a_full_disk_may_work_later(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from explorer.errors import StoreError
    from explorer.store.reviews import ReviewStore

    item = desk.next()

    def full(_self: ReviewStore) -> AbstractContextManager[Any]:
        raise StoreError("cannot be written (No space left on device)", where="reviews", hint="Make room")

    with monkeypatch.context() as broken:
        broken.setattr(ReviewStore, "writing", full)
        answer = desk.judge(item["lease_id"])
    assert answer.status_code == 503
    assert "No space left" in answer.json()["problem"]
    assert desk.judge(item["lease_id"]).status_code == 200


def test_no_name_and_no_text_enters_a_log_or_an_address(
    shared: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        item = Desk(shared.client, shared.plan, "Grace Hopper").next()
        Desk(shared.client, shared.plan, "Grace Hopper").judge(
            item["lease_id"], "leak", [{"channel": "nose"}]
        )
    texts = [row["text"] for row in item["shown"]["texts"] if len(row["text"]) > 8]
    assert not any(said in caplog.text for said in ("Grace", *texts))


def test_only_our_own_pages_judge(shared: Desk, visitor_of: Visit, private_root: Path) -> None:
    way, body = f"/review/{shared.plan.plan_id}/undo", {"reader": "Ada", "role": "reader"}
    for headers in ({}, {"Origin": "http://127.0.0.1:9000"}, {"Origin": "null"}):
        assert shared.client.post(way, json=body, headers=headers).status_code == 403
    with visitor_of(private_root) as (stranger, _):
        assert stranger.post(way, json=body, headers=OWN).status_code == 401
