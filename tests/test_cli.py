"""The commands: one by one as a user runs them, in all their ways in the process of the tests."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import explorer as tx

PROJECT = Path(__file__).resolve().parent.parent
Command = Callable[..., subprocess.CompletedProcess[str]]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "explorer", *map(str, arguments)],
        cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, dataset_of: Callable[..., Path]) -> Path:
    """One session whose titles try to be a formula, a terminal command and markup."""
    titles = ["=HYPERLINK(0)", "\x1b[31mred\x1b]0;owned\x07", "[bold]not bold[/bold]"]
    events: list[dict[str, Any]] = [
        {
            "session_id": "a-1",
            "seq": i,
            "t_us": i,
            "kind": "window_focus",
            "app": "Mail",
            "window_title": title,
        }
        for i, title in enumerate(titles)
    ]
    return dataset_of(tmp_path_factory.mktemp("cli") / "d", events=events)


def test_help_names_every_command() -> None:
    shown = run("--help").stdout
    assert all(name in shown for name in ("open", "import", "check", "rollup", "queries", "query"))


def test_check_and_rollup_say_what_they_did(root: Path) -> None:
    done = run("check", root)
    assert (done.returncode, done.stdout) == (0, "")
    assert "files checked" in done.stderr
    assert "rebuilt" in run("rollup", root).stderr
    assert "up to date" in run("rollup", root).stderr


def test_check_lists_problems_and_fails(
    tmp_path: Path, dataset_of: Callable[..., Path], command: Command
) -> None:
    bad = dataset_of(tmp_path / "d", events=[{"session_id": "a-1", "seq": 0, "kind": "teleport"}])
    done = command("check", bad)
    assert done.returncode == 1
    assert "kind: holds a word that the format does not know" in done.stdout


def test_queries_lists_the_library(command: Command) -> None:
    assert "sessions/list" in run("queries").stdout
    assert "-p idle_gap_ms=BIGINT [ms] = 5000" in command("queries", "sessions/segments").stdout
    whole = command("queries", "sessions/list", "--sql").stdout
    assert "chosen AS (" in whole
    assert "-- steps of" not in whole


def test_a_query_in_every_format(root: Path, tmp_path: Path, command: Command) -> None:
    ask = ("query", "replay/events", root, "-p", "session_id=a-1")
    rows = json.loads(run(*ask, "--format", "json").stdout)
    assert rows[0]["window_title"] == "=HYPERLINK(0)"
    cells = list(csv.DictReader(io.StringIO(command(*ask, "--format", "csv").stdout)))
    assert cells[0]["window_title"] == "'=HYPERLINK(0)"
    assert command(*ask, "--format", "parquet", "-o", tmp_path / "x.parquet").returncode == 0
    assert pq.read_table(tmp_path / "x.parquet").num_rows == 3


def test_trace_text_cannot_drive_the_terminal(root: Path) -> None:
    shown = run("query", "rollups/session_titles", root).stdout
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "[bold]not bold[/bold]" in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("query", "no/such"), "no/such"),
        (("query", "replay/events"), "session_id"),
        (("query", "sessions/list", "-p", "limit_n=many"), "limit_n"),
        (("query", "sessions/list", "-p", "nonsense"), "name=value"),
        (("query", "sessions/list", "--format", "xlsx"), "xlsx"),
        (("query", "sessions/list", "--format", "parquet"), "-o FILE.parquet"),
        (("query", "sessions/list", "--format", "csv", "-o", "/nowhere/x.csv"), "cannot be written"),
    ],
)
def test_wrong_calls_get_one_clear_line(
    root: Path, arguments: tuple[str, ...], words: str, command: Command
) -> None:
    done = command(*arguments[:2], root, *arguments[2:])
    assert done.returncode == 1
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("command", ["check", "rollup", "open"])
def test_a_folder_without_a_dataset_is_told(tmp_path: Path, command: str) -> None:
    done = run(command, tmp_path)
    assert done.returncode == 1
    assert "not a trace dataset" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_python_face(root: Path) -> None:
    with tx.open(root) as dataset:
        assert dataset.sessions()["session_id"].to_pylist() == ["a-1"]
        assert dataset.run("replay/events", session_id="a-1").num_rows == 3
        assert "sessions/list" in dataset.queries()
        assert dataset.frame("a-1-0000000") is None
        assert dataset.quarantined == ()
