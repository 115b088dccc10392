"""The fix list for a redactor: places as CSV and JSON, where they come from, and no text."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from explorer.exports.fix_list import COLUMNS, Source, fix_table, fixes_csv, fixes_json
from explorer.scan.finding import SCHEMA, as_table
from explorer.scan.finding_ids import finding_ids
from tests.found_dataset import findings, found

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "fix-list.md"
ROWS = findings("a", "b", "a-0000001", 7)
SOURCE = Source("set-1", "0011", "weak_mask=1", True, {"words in pictures": "needs\nan extra"})


def made(rows: list = ROWS, reasons: dict[str, str] | None = None) -> pa.Table:
    table = as_table(rows)
    return fix_table(table, finding_ids(table, "set-1"), reasons or {})


def test_a_row_is_a_place_with_its_check() -> None:
    row = made().to_pylist()[0]
    assert {name: value for name, value in row.items() if value is not None} == {
        "finding_id": finding_ids(as_table(ROWS), "set-1")[0], "session_id": "a", "channel": "frame",
        "kind": "weak_mask", "severity": "high", "score": 0.9, "check": "weak_mask", "check_version": 1,
        "entity": "PERSON", "frame_id": "a-0000001", "left_px": 100, "top_px": 60, "width_px": 120, "height_px": 30,
        "source_table": "frames", "seq": 0, "t_us": 7, "is_dismissed": False,
    }  # fmt: skip


def test_csv_says_first_where_it_comes_from() -> None:
    first, _, rest = fixes_csv(made(), SOURCE).decode().partition("\r\n")
    assert first.startswith("# fix list 1; trace-explorer ")
    assert "dataset set-1; scan 0011, out of date; checks weak_mask=1; without dismissed" in first
    rows = list(csv.DictReader(io.StringIO(rest)))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(ROWS)
    assert rows[1]["left_px"] == "-50"


def test_a_spreadsheet_runs_nothing() -> None:
    text = fixes_csv(made([found("s", entity="=HYPERLINK(1)")]), SOURCE).decode()
    assert ",'=HYPERLINK(1)," in text
    odd = Source("a\r\nb", "0", "c", False, {})
    assert fixes_csv(made(), odd).decode().splitlines()[1].startswith("finding_id,")


def test_json_holds_the_same_and_its_source() -> None:
    told = json.loads(fixes_json(made(), SOURCE))
    assert told["format_version"] == 1
    assert told["source"]["is_stale"] is True
    assert told["source"]["not_looked_at"] == {"words in pictures": "needs\nan extra"}
    assert told["fixes_n"] == len(told["fixes"]) == len(ROWS)
    assert tuple(told["fixes"][0]) == COLUMNS
    assert told["fixes"][7]["score"] is None  # it was no number
    assert json.loads(fixes_json(made([]), SOURCE))["fixes"] == []


def test_dismissed_findings_have_their_reason() -> None:
    ids = finding_ids(as_table(ROWS), "set-1")
    rows = made(reasons={ids[1]: "allowed"}).to_pylist()
    assert [(row["is_dismissed"], row["dismissed_reason"]) for row in rows[:3]] == [
        (False, None), (True, "allowed"), (False, None),
    ]  # fmt: skip


def test_every_place_of_a_finding_is_in_the_list_and_in_the_guide() -> None:
    renamed = {"detector": "check", "detector_version": "check_version"}
    assert {renamed.get(name, name) for name in SCHEMA.names} - {"reason"} <= {*COLUMNS}
    described = set(re.findall(r"^\| `([a-z_`, ]+)` \|", GUIDE.read_text(), re.MULTILINE))
    named = {name for cell in described for name in re.split(r"`, `", cell)}
    assert named == {*COLUMNS}


def test_the_guide_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("fix-list.csv").write_bytes(fixes_csv(made([*ROWS, found("s", entity="a # b")]), SOURCE))
    [code] = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    assert len(names["fixes"]) == len(ROWS) + 1
    assert len(names["boxes"].get_group("a-0000001")) == 4
