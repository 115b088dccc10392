"""An open door is for made-up recordings alone, and closes as soon as there are others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import Runtime

from explorer.server import create_app, refusal
from explorer.trace.dataset import create
from explorer.widgets.made_up import is_made_up
from explorer.widgets.opened import open_dataset

OWN = "http://127.0.0.1:8501"
Write = Callable[..., Path]


def session(source_format: str) -> dict[str, Any]:
    return {"session_id": f"{source_format}-0000000000000001", "source_format": source_format}


@pytest.fixture
def root(tmp_path: Path, dataset_of: Write) -> Path:
    """A dataset that says it is synthetic, and is."""
    create(tmp_path / "set", synthetic=True)
    return dataset_of(tmp_path / "set", sessions=[session("office"), session("generated")])


@pytest.fixture
def visitor(root: Path) -> Iterator[TestClient]:
    Runtime._instance = None
    with TestClient(create_app(root, port=8501), base_url=OWN, follow_redirects=False) as client:
        yield client


def test_a_dataset_of_real_recordings_is_private_whatever_it_says(root: Path, dataset_of: Write) -> None:
    dataset_of(root, sessions=[session("rrweb")])
    addresses: list[str] = []
    Runtime._instance = None
    app = create_app(root, port=8501, on_start=addresses.append)
    with TestClient(app, base_url=OWN, follow_redirects=False) as client:
        assert "?token=" in addresses[0]
        assert client.get("/").status_code == 401


def test_an_import_closes_the_open_door(visitor: TestClient, root: Path, dataset_of: Write) -> None:
    assert visitor.get("/").status_code == 200
    dataset_of(root, sessions=[session("balabit")])
    for path in ("/", "/frame/balabit-0000000000000001-0000000", "/_stcore/health"):
        answer = visitor.get(path)
        assert (answer.status_code, answer.content) == (401, refusal.NO_KEY), path


def test_an_import_ends_the_open_websockets(visitor: TestClient, root: Path, dataset_of: Write) -> None:
    headers = {"Host": "127.0.0.1:8501", "Origin": OWN}
    with visitor.websocket_connect(
        "/_stcore/stream", subprotocols=["streamlit"], headers=headers
    ) as websocket:
        dataset_of(root, sessions=[session("balabit")])
        rerun = BackMsg()
        rerun.rerun_script.query_string = ""
        websocket.send_bytes(rerun.SerializeToString())
        with pytest.raises(WebSocketDisconnect):
            everything(websocket)


def everything(websocket: WebSocketTestSession) -> None:
    while True:
        websocket.receive_bytes()


def test_the_door_stays_closed_until_the_next_start(visitor: TestClient, root: Path) -> None:
    said = json.loads((root / "dataset.json").read_text())
    for is_synthetic in (False, True):
        (root / "dataset.json").write_text(json.dumps({**said, "synthetic": is_synthetic}))
        assert visitor.get("/").status_code == 401


def test_sessions_that_cannot_be_read_count_as_real(root: Path) -> None:
    open_dataset(root)
    assert is_made_up()
    [file] = (root / "sessions").glob("*.parquet")
    file.write_bytes(file.read_bytes()[:-40])
    open_dataset(root)
    assert not is_made_up()
