"""The recorder: the same seed gives the same events, and those are the committed ones."""

from __future__ import annotations

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
AGENT = 10  # the shortest session to record


def record(output: Path, number: int) -> Dataset:
    command = [sys.executable, str(RECORD), "--seed", str(SEED), "--only", str(number), "-o", str(output)]
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
