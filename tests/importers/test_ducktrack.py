"""DuckTrack: rows, keys, displays, and files that break off or are broken."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.errors import SourceError
from explorer.importers.ducktrack import DuckTrack
from explorer.importers.recording import Recording

Make = Callable[..., Any]
IMPORTER = DuckTrack()


def move(time_s: Any, x: Any = 1.5, y: Any = 2.5) -> dict[str, Any]:
    return {"time_stamp": time_s, "action": "move", "x": x, "y": y}


def read(folder: Path) -> Recording:
    source = IMPORTER.find(folder)
    assert source is not None
    return next(iter(IMPORTER.read(source, IMPORTER.inner_ids(source))))


def test_every_kind_of_row(tmp_path: Path, ducktrack: Make, tables_of: Make) -> None:
    rows = [
        move(5.0),
        {"time_stamp": 5.1, "action": "click", "x": 3.0, "y": 4.0, "button": "left", "pressed": True},
        {"time_stamp": 5.2, "action": "click", "x": 3.0, "y": 4.0, "button": "left", "pressed": False},
        {"time_stamp": 5.3, "action": "click", "x": 3.0, "y": 4.0, "button": "button9", "pressed": True},
        {"time_stamp": 5.4, "action": "scroll", "x": 3.0, "y": 4.0, "dx": 1, "dy": -2},
        {"time_stamp": 5.5, "action": "press", "name": "cmd"},
        {"time_stamp": 5.6, "action": "press", "name": "c"},
        {"time_stamp": 5.7, "action": "release", "name": "c"},
        {"time_stamp": 5.8, "action": "release", "name": "cmd"},
        {"time_stamp": 5.9, "action": "press", "name": None},
        {"time_stamp": 6.0, "action": "pause"},
        {"time_stamp": 6.1, "action": "resume"},
        {"time_stamp": 6.2, "action": "gesture"},
    ]
    tables = tables_of(read(ducktrack(tmp_path / "a", rows)))
    events = tables["events"].to_pylist()
    assert [row["kind"] for row in events] == [
        "mouse_down", "mouse_up", "click", "custom", "scroll", "key_down", "key_down", "shortcut", "key_up", "key_up",
        "key_down", "pause", "resume", "custom",
    ]  # fmt: skip
    assert [row["source_type"] for row in events if row["kind"] == "custom"] == ["click button9", "gesture"]
    scroll = events[4]
    assert (scroll["wheel_x"], scroll["wheel_y"], scroll["wheel_unit"]) == (1.0, 2.0, "line")
    assert events[7]["chord"] == "meta+c"
    assert events[10]["flags"] == "dangling,unresolved_key"
    session = tables["sessions"].to_pylist()[0]
    assert (session["os"], session["clock"], session["is_complete"]) == ("macos", "monotonic", True)
    assert session["quality"] == "dangling_keys,unknown_zone,unresolved_keys"


def test_machine_and_account_are_left_out(tmp_path: Path, ducktrack: Make, tables_of: Make) -> None:
    metadata = {"system": "Linux", "node": "jane-laptop", "id": 1577079727, "screen_width": 800, "screen_height": 600,
                "model": "X1", "scroll_direction": 1, "home_dir": f"{os.sep}home/jane",
                "start_time": "2024-11-05 18:56:31"}  # fmt: skip
    recording = read(ducktrack(tmp_path / "a", [move(1.0)], metadata))
    assert recording.dropped == {"node", "id", "home_dir", "start_time"}
    session = json.dumps(tables_of(recording)["sessions"].to_pylist()[0])
    assert "jane" not in session
    assert "18:56" not in session
    assert "1577079727" not in session
    assert json.loads(recording.session["extra"])["model"] == "X1"


def test_a_killed_recorder_leaves_no_metadata(tmp_path: Path, ducktrack: Make, tables_of: Make) -> None:
    folder = ducktrack(tmp_path / "a", [move(1.0), move(2.0)])
    (folder / "metadata.json").unlink()
    tables = tables_of(read(folder))
    session = tables["sessions"].to_pylist()[0]
    assert not session["is_complete"]
    assert "estimated_display" in session["quality"]
    assert "incomplete" in session["quality"]


def test_a_last_line_without_its_end_is_unfinished(tmp_path: Path, ducktrack: Make) -> None:
    recording = read(ducktrack(tmp_path / "a", [move(1.0), move(2.0), b'{"time_stamp": 3.0, "act']))
    assert len(recording.moves) == 2
    assert not recording.session["is_complete"]


def test_a_whole_last_line_needs_no_newline(tmp_path: Path, ducktrack: Make) -> None:
    recording = read(ducktrack(tmp_path / "a", [move(1.0), json.dumps(move(2.0)).encode()]))
    assert len(recording.moves) == 2
    assert recording.session["is_complete"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b'{"time_stamp": 2.0, "act\n', "not a JSON object"),
        (b"[1, 2]\n", "not a JSON object"),
        (b"\xff\xfe\n", "not a JSON object"),
        (b"[" * 100_000 + b"\n", "not a JSON object"),
        (b'{"time_stamp": NaN, "action": "move", "x": 1, "y": 2}\n', "time_stamp is not a number"),
        (b'{"time_stamp": "2", "action": "move", "x": 1, "y": 2}\n', "time_stamp is not a number"),
        (b'{"time_stamp": 1e18, "action": "move", "x": 1, "y": 2}\n', "not a time"),
        (b'{"time_stamp": Infinity, "action": "press", "name": "a"}\n', "not a time"),
        (b'{"time_stamp": 2.0, "action": "move", "y": 2}\n', "x or y is not a number"),
        (b'{"time_stamp": 2.0, "action": "move", "x": null, "y": 2}\n', "x or y is not a number"),
        (b'{"time_stamp": 2.0, "action": "click", "x": 1, "y": 2, "button": "left"}\n', "pressed"),
    ],
)
def test_a_broken_line_is_damage_with_its_place(
    tmp_path: Path, ducktrack: Make, line: bytes, what: str
) -> None:
    folder = ducktrack(tmp_path / "a", [move(1.0), line, move(3.0)])
    with pytest.raises(SourceError, match=what) as caught:
        read(folder)
    assert caught.value.where == "events.jsonl:2"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e18", "1" + "0" * 400])
def test_an_unusable_coordinate_is_a_flag(
    tmp_path: Path, ducktrack: Make, tables_of: Make, value: str
) -> None:
    line = f'{{"time_stamp": 2.0, "action": "move", "x": {value}, "y": 2}}\n'.encode()
    tables = tables_of(read(ducktrack(tmp_path / "a", [move(1.0), line])))
    assert tables["moves"]["flags"].to_pylist() == [None, "sentinel_xy"]
    assert tables["moves"]["x_px"].to_pylist() == [2, None]


def test_an_empty_recording_is_told(tmp_path: Path, ducktrack: Make) -> None:
    metadata = {"screen_width": 1, "screen_height": 1, "scroll_direction": 1}
    with pytest.raises(SourceError, match="holds no events"):
        read(ducktrack(tmp_path / "a", [], metadata))


def test_what_is_no_ducktrack_recording(tmp_path: Path, ducktrack: Make) -> None:
    agentnet = ducktrack(tmp_path / "agentnet", [move(1.0) | {"event_idx": 0}])
    assert IMPORTER.find(agentnet) is None
    beside = ducktrack(tmp_path / "beside", [move(1.0)])
    (beside / "element.jsonl").write_text("{}\n")
    assert IMPORTER.find(beside) is None
    other = ducktrack(tmp_path / "other", [{"a": 1}], {"name": "x"})
    assert IMPORTER.find(other) is None
    assert IMPORTER.find(tmp_path) is None


def test_the_file_alone_is_the_same_recording(tmp_path: Path, ducktrack: Make) -> None:
    folder = ducktrack(tmp_path / "a", [move(1.0)])
    one, other = IMPORTER.find(folder), IMPORTER.find(folder / "events.jsonl")
    assert one is not None
    assert other is not None
    assert IMPORTER.fingerprint(one) == IMPORTER.fingerprint(other)
    (folder / "video.mp4").write_bytes(b"0")
    assert "unread_video" in read(folder).quality


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("move"), st.floats(-100, 3_000), st.floats(-100, 3_000)),
            st.tuples(st.just("press"), st.sampled_from(["a", "ctrl", "f5", "\x03", "<84>", "é"])),
            st.tuples(st.just("release"), st.sampled_from(["a", "ctrl", "f5", "\x03", "<84>", "é"])),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_all_source_rows_arrive_in_their_order(
    tmp_path_factory: pytest.TempPathFactory,
    ducktrack: Make,
    tables_of: Make,
    seq_of_all: Make,
    rows: list[Any],
) -> None:
    lines = []
    for place, (action, *rest) in enumerate(rows):
        own = {"x": rest[0], "y": rest[1]} if action == "move" else {"name": rest[0]}
        lines.append({"time_stamp": place / 10, "action": action, **own})
    tables = tables_of(read(ducktrack(tmp_path_factory.mktemp("rows"), lines)))
    events = [row for row in tables["events"].to_pylist() if not row["is_derived"]]
    assert len(events) + tables["moves"].num_rows == len(rows)
    assert seq_of_all(tables) == list(range(tables["events"].num_rows + tables["moves"].num_rows))
    kinds = {"press": "key_down", "release": "key_up"}
    assert [row["kind"] for row in events] == [kinds[action] for action, *_ in rows if action != "move"]
