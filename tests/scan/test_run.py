"""A scan from the command line: resumed, known as stale, told in numbers, and silent about what it found."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from explorer.engine import open_engine
from explorer.errors import DatasetError
from explorer.scan import folder, run
from explorer.scan.finding import SCHEMA
from explorer.scan.jobs import Job, jobs_of
from explorer.scan.run import scan_dataset
from explorer.trace.dataset import Dataset
from tests.leak_set.dataset import write_dataset, write_items
from tests.leak_set.texts import texts

SECRETS = (
    "fern.wild@example.com", "4111 1111 1111 1111", "+44 7700 900123", "GB29NWBK60161331926819",
    "ghp_EXAMPLEabcdefghijklmnopqrstuvwxyz0123456789", "27 Example Street", "Ms Elderflower", "555-0142",
)  # fmt: skip


Found = list[dict[str, Any]]
KINDS = ("missed", "blurred", "one_of_two", "display_offset", "sound")
TEXT_CHANNELS = {"window_title", "url", "clipboard", "typed", "element_name", "task", "thought"}


def scan(root: Path, state: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "explorer", "scan", str(root), *options],
        env={**os.environ, "XDG_STATE_HOME": str(state)}, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("small") / "set"
    write_items(root, "Small", texts("tuning", 3))
    return root


@pytest.fixture(scope="module")
def told(
    small: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The small set scanned by the command: its state folder, and what was said."""
    state = tmp_path_factory.mktemp("told")
    return state, scan(small, state, "--jobs", "2")


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A part of the leak set with a dozen jobs, and how many pictures it has."""
    root = tmp_path_factory.mktemp("some") / "set"
    answers = write_dataset(root, "tuning", 1, kinds=KINDS, channels=("window_title", "typed"))
    return root, sum(len(one["pictures"]) for one in answers if one["part"] == "picture")


@pytest.fixture(scope="module")
def of_some(some: tuple[Path, int], found_in: Callable[[Path], Found]) -> Found:
    """Its findings, by this process."""
    return found_in(some[0])


def findings_of(root: Path) -> folder.Scan | None:
    with closing(open_engine(root)) as engine:
        return folder.latest(engine)


def test_the_command_tells_numbers_and_says_what_was_not_looked_at(small, told):
    state, first = told
    assert first.returncode == 1, first.stderr
    assert "personal value in a text" in first.stdout
    assert "Not looked at: words in pictures" in first.stderr
    again = scan(small, state, "--json")
    summary = json.loads(again.stdout)
    assert again.returncode == 1
    assert summary["looked_at"]["text_rows"] > 0
    assert sum(row["findings_n"] for row in summary["findings"]) > 5
    assert {"words in pictures", "names of people in texts"} < set(summary["not_looked_at"])


def test_nothing_found_is_exit_code_0(dataset_of, frame_row, tmp_path):
    root = dataset_of(tmp_path / "set", frames=[frame_row("s", 0, seq=0)])
    done = scan(root, tmp_path / "state", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert "no proof" in done.stderr


def test_a_folder_that_is_no_dataset_is_one_line(tmp_path):
    done = scan(tmp_path, tmp_path / "state")
    assert done.returncode == 1
    assert done.stderr.strip().count("\n") == 0
    assert "dataset.json" in done.stderr


def test_several_processes_find_what_one_finds(some, of_some, tmp_path, monkeypatch):
    root, pictures_n = some
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    report = scan_dataset(root, jobs=2)
    assert sorted(report.scan.findings.to_pylist(), key=repr) == sorted(of_some, key=repr)
    assert report.scan.counts["frames"] == pictures_n


def test_a_killed_scan_goes_on(some, tmp_path, monkeypatch):
    root, pictures_n = some
    started = subprocess.Popen(
        [sys.executable, "-m", "explorer", "scan", str(root), "--jobs", "1"],
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while len(list(tmp_path.rglob("job-*.parquet"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    started.send_signal(signal.SIGKILL)
    started.wait()
    kept = sorted(path.name for path in tmp_path.rglob("job-*.parquet"))
    assert len(kept) >= 3
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    done: list[str] = []
    keep = folder.keep
    monkeypatch.setattr(
        folder, "keep", lambda state, result: (done.append(result.job.name), keep(state, result))
    )
    report = scan_dataset(root, jobs=1)
    assert not set(done) & set(kept)
    assert report.scan.counts["frames"] == pictures_n
    assert not list(tmp_path.rglob("job-*.parquet"))


def test_a_worker_that_dies_costs_nothing(some, of_some, tmp_path):
    started = subprocess.Popen(
        [sys.executable, "-m", "explorer", "scan", str(some[0]), "--jobs", "2"],
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 200
    while len(list(tmp_path.rglob("job-*.parquet"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    workers = [
        one for one in psutil.Process(started.pid).children() if "spawn_main" in " ".join(one.cmdline())
    ]
    assert len(workers) == 2
    workers[0].kill()
    assert started.wait(timeout=300) == 1
    rows = pq.read_table(next(tmp_path.rglob("findings.parquet"))).to_pylist()
    assert sorted(rows, key=repr) == sorted(of_some, key=repr)


def test_a_job_s_file_that_is_damaged_is_made_again(small, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with closing(open_engine(small)) as engine:
        state = folder.state_of(engine)
    folder.begun(state)
    (state.folder / "job-0000000.parquet").write_bytes(b"PAR1 cut short")
    assert scan_dataset(small, jobs=1).scan.counts["texts"] > 0


def test_a_scan_of_another_state_is_known_as_stale(small, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "copy"
    shutil.copytree(small, root)
    assert findings_of(root) is None
    before = scan_dataset(root, jobs=1).scan
    fresh = findings_of(root)
    assert fresh is not None
    assert not fresh.is_stale
    assert fresh.findings.equals(before.findings)
    write_items(root, "Small", texts("tuning", 5))
    stale = findings_of(root)
    assert stale is not None
    assert stale.is_stale
    scan_dataset(root, jobs=1)
    assert len(list((tmp_path / "state").rglob("scan-*"))) == 1


def test_a_dataset_that_changes_meanwhile_is_no_result(small, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "copy"
    shutil.copytree(small, root)
    with pytest.raises(DatasetError, match="changed"):
        scan_dataset(root, jobs=1, on_progress=lambda now: write_items(root, "Small", texts("tuning", 6)))
    assert findings_of(root) is None
    assert not scan_dataset(root, jobs=1).was_there


def test_a_new_version_of_a_check_makes_a_scan_stale(small, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    scan_dataset(small, jobs=1)
    monkeypatch.setattr(folder.registry, "versions", lambda: "other=2")
    stale = findings_of(small)
    assert stale is not None
    assert stale.is_stale


def test_one_scan_at_a_time(small, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with closing(open_engine(small)) as engine:
        state = folder.state_of(engine)
    folder.begun(state)
    with run.locked(state.folder / ".lock", "held"):
        done = scan(small, tmp_path)
    assert done.returncode == 1
    assert "another scan" in done.stderr


def planted_dataset(root: Path) -> list[str]:
    """Leaks of every channel, and values that only files hold; all of what is planted."""
    items = [item for item in texts("tuning", 9) if item.is_leak]
    write_items(root, "Planted", items)
    values = {item.value for item in items if len(item.value) >= 6}
    path = root / Dataset.open(root).files("events")[0].path
    table = pq.read_table(path)
    extra = pa.array([SECRETS[0], SECRETS[1], *[None] * (table.num_rows - 2)], pa.string())
    noted = table.set_column(table.schema.get_field_index("extra"), "extra", extra)
    pq.write_table(noted.replace_schema_metadata({"by": SECRETS[2]}), path)
    document = json.loads((root / "dataset.json").read_text())
    (root / "dataset.json").write_text(json.dumps({**document, "licence": SECRETS[4]}))
    (root / "events" / f"{SECRETS[6]}.txt").write_text(SECRETS[5])
    manifest = json.loads((root / "manifest.json").read_text())
    for entry in manifest["files"]:
        content = (root / entry["path"]).read_bytes()
        entry.update(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    (root / "manifest.json").write_text(json.dumps(manifest))
    return [*SECRETS, *sorted(values)]


def written_forms(value: str) -> Iterator[bytes]:
    """The value, without blanks, in an address, and its hashes."""
    for form in {value, value.casefold(), re.sub(r"[\s-]", "", value), quote(value)}:
        raw = form.encode()
        yield from (
            raw,
            json.dumps(form)[1:-1].encode(),
            form.encode("utf-16-le"),
            base64.b64encode(raw)[:-4],
        )
        yield from (one(raw).hexdigest().encode() for one in (hashlib.sha256, hashlib.md5, hashlib.sha1))


def test_none_of_fifty_values_is_kept_or_told(tmp_path, monkeypatch):
    planted = planted_dataset(tmp_path / "set")
    assert len(set(planted)) >= 50
    state, temporary = tmp_path / "state", tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setenv("PYTHONFAULTHANDLER", "1")
    done = [scan(tmp_path / "set", state, "--jobs", "2"), scan(tmp_path / "set", state, "--json")]
    assert [one.returncode for one in done] == [1, 1]
    found = pq.read_table(next(state.rglob("findings.parquet")))
    rows = found.to_pylist()
    assert {row["channel"] for row in rows if row["kind"] == "readable_text"} >= {*TEXT_CHANNELS, "file"}
    assert {"unnamed_file", "masked_elsewhere"} & {row["kind"] for row in rows}
    names = [
        str(path).encode("utf-8", "surrogateescape")
        for base in (state, temporary)
        for path in base.rglob("*")
    ]
    kept = [path.read_bytes() for base in (state, temporary) for path in base.rglob("*") if path.is_file()]
    kept += [*names, repr(rows).encode(), *((one.stdout + one.stderr).encode() for one in done)]
    whole = b"\0".join(kept)
    told = {value for value in planted for form in written_forms(value) if len(form) > 3 and form in whole}
    assert b"personal_text" in whole
    assert told == set()
    assert found.schema.remove_metadata().equals(SCHEMA)


def test_the_folder_is_closed_to_others(told):
    state, _ = told
    kept = [path for path in (state / "trace-explorer").rglob("*") if "scan-" in str(path)]
    assert {"scan.json", "findings.parquet"} <= {path.name for path in kept}
    for path in kept:
        if not path.name.startswith("."):
            assert path.stat().st_mode & 0o077 == 0, path


def test_jobs_cover_everything_once():
    rows = [
        {"session_id": f"s{n:03d}", "events_n": 90_000, "steps_n": 0, "frames_n": n % 3 * 50}
        for n in range(7)
    ]
    jobs = jobs_of(rows)
    pictures = [job for job in jobs if job.kind == "pictures"]
    assert [job.number for job in jobs] == list(range(len(jobs)))
    assert sum(job.end - job.start for job in pictures) == sum(row["frames_n"] for row in rows)
    covered = [row["session_id"] for row in rows for job in jobs
               if job.kind == "texts" and job.first <= row["session_id"] <= job.last]  # fmt: skip
    assert covered == [row["session_id"] for row in rows]
    assert jobs_of([]) == []
    assert Job(3, "texts", "a", "b", 0, 0, 1).name == "job-0000003.parquet"


def test_state_of_an_empty_dataset(dataset_of, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = dataset_of(tmp_path / "set")
    assert Dataset.open(root).files("events") == ()
    assert scan_dataset(root, jobs=2).scan.findings.num_rows == 0
