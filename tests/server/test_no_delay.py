"""Connections of the server send what they have at once."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from explorer.server.no_delay import send_at_once


def _listening() -> socket.socket:
    # Made as Streamlit makes its own: the protocol is not named.
    one = socket.socket(socket.AF_INET)
    one.bind(("127.0.0.1", 0))
    one.listen()
    return one


def _accepted(listening: socket.socket) -> socket.socket:
    with socket.create_connection(listening.getsockname()[:2]):
        return listening.accept()[0]


def test_connections_of_the_server_send_at_once() -> None:
    with _listening() as ours, _listening() as other:
        assert send_at_once("127.0.0.1", ours.getsockname()[1])
        with _accepted(ours) as ours_accepted, _accepted(other) as other_accepted:
            options = [
                one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
                for one in (ours_accepted, other_accepted)
            ]
    assert options[0] != 0
    assert options[1] == 0


def test_a_port_where_nobody_listens_is_told() -> None:
    with _listening() as closed:
        port = closed.getsockname()[1]
    assert not send_at_once("127.0.0.1", port)


def test_no_handle_is_left_open() -> None:
    with _listening() as ours:
        before = os.listdir("/dev/fd")
        send_at_once("127.0.0.1", ours.getsockname()[1])
        assert os.listdir("/dev/fd") == before


def test_without_a_list_of_open_files_nothing_changes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("explorer.server.no_delay._OPEN_FILES", str(tmp_path / "none"))
    with _listening() as ours:
        assert not send_at_once("127.0.0.1", ours.getsockname()[1])
        with _accepted(ours) as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0
