"""The commit protocol: nothing half written is ever visible, one writer at a time, a killed writer leaves no harm."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from explorer.errors import DatasetBusyError, DatasetError
from explorer.trace import commit as protocol
from explorer.trace import manifest
from explorer.trace.arrow import arrow_schema, from_columns, from_rows
from explorer.trace.check import check
from explorer.trace.dataset import Dataset, create
from explorer.trace.writer import PartWriter

Make = Callable[..., Path]


def moves(session_id: str, n: int = 3) -> list[dict[str, object]]:
    return [{"session_id": session_id, "seq": i, "t_us": i * 10, "x_px": i, "y_px": -i} for i in range(n)]


def test_what_is_committed_is_there_and_sound(tmp_path: Path, dataset_of: Make) -> None:
    root = dataset_of(tmp_path / "d", moves=[*moves("b-1"), *moves("a-1")])
    dataset = Dataset.open(root)
    (entry,) = dataset.files("moves")
    rows = pq.read_table(root / entry.path)
    assert rows.schema.equals(arrow_schema("moves"))
    assert rows["session_id"].to_pylist() == ["a-1"] * 3 + ["b-1"] * 3
    assert (entry.first_session_id, entry.last_session_id, entry.rows) == ("a-1", "b-1", 6)
    assert check(root) == []


def test_encodings_follow_the_format(tmp_path: Path, dataset_of: Make) -> None:
    root = dataset_of(tmp_path / "d", moves=moves("a-1", 100))
    group = pq.read_metadata(root / Dataset.open(root).files("moves")[0].path).row_group(0)
    columns = {group.column(i).path_in_schema: group.column(i) for i in range(group.num_columns)}
    assert columns["seq"].compression == "ZSTD"
    assert "DELTA_BINARY_PACKED" in columns["x_px"].encodings
    assert columns["session_id"].has_dictionary_page
    assert not columns["t_us"].has_dictionary_page


def test_parts_that_nothing_names_do_not_exist_and_are_cleaned(tmp_path: Path, dataset_of: Make) -> None:
    root = dataset_of(tmp_path / "d", moves=moves("a-1"))
    writer = PartWriter(root)
    writer.add({"moves": from_columns("moves", {"session_id": "z-1", "seq": [0]}, 1)})
    (lost,) = writer.close()
    mine = root / "moves" / "notes.txt"
    mine.write_text("not a part")
    assert len(Dataset.open(root).files("moves")) == 1
    with protocol.writing(root):
        assert not (root / lost.path).exists()
    assert mine.exists()


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    root = create(tmp_path / "d").root
    with (
        protocol.writing(root),
        pytest.raises(DatasetBusyError, match="another import"),
        protocol.writing(root),
    ):
        pass
    with protocol.writing(root):
        pass


WRITE_FOR_EVER = """
import sys
from pathlib import Path
from explorer.trace.arrow import from_columns, from_rows
from explorer.trace.commit import writing
from explorer.trace.writer import PartWriter
root = Path(sys.argv[1])
session = dict(source_format="generated", actor="human", time_precision="us", clock="relative", moves_n=20000,
               redaction_status="none", is_complete=True, events_n=0, steps_n=0, frames_n=0, quality="")
with writing(root) as commit:
    n = len(commit.known_session_ids())
    print("writing", flush=True)
    while True:
        n += 1
        writer = PartWriter(root)
        name = f"generated-{n:016d}"
        writer.add({"sessions": from_rows("sessions", [{**session, "session_id": name}]),
                    "moves": from_columns("moves", {"session_id": name, "seq": range(20000)}, 20000)})
        commit.add(writer.close())
"""


def test_killed_at_any_moment_nothing_is_lost_and_nothing_half_written(tmp_path: Path) -> None:
    root = create(tmp_path / "d").root
    committed = 0
    for delay_ms in (1, 40, 90, 170, 310, 900, None):
        process = subprocess.Popen([sys.executable, "-c", WRITE_FOR_EVER, str(root)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        if delay_ms is None:
            wait_for_a_commit(root)  # on a busy machine none may have come so far
        else:
            time.sleep(delay_ms / 1000)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert check(root) == []
        found = len(pq_sessions(root))
        assert found >= committed
        committed = found
    assert committed > 0


def wait_for_a_commit(root: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and not Dataset.open(root).files("sessions"):
        time.sleep(0.01)


def pq_sessions(root: Path) -> list[str]:
    with protocol.writing(root) as commit:
        return sorted(commit.known_session_ids())


def test_many_small_parts_become_few(tmp_path: Path, dataset_of: Make) -> None:
    ids = [f"s-{(i * 37) % 70:02d}" for i in range(70)]
    rows = [row for session_id in ids for row in moves(session_id, 4)]
    root = dataset_of(tmp_path / "d", commits=70, moves=rows)
    assert len(Dataset.open(root).files("moves")) == 70
    with protocol.writing(root) as commit:
        assert commit.compact() == 140
    dataset = Dataset.open(root)
    assert [len(dataset.files(name)) for name in ("sessions", "moves")] == [1, 1]
    merged = pq.read_table(root / dataset.files("moves")[0].path)
    assert merged["session_id"].to_pylist() == [
        row["session_id"] for row in sorted(rows, key=lambda r: str(r["session_id"]))
    ]
    assert len(list((root / "moves").iterdir())) == 1
    assert check(root) == []


def test_pictures_are_streamed_and_merged_in_groups_of_eight(
    tmp_path: Path, dataset_of: Make, frame_row: Callable[..., dict[str, object]]
) -> None:
    root = create(tmp_path / "d").root
    rows = from_rows("frames", [frame_row("a-1", i, seq=i) for i in range(30)])
    with protocol.writing(root) as commit:
        writer = PartWriter(root, picture_bytes=2_000)
        writer.add({"frames": (rows.slice(i, 3) for i in range(0, 30, 3))})
        commit.add(writer.close())
    (entry,) = Dataset.open(root).files("frames")
    footer = pq.read_metadata(root / entry.path)
    assert entry.rows == 30
    assert max(footer.row_group(i).num_rows for i in range(footer.num_row_groups)) <= 8


def test_a_person_who_returns_stays_one_row_and_keeps_consent(tmp_path: Path, dataset_of: Make) -> None:
    first = {"participant_id": "p-1", "consent_status": "withdrawn"}
    root = dataset_of(tmp_path / "d", moves=moves("a-1"), participants=[first])
    again = from_rows(
        "participants", [{"participant_id": p, "consent_status": "unknown"} for p in ("p-1", "p-2")]
    )
    with protocol.writing(root) as commit:
        writer = PartWriter(root)
        writer.add({"participants": again})
        commit.add(writer.close())
    files = Dataset.open(root).files("participants")
    people = [row for entry in files for row in pq.read_table(root / entry.path).to_pylist()]
    assert {row["participant_id"]: row["consent_status"] for row in people} == {
        "p-1": "withdrawn",
        "p-2": "unknown",
    }
    assert len(people) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "cannot be read"),
        ("[]", "cannot be read"),
        ('{"format_version": 1}', "cannot be read"),
        ('{"format_version": 99, "files": []}', "format version 99"),
        (
            '{"format_version": 1, "files": [{"path": "../../etc/passwd", "table": "moves"}]}',
            "cannot be read",
        ),
        (
            '{"format_version": 1, "files": [{"path": "moves/../../x", "table": "moves", "rows": 1, "bytes": 1,'
            ' "sha256": "", "first_session_id": "", "last_session_id": ""}]}',
            "cannot be read",
        ),
    ],
)
def test_a_hostile_manifest_is_refused(tmp_path: Path, text: str, words: str) -> None:
    root = create(tmp_path / "d").root
    (root / manifest.MANIFEST_NAME).write_text(text)
    with pytest.raises(DatasetError, match=words):
        Dataset.open(root)


def test_a_folder_with_other_things_in_it_is_not_taken_over(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(DatasetError, match="neither empty nor a trace dataset"):
        create(tmp_path)
    with pytest.raises(DatasetError, match="not a trace dataset"):
        Dataset.open(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]
