"""Real recordings of AgentNetTool, AgentNet, PC Tracker and rrweb come in whole, with the counts that are known."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from explorer.importers.run import ImportReport, import_sources
from explorer.trace.check import check
from explorer.trace.dataset import Dataset

pytestmark = pytest.mark.real
FOLDERS = ("agentnet_raw", "agentnet_traj", "pc_tracker", "rrweb")
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def imported(real: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ImportReport]:
    dataset = tmp_path_factory.mktemp("real") / "agents"
    return dataset, import_sources([real / name for name in FOLDERS], dataset, jobs=1)


def rows(dataset: Path, table: str, format_name: str) -> Rows:
    """Rows of the sessions of one format, pictures left out."""
    files = [dataset / entry.path for entry in Dataset.open(dataset).files(table)]
    wanted = [name for name in pq.read_schema(files[0]).names if name not in ("image", "thumb")]
    found = pa.concat_tables(pq.read_table(file, columns=wanted) for file in files).to_pylist()
    return [row for row in found if row["session_id"].startswith(f"{format_name}-")]


def test_all_come_in_and_pass_the_check(imported: tuple[Path, ImportReport]) -> None:
    dataset, report = imported
    assert report.damaged == ()
    assert {count.format: count.sessions_n for count in report.imported} == {
        "agentnet_raw": 1, "agentnet_trajectory": 1, "pc_tracker": 1, "rrweb": 2,
    }  # fmt: skip
    assert report.dropped == ("sessionId", "start_time", "stop_time")
    assert report.unfinished == ()
    assert check(dataset) == []


def test_again_they_are_known(real: Path, imported: tuple[Path, ImportReport]) -> None:
    again = import_sources([real / name for name in FOLDERS[1:]], imported[0], jobs=1)
    assert (again.sessions_n, again.known_n) == (0, 4)


def test_agentnet_raw(imported: tuple[Path, ImportReport]) -> None:
    moves = rows(imported[0], "moves", "agentnet_raw")
    events = rows(imported[0], "events", "agentnet_raw")
    source = [row for row in events if not row["is_derived"]]
    kinds = Counter(row["kind"] for row in source)
    assert len(moves) == 4_034
    assert (kinds["mouse_down"], kinds["mouse_up"]) == (21, 21)
    assert (kinds["scroll"], kinds["key_down"], kinds["key_up"]) == (19, 3, 1)
    assert (kinds["window_focus"], kinds["ui_element"], kinds["display_change"]) == (4, 32, 3)
    outside = [row for row in moves + source if "off_screen" in (row["flags"] or "")]
    assert len(outside) == 1_450
    assert (
        len(moves) + sum(kinds[kind] for kind in ("mouse_down", "mouse_up", "scroll", "key_down", "key_up"))
        == 4_099
    )


def test_agentnet_raw_elements_keys_and_steps(imported: tuple[Path, ImportReport]) -> None:
    events = rows(imported[0], "events", "agentnet_raw")
    clicks = [row for row in events if row["kind"] in ("click", "drag")]
    assert len(clicks) == 21
    assert all(row["element_role"] for row in clicks)
    assert clicks[0]["element_name"] == "Action Centre, No new notifications (Off)"
    hotkey = [row for row in events if "recorder_hotkey" in (row["flags"] or "")]
    assert [row["key"] for row in hotkey] == ["Control", "Alt", "t", "t"]
    assert Counter("dangling" in row["flags"] for row in hotkey)[True] == 2
    steps = rows(imported[0], "steps", "agentnet_raw")
    assert Counter(row["action_type"] for row in steps) == {"click": 12, "drag": 1, "scroll": 1}
    assert len({row["step"] for row in events if row["step"] is not None}) == 14
    session = rows(imported[0], "sessions", "agentnet_raw")[0]
    assert session["task"].startswith("Open the system display settings")
    assert session["quality"] == "dangling_keys,off_screen,recorder_hotkey,unknown_zone"
    assert "@" not in json.dumps(session)


def test_agentnet_raw_pictures(imported: tuple[Path, ImportReport]) -> None:
    frames = rows(imported[0], "frames", "agentnet_raw")
    events = rows(imported[0], "events", "agentnet_raw")
    time_of = {row["frame_id"]: row["t_us"] for row in frames}
    assert {(row["width_px"], row["height_px"]) for row in frames} == {(1276, 718)}
    assert {row["scale_x"] for row in frames} == {1276 / 1366, None}
    presses = [row for row in events if row["kind"] == "mouse_down"]
    lags = [row["t_us"] - time_of[row["frame_id"]] for row in presses]
    assert min(lags) >= 0
    assert max(lags) <= 40_000
    assert len(frames) == 103


def test_agentnet_trajectory(real: Path, imported: tuple[Path, ImportReport]) -> None:
    dataset, _ = imported
    steps, frames = (rows(dataset, name, "agentnet_trajectory") for name in ("steps", "frames"))
    moves, events = (rows(dataset, name, "agentnet_trajectory") for name in ("moves", "events"))
    assert (len(steps), len(moves) + len(events), len(frames)) == (15, 17, 15)
    kinds = Counter(row["kind"] for row in events)
    assert kinds == {"click": 12, "drag": 1, "scroll": 1, "task_end": 1}
    assert all(row["frame_before_id"] == frame["frame_id"] for row, frame in zip(steps, frames, strict=True))
    assert [row["frame_after_id"] for row in steps[:-1]] == [row["frame_before_id"] for row in steps[1:]]
    own = [real / "agentnet_traj" / "images" / f"{number}.png" for number in range(15)]
    assert [row["sha256"] for row in frames] == [
        hashlib.sha256(file.read_bytes()).hexdigest() for file in own
    ]
    assert (events[0]["x_rel"], events[0]["y_rel"]) == pytest.approx((0.9722, 0.9701))
    session = rows(dataset, "sessions", "agentnet_trajectory")[0]
    assert (session["actor"], session["task_outcome"], session["quality"]) == ("human", "done", "no_time")


def test_pc_tracker(real: Path, imported: tuple[Path, ImportReport]) -> None:
    dataset, _ = imported
    events = rows(dataset, "events", "pc_tracker")
    assert [row["kind"] for row in events] == [*["click"] * 4, "text_input", "click", "click", "task_end"]
    assert [row["t_us"] // 1_000_000 for row in events] == [0, 2, 5, 7, 9, 17, 19, 21]
    assert {row["flags"] for row in events} == {"time_1s"}
    assert (events[3]["element_left_px"], events[3]["element_width_px"]) == (-9, 1938)
    folder = real / "pc_tracker" / "events_example" / "screenshot"
    own = sorted(file for file in folder.iterdir() if "marked" not in file.name)
    digests = [row["sha256"] for row in rows(dataset, "frames", "pc_tracker")]
    assert digests == [hashlib.sha256(file.read_bytes()).hexdigest() for file in own]
    session = rows(dataset, "sessions", "pc_tracker")[0]
    assert (session["started_at_unix_us"], session["quality"]) == (None, "unknown_zone")
    assert session["task"] == 'create a new blank slide with title "Hello, world" on desktop.'


def test_rrweb(imported: tuple[Path, ImportReport]) -> None:
    dataset, _ = imported
    moves, events = (rows(dataset, name, "rrweb") for name in ("moves", "events"))
    sessions = {row["source_name"]: row for row in rows(dataset, "sessions", "rrweb")}
    long = sessions["rrweb-player_events.json"]["session_id"]
    assert len(moves) == 87
    kinds = Counter(row["kind"] for row in events if row["session_id"] == long)
    assert kinds == {"navigation": 1, "mouse_down": 3, "mouse_up": 3, "click": 3, "custom": 5, "scroll": 12}
    assert not any(row["flags"] for row in moves + events)
    assert json.loads(sessions["rrweb-player_events.json"]["extra"])["not_stored_n"]["Mutation"] == 226
    short = sessions["browser_client_can_record_events.json"]
    assert (short["time_precision"], short["events_n"]) == ("none", 1)
    widths = {row["session_id"]: row["width_px"] for row in rows(dataset, "displays", "rrweb")}
    assert widths == {long: 1166, short["session_id"]: 1920}
