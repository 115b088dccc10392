"""The memory of the wire: bounded, one version, one making at a time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from explorer.server.wire_memory import Memory


def v1() -> str:
    return "1"


def test_a_thing_is_made_once() -> None:
    made = []
    memory = Memory()
    for _ in range(3):
        assert memory.get(v1, ("a", 1), lambda: made.append(1) or b"xyz") == b"xyz"
    assert (len(made), memory.bytes) == (1, 3)


def test_the_oldest_goes_first_and_the_bytes_stay_bounded() -> None:
    memory = Memory(most_bytes=10)
    for name in ("a", "b", "a", "c"):
        memory.get(v1, (name,), lambda: bytes(4))
    assert memory.bytes == 8
    made = []
    for name in ("a", "c", "b"):
        memory.get(v1, (name,), lambda: made.append(1) or bytes(4))
    assert len(made) == 1


def test_what_is_larger_than_half_is_not_kept() -> None:
    memory = Memory(most_bytes=10)
    assert memory.get(v1, ("a",), lambda: bytes(6)) == bytes(6)
    assert memory.bytes == 0


def test_another_version_forgets_everything() -> None:
    memory = Memory()
    memory.get(v1, ("a",), lambda: b"old")
    assert memory.get(lambda: "2", ("a",), lambda: b"new!") == b"new!"
    assert memory.bytes == 4


def test_what_was_made_while_the_version_changed_is_not_kept() -> None:
    memory = Memory()
    versions = iter(["1", "2", "2"])
    assert memory.get(lambda: next(versions), ("a",), lambda: b"of which?") == b"of which?"
    assert memory.bytes == 0


def test_nothing_is_not_kept_and_an_error_reaches_everyone() -> None:
    memory = Memory()
    assert memory.get(v1, ("a",), lambda: None) is None

    def fail() -> bytes:
        raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError):
            memory.get(v1, ("a",), fail)
    assert memory.get(v1, ("a",), lambda: b"x") == b"x"


def test_several_who_ask_at_once_share_the_work() -> None:
    memory, made, may_end = Memory(), [], threading.Event()

    def slow() -> bytes:
        made.append(1)
        may_end.wait(10)
        return b"x"

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(memory.get, v1, ("a",), slow) for _ in range(4)]
        may_end.set()
        assert [each.result(10) for each in asked] == [b"x"] * 4
    assert len(made) == 1
    assert memory._in_work == {}
