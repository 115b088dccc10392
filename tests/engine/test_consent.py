"""Consent acts in the base relations: what a person did not agree to is in no answer, whatever the query."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from explorer.engine import open_engine
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


def test_what_was_typed_is_hidden_in_steps_too(root: Path) -> None:
    engine = open_engine(root)
    for session_id, is_shown in (("a-1", True), ("c-1", False), ("d-1", True), ("e-1", True)):
        [step] = engine.run("sessions/steps", {"session_id": session_id}).to_pylist()
        assert (step["action_code"] is not None) is is_shown
        assert (step["action_args"] is not None) is is_shown
    engine.close()
