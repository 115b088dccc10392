"""Marks as CSV, JSON and on the screen, from the command and from Python; consent decides which are shown."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import explorer as tx
from explorer.cli import main
from explorer.exports.marks import csv_of
from explorer.store import open_store
from explorer.trace.dataset import Dataset

COLUMNS = ["session_id", "t_us", "label", "note", "author", "created_utc_us", "updated_utc_us", "mark_id"]

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Call:
    """Run the program in this process: exit code, stdout, stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["trace-explorer", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsysbinary.readouterr()
        return int(ended.value.code or 0), out.decode(), err.decode()

    return run


@pytest.fixture
def root(tmp_path: Path, dataset_of: Callable[..., Path]) -> Path:
    """Sessions a-1 and a-2; the person of a-2 has withdrawn."""
    events: list[dict[str, Any]] = [
        {"session_id": session_id, "seq": 0, "t_us": 0, "kind": "click"} for session_id in ("a-1", "a-2")
    ]
    return dataset_of(
        tmp_path / "d", events=events,
        sessions=[{"session_id": "a-1", "participant_id": "P1"}, {"session_id": "a-2", "participant_id": "P2"}],
        participants=[{"participant_id": "P1", "consent_status": "granted"},
                      {"participant_id": "P2", "consent_status": "withdrawn"}],
    )  # fmt: skip


@pytest.fixture
def marked(root: Path) -> Path:
    store = open_store(Dataset.open(root).dataset_id)
    store.add_mark("a-1", 2_000_000, note="=HYPERLINK(0)", label="possible_leak", author="R2")
    store.add_mark("a-1", 1_000_000, note='says "Grüße", twice')
    store.add_mark("a-2", 1, note="of somebody who withdrew")
    store.delete_mark("a-1", store.add_mark("a-1", 5, note="deleted").mark_id)
    return root


def test_csv_guards_formulas_and_leaves_out_who_withdrew(call: Call, marked: Path) -> None:
    code, out, _ = call("marks", marked, "--format", "csv")
    rows = list(csv.reader(io.StringIO(out, newline="")))
    assert (code, rows[0]) == (0, COLUMNS)
    assert [row[:5] for row in rows[1:]] == [
        ["a-1", "1000000", "interesting", 'says "Grüße", twice', ""],
        ["a-1", "2000000", "possible_leak", "'=HYPERLINK(0)", "R2"],
    ]


def test_a_file_and_json_hold_the_same(call: Call, marked: Path, tmp_path: Path) -> None:
    assert call("marks", marked, "-o", tmp_path / "marks.csv")[0] == 0
    written = list(csv.DictReader(io.StringIO((tmp_path / "marks.csv").read_bytes().decode(), newline="")))
    told = json.loads(call("marks", marked, "--format", "json")[1])
    assert [row["mark_id"] for row in written] == [row["mark_id"] for row in told]
    assert told[1]["note"] == "=HYPERLINK(0)"


def test_the_screen_shows_marks_or_says_that_there_are_none(call: Call, marked: Path, root: Path) -> None:
    shown = call("marks", marked)[1]
    assert "possible_leak" in shown
    assert "withdrew" not in shown


def test_without_marks_the_screen_says_how_to_make_one(call: Call, root: Path) -> None:
    assert call("marks", root) == (0, "", "No marks yet.\n")
    assert call("marks", root, "--format", "csv")[1] == ",".join(COLUMNS) + "\r\n"


def test_an_unknown_format_is_told(call: Call, root: Path) -> None:
    code, out, err = call("marks", root, "--format", "parquet")
    assert (code, out) == (1, "")
    assert "Use one of table, csv, json" in err


def test_from_python(marked: Path) -> None:
    with tx.open(marked) as dataset:
        rows = dataset.marks()
        assert rows.column_names == COLUMNS
        assert rows["t_us"].to_pylist() == [1_000_000, 2_000_000]
        assert dataset.marks("a-2").num_rows == 0
        assert dataset.marks("a-1").num_rows == 2


def test_a_page_offers_the_same_csv(marked: Path) -> None:
    marks = open_store(Dataset.open(marked).dataset_id).marks("a-2")
    assert csv_of(marks).decode().splitlines()[1].startswith("a-2,1,interesting,of somebody who withdrew,,")
