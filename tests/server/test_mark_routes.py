"""Marks over HTTP: kept, listed, changed, deleted and brought back by our own pages; notes with personal data never."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from explorer.server.headers import fixed_headers
from explorer.server.replies import MOST_BYTES
from explorer.store import LABELS

from .wire_sample import BUSY, CLOSED, KEYS, WITHDRAWN

OWN = {"Origin": "http://127.0.0.1:8501"}
Visit = Callable[[Path], AbstractContextManager[tuple[TestClient, str]]]


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of the test's own: the store begins empty."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def way(session_id: str, rest: str = ".json") -> str:
    return f"/trace/{session_id}/marks{rest}"


def mark(client: TestClient, session_id: str = BUSY, **given: Any) -> Any:
    return client.post(way(session_id), json={"t_us": 5, **given}, headers=OWN)


def test_a_mark_is_kept_listed_changed_deleted_and_brought_back(wire: TestClient) -> None:
    assert wire.get(way(BUSY)).json() == {"marks": [], "mark_id": None}
    kept = mark(wire, t_us=2_000_000, note="later")
    assert kept.status_code == 201
    assert kept.headers["cache-control"] == "private, no-store"
    assert {name: kept.headers.get(name) for name in fixed_headers()} == fixed_headers()
    mark(wire, note="=sooner", label="possible_leak")
    listed = wire.get(way(BUSY)).json()["marks"]
    assert [(one["t_us"], one["note"], one["label"]) for one in listed] == [
        (5, "=sooner", "possible_leak"), (2_000_000, "later", "interesting"),
    ]  # fmt: skip
    assert wire.get(way(KEYS)).json()["marks"] == []
    own = way(BUSY, f"/{kept.json()['mark_id']}")
    changed = wire.post(own, json={"note": "changed", "label": "problem"}, headers=OWN).json()["marks"][1]
    assert (changed["note"], changed["label"]) == ("changed", "problem")
    assert len(wire.post(own, json={"is_deleted": True}, headers=OWN).json()["marks"]) == 1
    assert wire.post(own, json={"note": "gone"}, headers=OWN).status_code == 422
    assert wire.post(own, json={"is_deleted": False}, headers=OWN).json()["marks"][1] == changed
    rows = list(csv.DictReader(io.StringIO(wire.get(way(BUSY, ".csv")).text)))
    assert [row["note"] for row in rows] == ["'=sooner", "changed"], "a spreadsheet must not run a note"
    answer = wire.get("/marks.csv")
    assert len(answer.text.splitlines()) == 3
    assert answer.headers["content-disposition"] == 'attachment; filename="marks.csv"'


def test_a_note_with_personal_data_is_refused_with_the_kind_alone(wire: TestClient, state: Path) -> None:
    answer = mark(wire, note="ask jane.doe@example.com")
    assert answer.status_code == 422
    said = answer.json()["problem"]
    assert said == "The note holds an e-mail address, and was not kept. Say it without the value."
    assert wire.get(way(BUSY)).json()["marks"] == []
    assert not any(b"jane.doe" in path.read_bytes() for path in state.rglob("*") if path.is_file())
    assert "longer than 500" in mark(wire, note="x" * 501).json()["problem"]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"nonsense", b"{}", b'{"t_us": "5"}', b'{"t_us": true}', b'{"t_us": 5.5}', b'{"t_us": null}',
        b'{"t_us": 5, "else": 1}', b'{"t_us": 5, "note": 7}', b"[" * 9_000,
        b'{"t_us": 5, "note": "' + b"x" * MOST_BYTES, b'{"t_us": -1}',
        b'{"t_us": 9007199254740993}', b'{"t_us": 5, "label": "else"}', b"\xff\xfe",
    ],
)  # fmt: skip
def test_what_is_no_mark_is_refused(wire: TestClient, body: bytes) -> None:
    answer = wire.post(way(BUSY), content=body, headers=OWN)
    assert answer.status_code == 422
    assert answer.json()["problem"]
    assert wire.get(way(BUSY)).json()["marks"] == []


@pytest.mark.parametrize(
    "change", [{}, {"else": 1}, {"is_deleted": True, "note": "x"}, {"is_deleted": 1}, {"t_us": 5}]
)
def test_what_is_no_change_is_refused(wire: TestClient, change: dict[str, Any]) -> None:
    kept = mark(wire).json()
    answer = wire.post(way(BUSY, f"/{kept['mark_id']}"), json=change, headers=OWN)
    assert answer.status_code == 422
    assert wire.get(way(BUSY)).json()["marks"] == kept["marks"]


def test_a_mark_belongs_to_its_session(wire: TestClient) -> None:
    kept = mark(wire).json()
    for mark_id in (kept["mark_id"], "f" * 32, "'"):
        answer = wire.post(way(KEYS, f"/{mark_id}"), json={"is_deleted": True}, headers=OWN)
        assert answer.status_code in (404, 422)
    assert wire.get(way(BUSY)).json()["marks"] == kept["marks"]


def test_hidden_and_unknown_sessions_have_no_marks(wire: TestClient) -> None:
    for session_id in (WITHDRAWN, "unknown", "a b", "x" * 300):
        assert wire.get(way(session_id)).status_code == 404
        assert mark(wire, session_id, note="nobody").status_code == 404
    assert mark(wire, CLOSED).status_code == 201
    assert wire.get("/marks.csv").text.count("\n") == 2


def test_only_our_own_pages_change_marks(wire: TestClient, private: tuple[TestClient, str]) -> None:
    for headers in ({}, {"Origin": "http://127.0.0.1:9000"}, {"Origin": "null"}):
        assert wire.post(way(BUSY), json={"t_us": 5}, headers=headers).status_code == 403
    stranger, _ = private
    assert stranger.post(way(BUSY), json={"t_us": 5}, headers=OWN).status_code == 401
    assert stranger.get("/marks.csv").status_code == 401


def test_a_damaged_store_is_told_and_left_as_it_is(wire: TestClient, state: Path) -> None:
    mark(wire, note="kept")
    (file,) = (state / "trace-explorer").glob("*.sqlite")
    whole = file.read_bytes()
    file.write_bytes(b"no database" * 100)
    for answer in (wire.get(way(BUSY)), mark(wire, note="new"), wire.get("/marks.csv")):
        assert answer.status_code == 503
        assert "is damaged" in answer.json()["problem"]
        assert str(state) not in answer.text
    assert file.read_bytes() == b"no database" * 100
    file.write_bytes(whole)
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT note FROM marks").fetchall() == [("kept",)]
    connection.close()


def test_the_page_knows_every_label() -> None:
    script = (Path(__file__).parents[2] / "explorer" / "player" / "note.js").read_text()
    assert all(f"{label}: '" in script for label in LABELS)
