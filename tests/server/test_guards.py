"""Who gets in: every kind of address against every kind of visitor."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from explorer.server import refusal
from explorer.widgets.assets import assets

Private = tuple[TestClient, str]
OWN = "http://127.0.0.1:8501"
FOREIGN_ORIGINS = ("http://evil.example", "null", "http://127.0.0.1:8502", "https://127.0.0.1:8501", "")


def paths(small: Any) -> list[str]:
    """One address of each kind of answer."""
    frame_id = f"{small.session_id(1)}-0000000"
    return [
        "/", f"/session?id={small.session_id(1)}", f"/frame/{frame_id}", f"/thumb/{frame_id}",
        f"/{assets().url('widgets/session_table.js')}", "/media/abc.png", "/favicon.png", "/static/js/index.js",
        "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/agent/openapi.json",
        "/_stcore/upload_file/a/b", "/_stcore/bidi-components/x/y.js", "/component/x/y", "/no/such/place",
    ]  # fmt: skip


def open_with_token(private: Private) -> TestClient:
    client, address = private
    answer = client.get(address)
    assert answer.status_code == 303
    return client


def test_nobody_gets_in_without_the_cookie(private: Private, small: Any) -> None:
    client, _ = private
    for path in paths(small):
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (401, refusal.NO_KEY), path


def test_a_wrong_cookie_or_token_is_refused(private: Private, small: Any) -> None:
    client, _ = private
    for cookie in ("", "x", "ü", "a" * 5000):
        client.cookies.clear()
        for path in paths(small):
            answer = client.get(path, headers={"Cookie": f"trace_explorer_8501={cookie}".encode()})
            assert answer.status_code == 401, path
    for token in ("", "x", "%C3%BC", "%FF", "a" * 5000):
        assert client.get(f"/?token={token}").status_code == 401


def test_the_token_opens_once_and_becomes_a_cookie(private: Private) -> None:
    client, address = private
    answer = client.get(address)
    token = urlsplit(address).query.removeprefix("token=")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert token not in cookie
    assert client.get("/").status_code == 200
    assert client.get(address).status_code == 303, "the same browser may open the address again"
    client.cookies.clear()
    assert client.get(address).status_code == 401, "another browser may not"
    assert client.get("/").status_code == 401


def test_a_look_ahead_does_not_use_the_token_up(private: Private) -> None:
    client, address = private
    assert client.head(address).status_code == 401
    assert client.get(address).status_code == 303


def test_a_foreign_host_is_refused_even_with_the_cookie(private: Private, small: Any) -> None:
    client = open_with_token(private)
    for host in (
        "evil.example",
        "evil.example:8501",
        "127.0.0.1",
        "127.0.0.1:8502",
        "localhost:8501.evil.example",
        "",
    ):
        for path in paths(small):
            answer = client.get(path, headers={"Host": host})
            assert (answer.status_code, answer.content) == (403, refusal.FOREIGN_HOST), (host, path)


def test_own_names_are_served(synthetic: TestClient) -> None:
    for host in ("localhost:8501", "[::1]:8501", "LOCALHOST:8501"):
        assert synthetic.get("/", headers={"Host": host}).status_code == 200, host


def test_a_foreign_origin_is_refused(private: Private, small: Any) -> None:
    client = open_with_token(private)
    for origin in FOREIGN_ORIGINS:
        for path in paths(small):
            for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS"):
                answer = client.request(method, path, headers={"Origin": origin})
                assert (answer.status_code, answer.content) == (403, refusal.FOREIGN_ORIGIN), (
                    origin,
                    method,
                    path,
                )


def test_what_changes_something_must_name_its_origin(private: Private) -> None:
    client = open_with_token(private)
    assert client.put("/_stcore/upload_file/a/b").content == refusal.FOREIGN_ORIGIN
    assert client.put("/_stcore/upload_file/a/b", headers={"Origin": OWN}).content != refusal.FOREIGN_ORIGIN


def test_another_site_cannot_embed_pictures(private: Private, small: Any) -> None:
    client = open_with_token(private)
    path = f"/thumb/{small.session_id(1)}-0000000"
    for site, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)):
        answer = client.get(path, headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"})
        assert answer.status_code == status, site


def test_the_websocket_wants_its_own_origin(private: Private) -> None:
    client = open_with_token(private)
    assert not accepts_websocket(client, {})
    for origin in FOREIGN_ORIGINS:
        assert not accepts_websocket(client, {"Origin": origin}), origin


def test_the_websocket_wants_cookie_and_host(private: Private) -> None:
    client, _ = private
    assert not accepts_websocket(client, {"Origin": OWN})
    open_with_token(private)
    assert accepts_websocket(client, {"Origin": OWN})
    assert not accepts_websocket(client, {"Origin": "http://evil.example", "Host": "evil.example"})


def test_a_synthetic_dataset_needs_no_token_but_the_same_host(synthetic: TestClient) -> None:
    assert synthetic.get("/").status_code == 200
    assert accepts_websocket(synthetic, {"Origin": OWN})
    assert synthetic.get("/", headers={"Host": "evil.example"}).status_code == 403
    assert not accepts_websocket(synthetic, {"Origin": "http://evil.example"})
    assert synthetic.post("/", headers={"Origin": "http://evil.example"}).status_code == 403


def accepts_websocket(client: TestClient, headers: dict[str, str]) -> bool:
    # The test client sends cookies only to the host it invents for websockets.
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    headers = {"Host": "127.0.0.1:8501", "Cookie": cookies, **headers}
    try:
        with client.websocket_connect("/_stcore/stream", subprotocols=["streamlit"], headers=headers):
            return True
    except WebSocketDisconnect:
        return False
