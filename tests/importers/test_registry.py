"""The search: what is a recording, what is passed over and why."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from explorer.errors import SourceError
from explorer.importers.registry import find_sources, formats, importer_of
from explorer.trace.dataset import create
from explorer.trace.schema import SOURCE_FORMATS

Make = Callable[..., Any]
MOVE = {"time_stamp": 1.0, "action": "move", "x": 1, "y": 2}
LINE = "0.0,9.0,NoButton,Move,10,20"


def test_formats_are_those_of_the_schema() -> None:
    assert set(formats()) <= set(SOURCE_FORMATS)
    assert {"balabit", "sapimouse", "ducktrack", "openadapt_capture"} <= set(formats())


def test_recordings_are_found_in_a_fixed_order(
    tmp_path: Path, ducktrack: Make, openadapt: Make, balabit_csv: Make
) -> None:
    ducktrack(tmp_path / "b" / "one", [MOVE])
    openadapt(tmp_path / "a")
    (tmp_path / "a" / ".oa.partial.mp4").write_bytes(b"0")  # a side file, hidden, of a recording
    balabit_csv(tmp_path / "user7" / "session_1", LINE)
    (tmp_path / "README.md").write_text("x")
    found = find_sources([tmp_path])
    assert [(source.format, source.key) for source in found.sources] == [
        ("openadapt_capture", "a"), ("ducktrack", "b/one"), ("balabit", "user7/session_1"),
    ]  # fmt: skip
    assert [(skipped.path.name, skipped.reason) for skipped in found.skipped] == [
        ("README.md", "is not a recording of a known format")
    ]
    assert found.damaged == ()


def test_a_format_restricts_the_search(tmp_path: Path, ducktrack: Make, balabit_csv: Make) -> None:
    ducktrack(tmp_path / "a", [MOVE])
    balabit_csv(tmp_path / "session_1", LINE)
    assert [source.format for source in find_sources([tmp_path], "ducktrack").sources] == ["ducktrack"]
    with pytest.raises(SourceError, match="is not a format") as caught:
        find_sources([tmp_path], "floppy")
    assert "ducktrack" in caught.value.hint
    with pytest.raises(SourceError):
        importer_of("generated")


def test_links_that_go_round_in_circles_end(tmp_path: Path, ducktrack: Make) -> None:
    folder = ducktrack(tmp_path / "a" / "recording", [MOVE])
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "z").symlink_to(folder, target_is_directory=True)
    (tmp_path / "nowhere").symlink_to(tmp_path / "missing")
    found = find_sources([tmp_path])
    assert [source.key for source in found.sources] == ["a/recording"]
    assert {skipped.path.name: skipped.reason for skipped in found.skipped} == {
        "nowhere": "is a link that leads nowhere",
        "up": "was searched already, under another name",
        "z": "was searched already, under another name",
    }


def test_what_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert find_sources([tmp_path / "empty"]).skipped[0].reason == "the folder is empty"
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    os.mkfifo(tmp_path / "pipe")
    create(tmp_path / "dataset")
    reasons = {skipped.path.name: skipped.reason for skipped in find_sources([tmp_path]).skipped}
    assert reasons == {
        ".git": "is hidden",
        "dataset": "is a trace dataset, not a recording",
        "pipe": "is not a recording of a known format",
    }


def test_a_path_that_is_not_there_is_damage(tmp_path: Path) -> None:
    found = find_sources([tmp_path / "nothing"])
    assert [(damaged.where, damaged.what) for damaged in found.damaged] == [("nothing", "does not exist")]


def test_what_cannot_be_recognised_is_damage(tmp_path: Path) -> None:
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 and then nothing")
    found = find_sources([tmp_path])
    assert [(damaged.where, damaged.what) for damaged in found.damaged] == [
        ("cut.parquet", "the Parquet file cannot be read")
    ]


def test_the_same_path_twice_is_one_source(tmp_path: Path, balabit_csv: Make) -> None:
    path = balabit_csv(tmp_path / "session_1", LINE)
    assert len(find_sources([tmp_path, path, tmp_path]).sources) == 1


def test_files_that_a_recording_beside_them_reads_are_not_listed(tmp_path: Path) -> None:
    trajectory = {
        "task_id": "t",
        "instruction": "i",
        "traj": [{"index": 0, "image": "0.png", "value": {"code": ""}}],
    }
    (tmp_path / "t.jsonl").write_text(json.dumps(trajectory) + "\n")
    (tmp_path / "images").mkdir()
    for name in ("images/0.png", "images/notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    found = find_sources([tmp_path])
    assert [source.format for source in found.sources] == ["agentnet_trajectory"]
    assert [file.path.name for file in found.skipped] == ["notes.txt"]
