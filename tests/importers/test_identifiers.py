"""What names a machine, an account or a moment is dropped, and only that."""

from __future__ import annotations

import os
from typing import Any

import pytest

from explorer.importers.identifiers import without_identifiers


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("node", "studio-mac.example.org"), ("id", 1577079727), ("pid", 17398), ("hostName", "x"), ("user-name", "x"),
        ("MAC Address", "x"), ("note", "aa:bb:cc:dd:ee:ff"), ("note", "seen at 192.168.0.17"),
        ("note", "jane.doe@example.org"), ("where", f"{os.sep}home/jane/recordings"), ("where", "C:\\Users\\jane"),
        ("start_time", "2023-10-20 17:19:53"), ("begun", "2023-10-20T17:19:53Z"), ("day", "2023/10/20"),
        ("tag", "ac2b2357-f184-4f53-a203-927fa34c03b1"), ("nested", {"mail": "a@b.example"}),
    ],
)  # fmt: skip
def test_identifiers_are_dropped(name: str, value: Any) -> None:
    assert without_identifiers({name: value, "kept": 1}) == ({"kept": 1}, frozenset({name}))


@pytest.mark.parametrize(
    ("name", "value"),
    [("system", "Darwin"), ("version", "10.0.19045"), ("model", "Mac14,9"), ("machine", "arm64"), ("scroll", -1),
     ("version", "23.0.0: Fri Sep 15 14:43:05 PDT 2023"), ("build", "6.1.55-1 (2023-09-29)"),
     ("timings", [150160.86, 150193.79])],
)  # fmt: skip
def test_facts_are_kept(name: str, value: Any) -> None:
    assert without_identifiers({name: value}) == ({name: value}, frozenset())
