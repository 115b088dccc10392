"""`check` names every problem with its file and column; each way to break a dataset is a row."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from explorer.trace.check import check
from explorer.trace.dataset import Dataset
from explorer.trace.parts import sha256_of

Make = Callable[..., Path]


@pytest.fixture
def root(tmp_path: Path, dataset_of: Make, frame_row: Callable[..., dict[str, Any]]) -> Path:
    """A sound dataset with rows in every table that refers to another."""
    return dataset_of(
        tmp_path / "d",
        sessions=[{"session_id": "a-1", "participant_id": "p-1"}, {"session_id": "b-1"}],
        participants=[{"participant_id": "p-1", "consent_status": "granted"}],
        displays=[{"session_id": "a-1", "display_id": "0", "width_px": 64, "height_px": 40}],
        moves=[
            {"session_id": s, "seq": i, "t_us": i, "x_px": 1, "y_px": 1}
            for s in ("a-1", "b-1")
            for i in range(5)
        ],
        events=[
            {"session_id": "a-1", "seq": 6, "kind": "click", "display_id": "0", "frame_id": "a-1-0000000"}
        ],
        frames=[frame_row("a-1", 0, seq=5)],
    )


def rewrite(root: Path, table: str, change: Callable[[pa.Table], pa.Table], *, honest: bool = True) -> str:
    """Change a part in place; an honest forger brings size, hash and rows in the manifest up to date."""
    (entry,) = Dataset.open(root).files(table)
    path = root / entry.path
    rows = change(pq.read_table(path))
    pq.write_table(rows, path)
    if honest:
        document = json.loads((root / "manifest.json").read_text())
        for file in document["files"]:
            if file["path"] == entry.path:
                file.update(bytes=path.stat().st_size, sha256=sha256_of(path), rows=rows.num_rows)
        (root / "manifest.json").write_text(json.dumps(document))
    return entry.path


def put(column: str, values: list[Any]) -> Callable[[pa.Table], pa.Table]:
    def change(rows: pa.Table) -> pa.Table:
        field = rows.schema.field(column)
        place = rows.column_names.index(column)
        return rows.set_column(place, field.with_nullable(True), pa.array(values, field.type))

    return change


def test_a_sound_dataset_has_no_problems(root: Path) -> None:
    assert check(root) == []


@pytest.mark.parametrize(
    ("table", "change", "column", "what"),
    [
        ("moves", put("seq", [0, 1, 2, 4, 3, 0, 1, 2, 3, 4]), "seq", "not sorted"),
        ("moves", put("seq", [0, 1, 1, 2, 3, 0, 1, 2, 3, 4]), "seq", "without repeats"),
        ("moves", put("t_us", [-1] + [0] * 9), "t_us", "is below 0"),
        ("moves", put("t_us", [10**18] + [0] * 9), "t_us", "is above"),
        ("moves", put("x_px", [2_000_000] + [0] * 9), "x_px", "is above"),
        ("moves", put("cell", [20_736] + [0] * 9), "cell", "is above 20,735"),
        ("moves", put("flags", ["off_screen,drag"] + [None] * 9), "flags", "flag"),
        ("moves", put("flags", ["<script>"] + [None] * 9), "flags", "flag"),
        ("moves", put("session_id", ["a-1"] * 5 + ["c-9"] * 5), "session_id", "sessions that do not exist"),
        ("moves", put("display_id", ["7"] + [None] * 9), "display_id", "displays does not have"),
        ("moves", lambda rows: rows.slice(0, 9), "moves_n", "differs from the number of rows"),
        ("moves", lambda rows: rows.drop_columns(["x_px"]), "x_px", "is missing"),
        ("moves", lambda rows: rows.append_column("secret", pa.array([1] * 10)), "secret", "not a column"),
        ("moves", lambda rows: rows.set_column(1, "seq", rows["seq"].cast(pa.string())), "seq", "is string"),
        ("events", put("kind", ["teleport"]), "kind", "does not know"),
        ("events", put("kind", [None]), "kind", "empty though required"),
        ("events", put("x_rel", [float("nan")]), "x_rel", "not a finite number"),
        ("events", put("frame_id", ["a-1-0000009"]), "frame_id", "frames does not have"),
        ("events", put("step", [3]), "step", "steps does not have"),
        ("frames", put("sha256", ["0" * 64]), "sha256", "differs from the stored bytes"),
        ("frames", put("pixels_sha256", ["0" * 64]), "pixels_sha256", "differs from the decoded pixels"),
        ("frames", put("width_px", [65]), "width_px", "size differs"),
        ("frames", put("format", ["jpeg"]), "format", "differs from the stored picture"),
        ("frames", put("image", [{"bytes": b"GIF89a", "path": None}]), "image", "not a readable picture"),
        ("frames", put("image", [None]), "image", "has no bytes"),
        ("sessions", put("participant_id", ["p-9", None]), "participant_id", "participants does not have"),
        ("participants", put("consent_status", ["maybe"]), "consent_status", "does not know"),
    ],
)  # fmt: skip
def test_each_problem_is_named(
    root: Path, table: str, change: Callable[[pa.Table], pa.Table], column: str, what: str
) -> None:
    path = rewrite(root, table, change)
    found = [problem for problem in check(root) if problem.column == column and what in problem.what]
    assert found, [str(problem) for problem in check(root)]
    home = "sessions/" if column.endswith("s_n") else f"{table}/"
    assert found[0].file.startswith(home)
    assert column in str(found[0])
    assert path.startswith(f"{table}/")


def test_a_changed_byte_is_found_by_its_hash(root: Path) -> None:
    path = rewrite(root, "moves", put("x_px", [2] * 10), honest=False)
    problems = check(root)
    assert [(p.file, p.column) for p in problems] == [(path, "")]
    assert "bytes" in problems[0].what or "sha256" in problems[0].what


def test_a_missing_file_and_a_foreign_file_are_named(root: Path) -> None:
    dataset = Dataset.open(root)
    (root / dataset.files("frames")[0].path).unlink()
    (root / "events" / "copy of part.parquet").write_bytes(b"PAR1")
    assert {(p.file, p.what) for p in check(root)} == {
        (dataset.files("frames")[0].path, "is missing"),
        ("events/copy of part.parquet", "is not named in the manifest"),
    }


def test_no_value_of_a_trace_appears_in_a_problem(root: Path) -> None:
    secret = "jane.doe@example.com"
    rewrite(root, "events", put("kind", [secret]))
    assert check(root)
    assert all(secret not in str(problem) for problem in check(root))
