"""The recorder: the same seed gives the same events, and those are the committed ones."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from explorer.resources import sample_dataset
from explorer.trace.dataset import Dataset

RECORD = Path(__file__).resolve().parents[2] / "sample_data" / "record.py"
SEED = 1
AGENT = 10  # the shortest session of the pilot
LETTER, HASTY = 64, 71  # the full plan: an agent's letter, and one that goes wrong


def record(output: Path, number: int, *more: str) -> Dataset:
    command = [
        sys.executable,
        str(RECORD),
        "--seed",
        str(SEED),
        "-o",
        str(output),
        "--only",
        str(number),
        *more,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 0, done.stderr[-2_000:]
    return Dataset.open(output)


def rows_of(dataset: Dataset, table: str, session_id: str) -> pa.Table:
    parts = [pq.read_table(dataset.root / entry.path) for entry in dataset.files(table)]
    rows = pa.concat_tables(parts)
    return rows.filter(pa.compute.equal(rows["session_id"], session_id))


@pytest.mark.browser
@pytest.mark.parametrize("number", [AGENT, 0])
def test_recording_again_gives_the_committed_events(tmp_path, number):
    again = record(tmp_path / "again", number)
    committed = Dataset.open(sample_dataset())
    session_id = again.files("sessions")[0].first_session_id
    for table in ("events", "moves", "sessions", "displays"):
        assert rows_of(again, table, session_id).equals(rows_of(committed, table, session_id)), table


@pytest.mark.browser
def test_recording_twice_replaces_the_first_and_is_the_same(tmp_path):
    first = record(tmp_path / "office", AGENT)
    session_id = first.files("sessions")[0].first_session_id
    before = {table: rows_of(first, table, session_id) for table in ("events", "moves", "steps")}
    second = record(tmp_path / "office", AGENT)
    assert second.dataset_id == first.dataset_id
    assert {table: rows_of(second, table, session_id) for table in before} == before


@pytest.mark.browser
def test_a_repaired_redactor_gives_the_same_sessions_without_failures(tmp_path):
    key = tmp_path / "key.json"
    failing = record(tmp_path / "failing", LETTER, "--plan", "full", "--key", str(key))
    fixed = record(
        tmp_path / "fixed", LETTER, "--plan", "full", "--fixed", "--key", str(tmp_path / "none.json")
    )
    session_id = failing.files("sessions")[0].first_session_id
    assert fixed.files("sessions")[0].first_session_id == session_id
    assert fixed.dataset_id != failing.dataset_id
    assert rows_of(fixed, "moves", session_id).equals(rows_of(failing, "moves", session_id))
    answers = json.loads(key.read_text(encoding="utf-8"))
    assert {answer["channel"] for answer in answers["failures"]} >= {"frame", "typed"}
    assert json.loads((tmp_path / "none.json").read_text(encoding="utf-8"))["failures"] == []
    typed = next(answer["seq"] for answer in answers["failures"] if answer["channel"] == "typed")
    keys = [
        next(row["key"] for row in rows_of(made, "events", session_id).to_pylist() if row["seq"] == typed)
        for made in (failing, fixed)
    ]
    assert keys[0] is not None
    assert keys[1] is None


@pytest.mark.browser
def test_a_judged_agent_fails_step_by_step(tmp_path):
    made = record(tmp_path / "office", HASTY, "--plan", "full")
    session_id = made.files("sessions")[0].first_session_id
    [session] = rows_of(made, "sessions", session_id).to_pylist()
    assert (session["task_outcome"], session["task_score"]) == ("fail", 0.0)
    steps = rows_of(made, "steps", session_id).to_pylist()
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


def test_apps_ask_nothing_of_the_network():
    for path in (RECORD.parent / "apps").iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http:" not in text, path.name
        assert "https:" not in text, path.name
        assert "url(" not in text, path.name
