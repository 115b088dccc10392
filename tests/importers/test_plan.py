"""What an import has to do: samples, batches, and what is there already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.importers import plan as planning
from explorer.importers.base import Source, session_id
from explorer.importers.plan import plan
from explorer.importers.registry import find_sources

Make = Callable[..., Any]
LINE = "0.0,9.0,NoButton,Move,10,{}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, balabit_csv: Make) -> Path:
    root = tmp_path_factory.mktemp("balabit")
    for number in range(40):
        balabit_csv(root / f"user{number % 4}" / f"session_{number:02}", LINE.format(number))
    return root


@pytest.fixture(scope="module")
def sources(folder: Path) -> tuple[Source, ...]:
    return find_sources([folder]).sources


def chosen(sources: tuple[Source, ...], sample: int | None) -> list[str]:
    return [source.key for source, _, _ in plan(sources, set(), sample).chosen]


def test_without_a_sample_everything_is_taken(sources: tuple[Source, ...]) -> None:
    assert chosen(sources, None) == [source.key for source in sources]


@settings(deadline=None)
@given(st.integers(0, 60), st.randoms(use_true_random=False))
def test_a_sample_does_not_depend_on_the_order_of_the_search(
    sources: tuple[Source, ...], sample: int, random: Any
) -> None:
    shuffled = list(sources)
    random.shuffle(shuffled)
    picked = chosen(sources, sample)
    assert len(picked) == min(sample, len(sources))
    assert sorted(chosen(tuple(shuffled), sample)) == sorted(picked)
    assert set(chosen(sources, max(0, sample - 1))) <= set(picked)


def test_a_sample_is_spread_over_all_folders(sources: tuple[Source, ...]) -> None:
    assert {key.split("/")[0] for key in chosen(sources, 20)} == {"user0", "user1", "user2", "user3"}


def test_batches_are_bounded_and_keep_the_order(
    sources: tuple[Source, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "BATCH_SESSIONS", 7)
    batches = list(plan(sources, set()).batches())
    assert [len(batch) for batch in batches] == [7, 7, 7, 7, 7, 5]
    assert [job.source.key for batch in batches for job in batch] == [source.key for source in sources]


def test_known_sessions_are_left_out_and_counted(sources: tuple[Source, ...]) -> None:
    first = next(plan(sources, set()).batches())[0]
    name = session_id(first.source.format, first.sha256, "")
    planned = plan(sources, {name})
    assert sum(len(batch) for batch in planned.batches()) == len(sources) - 1
    assert planned.known_n == 1


def test_a_copy_is_the_same_session(tmp_path: Path, balabit_csv: Make) -> None:
    for name in ("a", "b"):
        balabit_csv(tmp_path / name / "session_1", LINE.format(1))
    planned = plan(find_sources([tmp_path]).sources, set())
    assert [len(batch) for batch in planned.batches()] == [1]
    assert planned.known_n == 1


def test_a_source_that_vanished_is_damage(tmp_path: Path, balabit_csv: Make) -> None:
    path = balabit_csv(tmp_path / "session_1", LINE.format(1))
    sources = find_sources([tmp_path]).sources
    path.unlink()
    planned = plan(sources, set())
    assert list(planned.batches()) == []
    assert [damaged.where for damaged in planned.damaged] == ["session_1"]
    assert planned.bytes_skipped == planned.bytes_total
