"""The key reaches the browser, and no list of running programs."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from explorer.server import hand_over, launch, refusal

ADDRESS = "http://127.0.0.1:8501/?token=abc_-123"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the browser was told to open."""
    told: list[str] = []
    monkeypatch.setattr(hand_over.webbrowser, "open", lambda url: told.append(url) or True)
    return told


def test_the_key_goes_through_a_private_file(opened: list[str], monkeypatch: Any) -> None:
    monkeypatch.setattr(hand_over, "can_browser_read", lambda: True)
    hand_over.open_in_browser(ADDRESS)
    assert "abc_-123" not in opened[0]
    file = Path(opened[0].removeprefix("file://"))
    assert f"url={ADDRESS}" in file.read_text()
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.parent.stat().st_mode & 0o777 == 0o700
    hand_over.remove(file)
    assert not file.parent.exists()
    hand_over.remove(file)


def test_the_file_goes_by_itself(opened: list[str], monkeypatch: Any) -> None:
    monkeypatch.setattr(hand_over, "can_browser_read", lambda: True)
    monkeypatch.setattr(hand_over, "KEPT_S", 0.0)
    before = set(threading.enumerate())
    hand_over.open_in_browser(ADDRESS)
    for timer in set(threading.enumerate()) - before:
        timer.join(5)
    assert not Path(opened[0].removeprefix("file://")).parent.exists()


def test_where_the_browser_cannot_read_it_nothing_is_opened(opened: list[str], monkeypatch: Any) -> None:
    monkeypatch.setattr(hand_over.sys, "platform", "linux")
    monkeypatch.setattr(hand_over.platform, "release", lambda: "5.15.1-microsoft-standard-WSL2")
    hand_over.open_in_browser(ADDRESS)
    assert opened == []


def test_an_address_without_a_key_is_opened_as_it_is(opened: list[str]) -> None:
    hand_over.open_in_browser("http://127.0.0.1:8501/")
    assert opened == ["http://127.0.0.1:8501/"]


def test_the_start_hands_over(monkeypatch: Any, capsys: pytest.CaptureFixture[str]) -> None:
    handed: list[str] = []
    monkeypatch.setattr(launch, "open_in_browser", handed.append)
    monkeypatch.setattr(launch.socket, "create_connection", lambda *_, **__: launch.socket.socket())
    launch._when_listening(ADDRESS, 8501, True)
    assert handed == [ADDRESS]
    assert ADDRESS in capsys.readouterr().out


def test_coming_from_a_file_the_cookie_is_there_for_the_next_step(private: tuple[TestClient, str]) -> None:
    client, address = private
    answer = client.get(address, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"})
    assert (answer.status_code, answer.content) == (200, refusal.ON_THE_WAY)
    assert "set-cookie" in answer.headers
    assert b'<meta http-equiv="refresh" content="0;url=/">' in answer.content
    assert client.get("/").status_code == 200
