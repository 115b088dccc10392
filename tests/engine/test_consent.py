"""Consent acts in the base relations: what a person did not agree to is in no answer, whatever the query."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from explorer.engine import Engine, open_engine
from explorer.engine.build import build_rollups
from explorer.trace.arrow import from_rows
from explorer.trace.commit import writing
from explorer.trace.dataset import Dataset
from explorer.trace.parts import Part

SESSIONS = {"a-1": "p-all", "b-1": "p-no", "c-1": "p-pictures", "d-1": "p-keys", "e-1": None}
SCOPES = {"p-all": None, "p-pictures": "screenshots,training", "p-keys": "keystrokes"}


@pytest.fixture
def root(tmp_path: Path, dataset_of: Callable[..., Path], frame_row: Callable[..., dict[str, Any]]) -> Path:
    """Five sessions: all agreed, withdrawn, pictures only, keys only, person unknown."""
    event = {"kind": "key_down", "key": "a", "code": "KeyA", "chord": "a", "text": "a", "window_title": "Letter",
             "url": "https://example.com", "element_name": "Body", "app": "Mail"}  # fmt: skip
    return dataset_of(
        tmp_path / "d",
        sessions=[{"session_id": s, "participant_id": p, "task": "write"} for s, p in SESSIONS.items()],
        participants=[{"participant_id": "p-no", "consent_status": "withdrawn"},
                      *({"participant_id": p, "consent_status": "granted", "consent_scope": s}
                        for p, s in SCOPES.items())],
        moves=[{"session_id": s, "seq": 0, "t_us": 0, "x_px": 1, "y_px": 1} for s in SESSIONS],
        events=[{**event, "session_id": s, "seq": 1, "frame_id": f"{s}-0000000"} for s in SESSIONS],
        frames=[frame_row(s, 0, seq=2) for s in SESSIONS],
        steps=[{"session_id": s, "step": 0, "seq": 3, "action_args": "[]", "action_code": "write('a')"}
               for s in SESSIONS],
    )  # fmt: skip


@pytest.mark.parametrize("are_rollups_built", [False, True])
def test_each_scope_hides_its_channel_and_nothing_else(root: Path, are_rollups_built: bool) -> None:
    if are_rollups_built:
        build_rollups(root)
    engine = open_engine(root)
    assert engine.are_rollups_fresh is are_rollups_built
    listed = engine.run("sessions/list").to_pylist()
    assert {row["session_id"] for row in listed} == set(SESSIONS) - {"b-1"}
    assert {row["session_id"] for row in listed if row["frames_n"]} == {"a-1", "c-1", "e-1"}
    for session_id in SESSIONS:
        events = engine.run("replay/events", {"session_id": session_id}).to_pylist()
        if session_id == "b-1":
            assert events == []
            continue
        keys, titles = session_id in ("a-1", "d-1", "e-1"), session_id in ("a-1", "e-1")
        assert [events[0][name] is not None for name in ("key", "code", "chord", "text")] == [keys] * 4
        assert [events[0][name] is not None for name in ("window_title", "url", "element_name")] == [
            titles
        ] * 3
    visible = {s for s in SESSIONS if engine.frame(f"{s}-0000000") and engine.thumb(f"{s}-0000000")}
    assert visible == {"a-1", "c-1", "e-1"}
    engine.close()


def test_a_withdrawal_takes_effect_at_once_and_outdates_the_rollups(root: Path) -> None:
    build_rollups(root)
    engine = open_engine(root)
    assert engine.frame("a-1-0000000") is not None
    with writing(root) as commit:
        old = Dataset.open(root).files("participants")
        people = [row for entry in old for row in pq.read_table(root / entry.path).to_pylist()]
        changed = [
            {**row, "consent_status": "withdrawn"} if row["participant_id"] == "p-all" else row
            for row in people
        ]
        for entry in old:
            commit.swap([], drop=[entry])
        with Part(root, "participants") as part:
            part.write(from_rows("participants", changed))
            commit.add([part.close()])
    assert engine.are_rollups_fresh is False
    assert engine.frame("a-1-0000000") is None
    assert "a-1" not in {row["session_id"] for row in engine.run("sessions/list").to_pylist()}
    report = build_rollups(root)
    assert "session_summary" in report.rebuilt
    assert "a-1" not in engine.run("rollups/session_summary")["session_id"].to_pylist()
    engine.close()


def test_channels_and_people_are_counted_as_far_as_consent_goes(root: Path) -> None:
    # a-1 and e-1 agreed to all, c-1 to pictures, d-1 to keys; b-1 has withdrawn.
    engine = open_engine(root)
    channels = engine.run("collection/channels").to_pylist()
    assert {row["channel"]: row["sessions_n"] for row in channels} == {
        "moves": 4, "clicks": 0, "keys": 3, "text": 3, "screenshots": 3, "window_titles": 2, "urls": 2,
    }  # fmt: skip
    assert {row["of_n"] for row in channels} == {4}
    assert engine.withdrawn_n is None, "one person would be told"
    engine.close()


def test_withdrawn_people_are_counted_where_they_are_enough(
    tmp_path: Path, dataset_of: Callable[..., Path]
) -> None:
    def withdrawn_n(name: str, people_n: int) -> int | None:
        people = [{"participant_id": f"p{i}", "consent_status": "withdrawn"} for i in range(people_n)]
        rows = [{"session_id": "a-1", "seq": 0, "t_us": 0, "x_px": 1, "y_px": 1}]
        engine = open_engine(dataset_of(tmp_path / name, moves=rows, participants=people))
        counted = engine.withdrawn_n
        engine.close()
        return counted

    assert [withdrawn_n(str(n), n) for n in (0, 4, 5)] == [0, None, 5]


def test_what_was_typed_is_hidden_in_steps_too(root: Path) -> None:
    engine = open_engine(root)
    for session_id, is_shown in (("a-1", True), ("c-1", False), ("d-1", True), ("e-1", True)):
        [step] = engine.run("sessions/steps", {"session_id": session_id}).to_pylist()
        assert (step["action_code"] is not None) is is_shown
        assert (step["action_args"] is not None) is is_shown
    engine.close()


def visible(engine: Engine) -> set[str]:
    shown = {row["session_id"] for row in engine.run("sessions/list").to_pylist()}
    for session_id in SESSIONS:
        has_rows = engine.run("replay/events", {"session_id": session_id}).num_rows > 0
        if has_rows or engine.frame(f"{session_id}-0000000"):
            shown.add(session_id)
    return shown


@pytest.mark.parametrize("damage", ["gone", "flipped"])
def test_where_consent_cannot_be_read_nobody_is_shown(root: Path, damage: str) -> None:
    engine = open_engine(root)
    assert "b-1" not in visible(engine)
    (entry,) = Dataset.open(root).files("participants")
    path, whole = root / entry.path, (root / entry.path).read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(whole[:20] + bytes([whole[20] ^ 1]) + whole[21:])
    assert visible(engine) <= {"a-1", "c-1", "d-1", "e-1"}
    reopened = open_engine(root)
    assert visible(reopened) == {"e-1"}  # the one session that is nobody's
    reopened.close()
    path.write_bytes(whole)
    restored = open_engine(root)
    assert visible(restored) == {"a-1", "c-1", "d-1", "e-1"}
    restored.close()
    engine.close()


def test_rows_of_a_session_that_no_readable_file_describes_are_hidden(root: Path) -> None:
    (entry,) = Dataset.open(root).files("sessions")
    raw = bytearray((root / entry.path).read_bytes())
    raw[20] ^= 1
    (root / entry.path).write_bytes(raw)
    engine = open_engine(root)
    assert visible(engine) == set()
    engine.close()


@pytest.mark.parametrize("words", ["Withdrawn", "no", "", "revoked"])
def test_a_word_that_is_not_consent_is_none(
    tmp_path: Path, dataset_of: Callable[..., Path], words: str
) -> None:
    root = dataset_of(
        tmp_path / "d",
        sessions=[
            {"session_id": "a-1", "participant_id": "p-1"},
            {"session_id": "b-1", "participant_id": "p-2"},
        ],
        participants=[
            {"participant_id": "p-1", "consent_status": words},
            {"participant_id": "p-2", "consent_status": "granted", "withdrawn_at_unix_us": 1},
        ],
    )
    engine = open_engine(root)
    assert engine.run("sessions/list").num_rows == 0
    engine.close()


def test_what_was_typed_is_hidden_in_whatever_column(tmp_path: Path, dataset_of: Callable[..., Path]) -> None:
    typed = {"command": "Paste x", "source_type": "press x", "extra": "{}", "mods": "ctrl", "text_len": 1}
    root = dataset_of(
        tmp_path / "d",
        sessions=[{"session_id": "a-1", "participant_id": "p-1"}],
        participants=[{"participant_id": "p-1", "consent_status": "granted", "consent_scope": "training"}],
        events=[{**typed, "session_id": "a-1", "seq": 0, "kind": "key_down"},
                {**typed, "session_id": "a-1", "seq": 1, "kind": "click"}],
    )  # fmt: skip
    engine = open_engine(root)
    key, click = engine.run("replay/events", {"session_id": "a-1"}).to_pylist()
    assert [key[name] for name in typed] == [None] * 5
    assert [click[name] for name in typed] == list(typed.values())
    engine.close()


@pytest.mark.parametrize("folder", ["session_id=b-1", "participant_id=p-all", "app=Other", "cohort=B"])
def test_a_folder_named_like_a_column_changes_nothing(root: Path, tmp_path: Path, folder: str) -> None:
    moved = tmp_path / folder / "d"
    moved.parent.mkdir()
    root.rename(moved)
    build_rollups(moved)
    engine = open_engine(moved)
    assert visible(engine) == {"a-1", "c-1", "d-1", "e-1"}
    assert {row["app"] for row in engine.run("rollups/session_apps").to_pylist()} <= {"Mail"}
    engine.close()
