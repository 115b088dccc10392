"""AgentNetTool recordings: rows of several files in one order, elements, display changes, steps, and the video."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.errors import SourceError
from explorer.importers.agentnet_raw import AgentNetRaw
from explorer.importers.agentnet_raw_order import places
from explorer.importers.ducktrack import DuckTrack
from explorer.importers.recording import Recording

Make = Callable[..., Any]
IMPORTER = AgentNetRaw()
METADATA = {"system": "Windows", "screen_width": 100, "screen_height": 50, "stop_time": "2024-11-05 18:58:33"}


def move(time_s: Any, x: Any = 1, y: Any = 2) -> dict[str, Any]:
    return {"time_stamp": time_s, "action": "move", "x": x, "y": y, "event_idx": 0}


def click(time_s: float, is_down: bool, x: int = 10, y: int = 20) -> dict[str, Any]:
    own = {"time_stamp": time_s, "action": "click", "x": x, "y": y, "button": "left", "pressed": is_down}
    return own | {"event_idx": 0}


def key(time_s: float, action: str, name: str, own: Any) -> dict[str, Any]:
    return {"time_stamp": time_s, "action": action, "name": name, "pynput_key": own, "event_idx": 0}


def element(
    time_s: Any, name: Any, role: Any = "ButtonControl", edges: Any = (0, 0, 30, 40)
) -> dict[str, Any]:
    sides = (
        dict(zip(("left", "top", "right", "bottom"), edges, strict=True))
        if isinstance(edges, tuple)
        else edges
    )
    return {
        "time_stamp": time_s,
        "a11y_tree": {"Name": name, "ControlType": role, "BoundingRectangle": sides},
    }


@pytest.fixture
def raw(tmp_path: Path, ducktrack: Make) -> Make:
    """Write a recording: rows of events.jsonl, metadata, and rows of any other file by its name."""

    def written(rows: Iterable[Any], metadata: Any = None, **files: Iterable[Any]) -> Path:
        folder: Path = ducktrack(tmp_path / "raw", rows, METADATA | (metadata or {}))
        for name, lines in files.items():
            content = [
                line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines
            ]
            (folder / f"{name}.jsonl").write_bytes(b"".join(content))
        return folder

    return written


def read(folder: Path, tables_of: Make) -> dict[str, Any]:
    source = IMPORTER.find(folder)
    assert source is not None
    made: dict[str, Any] = {}
    for recording in IMPORTER.read(source, IMPORTER.inner_ids(source)):
        made = tables_of(recording)
        made["recording"] = recording
    return made


def video(path: Path, frames_n: int = 20, rate: int = 10) -> None:
    """A video whose frame n is of one grey, 10 n."""
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("mpeg4", rate=rate)
        stream.width, stream.height, stream.pix_fmt = 64, 32, "yuv420p"
        stream.time_base = Fraction(1, rate)
        for number in range(frames_n):
            picture = VideoFrame.from_ndarray(np.full((32, 64, 3), number * 10, np.uint8), format="rgb24")
            container.mux(stream.encode(picture))
        container.mux(stream.encode())


def test_windows_and_elements_in_one_order(raw: Make, tables_of: Make, seq_of_all: Make) -> None:
    folder = raw(
        [move(5.0), click(6.0, True), click(6.1, False), move(7.0), click(8.0, True), click(8.1, False),
         move(9.0, 200)],
        top_window=[{"time_stamp": 4.5, "top_window_name": "explorer"},
                    {"time_stamp": 7.5, "top_window_name": "winword"},
                    {"time_stamp": 7.6, "top_window_name": None}],
        element=[element(5.9, "far"), element(5.995, "Start"), element(8.02, "", None, None), element(99.0, "Late")],
        a11y=[{"time_stamp": 5.5, "axtree": {"Name": "Taskbar", "Children": [{}, {"Children": [{}, 7]}]}}],
        html=[{"time_stamp": 1.0, "html": "<secret>"}],
    )  # fmt: skip
    made = read(folder, tables_of)
    events = made["events"].to_pylist()
    assert [row["kind"] for row in events] == [
        "window_focus", "ui_element", "mouse_down", "mouse_up", "click", "window_focus", "mouse_down", "mouse_up",
        "click", "ui_element",
    ]  # fmt: skip
    assert [row["element_name"] for row in events] == [
        None, "Taskbar", "Start", None, "Start", None, None, None, None, "Late",
    ]  # fmt: skip
    assert [events[2][name] for name in ("element_left_px", "element_width_px", "element_height_px")] == [
        0,
        30,
        40,
    ]
    assert [row["app"] for row in events] == ["explorer"] * 5 + ["winword"] * 5
    assert json.loads(events[1]["extra"]) == {"nodes_n": 4}
    assert made["moves"]["flags"].to_pylist() == [None, None, "off_screen"]
    assert made["moves"]["app"].to_pylist() == ["explorer", "explorer", "winword"]
    session = made["sessions"].to_pylist()[0]
    extra = json.loads(session["extra"])
    assert (extra["a11y_trees_n"], extra["html_rows_n"]) == (1, 1)
    assert session["quality"] == "no_frames,off_screen,unknown_zone"
    assert (session["os"], session["started_at_unix_us"], session["clock"]) == ("windows", None, "monotonic")
    assert seq_of_all(made) == list(range(13))


def test_a_desktop_of_another_size_is_a_display_change(raw: Make, tables_of: Make) -> None:
    desktop = [element(time_s, "Desktop 1", "PaneControl", (0, 0, *size)) for time_s, size in
               [(5.0, (100, 50)), (6.0, (80, 40)), (7.0, (80, 40)), (8.0, (100, 50))]]  # fmt: skip
    made = read(raw([move(4.0), move(9.0)], element=desktop), tables_of)
    changes = [row for row in made["events"].to_pylist() if row["kind"] == "display_change"]
    assert [row["t_us"] for row in changes] == [2_000_000, 4_000_000]
    assert json.loads(changes[0]["extra"]) == {"seen_in": "element", "seen_width": 80, "seen_height": 40}
    assert made["displays"].num_rows == 1
    assert json.loads(made["sessions"]["extra"][0].as_py())["display_changes_n"] == 2


def test_keys_go_by_the_recorders_own_name(raw: Make, tables_of: Make) -> None:
    rows = [
        key(1.0, "press", "ctrl_l", "Key.ctrl_l"), key(1.1, "press", "C", "<67>"), key(1.2, "release", "C", "<67>"),
        key(1.3, "release", "ctrl_l", "Key.ctrl_l"), key(2.0, "press", "a", "'a'"), key(2.1, "release", "a", "'a'"),
        key(3.0, "press", "x", 7), key(3.1, "release", "x", None), key(3.2, "press", "b", "<9999>"),
    ]  # fmt: skip
    events = read(raw(rows), tables_of)["events"].to_pylist()
    presses = [(row["key"], row["code"]) for row in events if row["kind"] == "key_down"]
    assert presses == [("Control", "pynput_Key.ctrl_l"), ("c", "VK_67"), ("a", "pynput_a"), ("x", "pynput_x"),
                       ("b", "VK_9999")]  # fmt: skip
    assert [row["chord"] for row in events if row["kind"] == "shortcut"] == ["ctrl+c"]


@pytest.mark.parametrize("names", [("ctrl_l", "alt_l"), ("alt_l", "ctrl_l")])
def test_the_stop_hotkey_at_the_end(raw: Make, tables_of: Make, names: tuple[str, str]) -> None:
    rows = [key(1.0, "press", names[0], f"Key.{names[0]}"), key(1.2, "press", names[1], f"Key.{names[1]}"),
            key(1.4, "press", "T", "<84>"), key(1.5, "release", "T", "<84>")]  # fmt: skip
    made = read(raw(rows), tables_of)
    events = made["events"].to_pylist()
    assert [row["flags"] for row in events] == [
        "dangling,recorder_hotkey", "dangling,recorder_hotkey", "recorder_hotkey", "recorder_hotkey", None,
    ]  # fmt: skip
    assert events[3]["chord"] == "ctrl+alt+t"
    assert made["sessions"]["quality"][0].as_py() == "dangling_keys,no_frames,recorder_hotkey,unknown_zone"


def test_the_annotators_steps(raw: Make, tables_of: Make) -> None:
    vis = [
        {"id": 3, "action": "Click on Start", "description": "Single left Click", "start_time": 6.0, "end_time": 6.1,
         "target": {"title": "Start", "control_type": "ButtonControl", "mark": True}, "axtree": {}},
        {"id": 9, "action": "scroll", "start_time": 7.0, "end_time": "x", "target": None},
    ]  # fmt: skip
    complete = [{"id": 3, "action": "click"}, {"id": 9, "action": "scroll"}, {"id": [1]}]
    made = read(
        raw([move(5.0), click(6.0, True), click(6.1, False), move(8.0)], reduced_events_vis=vis,
            reduced_events_complete=complete), tables_of,
    )  # fmt: skip
    steps = made["steps"].to_pylist()
    assert [(row["step"], row["t_us"], row["action_type"], row["actor"]) for row in steps] == [
        (0, 1_000_000, "click", "human"), (1, 2_000_000, "scroll", "human"),
    ]  # fmt: skip
    assert json.loads(steps[0]["action_args"]) == {
        "action": "Click on Start", "description": "Single left Click", "title": "Start",
        "control_type": "ButtonControl",
    }  # fmt: skip
    assert [(row["kind"], row["step"]) for row in made["events"].to_pylist()] == [
        ("mouse_down", 0), ("mouse_up", 0), ("click", 0),
    ]  # fmt: skip


def test_task_and_metadata(raw: Make, tables_of: Make) -> None:
    folder = raw(
        [move(1.0)], {"user_name": "jane", "node": "jane-pc", "save_dir": "C:\\Users\\jane\\x", "model": "X1"}
    )
    (folder / "task_name.json").write_text(
        json.dumps({"task_name": "Turn on night light", "description": ""})
    )
    made = read(folder, tables_of)
    session = made["sessions"].to_pylist()[0]
    assert session["task"] == "Turn on night light"
    assert made["recording"].dropped == {"user_name", "node", "save_dir", "stop_time"}
    assert "jane" not in json.dumps(session)


def test_pictures_from_the_video(raw: Make, tables_of: Make) -> None:
    folder = raw(
        [move(10.25), click(10.6, True), click(10.7, False), move(11.5), move(12.5)], {"video_start_timestamp": 10.0},
        element=[element(11.0, "Desktop", "PaneControl", (0, 0, 80, 40))],
    )  # fmt: skip
    video(folder / "2024-11-05 18-56-31.mp4")
    made = read(folder, tables_of)
    frames = made["frames"].to_pylist()
    times = [row["t_us"] for row in frames]
    # Zero is the first frame, shown when the pointer first moved.
    assert [round(time / 1e5) for time in times] == [0, 4, 5]
    assert frames[0]["scale_x"] == 0.64
    down = made["events"].to_pylist()[0]
    assert (down["kind"], down["frame_id"]) == ("mouse_down", frames[1]["frame_id"])
    assert down["frame_after_id"] == frames[2]["frame_id"]
    assert "no_frames" not in made["sessions"]["quality"][0].as_py()


def test_pictures_after_a_display_change_show_an_unknown_part(raw: Make, tables_of: Make) -> None:
    folder = raw(
        [move(10.0), click(10.2, True), click(11.0, True)], {"video_start_timestamp": 10.0},
        element=[element(10.5, "Desktop", "PaneControl", (0, 0, 80, 40))],
    )  # fmt: skip
    video(folder / "a.mp4")
    frames = read(folder, tables_of)["frames"].to_pylist()
    assert [row["scale_x"] for row in frames] == [0.64, 0.64, None]
    assert [row["display_id"] for row in frames] == ["main", "main", None]


@pytest.mark.parametrize("content", [b"", b"no video at all", b"\x00\x00\x00\x18ftypmp42" + b"\0" * 100])
def test_a_video_that_is_none_is_a_flag(raw: Make, tables_of: Make, content: bytes) -> None:
    folder = raw([move(10.0)], {"video_start_timestamp": 10.0})
    (folder / "a.mp4").write_bytes(content)
    session = read(folder, tables_of)["sessions"].to_pylist()[0]
    assert session["quality"] == "no_frames,unknown_zone,unread_video"
    assert "frames_missing" in json.loads(session["extra"])


@pytest.mark.parametrize(
    "start", [{}, {"video_start_timestamp": "x"}, {"video_start_timestamp": 1e300},
              {"obs_record_state_timings": {"OBS_WEBSOCKET_OUTPUT_STARTED": []}}],
)  # fmt: skip
def test_a_video_without_a_known_start_is_not_read(raw: Make, tables_of: Make, start: dict[str, Any]) -> None:
    folder = raw([move(10.0)], start)
    video(folder / "a.mp4", 2)
    assert "unread_video" in read(folder, tables_of)["sessions"]["quality"][0].as_py()


def test_obs_tells_the_start_when_the_tool_does_not(raw: Make, tables_of: Make) -> None:
    folder = raw([move(10.5)], {"obs_record_state_timings": {"OBS_WEBSOCKET_OUTPUT_STARTED": [10.0]}})
    video(folder / "a.mp4", 10)
    assert read(folder, tables_of)["frames"].num_rows == 1


SIDE_FILES = ("top_window", "element", "a11y", "html", "reduced_events_vis", "reduced_events_complete")


@pytest.mark.parametrize("name", SIDE_FILES)
@pytest.mark.parametrize("bad", [b"[" * 100_000 + b"\n", b"[1]\n", b"\xff\n"])
def test_a_broken_line_of_any_file_is_damage_with_its_place(
    raw: Make, tables_of: Make, name: str, bad: bytes
) -> None:
    good = {"time_stamp": 1.0, "start_time": 1.0, "end_time": 1.5}
    with pytest.raises(SourceError, match="not a JSON object") as caught:
        read(raw([move(1.0)], **{name: [good, bad]}), tables_of)
    assert caught.value.where == f"{name}.jsonl:2"


@pytest.mark.parametrize("name", ["top_window", "element", "a11y"])
@pytest.mark.parametrize("stamp", ["x", None, float("nan"), float("inf"), 1e18, 10**400, [1]])
def test_a_time_that_is_none_is_damage_with_its_place(
    raw: Make, tables_of: Make, name: str, stamp: Any
) -> None:
    with pytest.raises(SourceError, match=r"not a number|not a time") as caught:
        read(raw([move(1.0)], **{name: [{"time_stamp": stamp}]}), tables_of)
    assert caught.value.where == f"{name}.jsonl:1"


def test_clocks_that_cannot_be(raw: Make, tables_of: Make) -> None:
    with pytest.raises(SourceError, match="years away") as caught:
        read(raw([move(1.0), move(2.0), move(1e9)]), tables_of)
    assert caught.value.where == "events.jsonl:3"
    with pytest.raises(SourceError, match="years away"):
        read(raw([move(1.0)], top_window=[{"time_stamp": 1e9, "top_window_name": "a"}]), tables_of)


def test_a_line_of_10_mb_and_a_deep_tree(raw: Make, tables_of: Make) -> None:
    tree: dict[str, Any] = {}
    for _ in range(300):
        tree = {"Children": [tree]}
    long = element(1.0, "a" * 10_000_000)
    made = read(
        raw([click(1.0, True)], element=[long], a11y=[{"time_stamp": 1.0, "axtree": tree}]), tables_of
    )
    assert json.loads(made["events"].to_pylist()[0]["extra"]) == {"nodes_n": 301}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None, max_examples=40)
@given(st.tuples(JSON, JSON, JSON, JSON))
def test_wrong_types_everywhere(
    tmp_path_factory: pytest.TempPathFactory, tables_of: Make, ducktrack: Make, fields: tuple[Any, ...]
) -> None:
    name, role, edges, tree = fields
    folder = ducktrack(
        tmp_path_factory.mktemp("a"), [move(1.0), click(1.0, True)], METADATA | {"model": tree}
    )
    step = {
        "start_time": 1.0,
        "end_time": fields[1],
        "action": name,
        "description": tree,
        "target": edges,
        "id": tree,
    }
    rows = {
        "element": element(1.0, name, role, edges), "a11y": {"time_stamp": 1.0, "axtree": tree},
        "top_window": {"time_stamp": 1.0, "top_window_name": name}, "reduced_events_vis": step,
        "reduced_events_complete": step,
    }  # fmt: skip
    for file, row in rows.items():
        (folder / f"{file}.jsonl").write_text(json.dumps(row) + "\n")
    read(folder, tables_of)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.integers(0, 20), min_size=1, max_size=8), st.lists(st.integers(-2, 22), max_size=8))
def test_rows_beside_come_before_the_first_row_that_is_not_earlier(
    main: list[int], beside: list[int]
) -> None:
    of_main, of_beside = places(np.arange(len(main)), np.array(main, np.int64), np.array(beside, np.int64))
    assert sorted([*of_main, *of_beside]) == list(range(len(main) + len(beside)))
    assert list(of_main) == sorted(of_main)
    for time, place in zip(beside, of_beside, strict=True):
        assert all(earlier < time for earlier, row in zip(main, of_main, strict=True) if row < place)
    if main == sorted(main):
        both = sorted(zip([*of_main, *of_beside], [*main, *beside], strict=True))
        assert [time for _, time in both] == sorted([*main, *beside])


def test_whose_recording_it_is(raw: Make, ducktrack: Make, tmp_path: Path) -> None:
    folder = raw([move(1.0)])
    one, other = IMPORTER.find(folder), IMPORTER.find(folder / "events.jsonl")
    assert one is not None
    assert other is not None
    assert IMPORTER.fingerprint(one) == IMPORTER.fingerprint(other)
    assert DuckTrack().find(folder) is None
    plain = {"time_stamp": 1.0, "action": "move", "x": 1, "y": 2}
    assert IMPORTER.find(ducktrack(tmp_path / "duck", [plain])) is None
    assert IMPORTER.find(tmp_path) is None
    (tmp_path / "duck" / "element.jsonl").write_text("")
    assert IMPORTER.find(tmp_path / "duck") is not None


def test_every_file_that_is_read_is_hashed(raw: Make) -> None:
    folder = raw([move(1.0)])
    source = IMPORTER.find(folder)
    assert source is not None
    digests = {IMPORTER.fingerprint(source)}
    for name in (*(f"{name}.jsonl" for name in SIDE_FILES), "task_name.json", "a.mp4"):
        (folder / name).write_text("{}")
        digests.add(IMPORTER.fingerprint(source))
    assert len(digests) == 1 + len(SIDE_FILES) + 2


def test_a_recording_that_was_cut_off(raw: Make) -> None:
    folder = raw([move(1.0), b'{"time_stamp": 2.0, "act'])
    source = IMPORTER.find(folder)
    assert source is not None
    recording: Recording = next(iter(IMPORTER.read(source, ("",))))
    assert (len(recording.moves), recording.session["is_complete"]) == (1, False)
