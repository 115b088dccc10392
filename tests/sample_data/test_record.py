"""The recorder: the same seed gives the same events, and those are the committed ones; and the same pictures."""

from __future__ import annotations

import io
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from PIL import Image

from explorer.resources import sample_dataset
from explorer.trace.dataset import Dataset

RECORD = Path(__file__).resolve().parents[2] / "sample_data" / "record.py"
KEY = Path(__file__).with_name("office_key.json")
SEED = 1
# Levels that the sample's reduced colours may lie from what the browser drew, and how many pixels of a picture.
MOST_EDGE, MOST_EDGES_SHARE = 53, 1e-4
LETTER, HASTY = 64, 71  # an agent's letter, and one that goes wrong


def record(output: Path, *more: str | int) -> Dataset:
    command = [sys.executable, RECORD, "--seed", SEED, "-o", output, *more]
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return Dataset.open(output)


def rows_of(dataset: Dataset, table: str, session_id: str, columns: list[str] | None = None) -> pa.Table:
    is_own = pc.field("session_id") == session_id
    parts = [
        pq.read_table(dataset.root / entry.path, columns=columns, filters=is_own)
        for entry in dataset.files(table)
    ]
    return pa.concat_tables(parts)


@pytest.fixture(scope="module")
def repaired(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Sessions recorded again with a redaction pass that works: two of people, and both agents'.

    Without failures to choose, what is recorded of one does not depend on the others.
    """
    people = (shortest_session(is_failing=is_failing)[0] for is_failing in (False, True))
    root = tmp_path_factory.mktemp("repaired")
    more = ("--jobs", 2, "--fixed", "--key", root / "key.json")
    return record(root / "office", "--only", *people, LETTER, HASTY, *more)


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """An agent's letter with the pass that fails; key.json beside it says where."""
    root = tmp_path_factory.mktemp("failing")
    return record(root / "office", "--only", LETTER, "--key", root / "key.json")


def session_named(dataset: Dataset, number: int) -> str:
    [entry] = dataset.files("sessions")
    rows = pq.read_table(dataset.root / entry.path, columns=["session_id", "source_name"]).to_pylist()
    [session_id] = [row["session_id"] for row in rows if row["source_name"] == f"office-{number:02d}"]
    return str(session_id)


def only_session(dataset: Dataset) -> str:
    [entry] = dataset.files("sessions")
    assert entry.rows == 1
    return entry.first_session_id


def shortest_session(*, is_failing: bool) -> tuple[int, str]:
    """Number and id of the shortest committed session of a person in which text failed, or in which nothing did."""
    committed = Dataset.open(sample_dataset())
    failures = json.loads(KEY.read_text(encoding="utf-8"))["failures"]
    texts = {one["session_id"] for one in failures if one["channel"] == "window_title"}
    failing = texts if is_failing else {one["session_id"] for one in failures}
    columns = ["session_id", "source_name", "duration_us", "actor"]
    [entry] = committed.files("sessions")
    rows = pq.read_table(committed.root / entry.path, columns=columns).to_pylist()
    people = [row for row in rows if row["actor"] == "human" and (row["session_id"] in failing) == is_failing]
    row = min(people, key=lambda row: row["duration_us"])
    return int(row["source_name"].removeprefix("office-")), row["session_id"]


@pytest.mark.browser
def test_recording_again_gives_the_committed_events(repaired):
    committed = Dataset.open(sample_dataset())
    number, session_id = shortest_session(is_failing=False)
    [entry] = repaired.files("sessions")
    assert entry.rows == 4
    assert session_named(repaired, number) == session_id
    for own in (session_id, session_named(repaired, HASTY)):
        for table in ("events", "moves", "sessions", "displays", "steps"):
            assert rows_of(repaired, table, own).equals(rows_of(committed, table, own)), table


@pytest.mark.browser
def test_what_the_repaired_pass_changes_stands_in_the_key(repaired):
    committed = Dataset.open(sample_dataset())
    number, session_id = shortest_session(is_failing=True)
    assert session_named(repaired, number) == session_id
    columns = ["seq", "kind", "window_title", "url", "element_name", "text", "key", "chord"]
    pairs = zip(
        *(rows_of(made, "events", session_id, columns).to_pylist() for made in (repaired, committed)),
        strict=True,
    )
    changed = {(was["seq"], name) for now, was in pairs for name in columns if now[name] != was[name]}
    answers = json.loads(KEY.read_text(encoding="utf-8"))["failures"]
    named = {
        one["seq"] for one in answers if one["session_id"] == session_id and one["channel"] == "window_title"
    }
    assert named <= {seq for seq, name in changed if name == "window_title"}
    channels = {"typed": {"key"}, "clipboard": {"text"}}
    expected = {
        name
        for one in answers
        if one["session_id"] == session_id and one["channel"] != "frame"
        for name in channels.get(one["channel"], {one["channel"]})
    }
    assert {name for _, name in changed} == expected


@pytest.mark.browser
def test_recording_twice_replaces_the_first_and_looks_the_same(failing, tmp_path):
    first = Dataset.open(shutil.copytree(failing.root, tmp_path / "office"))
    session_id = only_session(first)
    columns: dict[str, list[str] | None] = {
        "events": None, "moves": None, "steps": None, "redactions": None, "frames": ["frame_id", "t_us"],
    }  # fmt: skip
    before = {table: rows_of(first, table, session_id, chosen) for table, chosen in columns.items()}
    pictures = pictures_of(first, session_id)
    second = record(tmp_path / "office", "--only", LETTER)
    assert second.dataset_id == first.dataset_id
    assert {entry.path for entry in second.files("frames")}.isdisjoint(
        entry.path for entry in first.files("frames")
    )
    assert before["frames"].num_rows > 3
    for table, chosen in columns.items():
        assert rows_of(second, table, session_id, chosen).equals(before[table]), table
    again = pictures_of(second, session_id)
    assert list(again) == list(pictures)
    masks = before["redactions"].filter(pc.equal(before["redactions"]["target"], "frame")).to_pylist()
    assert masks
    for frame_id, picture in pictures.items():
        apart = np.abs(picture - again[frame_id]).max(axis=2)
        # On a busy machine Chromium drew the edge of one letter a little differently: 11 pixels, by at most 21 of 255.
        assert apart.max() <= MOST_EDGE
        assert (apart > 0).mean() <= MOST_EDGES_SHARE
        for mask in (one for one in masks if one["frame_id"] == frame_id):
            left, top, width, height = (
                mask[f"frame_{side}_px"] for side in ("left", "top", "width", "height")
            )
            assert not apart[top : top + height, left : left + width].any(), "a mask is equal to the pixel"


def pictures_of(dataset: Dataset, session_id: str) -> dict[str, Any]:
    """The stored pictures by id, decoded, as signed numbers."""
    rows = rows_of(dataset, "frames", session_id, ["frame_id", "image"]).to_pylist()
    return {
        row["frame_id"]: np.asarray(Image.open(io.BytesIO(row["image"]["bytes"])).convert("RGB")).astype(int)
        for row in rows
    }


@pytest.mark.browser
def test_a_repaired_redactor_gives_the_same_sessions_without_failures(repaired, failing):
    session_id = only_session(failing)
    assert session_named(repaired, LETTER) == session_id
    assert repaired.dataset_id != failing.dataset_id
    assert rows_of(repaired, "moves", session_id).equals(rows_of(failing, "moves", session_id))
    answers: dict[str, Any] = json.loads((failing.root.parent / "key.json").read_text(encoding="utf-8"))
    assert {answer["channel"] for answer in answers["failures"]} >= {"frame", "typed"}
    none = json.loads((repaired.root.parent / "key.json").read_text(encoding="utf-8"))
    assert none["failures"] == []
    typed = next(answer["seq"] for answer in answers["failures"] if answer["channel"] == "typed")
    keys = [
        next(row["key"] for row in rows_of(made, "events", session_id).to_pylist() if row["seq"] == typed)
        for made in (failing, repaired)
    ]
    assert keys[0] is not None
    assert keys[1] is None


def test_a_judged_agent_fails_step_by_step():
    committed = Dataset.open(sample_dataset())
    [entry] = committed.files("sessions")
    sessions = pq.read_table(committed.root / entry.path).to_pylist()
    [session] = [row for row in sessions if row["source_name"] == f"office-{HASTY}"]
    assert (session["task_outcome"], session["task_score"]) == ("fail", 0.0)
    steps = rows_of(committed, "steps", session["session_id"]).to_pylist()
    assert [step["is_correct"] for step in steps] == [True, *[False] * 6]


def test_a_folder_that_is_no_dataset_is_not_replaced(tmp_path):
    (tmp_path / "letters.txt").write_text("mine", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(RECORD), "-o", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "would be replaced" in done.stderr
    assert (tmp_path / "letters.txt").read_text(encoding="utf-8") == "mine"


def test_an_unknown_session_is_refused(tmp_path):
    done = subprocess.run(
        [sys.executable, str(RECORD), "-o", str(tmp_path / "new"), "--only", "99"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "no session 99" in done.stderr


@pytest.mark.browser
def test_stopped_by_hand_it_leaves_what_was_there(tmp_path):
    office = tmp_path / "office"
    office.mkdir()
    (office / "dataset.json").write_text("{}", encoding="utf-8")
    sessions = str(LETTER), str(HASTY)  # short ones
    command = [sys.executable, "-u", str(RECORD), "-o", str(office), "--only", *sessions, "--jobs", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            assert program.stderr is not None
            assert str(LETTER) in program.stdout.readline()  # the first session is recorded
            program.send_signal(signal.SIGINT)
            assert "Nothing was replaced" in program.stderr.read()
            assert program.wait(timeout=60) == 1
        finally:
            program.kill()
    assert [path.name for path in tmp_path.iterdir()] == ["office"]
    assert (office / "dataset.json").read_text(encoding="utf-8") == "{}"


def test_without_a_chromium_it_says_so_and_writes_nothing(tmp_path):
    done = subprocess.run(
        [sys.executable, str(RECORD), "-o", str(tmp_path / "new"), "--only", "0"],
        capture_output=True, text=True, check=False, env={"PATH": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 1
    assert "No Chromium found" in done.stderr
    assert not (tmp_path / "new").exists()


def test_apps_ask_nothing_of_the_network():
    for path in (RECORD.parent / "apps").iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http:" not in text, path.name
        assert "https:" not in text, path.name
        assert "url(" not in text, path.name
