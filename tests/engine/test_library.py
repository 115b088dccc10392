"""Relations of queries/lib: in an order that stands, seen by rollups, over new sessions alone when these are added."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from explorer import sql
from explorer.engine import library, open_engine, rollups
from explorer.engine.build import build_rollups
from explorer.engine.mentions import mentions

Make = Callable[..., Path]


def rows_of(*session_ids: str) -> list[dict[str, Any]]:
    chords = ("ctrl+c", "ctrl+v", "ctrl+j")
    return [
        {"session_id": s, "seq": i, "t_us": 1000 * i, "kind": "shortcut", "chord": chord, "is_derived": True}
        for s in session_ids
        for i, chord in enumerate(chords)
    ]


def test_each_comes_after_those_it_builds_on() -> None:
    names = [*library.texts(), *library.texts(are_above=True)]
    assert sorted(names) == [name.removeprefix("lib/") for name in sql.names() if name.startswith("lib/")]
    for place, text in enumerate([*library.texts().values(), *library.texts(are_above=True).values()]):
        assert not [name for name in names[place:] if mentions(text, name)]
    for text in library.texts().values():
        assert not [name for name in rollups.names() if mentions(text, name)]


def test_what_a_text_reaches() -> None:
    own = rollups.load("session_commands").sql
    assert set(library.reached((own,))) == {"standard_chords", "shown_chords", "command_rows"}
    assert library.reached(("SELECT 1",)) == ()


def test_another_relation_makes_its_rollups_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: rollups.sql_digest(name) for name in rollups.names()}
    texts = library.texts() | {"standard_chords": "SELECT 'linux' AS os, 'f1' AS chord, 'Help' AS command"}
    monkeypatch.setattr(library, "texts", lambda **_: texts)
    changed = {name for name in rollups.names() if rollups.sql_digest(name) != before[name]}
    assert changed == {"session_commands", "session_command_times", "session_sequences"}


def test_new_sessions_are_read_alone(tmp_path: Path, dataset_of: Make) -> None:
    sessions = [{"session_id": f"s-{i}", "os": "linux"} for i in range(4)]
    root = dataset_of(tmp_path / "d", sessions=sessions[:2], events=rows_of("s-0", "s-1"))
    build_rollups(root)
    dataset_of(root, sessions=sessions[2:], events=rows_of("s-2", "s-3"))
    assert "session_commands" in build_rollups(root).extended
    engine = open_engine(root)
    found = engine.run("shortcuts/commands").to_pylist()
    assert {(row["command"], row["uses_n"]) for row in found} == {("Copy", 4), ("Paste", 4)}
    stored = engine.answer("SELECT * FROM session_commands", {}, "stored")  # type: ignore[attr-defined]
    rebuilt = engine.run("rollups/session_commands")
    assert sorted(map(str, stored.to_pylist())) == sorted(map(str, rebuilt.to_pylist()))
    assert engine.run("shortcuts/sequences")["times_n"].to_pylist()[0] == 4


def test_stale_rollups_answer_from_the_rows(tmp_path: Path, dataset_of: Make) -> None:
    root = dataset_of(tmp_path / "d", sessions=[{"session_id": "s-0", "os": "macos"}], events=rows_of("s-0"))
    engine = open_engine(root)
    assert not engine.are_rollups_fresh
    [part] = [row for row in engine.run("shortcuts/coverage").to_pylist() if row["part"] == "unnamed"]
    assert part["rows_n"] == 3, "Ctrl+C is no standard chord of macOS"


def test_without_consent_to_keystrokes_no_chord_is_there(tmp_path: Path, dataset_of: Make) -> None:
    sessions = [{"session_id": f"s-{i}", "os": "linux", "participant_id": f"p{i}"} for i in range(6)]
    people = [
        {
            "participant_id": f"p{i}",
            "consent_status": "granted",
            "consent_scope": None if i else "screenshots",
        }
        for i in range(6)
    ]
    events = rows_of(*(f"s-{i}" for i in range(6)))
    root = dataset_of(tmp_path / "d", sessions=sessions, participants=people, events=events)
    build_rollups(root)
    engine = open_engine(root)
    commands = engine.run("rollups/session_commands").to_pylist()
    assert {row["chord"] for row in commands if row["session_id"] == "s-0"} == {None}
    copied = [row for row in engine.run("shortcuts/commands").to_pylist() if row["command"] == "Copy"]
    assert [(row["uses_n"], row["people_n"]) for row in copied] == [(5, 5)]
    parts = {row["part"]: row["rows_n"] for row in engine.run("shortcuts/coverage").to_pylist()}
    assert parts["keyless"] is None
    assert parts["sessions"] == 6
