"""`trace-explorer generate` as it is run, and under attack: stopped, starved of disk, aimed at the wrong places."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.errors import ExplorerError
from explorer.generate.plan import batches_of
from explorer.generate.pool import run_batches
from explorer.generate.sizes import Sizes
from explorer.trace.check import check
from explorer.trace.dataset import Dataset, create

Command = Callable[..., subprocess.CompletedProcess[str]]
SMALL = ("--events", 3_000, "--sessions", 6, "--people", 5)
LARGE = ("--events", 3_000_000, "--sessions", 300, "--people", 20)


def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "explorer", "generate", *map(str, arguments)],
        capture_output=True, text=True, timeout=300, check=False, cwd=cwd,
    )  # fmt: skip


def test_it_makes_a_dataset_with_rollups_and_says_so(tmp_path: Path, command: Command) -> None:
    root = tmp_path / "deep" / "made"
    done = run(*SMALL, "--frames", 4, "--seed", 7, "-o", root)
    assert done.returncode == 0, done.stderr
    assert "3,000 events, 6 sessions, 5 people, 4 frames" in done.stderr
    assert f"trace-explorer open {root}" in done.stderr
    assert check(root) == []
    assert Dataset.open(root).title == "Generated, 3,000 events"
    assert (root / "rollups" / "manifest.json").is_file()
    listed = command("query", "sessions/list", root, "--format", "csv")
    assert len(listed.stdout.splitlines()) == 7


def test_help_says_what_events_are(command: Command) -> None:
    assert "pointer moves and events together" in " ".join(command("generate", "--help").stdout.split())


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--events", 10**18), 1, "trace-explorer: --events: is too large. Give at most 1,000,000,000\n"),
        (("--sessions", 0), 1, "trace-explorer: --sessions: is 0. Give at least 1\n"),
        (("--people", 7), 1, "--people: 7 people are more than 6 sessions"),
        (("--events", "many"), 2, "--events"),
        (("--jobs", 0), 2, "--jobs"),
    ],
)
def test_sizes_that_cannot_be_leave_nothing_behind(
    tmp_path: Path, arguments: tuple[object, ...], code: int, words: str, command: Command
) -> None:
    done = command("generate", *SMALL, *arguments, "-o", tmp_path / "d")
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", ["file", "folder", "dataset"])
def test_what_is_there_already_is_never_touched(tmp_path: Path, left: str, command: Command) -> None:
    root = tmp_path / "d"
    if left == "file":
        root.write_text("mine")
    elif left == "folder":
        root.mkdir()
        (root / "notes.txt").write_text("mine")
    else:
        create(root)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = command("generate", *SMALL, "-o", root)
    assert done.returncode == 1
    assert done.stderr == "trace-explorer: d: is there already and not empty. Choose a new folder for -o\n"
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    root = tmp_path / "d"
    root.mkdir()
    assert run(*SMALL, "-o", "d", cwd=tmp_path).returncode == 0
    assert check(root) == []
    assert list(tmp_path.iterdir()) == [root]


def test_a_folder_that_cannot_be_made(tmp_path: Path, command: Command) -> None:
    (tmp_path / "file").write_text("")
    done = command("generate", *SMALL, "-o", tmp_path / "file" / "d")
    assert done.returncode == 1
    assert "trace-explorer: d: cannot be written (" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_small_disk_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", tmp_path], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        done = run(*LARGE, "-o", tmp_path / "d")
        assert done.returncode == 1
        assert "d: needs about 21 MB of disk, and 2 MB are free. Free some space" in done.stderr
        assert list(tmp_path.iterdir()) == []
    finally:
        subprocess.run(["umount", tmp_path], check=True)


def test_a_disk_that_refuses_midway_leaves_nothing(tmp_path: Path) -> None:
    command = f"ulimit -f 300; exec {sys.executable} -m explorer generate -o {tmp_path}/d --jobs 2"
    done = subprocess.run(
        ["bash", "-c", " ".join([command, *map(str, LARGE)])],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "d: the disk is full. Nothing of it was kept" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_stopping_it_by_hand_leaves_nothing(tmp_path: Path, jobs: int) -> None:
    # A test process may ignore Ctrl+C, and its children would inherit that.
    program = tmp_path / "hearing.py"
    program.write_text(
        "import signal\nfrom explorer.cli import main\n"
        "if __name__ == '__main__':\n    signal.signal(signal.SIGINT, signal.default_int_handler)\n    main()\n"
    )
    folder = tmp_path / "in"
    folder.mkdir()
    process = subprocess.Popen(
        [sys.executable, str(program), "generate", "-o", f"{folder}/d", "--jobs", str(jobs), *map(str, LARGE)],
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(folder.glob(".d.partial-*/moves/*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, shown = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped. No dataset was written." in shown
    assert "Traceback" not in shown
    assert list(folder.iterdir()) == []


def test_a_worker_that_dies_ends_it_in_words(tmp_path: Path) -> None:
    batches = batches_of(Sizes(2_000_000, 100, 20))
    assert len(batches) > 2
    made = run_batches(create(tmp_path / "d").root, batches, 2, lambda rows_n: kill_one())
    with pytest.raises(ExplorerError, match="a worker process ended early"):
        list(made)
    assert multiprocessing.active_children() == []


def kill_one() -> None:
    for worker in multiprocessing.active_children()[:1]:
        worker.kill()
