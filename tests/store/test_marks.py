"""Marks are kept, changed, deleted, restored and listed; notes with personal data are refused without being quoted."""

from __future__ import annotations

import dataclasses
import pickle
import threading
import uuid
from functools import partial
from pathlib import Path

import pytest

from explorer.errors import NoteRefused, ParameterError
from explorer.store import LABELS, Store, open_store


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "trace-explorer"


@pytest.fixture
def dataset_id() -> str:
    return str(uuid.uuid4())


@pytest.fixture
def store(home: Path, dataset_id: str) -> Store:
    return open_store(dataset_id)


def test_a_mark_is_kept_and_found_by_another_store(store: Store, dataset_id: str) -> None:
    mark = store.add_mark("a-1", 12_000_000, label="question", note="Why twice?", author="R2")
    assert open_store(dataset_id).marks() == [mark]
    assert (mark.session_id, mark.t_us, mark.label, mark.note, mark.author) == (
        "a-1", 12_000_000, "question", "Why twice?", "R2",
    )  # fmt: skip
    assert mark.created_utc_us == mark.updated_utc_us > 1_700_000_000_000_000
    assert uuid.UUID(hex=mark.mark_id).hex == mark.mark_id
    with pytest.raises(dataclasses.FrozenInstanceError):
        mark.note = "other"  # type: ignore[misc]


def test_marks_come_by_session_time_and_id_and_of_the_sessions_asked_for(store: Store) -> None:
    for session_id, t_us in (("b", 5), ("a", 9), ("a", 2), ("B", 1), ("a", 2)):
        store.add_mark(session_id, t_us)
    listed = store.marks()
    order = [(mark.session_id, mark.t_us, mark.mark_id) for mark in listed]
    assert order == sorted(order)
    assert [(mark.session_id, mark.t_us) for mark in listed] == [
        ("B", 1),
        ("a", 2),
        ("a", 2),
        ("a", 9),
        ("b", 5),
    ]
    assert [mark.t_us for mark in store.marks("a")] == [2, 2, 9]
    assert {mark.session_id for mark in store.marks(among={"b", "B", "gone"})} == {"b", "B"}
    assert store.marks("a", among=["b"]) == []
    assert store.marks(among=()) == []


def test_datasets_do_not_share_marks(store: Store) -> None:
    store.add_mark("a", 1)
    assert open_store(str(uuid.uuid4())).marks() == []


def test_a_note_is_changed_and_a_deleted_mark_comes_back(store: Store) -> None:
    mark = store.add_mark("a", 1, note="first")
    changed = store.change_mark("a", mark.mark_id, note="second")
    assert (changed.note, changed.created_utc_us) == ("second", mark.created_utc_us)
    labelled = store.change_mark("a", mark.mark_id, label="problem")
    assert (labelled.note, labelled.label) == ("second", "problem")
    with pytest.raises(ParameterError, match="label"):
        store.change_mark("a", mark.mark_id, note="third", label="else")
    assert changed.updated_utc_us >= mark.updated_utc_us
    assert store.delete_mark("a", mark.mark_id).is_deleted
    assert store.marks() == []
    with pytest.raises(ParameterError, match="not there"):
        store.change_mark("a", mark.mark_id, note="third")
    restored = store.restore_mark("a", mark.mark_id)
    assert (restored.note, restored.is_deleted) == ("second", False)
    assert store.marks() == [restored]


def test_an_unknown_mark_is_told(store: Store) -> None:
    with pytest.raises(ParameterError, match="not there"):
        store.delete_mark("a", uuid.uuid4().hex)
    mark = store.add_mark("a", 1)
    for act in (store.delete_mark, store.restore_mark, partial(store.change_mark, note="")):
        for session_id, mark_id in (("a", uuid.uuid4().hex), ("b", mark.mark_id)):
            with pytest.raises(ParameterError, match="not there"):
                act(session_id, mark_id)
    assert store.marks() == [mark]


def test_a_mark_of_another_dataset_cannot_be_changed(store: Store, home: Path) -> None:
    mark = store.add_mark("a", 1)
    other_id = str(uuid.uuid4())
    other = open_store(other_id)
    other.add_mark("a", 1)
    with pytest.raises(ParameterError, match="not there"):
        other.delete_mark("a", mark.mark_id)
    # Several datasets may lie in one database: here the file of one is read as the other's.
    (home / f"{other_id}.sqlite").write_bytes(next(home.glob(f"{store!r}"[8:-2])).read_bytes())
    assert other.marks() == []
    with pytest.raises(ParameterError, match="not there"):
        other.delete_mark("a", mark.mark_id)


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("ask jane.doe@example.com", "an e-mail address"),
        ("ask jane.doe＠example.com", "an e-mail address"),
        ("ask jane\u200d.doe@exam\u200cple.com", "an e-mail address"),
        ("ask jane\u200b.doe@exam\x00ple.com", "an e-mail address"),
        ("card 4111 1111 1111 1111", "a card number"),
        ("+44 7700 900123 or jane.doe@example.com", "an e-mail address and a telephone number"),
    ],
)
def test_a_note_with_personal_data_is_refused_and_never_quoted(store: Store, note: str, words: str) -> None:
    mark = store.add_mark("a", 1, note="kept")
    for act in (
        lambda: store.add_mark("a", 2, note=note),
        lambda: store.add_mark("a", 2, author=note),
        lambda: store.change_mark("a", mark.mark_id, note=note),
    ):
        with pytest.raises(NoteRefused) as refused:
            act()
        assert words in str(refused.value)
        assert "example" not in str(refused.value)
        assert "4111" not in str(refused.value)
        assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)
    assert store.marks() == [mark]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("  two\nlines\tand a tab ", "two lines and a tab"),
        ("bell\x07 and \x1b[31mred\x00", "bell and [31mred"),
        ("turned \u202etxt.exe\u202c", "turned txt.exe"),
        ("half \ud800 a character", "half  a character"),
        ("family 👩\u200d👩\u200d👧, می\u200cخواهم", "family 👩\u200d👩\u200d👧, می\u200cخواهم"),
        ("=HYPERLINK(0) '; DROP TABLE marks --", "=HYPERLINK(0) '; DROP TABLE marks --"),
        ("é" * 500, "é" * 500),
    ],
)
def test_how_a_note_is_kept(store: Store, given: str, kept: str) -> None:
    store.add_mark("a", 1, note=given)
    assert [mark.note for mark in store.marks()] == [kept]


def test_what_is_no_mark_is_refused(store: Store) -> None:
    with pytest.raises(NoteRefused, match="longer than 500"):
        store.add_mark("a", 1, note="x" * 501)
    with pytest.raises(NoteRefused, match="longer than 80"):
        store.add_mark("a", 1, author="x" * 81)
    with pytest.raises(ParameterError, match=LABELS[0]):
        store.add_mark("a", 1, label="slow person")
    for t_us in (-1, 2**53 + 1, 1.5, True, "1"):
        with pytest.raises(ParameterError, match="t_us"):
            store.add_mark("a", t_us)  # type: ignore[arg-type]
    for session_id in ("", "x" * 201, "a\nb"):
        with pytest.raises(ParameterError, match="session_id"):
            store.add_mark(session_id, 1)
    assert store.marks() == []


@pytest.mark.parametrize("dataset_id", ["", "../x", "a/b", "x" * 65, "a.b"])
def test_a_name_that_leads_elsewhere_is_no_dataset(home: Path, dataset_id: str) -> None:
    with pytest.raises(ParameterError, match="dataset_id"):
        open_store(dataset_id)


def test_threads_share_a_store(store: Store) -> None:
    def add(name: str) -> None:
        for t_us in range(10):
            mark = store.add_mark(name, t_us)
            store.change_mark(name, mark.mark_id, note=f"{name} {len(store.marks(name))}")

    threads = [threading.Thread(target=add, args=(f"t{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    listed = store.marks()
    assert len(listed) == 60
    assert {mark.note for mark in listed} == {f"t{n} {k}" for n in range(6) for k in range(1, 11)}
