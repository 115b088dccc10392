"""Real recordings come in whole, with the counts that are known of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from explorer.importers.registry import find_sources
from explorer.importers.run import ImportReport, import_sources
from explorer.trace.check import check
from explorer.trace.dataset import Dataset

pytestmark = pytest.mark.real
BALABIT_ROWS, BALABIT_SESSIONS = 4_609_929, 1_676


def rows(dataset: Path, table: str, columns: list[str] | None = None) -> pa.Table:
    files = [dataset / entry.path for entry in Dataset.open(dataset).files(table)]
    return pa.concat_tables(pq.read_table(file, columns=columns) for file in files)


@pytest.fixture(scope="module")
def small(real: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ImportReport]:
    """Everything but the Balabit Parquet file and the formats of other importers."""
    names = ("ducktrack", "sapimouse", "openadapt_capture_complete", "openadapt_capture_killed")
    folders = ("balabit/test_files", "balabit/training_files")
    dataset = tmp_path_factory.mktemp("real") / "small"
    return dataset, import_sources([real / name for name in (*names, *folders)], dataset, jobs=1)


def test_all_small_recordings_come_in_and_pass_the_check(small: tuple[Path, ImportReport]) -> None:
    dataset, report = small
    counts = {count.format: (count.sessions_n, count.rows_n, count.frames_n) for count in report.imported}
    assert counts == {
        "balabit": (9, 92_178, 0),
        "ducktrack": (1, 13_401, 0),
        "openadapt_capture": (2, 2 * 627 + 4 + 269, 269),
        "sapimouse": (4, 45_117, 0),
    }
    assert report.damaged == ()
    assert [skipped.path.name for skipped in report.skipped] == ["LICENSE_of_hosting_repo"]
    machine = ("id", "node", "pid", "process_started_at", "session_id", "window_id")
    assert report.dropped == tuple(sorted((*machine, "ended_at", "start_time", "stop_time")))
    assert len(report.unfinished) == 1
    assert check(dataset) == []


def test_ducktrack(small: tuple[Path, ImportReport]) -> None:
    dataset, _ = small
    session = rows(dataset, "sessions").filter(pc.field("source_format") == "ducktrack").to_pylist()[0]
    events = rows(dataset, "events").filter(pc.field("session_id") == session["session_id"])
    kinds = Counter(events.filter(pc.invert(events["is_derived"]))["kind"].to_pylist())
    assert session["moves_n"] == 13_163
    assert kinds == {"scroll": 140, "mouse_down": 22, "mouse_up": 22, "key_down": 27, "key_up": 27}
    assert 32_000_000 < session["duration_us"] < 33_000_000
    assert (session["started_at_unix_us"], session["clock"]) == (None, "monotonic")
    assert "example.org" not in str(session)


@pytest.mark.parametrize(("is_complete", "frames_n", "windows_n"), [(True, 89, 3), (False, 180, 1)])
def test_openadapt_with_all_that_the_log_holds(
    small: tuple[Path, ImportReport], is_complete: bool, frames_n: int, windows_n: int
) -> None:
    dataset, _ = small
    sessions = rows(dataset, "sessions").filter(pc.field("source_format") == "openadapt_capture").to_pylist()
    session = next(row for row in sessions if row["is_complete"] == is_complete)
    events = rows(dataset, "events").filter(pc.field("session_id") == session["session_id"])
    kinds = Counter(events.filter(pc.invert(events["is_derived"]))["kind"].to_pylist())
    assert session["frames_n"] == frames_n
    assert kinds.pop("window_focus") == windows_n
    assert session["moves_n"] + kinds.total() == 627
    assert kinds == {"mouse_down": 7, "mouse_up": 7, "key_down": 171, "key_up": 171, "scroll": 10}
    keys = events.filter(pc.is_in(events["kind"], pa.array(["key_down", "key_up"])))
    assert all(code.startswith("X11_") for code in keys["code"].to_pylist())
    unresolved = ["unresolved_key" in (flags or "") for flags in keys["flags"].to_pylist()]
    assert unresolved == [key is None for key in keys["key"].to_pylist()]
    assert 0 < sum(unresolved) < len(unresolved)


def test_pictures_are_those_of_the_database(real: Path, small: tuple[Path, ImportReport]) -> None:
    import sqlite3

    dataset, _ = small
    frames = rows(dataset, "frames").to_pylist()
    assert all(hashlib.sha256(row["image"]["bytes"]).hexdigest() == row["sha256"] for row in frames)
    db = real / "openadapt_capture_complete" / "recording.db"
    connection = sqlite3.connect(f"{db.as_uri()}?mode=ro&immutable=1", uri=True)
    recorded = [
        row[0] for row in connection.execute("SELECT png_sha256 FROM screenshot ORDER BY source_ordinal")
    ]
    connection.close()
    name = next(row["session_id"] for row in frames if row["sha256"] == recorded[0])
    assert [row["sha256"] for row in frames if row["session_id"] == name] == recorded
    assert max(len(row["thumb"]) for row in frames) <= 6_144


def test_sapimouse_keeps_the_button_without_a_name(small: tuple[Path, ImportReport]) -> None:
    dataset, _ = small
    events = rows(dataset, "events", ["kind", "source_type"])
    custom = events.filter(pc.field("kind") == "custom")["source_type"].to_pylist()
    assert custom == ["Other Pressed"]


def test_the_whole_balabit_set(whole_balabit: tuple[Path, ImportReport]) -> None:
    dataset, report = whole_balabit
    assert report.damaged == ()
    assert [(count.sessions_n, count.rows_n) for count in report.imported] == [
        (BALABIT_SESSIONS, BALABIT_ROWS)
    ]
    sessions = rows(dataset, "sessions")
    assert sessions.num_rows == BALABIT_SESSIONS
    people = set(sessions["participant_id"].to_pylist())
    assert None in people  # of the test sessions
    assert len(people - {None}) == rows(dataset, "participants").num_rows == 10
    moves = rows(dataset, "moves", ["flags", "session_id", "seq", "t_us"])
    events = rows(dataset, "events", ["flags", "session_id", "seq", "t_us", "is_derived", "kind"])
    source = events.filter(pc.invert(events["is_derived"]))
    assert moves.num_rows + source.num_rows == BALABIT_ROWS
    lost = [
        pc.sum(pc.match_substring(pc.fill_null(table["flags"], ""), "sentinel_xy")).as_py() or 0
        for table in (moves, source)
    ]
    assert sum(lost) == 262
    kinds = Counter(events["kind"].to_pylist())
    assert kinds["click"] + kinds["drag"] <= kinds["mouse_up"] == 178_122 + 1_337 + 1


def test_balabit_keeps_its_order(whole_balabit: tuple[Path, ImportReport]) -> None:
    """seq is strictly increasing in each table and dense over both, in every session; time never steps back."""
    dataset, _ = whole_balabit
    columns = ["session_id", "seq", "t_us"]
    events = rows(dataset, "events", [*columns, "kind"])
    both = pa.concat_tables([rows(dataset, "moves", columns), events.select(columns)])
    grouped = both.group_by("session_id").aggregate(
        [("seq", "count_distinct"), ("seq", "max"), ("seq", "count")]
    )
    assert pc.all(pc.equal(grouped["seq_count_distinct"], grouped["seq_count"])).as_py()
    assert pc.all(pc.equal(pc.add(grouped["seq_max"], 1), grouped["seq_count"])).as_py()
    stepping = pa.concat_tables(
        [rows(dataset, "moves", columns), events.filter(pc.field("kind") != "drag").select(columns)]
    )
    ordered = stepping.sort_by([("session_id", "ascending"), ("seq", "ascending")])
    same = pc.equal(ordered["session_id"][1:], ordered["session_id"][:-1])
    back = pc.less(ordered["t_us"][1:], ordered["t_us"][:-1])
    assert not pc.any(pc.and_(same, back)).as_py()


def test_a_sample_of_balabit_is_quick_and_repeatable(
    real: Path, tmp_path: Path, whole_balabit: tuple[Path, ImportReport]
) -> None:
    report = import_sources(
        [real / "balabit" / "balabit_all.parquet"], tmp_path / "sample", jobs=1, sample=20
    )
    assert report.sessions_n == 20
    assert report.seconds < 15
    names = set(rows(tmp_path / "sample", "sessions")["session_id"].to_pylist())
    assert names < set(rows(whole_balabit[0], "sessions")["session_id"].to_pylist())
    again = import_sources([real / "balabit" / "balabit_all.parquet"], tmp_path / "sample", jobs=1, sample=20)
    assert (again.sessions_n, again.known_n) == (0, 20)


def test_other_recorders_are_not_mistaken(real: Path) -> None:
    found = find_sources([real / "agentnet_raw"])
    assert [source.format for source in found.sources if source.format == "ducktrack"] == []


def test_keeping_the_rules_of_this_module(small: tuple[Path, ImportReport]) -> None:
    """Real text stays out of what an import reports."""
    _, report = small
    said: Callable[[Any], str] = str
    assert "Mousepad" not in said(report)
