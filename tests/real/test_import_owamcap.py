"""Real OWAMcap recordings come in whole: message by message, picture by picture."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from mcap.reader import make_reader

from explorer.importers.run import ImportReport, import_sources
from explorer.trace.check import check
from explorer.trace.dataset import Dataset

pytestmark = pytest.mark.real
NAMES = ("0.3.2.mcap", "0.5.1.mcap", "example.mcap")


@pytest.fixture(scope="module")
def imported(real: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ImportReport]:
    dataset = tmp_path_factory.mktemp("real") / "owamcap"
    return dataset, import_sources([real / "owamcap"], dataset, jobs=1, format="owamcap")


def rows(dataset: Path, table: str, name: str) -> list[dict[str, Any]]:
    """Rows of the session that was made from the source of that name."""
    opened = Dataset.open(dataset)
    tables = {t: [r for e in opened.files(t) for r in pq.read_table(dataset / e.path).to_pylist()]
              for t in ("sessions", table)}  # fmt: skip
    session_id = next(row["session_id"] for row in tables["sessions"] if row["source_name"] == name)
    return [row for row in tables[table] if row["session_id"] == session_id]


def test_all_come_in_and_pass_the_check(imported: tuple[Path, ImportReport]) -> None:
    dataset, report = imported
    assert [(count.sessions_n, count.frames_n) for count in report.imported] == [(3, 21 + 13)]
    assert (report.damaged, report.unfinished, report.dropped) == ((), (), ("hWnd",))
    assert check(dataset) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_message_is_lost(real: Path, imported: tuple[Path, ImportReport], name: str) -> None:
    dataset, _ = imported
    with (real / "owamcap" / name).open("rb") as file:
        messages = [
            (channel.topic, json.loads(m.data)) for _, channel, m in make_reader(file).iter_messages()
        ]
    topics = Counter(topic for topic, _ in messages)
    (session,) = rows(dataset, "sessions", name)
    extra = json.loads(session["extra"])
    assert extra["messages_n"] == topics
    assert "unread_n" not in extra
    events = [row for row in rows(dataset, "events", name) if not row["is_derived"]]
    found = Counter(row["source_type"].split()[0] for row in events)
    assert session["moves_n"] + found["mouse"] == topics["mouse"]
    assert found["keyboard"] == topics["keyboard"]
    changes = [(m["title"], m["rect"]) for topic, m in messages if topic == "window"]
    assert found["window"] == 1 + sum(a != b for a, b in pairwise(changes))
    keys = [(f"VK_{m['vk']}", m["event_type"]) for topic, m in messages if topic == "keyboard"]
    kinds = {"key_down": "press", "key_up": "release"}
    assert [(row["code"], kinds[row["kind"]]) for row in events if row["kind"] in kinds] == keys


@pytest.mark.parametrize(
    ("name", "size", "place"),
    [("0.3.2.mcap", (906, 578), (366, 307)), ("0.5.1.mcap", (1026, 1018), (825, 263))],
)
def test_pictures_show_one_window(
    imported: tuple[Path, ImportReport], name: str, size: tuple[int, int], place: tuple[int, int]
) -> None:
    dataset, _ = imported
    frames = rows(dataset, "frames", name)
    assert {(row["width_px"], row["height_px"]) for row in frames} == {size}
    assert {(row["capture_left_px"], row["capture_top_px"]) for row in frames} == {place}
    assert {(row["scale_x"], row["scale_y"]) for row in frames} == {(1.0, 1.0)}
    assert len({row["pixels_sha256"] for row in frames}) > len(frames) // 2
    first = frames[0]["seq"]
    events = rows(dataset, "events", name)
    assert all(row["frame_id"] for row in events if row["seq"] > first)
    (session,) = rows(dataset, "sessions", name)
    assert "unread_video" not in session["quality"]


def test_a_missing_video_is_flagged(imported: tuple[Path, ImportReport]) -> None:
    dataset, _ = imported
    (session,) = rows(dataset, "sessions", "example.mcap")
    extra = json.loads(session["extra"])
    assert session["frames_n"] == 0
    assert {"unread_video", "no_frames"} <= set(session["quality"].split(","))
    assert extra["frames_missing"] == {"empty": extra["frames_wanted_n"]}


def test_keys_held_from_the_start(imported: tuple[Path, ImportReport]) -> None:
    dataset, _ = imported
    (session,) = rows(dataset, "sessions", "0.5.1.mcap")
    assert json.loads(session["extra"])["held_at_start"] == ["VK_179"]
    assert "held_keys" in session["quality"]
    assert "hWnd" not in str(session)


def test_importing_again_changes_nothing(real: Path, imported: tuple[Path, ImportReport]) -> None:
    dataset, _ = imported
    again = import_sources([real / "owamcap"], dataset, jobs=1, format="owamcap")
    assert (again.sessions_n, again.known_n) == (0, 3)
