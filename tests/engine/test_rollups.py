"""Rollups: extended ones equal rebuilt ones, stale ones never answer, damaged ones are as good as none."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from explorer.engine import open_engine, rollups
from explorer.engine.build import build_rollups
from explorer.trace.commit import writing

Make = Callable[..., Path]


def rows_of(session_id: str) -> dict[str, list[dict[str, Any]]]:
    n = 5 + int(session_id[2:])
    return {
        "moves": [{"session_id": session_id, "seq": i, "t_us": i * 9000, "x_px": i, "y_px": i} for i in range(n)],
        "events": [{"session_id": session_id, "seq": n + i, "t_us": (n + i) * 9000, "kind": "click",
                    "app": f"App{i % 2}", "window_title": f"Title {i}", "is_derived": True} for i in range(4)],
    }  # fmt: skip


def add(dataset_of: Make, root: Path, *names: str, frame_row: Callable[..., dict[str, Any]]) -> None:
    for name in names:
        dataset_of(root, **rows_of(name), frames=[frame_row(name, i, seq=90 + i) for i in range(2)])


def answers(root: Path) -> dict[str, list[dict[str, Any]]]:
    engine = open_engine(root)
    assert engine.are_rollups_fresh
    found = {name: rollups.load(name) for name in rollups.names()}
    rows = {name: engine.run(query.name).to_pylist() for name, query in found.items()}
    for name in found:
        stored = engine.answer(f"SELECT * FROM {name}", {}, name).to_pylist()  # type: ignore[attr-defined]
        assert sorted(map(str, stored)) == sorted(map(str, rows[name])), name
    engine.close()
    return rows


@pytest.fixture(scope="module")
def built_once(
    tmp_path_factory: pytest.TempPathFactory, dataset_of: Make, frame_row: Callable[..., dict[str, Any]]
) -> Path:
    """The session s-1 with its rollups."""
    root = tmp_path_factory.mktemp("built") / "d"
    add(dataset_of, root, "s-1", frame_row=frame_row)
    assert build_rollups(root).rebuilt == rollups.names()
    return root


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """A copy of that for one test."""
    return shutil.copytree(built_once, tmp_path / "d")


def test_extending_gives_what_rebuilding_gives(
    tmp_path: Path, dataset_of: Make, frame_row: Callable[..., dict[str, Any]]
) -> None:
    root = tmp_path / "d"
    add(dataset_of, root, "s-1", "s-4", frame_row=frame_row)
    assert build_rollups(root).rebuilt == rollups.names()
    add(dataset_of, root, "s-0", "s-9", frame_row=frame_row)
    report = build_rollups(root)
    assert (report.extended, report.sessions_n) == (rollups.names(), 2)
    extended = answers(root)
    assert build_rollups(root).sessions_n == 0
    shutil.rmtree(root / "rollups")
    assert build_rollups(root).rebuilt == rollups.names()
    assert answers(root) == extended


def test_a_compaction_rebuilds_only_what_names_places(
    tmp_path: Path,
    dataset_of: Make,
    frame_row: Callable[..., dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = tmp_path / "d"
    add(dataset_of, root, "s-1", "s-2", "s-3", frame_row=frame_row)
    build_rollups(root)
    monkeypatch.setattr("explorer.trace.compact.MOST_SMALL_PARTS", 2)
    with writing(root) as commit:
        assert commit.compact() > 0
    add(dataset_of, root, "s-4", frame_row=frame_row)
    report = build_rollups(root)
    assert report.rebuilt == ("frames_index",)
    assert report.sessions_n == 1
    assert len(answers(root)["session_summary"]) == 4
    engine = open_engine(root)
    assert engine.frame("s-2-0000001") is not None
    engine.close()


def test_stale_rollups_do_not_answer(
    built: Path, dataset_of: Make, frame_row: Callable[..., dict[str, Any]]
) -> None:
    root = built
    add(dataset_of, root, "s-2", frame_row=frame_row)
    engine = open_engine(root)
    assert not engine.are_rollups_fresh
    assert len(engine.run("sessions/list").to_pylist()) == 2
    build_rollups(root)
    assert engine.are_rollups_fresh
    assert len(engine.run("sessions/list").to_pylist()) == 2
    engine.close()


def test_facts_count_the_people_of_all_sessions_fresh_or_stale(tmp_path: Path, dataset_of: Make) -> None:
    people = [{"participant_id": f"p{n}", "cohort": "north", "consent_status": "granted"} for n in range(5)]
    sessions = [{"session_id": f"s-{n}", "participant_id": f"p{n}"} for n in range(5)]
    root = dataset_of(tmp_path / "d", commits=5, sessions=sessions, participants=people)
    engine = open_engine(root)
    for is_fresh in (False, True):
        assert engine.are_rollups_fresh == is_fresh
        assert set(engine.run("sessions/list")["cohort"].to_pylist()) == {"north"}
        assert engine.run("sessions/facts", {"session_id": "s-3"})["cohort"].to_pylist() == ["north"]
        build_rollups(root)
    engine.close()


@pytest.mark.parametrize("text", ["", "{}", '{"files": 3}', "null"])
def test_a_damaged_index_is_as_good_as_none(built: Path, text: str) -> None:
    root = built
    (root / "rollups" / "manifest.json").write_text(text)
    engine = open_engine(root)
    assert not engine.are_rollups_fresh
    assert len(engine.run("sessions/list").to_pylist()) == 1
    engine.close()


def test_a_missing_rollup_file_is_as_good_as_none(built: Path) -> None:
    root = built
    next((root / "rollups").glob("session_summary/*.parquet")).unlink()
    engine = open_engine(root)
    assert len(engine.run("sessions/list").to_pylist()) == 1
    assert build_rollups(root).rebuilt == rollups.names()
    engine.close()


def test_a_damaged_rollup_is_noticed_and_rebuilt(built: Path) -> None:
    root = built
    engine = open_engine(root)
    (path,) = (root / "rollups").glob("session_summary/*.parquet")
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 :] = bytes(len(raw) - len(raw) // 2)
    path.write_bytes(raw)
    assert len(engine.run("sessions/list").to_pylist()) == 1
    assert not engine.are_rollups_fresh
    engine.close()
    assert build_rollups(root).rebuilt == rollups.names()
    assert len(answers(root)["session_summary"]) == 1


def test_building_by_groups_of_sessions_gives_the_same_rows(
    tmp_path: Path,
    dataset_of: Make,
    frame_row: Callable[..., dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = tmp_path / "d"
    add(dataset_of, root, "s-1", "s-4", "s-2", "s-7", frame_row=frame_row)
    build_rollups(root)
    at_once = answers(root)
    shutil.rmtree(root / "rollups")
    monkeypatch.setattr("explorer.engine.build._GROUP_ROWS", 12)
    build_rollups(root)
    assert answers(root) == at_once


def test_rollups_made_of_others_come_after_them_and_stale_with_them() -> None:
    places = {name: place for place, name in enumerate(rollups.names())}
    for name in ("session_pointer_totals", "whole_pointer_cells"):
        assert rollups.is_made_of_rollups(name)
        assert places[name] > places["session_pointer_cells"]
    assert not rollups.is_made_of_rollups("session_pointer_cells")
    assert not rollups.is_by_session("whole_pointer_cells")


def test_a_build_that_ends_between_the_two_rounds_leaves_right_answers(
    built: Path, dataset_of: Make, frame_row: Callable[..., dict[str, Any]]
) -> None:
    root = built
    add(dataset_of, root, "s-2", frame_row=frame_row)
    told: list[str] = []

    def stopping(name: str) -> None:
        told.append(name)
        if rollups.is_made_of_rollups(name):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_rollups(root, stopping)
    assert "session_pointer_cells" in told
    engine = open_engine(root)
    assert not engine.are_rollups_fresh
    assert engine.run("pointer/denominators", {"kind": "move"})["events_n"].to_pylist() == [6 + 7]
    build_rollups(root)
    assert engine.are_rollups_fresh
    assert engine.run("pointer/denominators", {"kind": "move"})["events_n"].to_pylist() == [6 + 7]
    engine.close()
