"""Shortcuts in real recordings: counts against the raw rows, and clear words about what was not recorded."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from explorer.engine.build import build_rollups
from explorer.importers.run import import_sources
from explorer.trace.dataset import Dataset
from explorer.trace.shown_keys import shown_key
from explorer.widgets.opened import open_dataset, run
from explorer.widgets.shortcut_answers import answers
from explorer.widgets.shortcut_words import headline, left_out
from explorer.widgets.url_state import Filters

pytestmark = pytest.mark.real
SOURCES = ("openadapt_capture_complete", "ducktrack", "agentnet_raw", "owamcap")


@pytest.fixture(scope="module")
def imported(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All four recorders in one dataset, with rollups."""
    root = tmp_path_factory.mktemp("shortcuts") / "set"
    import_sources([real / name for name in SOURCES], root, jobs=1)
    build_rollups(root)
    return root


@pytest.fixture
def raw(imported: Path) -> pd.DataFrame:
    """Events with the system of their session; the dataset is open."""
    open_dataset(imported)
    dataset = Dataset.open(imported)
    sessions, events = (
        pd.concat(pq.read_table(imported / entry.path).to_pandas() for entry in dataset.files(table))
        for table in ("sessions", "events")
    )
    return events.merge(sessions[["session_id", "os", "source_format"]], on="session_id")


def test_shortcuts_are_those_of_the_rows(raw: pd.DataFrame) -> None:
    is_hotkey = raw["flags"].str.contains("recorder_hotkey", na=False)
    shortcuts = raw[(raw.kind == "shortcut") & ~is_hotkey]
    shown = [
        shown_key(None, None, chord if isinstance(chord, str) else None, os)[2]
        for chord, os in zip(shortcuts.chord, shortcuts.os, strict=True)
    ]
    rows = run("shortcuts/chords").to_pylist()
    counted: dict[str, int] = {}
    for row in rows:
        counted[row["chord"]] = counted.get(row["chord"], 0) + row["presses_n"]
    assert counted == {chord: shown.count(chord) for chord in set(shown) - {None}}
    parts = {row["part"]: row["rows_n"] for row in run("shortcuts/coverage").to_pylist()}
    assert parts.get("standard", 0) + parts.get("unnamed", 0) + parts.get("unshown", 0) == len(shortcuts) > 5
    assert parts.get("unshown", 0) == shown.count(None)


def test_standard_names_are_given_and_said(raw: pd.DataFrame) -> None:
    names = {(row["os"], row["chord"]): row["command"] for row in run("shortcuts/chords").to_pylist()}
    assert names["windows", "ctrl+c"] == "Copy"
    assert names["linux", "ctrl+home"] == "Go to start"
    found = answers(Filters())
    assert not found.is_people
    assert found.share is None
    assert found.times is None
    assert headline(found) == (
        "10 shortcuts; these recordings name no commands, so how else they were given is not known"
    )
    assert any("named by the standard chords of the system" in said for said in left_out(found))
    assert any("5 shortcuts whose keys are not known or not shown" in said for said in left_out(found))


def test_keys_never_released_are_those_flagged(raw: pd.DataFrame) -> None:
    flagged = raw[(raw.kind == "key_down") & raw["flags"].str.contains("dangling", na=False)]
    parts = {row["part"]: row["rows_n"] for row in run("shortcuts/coverage").to_pylist()}
    assert parts["never_released"] == len(flagged) > 0
    assert parts["recorder"] == int(
        ((raw.kind == "shortcut") & raw["flags"].str.contains("recorder_hotkey", na=False)).sum()
    )


def test_right_clicks_are_those_of_the_rows(raw: pd.DataFrame) -> None:
    wanted = int(((raw.kind == "click") & (raw.button == "right")).sum())
    assert sum(row["right_clicks_n"] for row in run("shortcuts/right_clicks").to_pylist()) == wanted > 0


def test_a_recording_without_shortcuts_says_so(raw: pd.DataFrame) -> None:
    assert not len(raw[(raw.source_format == "ducktrack") & (raw.kind == "shortcut")])
    found = answers(Filters(source_format="ducktrack"))
    assert headline(found) == "No shortcut is in these recordings, and they name no command"
