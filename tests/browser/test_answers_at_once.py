"""The running server does not hold a body back until its head is acknowledged."""

from __future__ import annotations

import socket
import time
from urllib.parse import urlsplit

import explorer as tx
from explorer.resources import sample_dataset

# Acknowledgements are put off by 40 ms, except on a connection that is new.
PUT_OFF_S, NEW_N, ASKED_N = 0.04, 10, 30


def test_a_picture_follows_its_head(office_address: str) -> None:
    with tx.open(sample_dataset()) as dataset:
        session = dataset.run("sessions/list", limit_n=1).to_pylist()[0]["session_id"]
        frame_id = dataset.run("replay/frames", session_id=session).to_pylist()[0]["frame_id"]
    host = urlsplit(office_address).netloc
    asked = f"GET /frame/{frame_id} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    with socket.create_connection((host.split(":")[0], int(host.split(":")[1]))) as connection:
        waits_s = [_wait_s(connection, asked) for _ in range(ASKED_N)]
    assert min(waits_s[NEW_N:]) < PUT_OFF_S / 2


def _wait_s(connection: socket.socket, asked: bytes) -> float:
    """How long the body came after the head."""
    connection.sendall(asked)
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(65536)
    at_s = time.perf_counter()
    head, _, body = got.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)
    return time.perf_counter() - at_s
