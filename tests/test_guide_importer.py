"""The importer that docs/guides/add-an-importer.md shows really imports the recording that the guide shows."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from explorer.engine import open_engine
from explorer.importers import plan, registry
from explorer.importers.run import import_sources
from explorer.trace.check import check

GUIDE = (Path(__file__).resolve().parent.parent / "docs" / "guides" / "add-an-importer.md").read_text()


@pytest.fixture
def recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The guide's recording, with the guide's importer in the registry."""
    [source] = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    [text] = re.findall(r"```text\n(.*?)```", GUIDE, re.DOTALL)
    names: dict[str, Any] = {"__name__": "pointer_log"}
    exec(compile(source, "add-an-importer.md", "exec"), names)
    importer = names["PointerLog"]()
    monkeypatch.setattr(registry, "IMPORTERS", (importer,))
    monkeypatch.setattr(plan, "importer_of", lambda name: importer)
    path = tmp_path / "in" / "one.pointerlog"
    path.parent.mkdir()
    path.write_text(text)
    return path


def test_the_guides_importer_imports_the_guides_recording(recording: Path, tmp_path: Path) -> None:
    report = import_sources([recording.parent], tmp_path / "out", jobs=1)
    assert (report.exit_code, report.sessions_n, report.rows_n) == (0, 1, 7)
    assert check(tmp_path / "out") == []
    engine = open_engine(tmp_path / "out")
    session_id = engine.run("sessions/list")["session_id"][0].as_py()
    kinds = Counter(engine.run("replay/events", {"session_id": session_id})["kind"].to_pylist())
    engine.close()
    assert kinds == {"mouse_down": 1, "mouse_up": 1, "click": 1, "key_down": 2, "key_up": 2, "shortcut": 1}


def test_the_guides_importer_names_a_damaged_line(recording: Path, tmp_path: Path) -> None:
    recording.write_text(recording.read_text() + "1.2 move here there\n")
    report = import_sources([recording], tmp_path / "out", jobs=1)
    assert [bad.where for bad in report.damaged] == ["one.pointerlog:9"]
    assert report.exit_code == 1
