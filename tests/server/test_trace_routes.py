"""The replay's byte routes: who gets what, and what nobody gets."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from explorer.server.headers import fixed_headers
from explorer.trace.arrow import from_rows
from explorer.trace.commit import writing
from explorer.trace.dataset import create
from explorer.trace.keys import NAMED_KEYS
from explorer.trace.shown_keys import BULLET
from explorer.trace.writer import PartWriter
from explorer.widgets.opened import engine

from . import wire_sample
from .wire_reading import decoded
from .wire_sample import BUSY, CLOSED, KEYS, NONE, STEPS, WITHDRAWN

Visit = Callable[[Path], AbstractContextManager[tuple[TestClient, str]]]
ALL = (BUSY, STEPS, wire_sample.ROWS, KEYS, wire_sample.ONE, NONE, CLOSED)


def about_path(session_id: str) -> str:
    return f"/trace/{session_id}/about.json"


def events_path(session_id: str, chunk: object = 0, more: str = "") -> str:
    return f"/trace/{session_id}/events.bin?chunk={chunk}{more}"


def test_both_answer_with_their_headers(wire: TestClient) -> None:
    types = {about_path(BUSY): "application/json", events_path(BUSY): "application/octet-stream"}
    for path, media_type in types.items():
        answer = wire.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "private, no-store"
        assert answer.headers["content-encoding"] == "identity"
        assert answer.headers["content-type"] == media_type
        assert {name: answer.headers.get(name) for name in fixed_headers()} == fixed_headers()


def test_the_chunks_are_those_of_the_description(wire: TestClient) -> None:
    for session_id in ALL:
        told = wire.get(about_path(session_id)).json()
        chunks = [
            decoded(wire.get(events_path(session_id, place)).content) for place in range(len(told["chunks"]))
        ]
        assert told["chunks"] == [[chunk.t_us[0], chunk.t_us[-1], chunk.header["rows_n"]] for chunk in chunks]
        assert [chunk.header["chunk"] for chunk in chunks] == list(range(len(chunks)))
        assert wire.get(events_path(session_id, len(chunks))).status_code == 404


def test_nobody_without_the_key_gets_anything(private: tuple[TestClient, str], small: Any) -> None:
    client, address = private
    paths = [about_path(small.session_id(1)), events_path(small.session_id(1))]
    for path in paths:
        assert client.get(path).status_code == 401
        assert client.get(path, headers={"Host": "evil.example"}).status_code == 403
        assert client.get(path, headers={"Origin": "http://evil.example"}).status_code == 403
        assert client.get(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    client.get(address)
    assert [client.get(path).status_code for path in paths] == [200, 200]


@pytest.mark.parametrize(
    "session_id",
    ["none", WITHDRAWN, "office-0000000000000fff", BUSY.upper(), "x" * 300, "a'b", "%00", "..%2F..%2Fdataset.json",
     "%F0%9F%92%A9", "%20"],
)  # fmt: skip
def test_unknown_and_hidden_sessions_are_not_found(wire: TestClient, session_id: str) -> None:
    for path in (about_path(session_id), events_path(session_id), events_path(session_id, 0, "&typed=1")):
        answer = wire.get(path)
        assert answer.status_code in (400, 404)  # Streamlit refuses some before we are asked
        assert len(answer.content) < 100


@pytest.mark.parametrize(
    "chunk",
    ["", "-1", "1e3", "٣", str(10**30), "01", "+1", " 0", "0 ", "0x0", "1.0", "2", "1_0", "true", "null", "%00"],
)  # fmt: skip
def test_bad_chunk_numbers_are_not_found(wire: TestClient, chunk: str) -> None:
    answer = wire.get(f"/trace/{BUSY}/events.bin", params={"chunk": chunk})
    assert (answer.status_code, answer.text) == (404, "Not found")


def test_other_bad_questions(wire: TestClient) -> None:
    assert wire.get(f"/trace/{BUSY}/events.bin").status_code == 404
    for typed in ("2", "true", "", "-1", "٠"):
        assert wire.get(about_path(BUSY), params={"typed": typed}).status_code == 404
        assert wire.get(f"/trace/{BUSY}/events.bin", params={"chunk": 0, "typed": typed}).status_code == 404
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        headers = {"Origin": "http://127.0.0.1:8501"}
        assert wire.request(method, events_path(BUSY), headers=headers).status_code == 405


def everything(client: TestClient, session_id: str, more: str) -> bytes:
    """All bytes about a session, headers of the chunks spelled out."""
    told = client.get(f"{about_path(session_id)}?typed={more}").content
    places = range(len(json.loads(told)["chunks"]))
    return b"\n".join(
        [told, *(client.get(events_path(session_id, k, f"&typed={more}")).content for k in places)]
    )


def spelled(text: str) -> list[bytes]:
    """A text as it could stand in JSON."""
    return [json.dumps(text, ensure_ascii=is_ascii)[1:-1].encode() for is_ascii in (True, False)]


def test_what_was_typed_leaves_only_when_asked_for(wire: TestClient) -> None:
    for session_id, typed in (
        (BUSY, wire_sample.TYPED),
        (BUSY, wire_sample.PASTED),
        (STEPS, wire_sample.TYPED),
    ):
        assert any(text in everything(wire, session_id, "1") for text in spelled(typed))
        for session in ALL:
            hidden = everything(wire, session, "0")
            assert not any(text in hidden for text in spelled(typed))
            assert not any(text in hidden for text in (b"KeyZ", b"ControlLeft"))


@pytest.mark.parametrize("root", ["sample", "office"])
def test_no_key_that_types_leaves_unless_asked_for(root: str, wire_root: Path, visitor_of: Visit) -> None:
    office = Path(__file__).resolve().parents[2] / "sample_data" / "office"
    letters_n = bullets_n = 0
    with visitor_of(wire_root if root == "sample" else office) as (client, _):
        for session_id in (
            engine().run("sessions/list")["session_id"].to_pylist()[:: 6 if root == "office" else 1]
        ):
            for place in range(len(client.get(about_path(session_id)).json()["chunks"])):
                header = decoded(client.get(events_path(session_id, place)).content).header
                for detail in header["details"]:
                    assert set(detail.get("text", "")) <= {BULLET}
                    bullets_n += detail.get("key") == BULLET
                    letters_n += is_letter_of_a_shortcut(detail)
                for key, mods in header["state"]["keys"]:
                    assert key == BULLET or key in NAMED_KEYS or mods
    assert letters_n > 0
    assert bullets_n > 0


def is_letter_of_a_shortcut(detail: dict[str, Any]) -> bool:
    """Whether the key is a letter; it may be one only with a modifier, or as the release of such a press."""
    key = detail.get("key")
    if key is None or key == BULLET or key in NAMED_KEYS:
        return False
    held = set((detail.get("mods") or "").split("+")) | set((detail.get("chord") or "").split("+"))
    assert held & {"ctrl", "alt", "meta"} or held == {""}, "a letter without a modifier"
    assert len(key) == 1
    return True


def test_nobody_is_named(wire: TestClient) -> None:
    for session_id in ALL:
        told = everything(wire, session_id, "1")
        assert b"participant" not in told
        assert b'"P1"' not in told


def test_a_withdrawal_acts_at_once(tmp_path: Path, dataset_of: Any, visitor_of: Visit) -> None:
    root = tmp_path / "set"
    create(root, synthetic=True)
    session = {"session_id": KEYS, "source_format": "office", "participant_id": "P9"}
    keys = [{"session_id": KEYS, "seq": 0, "t_us": 0, "kind": "key_down", "key": "a"}]
    dataset_of(root, sessions=[session], events=keys)
    with visitor_of(root) as (client, _):
        assert client.get(events_path(KEYS)).status_code == 200
        with writing(root) as commit:
            writer = PartWriter(root)
            gone = {"participant_id": "P9", "consent_status": "withdrawn"}
            writer.add({"participants": from_rows("participants", [gone])})
            commit.add(writer.close())
        assert [client.get(path).status_code for path in (about_path(KEYS), events_path(KEYS))] == [404, 404]


@pytest.mark.parametrize("table", ["moves", "events"])
def test_a_damaged_file_is_said_without_its_content(
    tmp_path: Path, wire_root: Path, visitor_of: Visit, table: str
) -> None:
    root = shutil.copytree(wire_root, tmp_path / "set")
    with visitor_of(root) as (client, _):
        for file in (root / table).glob("*.parquet"):
            content = bytearray(file.read_bytes())
            content[4 : len(content) // 2] = bytes(len(content) // 2 - 4)
            file.write_bytes(content)
        for path in (about_path(BUSY), events_path(BUSY), events_path(BUSY, 1, "&typed=1")):
            answer = client.get(path)
            assert answer.status_code == 503
            assert re.fullmatch(r"The session could not be read \(error [0-9a-f]{8}\)", answer.text)
            assert answer.headers["cache-control"] == "no-store"


def test_missing_pictures_are_said(tmp_path: Path, wire_root: Path, visitor_of: Visit) -> None:
    root = shutil.copytree(wire_root, tmp_path / "set")
    for file in (root / "frames").glob("*.parquet"):
        file.write_bytes(file.read_bytes()[:-40])
    with visitor_of(root) as (client, _):
        told = client.get(about_path(BUSY)).json()
        assert (told["frames_reason"], told["masks"]["frame"], told["rows_n"]) == ("damaged", [], 31)
