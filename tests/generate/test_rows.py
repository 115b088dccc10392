"""What is generated: rows that keep the format, as many as asked for, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.generate.people import people_of
from explorer.generate.plan import CHUNK_ROWS, batches_of
from explorer.generate.run import generate
from explorer.generate.scene import Reached, scene_of
from explorer.generate.sizes import Sizes
from explorer.trace.check import check
from explorer.trace.dataset import Dataset
from explorer.trace.schema import TABLES

Ask = Callable[[str], list[tuple[Any, ...]]]


def rows_n(root: Path, *tables: str) -> int:
    dataset = Dataset.open(root)
    return sum(entry.rows for table in tables for entry in dataset.files(table))


def content(root: Path) -> dict[str, pa.Table]:
    """The rows of every table in the order of its key, whatever files they lie in."""
    found = {}
    for table in TABLES:
        files = Dataset.open(root).files(table)
        if files:
            rows = pa.concat_tables([pq.read_table(root / entry.path) for entry in files])
            found[table] = rows.sort_by([(name, "ascending") for name in TABLES[table].key])
    return found


def test_it_keeps_the_format(made: Path) -> None:
    assert check(made) == []


def test_it_is_as_large_as_asked_for(made: Path, sizes: Sizes) -> None:
    assert rows_n(made, "moves", "events") == sizes.events
    assert rows_n(made, "sessions") == sizes.sessions
    assert rows_n(made, "participants") == sizes.people
    assert rows_n(made, "frames") == sizes.frames


def test_it_says_what_it_is(made: Path, ask: Ask) -> None:
    dataset = Dataset.open(made)
    assert dataset.is_synthetic
    assert dataset.licence == "CC0-1.0"
    assert [source["format"] for source in dataset.sources] == ["generated"]
    assert ask("SELECT DISTINCT source_format, actor, is_complete FROM sessions") == [
        ("generated", "human", True)
    ]


@st.composite
def some_sizes(draw: st.DrawFn) -> Sizes:
    events = draw(st.integers(1, 1_500))
    sessions = draw(st.integers(1, min(events, 40)))
    frames = draw(st.integers(0, min(events, 5)))
    return Sizes(events, sessions, draw(st.integers(1, sessions)), frames, draw(st.integers(0, 2**63 - 1)))


@given(sizes=some_sizes())
@settings(max_examples=12, deadline=None)
def test_any_size_keeps_the_format_and_its_counts(
    tmp_path_factory: pytest.TempPathFactory, sizes: Sizes
) -> None:
    root = tmp_path_factory.mktemp("sizes") / "d"
    generate(root, sizes, jobs=1)
    assert check(root) == []
    assert rows_n(root, "moves", "events") == sizes.events
    assert rows_n(root, "sessions") == sizes.sessions
    assert rows_n(root, "participants") == sizes.people
    assert rows_n(root, "frames") == sizes.frames


def test_a_session_longer_than_memory_should_hold_is_made_leg_by_leg(tmp_path: Path) -> None:
    sizes = Sizes(events=2 * CHUNK_ROWS + 1, sessions=1, people=1, frames=9)
    legs = [legs for batch in batches_of(sizes) for legs in batch.chunks()]
    assert [leg.rows_n.tolist() for leg in legs] == [[CHUNK_ROWS], [CHUNK_ROWS], [1]]
    assert sum(int(leg.frames_n.sum()) for leg in legs) == 9
    generate(tmp_path / "d", sizes, jobs=1)
    assert check(tmp_path / "d") == []
    assert len(Dataset.open(tmp_path / "d").files("moves")) == 1


def test_the_same_seed_gives_the_same_rows_with_any_number_of_processes(tmp_path: Path) -> None:
    sizes = Sizes(events=230_000, sessions=40, people=12, frames=6, seed=3)
    generate(tmp_path / "one", sizes, jobs=1)
    generate(tmp_path / "two", sizes, jobs=2)
    one, two = content(tmp_path / "one"), content(tmp_path / "two")
    assert len(Dataset.open(tmp_path / "one").files("moves")) > 1
    assert one.keys() == two.keys()
    assert all(one[table].equals(two[table]) for table in one)


def test_another_seed_gives_other_rows(tmp_path: Path) -> None:
    for seed in (1, 2):
        generate(tmp_path / str(seed), Sizes(2_000, 4, 2, seed=seed), jobs=1)
    one, two = content(tmp_path / "1"), content(tmp_path / "2")
    assert not any(one[table].equals(two[table]) for table in ("moves", "events", "sessions"))


def test_no_pointer_travels_for_ever() -> None:
    """The rows that no whole act has room for become moves; they must stay few."""
    for seed in range(4):
        sizes = Sizes(200_000, 30, 20, seed=seed)
        people = people_of(sizes)
        for batch in batches_of(sizes):
            reached = Reached.nothing(len(batch.sessions))
            for legs in batch.chunks():
                assert scene_of(batch, legs, people, reached).strokes.moves_n.max() < 400
