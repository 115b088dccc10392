"""Findings are dismissed with a reason and taken back; rows are only added, and hold no personal data."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from explorer.errors import NoteRefused, ParameterError, StoreError
from explorer.store import Dismissals, open_dismissals, open_store
from explorer.store.dismissals import LONGEST_NOTE, REASONS

ONE, TWO = "1" * 32, "2" * 32


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "trace-explorer" / "set.sqlite"


@pytest.fixture
def store(path: Path) -> Dismissals:
    return open_dismissals("set")


def rows(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT finding_id, is_dismissed, reason, note FROM finding_dismissals ORDER BY row_no"
        ).fetchall()


def test_looking_makes_no_file(store: Dismissals, path: Path) -> None:
    assert store.current() == {}
    assert store.last_row() == 0
    assert not path.exists()


def test_a_dismissal_is_kept_and_taken_back_and_every_row_stays(store: Dismissals, path: Path) -> None:
    assert store.dismiss([ONE, TWO, ONE], reason="hint_text", note="  a\nfield ", author="R2") == 2
    kept = store.current()
    assert set(kept) == {ONE, TWO}
    assert (kept[ONE].reason, kept[ONE].note, kept[ONE].author) == ("hint_text", "a field", "R2")
    before = store.last_row()
    assert store.undo([ONE]) == 1
    assert set(open_dismissals("set").current()) == {TWO}
    assert store.last_row() > before
    store.dismiss([ONE], reason="allowed")
    assert store.current()[ONE].reason == "allowed"
    assert [row[:3] for row in rows(path)] == [
        (ONE, 1, "hint_text"), (TWO, 1, "hint_text"), (ONE, 0, ""), (ONE, 1, "allowed"),
    ]  # fmt: skip


def test_datasets_and_marks_are_apart(store: Dismissals, path: Path) -> None:
    store.dismiss([ONE], reason="made_up")
    assert open_dismissals("other").current() == {}
    marks = open_store("set")
    marks.add_mark("s", 1)
    assert len(marks.marks()) == 1
    assert set(store.current()) == {ONE}


def test_a_store_with_marks_alone_takes_dismissals_too(path: Path, store: Dismissals) -> None:
    open_store("set").add_mark("s", 1)
    assert store.current() == {}
    store.dismiss([ONE], reason="made_up")
    assert set(store.current()) == {ONE}
    assert len(open_store("set").marks()) == 1


@pytest.mark.parametrize(
    "note", ["ask jane.doe@example.com", "it is 4111 1111 1111 1111", "x" * (LONGEST_NOTE + 1)]
)
def test_a_note_with_personal_data_is_refused(store: Dismissals, path: Path, note: str) -> None:
    with pytest.raises(NoteRefused) as refused:
        store.dismiss([ONE], reason="other", note=note)
    assert note not in str(refused.value)
    with pytest.raises(NoteRefused):
        store.dismiss([ONE], reason="made_up", author=note)
    assert store.current() == {}


@pytest.mark.parametrize(
    ("ids", "reason", "note"),
    [
        ([ONE], "because", ""), ([ONE], "", ""), ([ONE], "other", ""), ([ONE], "other", " \n\u200b"),
        (["x"], "made_up", ""), ([ONE.upper() + "'"], "made_up", ""), ([ONE, ""], "made_up", ""),
    ],
)  # fmt: skip
def test_what_is_no_dismissal_is_refused(
    store: Dismissals, path: Path, ids: list[str], reason: str, note: str
) -> None:
    with pytest.raises(ParameterError):
        store.dismiss(ids, reason=reason, note=note)
    assert store.current() == {}


def test_nothing_is_nothing(store: Dismissals, path: Path) -> None:
    assert store.dismiss([], reason="made_up") == 0
    assert not path.exists()


def test_every_reason_is_said() -> None:
    assert all(words and reason.isidentifier() for reason, words in REASONS.items())


def test_a_store_of_a_newer_version_is_left_alone(store: Dismissals, path: Path) -> None:
    store.dismiss([ONE], reason="made_up")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE store_version SET version = 99")
    for act in (store.current, store.last_row, lambda: store.undo([ONE])):
        with pytest.raises(StoreError, match="newer program"):
            act()
