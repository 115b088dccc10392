"""Whole imports: reports, damage, going on after a kill, and what goes wrong with disks and workers."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pyarrow.parquet as pq
import pytest

from explorer.errors import DatasetBusyError, DatasetError, SourceError
from explorer.importers import batch as batching
from explorer.importers import plan as planning
from explorer.importers.run import ImportReport, Progress, import_sources
from explorer.trace.check import check
from explorer.trace.commit import writing
from explorer.trace.dataset import Dataset
from explorer.trace.writer import PartWriter

Make = Callable[..., Any]
MOVE = {"time_stamp": 1.0, "action": "move", "x": 1, "y": 2}


def run(source: Path, dataset: Path, **options: Any) -> ImportReport:
    return import_sources([source], dataset, **{"jobs": 1, **options})


def sessions(dataset: Path) -> list[dict[str, Any]]:
    entries = Dataset.open(dataset).files("sessions")
    return [row for entry in entries for row in pq.read_table(dataset / entry.path).to_pylist()]


def many(root: Path, balabit_csv: Make, sessions_n: int = 12) -> Path:
    for number in range(sessions_n):
        lines = [f"0.{row},9.0,NoButton,Move,{number},{row}" for row in range(5)]
        balabit_csv(root / f"user{number % 3}" / f"session_{number:02}", *lines)
    return root


def test_a_mixed_folder(  # noqa: PLR0917  one fixture a format
    tmp_path: Path, ducktrack: Make, openadapt: Make, balabit_csv: Make, screenshot: Make, png: Make
) -> None:
    source, dataset = tmp_path / "in", tmp_path / "out"
    ducktrack(source / "duck", [MOVE], {"system": "Linux", "node": "jane-laptop", "stop_time": "x"})
    openadapt(source / "open", state={"complete": False}, screenshot=[screenshot(1, 1_700_000_000.0, png())])
    balabit_csv(source / "user7" / "session_1", "0.0,0.0,NoButton,Move,1,1")
    (source / "notes.txt").write_text("x")
    report = run(source, dataset)
    assert [(count.format, count.sessions_n, count.rows_n, count.frames_n) for count in report.imported] == [
        ("balabit", 1, 1, 0), ("ducktrack", 1, 1, 0), ("openadapt_capture", 1, 1, 1),
    ]  # fmt: skip
    assert [skipped.path.name for skipped in report.skipped] == ["notes.txt"]
    assert report.dropped == ("node", "window_id")
    assert [name.split("-")[0] for name in report.unfinished] == ["openadapt_capture"]
    assert report.exit_code == 0
    assert check(dataset) == []
    assert "jane" not in json.dumps(sessions(dataset))
    assert {row["format"] for row in Dataset.open(dataset).sources} == {
        "balabit",
        "ducktrack",
        "openadapt_capture",
    }


def test_importing_twice_is_noticed(tmp_path: Path, balabit_csv: Make) -> None:
    source, dataset = many(tmp_path / "in", balabit_csv), tmp_path / "out"
    assert run(source, dataset).sessions_n == 12
    before = (dataset / "manifest.json").read_bytes()
    report = run(source, dataset)
    assert (report.sessions_n, report.known_n, report.exit_code) == (0, 12, 0)
    assert (dataset / "manifest.json").read_bytes() == before


def test_people_come_in_once(tmp_path: Path, balabit_csv: Make) -> None:
    source, dataset = many(tmp_path / "in", balabit_csv), tmp_path / "out"
    run(source, dataset, sample=3)
    run(source, dataset)
    rows = [
        row
        for entry in Dataset.open(dataset).files("participants")
        for row in pq.read_table(dataset / entry.path).to_pylist()
    ]
    assert sorted(row["participant_id"] for row in rows) == [f"balabit-user{n}" for n in range(3)]


def test_damage_is_named_and_the_rest_comes_in(
    tmp_path: Path, ducktrack: Make, openadapt: Make, balabit_csv: Make
) -> None:
    source, dataset = tmp_path / "in", tmp_path / "out"
    ducktrack(source / "broken", [MOVE, b"{oops\n", MOVE])
    ducktrack(source / "whole", [MOVE])
    db = openadapt(source / "cut") / "recording.db"
    db.write_bytes(db.read_bytes()[:5_000])
    balabit_csv(source / "user1" / "session_1", "0.0,0.0,NoButton,Move,x,1")
    report = run(source, dataset)
    assert [(damaged.where, damaged.what) for damaged in report.damaged] == [
        ("broken/events.jsonl:2", "the line is not a JSON object"),
        ("cut/recording.db", "the database is damaged (broken pages)"),
        ("user1/session_1:2", "column 'x' is not a number"),
    ]
    assert report.sessions_n == 1
    assert report.exit_code == 1
    assert check(dataset) == []


def test_one_damaged_session_of_a_file_does_not_stop_the_others(tmp_path: Path) -> None:
    import pyarrow as pa

    rows = [
        {"split": "test", "username": "user1", "session": f"s{n}", "row": row, "client timestamp": 0.0, "x": row,
         "y": 1,
         "record timestamp": float("nan") if (n, row) == (1, 1) else float(row), "button": "NoButton", "state": "Move"}
        for n in range(4) for row in range(3)
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "all.parquet")
    report = run(tmp_path / "all.parquet", tmp_path / "out")
    assert report.sessions_n == 3
    assert [damaged.where for damaged in report.damaged] == ["all.parquet, s1, row 1"]


def test_a_picture_that_breaks_takes_only_its_recording(
    tmp_path: Path, openadapt: Make, screenshot: Make, png: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = [png(shade, (300, 200)) for shade in range(20)]
    good = [screenshot(place + 1, 1_700_000_000.0 + place, content) for place, content in enumerate(contents)]
    openadapt(tmp_path / "in" / "good", screenshot=good)
    bad = [*good[:-1], good[-1] | {"png_data": b"no picture", "png_sha256": None}]
    openadapt(tmp_path / "in" / "bad", screenshot=bad)
    for name, limit in (("together", batching.PART_PICTURE_BYTES), ("alone", 100)):
        monkeypatch.setattr(batching, "PART_PICTURE_BYTES", limit)
        dataset = tmp_path / name
        report = run(tmp_path / "in", dataset)
        assert [damaged.where for damaged in report.damaged] == ["bad/recording.db, source_ordinal 20"]
        assert [row["frames_n"] for row in sessions(dataset)] == [20]
        assert check(dataset) == []


def test_nothing_found_makes_no_dataset(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    report = run(tmp_path / "in", tmp_path / "out")
    assert (report.sessions_n, report.exit_code) == (0, 1)
    assert [skipped.reason for skipped in report.skipped] == ["the folder is empty"]
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is not a format"):
        run(tmp_path, tmp_path / "out", format="floppy")


def test_two_imports_at_once_are_refused(tmp_path: Path, balabit_csv: Make) -> None:
    source, dataset = many(tmp_path / "in", balabit_csv), tmp_path / "out"
    run(source, dataset, sample=2)
    with writing(dataset), pytest.raises(DatasetBusyError):
        run(source, dataset)
    assert len(sessions(dataset)) == 2


def test_an_interrupted_import_goes_on_where_it_was(
    tmp_path: Path, balabit_csv: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, dataset = many(tmp_path / "in", balabit_csv), tmp_path / "out"
    monkeypatch.setattr(planning, "BATCH_SESSIONS", 4)

    def stop(progress: Progress) -> None:
        if progress.sessions_n == 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(source, dataset, on_progress=stop)
    assert len(sessions(dataset)) == 8
    report = run(source, dataset)
    assert (report.known_n, report.sessions_n) == (8, 4)
    assert check(dataset) == []


def test_a_full_disk_loses_nothing_that_was_committed(
    tmp_path: Path, balabit_csv: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, dataset = many(tmp_path / "in", balabit_csv), tmp_path / "out"
    monkeypatch.setattr(planning, "BATCH_SESSIONS", 4)
    flush, flushed = PartWriter.flush, []

    def full(writer: PartWriter) -> None:
        flushed.append(1)
        if len(flushed) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(writer)

    monkeypatch.setattr(PartWriter, "flush", full)
    with pytest.raises(DatasetError, match="No space left on device") as caught:
        run(source, dataset)
    assert "run the same command again" in caught.value.hint
    assert len(sessions(dataset)) == 8
    assert check(dataset) == []
    assert run(source, dataset).sessions_n == 4


def test_a_reader_that_stumbles_is_damage_without_content(
    tmp_path: Path, ducktrack: Make, balabit_csv: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from explorer.importers.ducktrack import DuckTrack

    def stumble(*_: Any) -> Any:
        raise RuntimeError("typed text: hunter2")

    ducktrack(tmp_path / "in" / "a", [MOVE])
    many(tmp_path / "in", balabit_csv, 2)
    monkeypatch.setattr(DuckTrack, "read", stumble)
    report = run(tmp_path / "in", tmp_path / "out")
    assert report.sessions_n == 2
    assert [(damaged.where, damaged.what) for damaged in report.damaged] == [
        ("a", "cannot be read (RuntimeError)")
    ]
    assert "hunter2" not in str(report)


def test_progress_grows_to_the_end(tmp_path: Path, balabit_csv: Make) -> None:
    seen: list[Progress] = []
    run(many(tmp_path / "in", balabit_csv), tmp_path / "out", on_progress=seen.append)
    assert [progress.sessions_n for progress in seen] == list(range(1, 13))
    assert seen[-1].bytes_done == seen[-1].bytes_total > 0
    assert seen[-1].rows_n == 60


def test_two_workers_give_the_same_dataset_even_when_one_is_killed(
    tmp_path: Path, balabit_csv: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = many(tmp_path / "in", balabit_csv)
    monkeypatch.setattr(planning, "BATCH_SESSIONS", 3)
    killed: list[int] = []

    def kill_one(_: Progress) -> None:
        if not killed:
            workers = [
                child
                for child in psutil.Process().children(recursive=True)
                if "spawn_main" in "".join(child.cmdline())
            ]
            workers[0].kill()
            killed.append(workers[0].pid)

    report = run(source, tmp_path / "two", jobs=2, on_progress=kill_one)
    assert killed
    assert report.damaged == ()
    run(source, tmp_path / "one")
    two, one = (
        sorted(sessions(tmp_path / name), key=lambda row: row["session_id"]) for name in ("two", "one")
    )
    assert two == one
    assert check(tmp_path / "two") == []


def test_file_names_that_are_no_text(tmp_path: Path, balabit_csv: Make) -> None:
    folder = tmp_path / "in"
    balabit_csv(folder / "session_1", "0.0,0.0,NoButton,Move,1,1").rename(folder / "ses\n\udcff{0}")
    balabit_csv(folder / "session_2", "0.0,0.0,NoButton,Move,x,1").rename(folder / "bad\udcff")
    report = run(folder, tmp_path / "out")
    assert report.sessions_n == 1
    assert [row["source_name"] for row in sessions(tmp_path / "out")] == ["ses\n?{0}"]
    assert [(damaged.where, damaged.what) for damaged in report.damaged] == [
        ("bad\udcff:2", "column 'x' is not a number")
    ]


def test_a_recording_in_a_folder_of_a_similar_name(tmp_path: Path, ducktrack: Make) -> None:
    ducktrack(tmp_path / "in" / "events", [MOVE, b"{\n", MOVE])
    report = run(tmp_path / "in", tmp_path / "out")
    assert [damaged.where for damaged in report.damaged] == ["events/events.jsonl:2"]
    alone = run(tmp_path / "in" / "events" / "events.jsonl", tmp_path / "out")
    assert [damaged.where for damaged in alone.damaged] == ["events.jsonl:2"]
