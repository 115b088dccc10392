"""`trace-explorer import` under attack: killed, starved of disk, doubled, aimed at the wrong places."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.trace.check import check
from explorer.trace.commit import writing
from explorer.trace.dataset import create
from explorer.trace.lock import locked

COMMAND = [sys.executable, "-m", "explorer", "import"]
Command = Callable[..., subprocess.CompletedProcess[str]]


def sapimouse(folder: Path, sessions_n: int, rows_n: int = 20_000) -> Path:
    """A folder of made-up mouse recordings in SapiMouse's layout."""
    for n in range(sessions_n):
        path = folder / f"user{n}" / "session_1min.csv"
        path.parent.mkdir(parents=True)
        chance = random.Random(n)
        lines = (
            f"{i * 8},NoButton,Move,{chance.randrange(1900)},{chance.randrange(1000)}\n"
            for i in range(rows_n)
        )
        path.write_text("client timestamp,button,state,x,y\n" + "".join(lines))
    return folder


def imported(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=300, check=False
    )


def sessions_in(root: Path) -> int:
    with writing(root) as commit:
        return len(commit.known_session_ids())


def test_killed_at_any_moment_it_goes_on_where_it_was(tmp_path: Path) -> None:
    source, root = sapimouse(tmp_path / "in", 40), tmp_path / "out"
    create(root)
    for delay_s in (0.3, 1.2, 2.0):
        process = subprocess.Popen(
            [*COMMAND, str(source), "-o", str(root)], stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(delay_s)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert check(root) == []
    before = sessions_in(root)
    done = imported(source, "-o", root)
    assert done.returncode == 0, done.stderr
    assert sessions_in(root) == 40
    assert check(root) == []
    if before:
        assert f"{before} session" in done.stderr


def test_importing_twice_is_skipped_and_said(tmp_path: Path, command: Command) -> None:
    source, root = sapimouse(tmp_path / "in", 2, 100), tmp_path / "out"
    assert command("import", source, "-o", root).returncode == 0
    manifest = (root / "manifest.json").read_bytes()
    again = command("import", source, "-o", root)
    assert again.returncode == 0
    assert "2 sessions skipped: in the dataset already" in again.stderr
    assert (root / "manifest.json").read_bytes() == manifest


def test_two_imports_at_once_the_second_is_refused(tmp_path: Path, command: Command) -> None:
    source, root = sapimouse(tmp_path / "in", 1, 100), tmp_path / "out"
    create(root)
    with writing(root):
        done = command("import", source, "-o", root)
    assert done.returncode == 1
    assert "another import is writing" in done.stderr
    assert "Traceback" not in done.stderr
    assert command("import", source, "-o", root).returncode == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_is_told_and_nothing_half_written(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        done = imported(sapimouse(tmp_path / "in", 30), "-o", disk / "out")
        assert done.returncode == 1
        assert "space" in done.stderr
        assert "Traceback" not in done.stderr
        assert check(disk / "out") == []
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_file_size_limit_is_told_and_nothing_half_written(tmp_path: Path) -> None:
    source, root = sapimouse(tmp_path / "in", 4), tmp_path / "out"
    starved = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); from explorer.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", starved, "import", source, "-o", root, "--jobs", "1"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert check(root) == []
    assert imported(source, "-o", root).returncode == 0
    assert sessions_in(root) == 4


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda p: p / "nothing-here", "nothing-here"),
        (lambda p: (p / "empty").mkdir() or p / "empty", "No recording of a known format"),
    ],
)
def test_nothing_to_import_is_told(tmp_path: Path, make: object, words: str, command: Command) -> None:
    done = command("import", make(tmp_path), "-o", tmp_path / "out")  # type: ignore[operator]
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_of_other_things_is_not_written_to(tmp_path: Path, command: Command) -> None:
    source, home = sapimouse(tmp_path / "in", 1, 100), tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("mine")
    done = command("import", source, "-o", home)
    assert done.returncode == 1
    assert "neither empty nor a trace dataset" in done.stderr
    assert [path.name for path in home.iterdir()] == ["letter.txt"]


def test_healthy_recordings_come_in_beside_a_damaged_one(tmp_path: Path, command: Command) -> None:
    source, root = sapimouse(tmp_path / "in", 2, 100), tmp_path / "out"
    broken = source / "user9" / "session_1min.csv"
    broken.parent.mkdir()
    broken.write_text(
        "client timestamp,button,state,x,y\n1,NoButton,Move,5,5\n2,NoButton,Move,jane@example.com,5\n"
    )
    (source / "notes.docx").write_bytes(b"PK\x03\x04")
    done = command("import", source, "-o", root)
    assert done.returncode == 1
    assert "session_1min.csv:3" in done.stderr
    assert "jane@example.com" not in done.stderr
    assert "notes.docx" in done.stderr
    assert sessions_in(root) == 2
    assert check(root) == []


def test_a_title_of_one_megabyte_and_hostile_text_come_through_unharmed(
    tmp_path: Path, command: Command
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "metadata.json").write_text(
        json.dumps({"screen_width": 100, "screen_height": 100, "system": "\x1b[31m"})
    )
    rows = [
        {"time_stamp": 1.0 + i, "action": "press", "name": name}
        for i, name in enumerate(["a", "a" * 2**20, "<script>", "\u202e"])
    ]
    (folder / "events.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    root = tmp_path / "out"
    done = command("import", folder, "-o", root)
    assert done.returncode == 0, done.stderr
    assert check(root) == []
    assert "\x1b" not in done.stderr


def test_stopping_it_by_hand_says_what_is_in(tmp_path: Path) -> None:
    source, root = sapimouse(tmp_path / "in", 300, 5_000), tmp_path / "out"
    # A test process may ignore Ctrl+C, and its children would inherit that.
    hearing = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from explorer.cli import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", hearing, "import", str(source), "-o", str(root)],
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 30
    while not (root / ".lock").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.4)
    os.killpg(process.pid, signal.SIGINT)
    _, shown = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped." in shown
    assert "Traceback" not in shown
    assert check(root) == []


@pytest.mark.parametrize("left", ["manifest.json", "manifest.json.0f.partial", ".lock"])
def test_a_folder_where_making_a_dataset_was_cut_short_is_used(
    tmp_path: Path, left: str, command: Command
) -> None:
    source, root = sapimouse(tmp_path / "in", 1, 100), tmp_path / "out"
    root.mkdir()
    (root / left).write_text('{"format_version": 1, "files": []}')
    assert command("import", source, "-o", root).returncode == 0
    assert sessions_in(root) == 1


def test_two_first_imports_into_one_folder_lose_nothing(tmp_path: Path) -> None:
    root = tmp_path / "out"
    sources = [sapimouse(tmp_path / name, 1, 100 + n) for n, name in enumerate(("a", "b"))]
    running = [
        subprocess.Popen([*COMMAND, str(source), "-o", str(root)], stderr=subprocess.PIPE, text=True)
        for source in sources
    ]
    ended = [(process.communicate(timeout=120)[1], process.returncode) for process in running]
    assert all(code == 0 or "another import" in words for words, code in ended)
    assert sessions_in(root) == sum(code == 0 for _, code in ended)
    assert check(root) == []


def test_rollups_that_cannot_be_built_do_not_hide_the_summary(tmp_path: Path, command: Command) -> None:
    source, root = sapimouse(tmp_path / "in", 1, 100), tmp_path / "out"
    create(root)
    (root / "rollups").mkdir()
    with locked(root / "rollups" / ".lock", "busy"):
        done = command("import", source, "-o", root)
    assert done.returncode == 0
    assert "1 session imported" in done.stderr
    assert "trace-explorer rollup" in done.stderr
