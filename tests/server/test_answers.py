"""What comes back: headers on every answer, stored bytes untouched, nothing beside the allowed files."""

from __future__ import annotations

import base64
import hashlib
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from explorer.engine import open_engine
from explorer.errors import DatasetError, EngineError, ExplorerError
from explorer.server import create_app, launch, routes
from explorer.server.app import SCRIPT
from explorer.server.headers import SecurityHeaders, content_security_policy, fixed_headers, index_page
from explorer.server.options import refuse_open_doors, server_options
from explorer.widgets.assets import assets

HEADERS = fixed_headers()


def picture(small: Any, kind: str) -> str:
    return f"/{kind}/{small.session_id(1)}-0000000"


def test_every_answer_carries_the_headers(synthetic: TestClient, small: Any) -> None:
    paths = ["/", "/no/such", "/_stcore/health", "/media/x", "/favicon.png", picture(small, "frame"), "/thumb/none",
             f"/{assets().url('widgets/dom.js')}", "/assets/x/y", "//etc/passwd", "/..%2f..%2fetc/passwd"]  # fmt: skip
    for path in paths:
        for headers in ({}, {"Host": "evil.example"}, {"Origin": "http://evil.example"}):
            answer = synthetic.get(path, headers=headers)
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, (path, headers)


def test_the_first_page_is_found_by_its_name(synthetic: TestClient) -> None:
    for asked, found in (
        ("/overview", "/"),
        ("/overview?app=Mail", "/?app=Mail"),
        ("/overview?//evil.example", "/?//evil.example"),
    ):
        answer = synthetic.get(asked, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (307, found)


def test_the_policy_allows_index_html_and_no_other_inline_script() -> None:
    script = "\n      window.prerenderReady = false\n    "
    policy = content_security_policy(f"<script>{script}</script><script type=module src=a></script>")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'self' blob: 'sha256-{digest}';" in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert "frame-ancestors 'none'" in policy
    assert content_security_policy(index_page().read_text("utf-8")).count("sha256-") == 1


def test_pictures_come_as_they_are_stored(synthetic: TestClient, synthetic_root: Path, small: Any) -> None:
    stored = open_engine(synthetic_root).frame(f"{small.session_id(1)}-0000000")
    answer = synthetic.get(picture(small, "frame"), headers={"Accept-Encoding": "gzip"})
    assert stored is not None
    assert answer.content == stored.bytes
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-encoding"] == "identity"
    thumb = synthetic.get(picture(small, "thumb"))
    assert thumb.headers["content-type"] == "image/jpeg"
    assert thumb.content.startswith(b"\xff\xd8")


def test_unknown_ids_are_not_found(synthetic: TestClient) -> None:
    missing = "office-0000000000000000-0000000"
    for frame_id in ("none", missing, "..%2F..%2Fmanifest.json", "%00", "a'b", "x" * 300, "%F0%9F%92%A9"):
        for kind in ("frame", "thumb"):
            answer = synthetic.get(f"/{kind}/{frame_id}")
            assert answer.status_code in (400, 404), frame_id
            assert len(answer.content) < 100


def test_a_picture_of_another_format_is_not_served(
    synthetic: TestClient, monkeypatch: Any, small: Any
) -> None:
    monkeypatch.setattr(routes, "PICTURE_TYPES", {"jpeg": "image/jpeg"})
    assert synthetic.get(picture(small, "frame")).status_code == 404


def test_an_engine_error_says_nothing_of_the_data(
    synthetic: TestClient, monkeypatch: Any, small: Any
) -> None:
    def fail(_frame_id: str) -> None:
        raise EngineError("secret title", where="secret.parquet")

    monkeypatch.setattr(routes, "_frame", fail)
    answer = synthetic.get(picture(small, "frame"))
    assert answer.status_code == 503
    assert b"secret" not in answer.content


def test_assets_are_ours_alone_and_kept_for_ever(synthetic: TestClient) -> None:
    ours = assets()
    for path, (content, media_type) in ours.files.items():
        answer = synthetic.get(f"/{ours.url(path)}")
        assert answer.content == content
        assert answer.headers["content-type"].startswith(media_type)
        assert "immutable" in answer.headers["cache-control"]
    for path in (
        "widgets/../opened.py",
        "widgets/..%2fopened.py",
        "%2e%2e/errors.py",
        "widgets/",
        "",
        "widgets/opened.py",
    ):
        answer = synthetic.get(f"/assets/{ours.hash}/{path}")
        assert answer.status_code in (400, 404), path
    assert synthetic.get(f"/assets/{'0' * 16}/widgets/dom.js").status_code == 404


def test_an_unexpected_error_shows_an_id_and_logs_no_text(caplog: pytest.LogCaptureFixture) -> None:
    async def fail(_request: object) -> None:
        raise ValueError("secret title")

    from starlette.applications import Starlette
    from starlette.middleware import Middleware

    app = Starlette(routes=[Route("/", fail)], middleware=[Middleware(SecurityHeaders)])
    answer = TestClient(app).get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text + caplog.text
    error_id = caplog.records[-1].getMessage().split()[1].rstrip(":")
    assert error_id in answer.text
    assert "ValueError at test_answers.py" in caplog.text


def test_open_doors_stop_the_start(monkeypatch: Any) -> None:
    from streamlit import config

    for name in ("server.enableAgentApi", "server.enableStaticServing"):
        monkeypatch.setattr(config, "get_option", lambda asked, name=name: asked == name)
        with pytest.raises(ExplorerError, match=name):
            refuse_open_doors()


def test_the_options_are_known_and_closed() -> None:
    from streamlit import config

    options = server_options(8501)
    assert set(options) <= set(config._config_options_template)
    assert options["server.address"] == "127.0.0.1"
    assert options["browser.gatherUsageStats"] is False
    assert options["client.showErrorDetails"] == "none"
    assert options["server.fileWatcherType"] == "none"


def test_a_busy_port_is_named_or_stepped_over() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        with pytest.raises(ExplorerError, match=f"port {taken}"):
            launch._port(taken)
    assert launch._port(taken) == taken
    assert launch._port(None) >= 8501


@pytest.mark.skipif(sys.platform != "linux", reason="claims are names of Linux")
def test_two_that_start_at_one_time_take_different_ports() -> None:
    """Each has chosen its port before either listens there."""
    ask = "from explorer.server import launch; print(launch._port(None), flush=True); input()"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", ask], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    ports = [one.stdout.readline() if one.stdout else "" for one in started]
    for one in started:
        one.communicate("\n", timeout=15)
    assert all(int(port) >= 8501 for port in ports)
    assert ports[0] != ports[1]


def test_no_dataset_is_said_before_the_start(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"dataset\.json"):
        create_app(tmp_path)


def test_the_script_is_where_the_app_looks() -> None:
    assert SCRIPT.is_file()
