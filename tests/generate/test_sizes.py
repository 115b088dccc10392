"""Sizes that cannot be are refused in words, and the room a dataset takes is known in advance."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.engine.build import build_rollups
from explorer.errors import ExplorerError, ParameterError
from explorer.generate.arrays import shared
from explorer.generate.run import generate
from explorer.generate.sizes import MOST, Sizes, refuse_without_room


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"events": 0}, "--events: is 0. Give at least 1"),
        ({"events": -5}, "--events: is -5. Give at least 1"),
        ({"events": 10**18}, "--events: is too large. Give at most 1,000,000,000"),
        ({"sessions": 0}, "--sessions: is 0. Give at least 1"),
        ({"sessions": 2_000}, "--sessions: 2,000 sessions are more than 1,000 events. Give at most 1,000"),
        ({"sessions": 10**18}, "--sessions: is too large. Give at most 1,000,000"),
        ({"people": 0}, "--people: is 0. Give at least 1"),
        ({"people": 20}, "--people: 20 people are more than 10 sessions. Give at most 10"),
        ({"frames": -1}, "--frames: is -1. Give at least 0"),
        ({"frames": 1_001}, "--frames: 1,001 frames are more than 1,000 events. Give at most 1,000"),
        ({"seed": -1}, "--seed: is -1. Give at least 0"),
        ({"seed": 2**63}, "--seed: is too large. Give at most 9,223,372,036,854,775,807"),
    ],
)
def test_sizes_that_cannot_be(given: dict[str, int], words: str) -> None:
    with pytest.raises(ParameterError) as refused:
        Sizes(**({"events": 1_000, "sessions": 10, "people": 5} | given))
    assert str(refused.value) == words


def test_the_largest_sizes_are_taken() -> None:
    assert Sizes(**MOST).bytes_estimate > 7_000_000_000


def test_too_little_room_is_told_with_both_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = shutil.disk_usage(tmp_path).free
    monkeypatch.setattr(Sizes, "bytes_estimate", free + 3_000_000_000)
    with pytest.raises(ExplorerError) as refused:
        refuse_without_room(tmp_path, "mine", Sizes(1_000, 10, 5))
    assert "mine: needs about" in str(refused.value)
    assert "GB are free. Free some space, or generate fewer events or frames" in str(refused.value)


@pytest.mark.parametrize(
    "sizes", [Sizes(60_000, 12, 5), Sizes(8_000, 2_000, 50), Sizes(2_000, 10, 5, 150)], ids=str
)
def test_the_estimate_is_above_what_it_takes_and_not_far(tmp_path: Path, sizes: Sizes) -> None:
    root = tmp_path / "d"
    generate(root, sizes, jobs=1)
    build_rollups(root)
    taken = sum(file.stat().st_size for file in root.rglob("*") if file.is_file())
    assert sizes.bytes_estimate / 4 < taken < sizes.bytes_estimate


@given(st.integers(0, 10**9), st.lists(st.floats(0.01, 100), min_size=1, max_size=50))
def test_whole_things_are_dealt_out_without_a_rest(total: int, weights: list[float]) -> None:
    parts = shared(total, np.array(weights))
    assert parts.sum() == total
    assert parts.min() >= 0
    assert np.abs(parts - total * np.array(weights) / sum(weights)).max() < 2
