"""Pseudonyms: stable on one machine, useless to whoever guesses names elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.importers.pseudonyms import pseudonym


def test_the_same_name_keeps_its_pseudonym(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    first = pseudonym("jane.doe")
    assert first is not None
    assert first.startswith("P-")
    assert pseudonym("jane.doe") == first
    assert pseudonym("john.doe") != first
    (key,) = (tmp_path / "trace-explorer").iterdir()
    assert key.stat().st_mode & 0o777 == 0o600


def test_on_another_machine_the_name_gets_another_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = set()
    for machine in ("a", "b"):
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / machine))
        found.add(pseudonym("jane.doe"))
    assert len(found) == 2


def test_without_a_place_for_the_key_the_person_is_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert pseudonym("jane.doe") is None
