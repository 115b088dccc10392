"""OWAMcap: messages of all schema versions, windows, keys, and pictures from everywhere they may be."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcap.writer import CompressionType

from explorer.importers.owamcap import OwaMcap
from explorer.importers.recording import Recording
from explorer.importers.registry import find_sources

from .made_media import T0_NS, click, mcap, move, press, screen, shade, shade_of, video, window

Make = Callable[..., Any]
IMPORTER = OwaMcap()
FULL = {"source_shape": [1920, 1080], "shape": [1920, 1080]}


def tables(path: Path, tables_of: Make) -> dict[str, Any]:
    """Tables of a recording as rows; `extra` is parsed, `dropped` and `quality` are sets."""
    source = IMPORTER.find(path)
    assert source is not None
    made: dict[str, Any] = {}
    for recording in IMPORTER.read(source, IMPORTER.inner_ids(source)):
        assert isinstance(recording, Recording)
        made = {name: table.to_pylist() for name, table in tables_of(recording).items()}
        made["dropped"] = set(recording.dropped)
    (made["session"],) = made["sessions"]
    made["extra"] = json.loads(made["session"]["extra"] or "{}")
    made["quality"] = set(made["session"]["quality"].split(","))
    made["source"] = [row for row in made["events"] if not row["is_derived"]]
    return made


def test_messages_become_rows_in_their_order(tmp_path: Path, tables_of: Make) -> None:
    path = mcap(tmp_path / "a.mcap", [
        window(0, [10, 20, 110, 220]), move(1, 5, 6), click(2), click(3, is_down=False),
        (4, "mouse", {"event_type": "scroll", "x": 5, "y": 6, "dx": 0, "dy": -2}),
        press(5, 162), press(6, 67), press(7, 67, "release"), press(8, 162, "release"), press(9, 255),
        (10, "mouse", {"event_type": "hover", "x": 1, "y": 1}),
        (11, "mouse", {"event_type": "click", "x": 1, "y": 1, "button": "thumb", "pressed": True}),
    ])  # fmt: skip
    made = tables(path, tables_of)
    assert [row["kind"] for row in made["source"]] == [
        "window_focus", "mouse_down", "mouse_up", "scroll", "key_down", "key_down", "key_up", "key_up", "key_down",
        "custom", "custom",
    ]  # fmt: skip
    assert [row["t_us"] for row in made["source"]] == [0, 2000, *range(3000, 12_000, 1000)]
    assert [(row["x_px"], row["t_us"]) for row in made["moves"]] == [(5, 1000)]
    focus, _, _, wheel, *keys = made["source"]
    assert (focus["window_left_px"], focus["window_width_px"], focus["window_height_px"]) == (10, 100, 200)
    assert (focus["app"], focus["window_title"]) == ("Notepad", "Letter - Notepad")
    assert (wheel["wheel_y"], wheel["wheel_unit"]) == (2.0, "line")
    assert [(row["key"], row["code"]) for row in keys[:2]] == [("Control", "VK_162"), ("c", "VK_67")]
    assert (keys[4]["key"], keys[4]["flags"]) == (None, "dangling,unresolved_key")
    assert [row["source_type"] for row in keys[5:]] == ["mouse hover", "mouse click thumb"]
    assert [row["chord"] for row in made["events"] if row["kind"] == "shortcut"] == ["ctrl+c"]
    assert made["session"]["started_at_unix_us"] == T0_NS // 1000
    assert (made["session"]["os"], made["session"]["recorder_version"]) == ("windows", "0.5.1")
    assert made["session"]["is_complete"]
    assert made["dropped"] == {"hWnd"}
    assert "987654321" not in json.dumps(made["events"])


def test_windows_are_told_once_until_they_change(tmp_path: Path, tables_of: Make) -> None:
    first, moved = [0, 0, 100, 100], [5, 0, 105, 100]
    messages = [
        window(0, first), window(1, first), window(2, moved), window(3, moved, "B"), window(4, moved, "B", 7),
        window(5, moved, "B", 7), (6, "window", {"title": "C", "rect": None}), (7, "window", {"rect": [1]}),
    ]  # fmt: skip
    made = tables(mcap(tmp_path / "a.mcap", messages), tables_of)
    assert [row["t_us"] for row in made["source"]] == [0, 2000, 3000, 4000, 6000]
    assert made["extra"]["unread_n"] == {"window": 1}


def test_states_tell_what_was_held_at_the_start_and_nothing_else(tmp_path: Path, tables_of: Make) -> None:
    messages = [
        (0, "keyboard/state", {"buttons": [179, 16, "x", -1]}),
        (0, "mouse/state", {"x": 1, "y": 2, "buttons": ["left"]}), move(1), press(2, 65),
        (3, "keyboard/state", {"buttons": [65]}),
        (4, "mouse/raw", {"last_x": 3, "last_y": 4, "device_handle": 9}), (5, "mouse/raw", {"last_x": 3, "last_y": 4}),
    ]  # fmt: skip
    made = tables(mcap(tmp_path / "a.mcap", messages), tables_of)
    assert made["extra"]["held_at_start"] == ["VK_16", "VK_179", "left"]
    assert made["extra"]["messages_n"]["mouse/raw"] == 2
    assert "held_keys" in made["quality"]
    assert len(made["moves"]) == len(made["source"]) == 1
    assert made["dropped"] == {"device_handle"}
    late = [press(0, 65), press(1, 65, "release"), (2, "keyboard/state", {"buttons": [65]})]
    assert "held_at_start" not in tables(mcap(tmp_path / "b.mcap", late), tables_of)["extra"]


@pytest.mark.parametrize(
    "screen_of",
    [
        lambda t: {"path": "a.mkv", "pts": t * 1_000_000, "utc_ns": 1},
        lambda t: {"path": "a.mkv", "pts": t * 1_000_000, "original_shape": [64, 48], "shape": [64, 48]},
        lambda t: {
            "media_ref": {"uri": "a.mkv", "pts_ns": t * 1_000_000},
            "source_shape": [64, 48],
            "shape": [64, 48],
        },
        lambda t: {"media_ref": {"type": "external_video", "path": "a.mkv", "pts_ns": t * 1_000_000}},
    ],
    ids=["0.3", "0.4", "0.5", "typed reference"],
)
def test_pictures_of_all_schema_versions(tmp_path: Path, tables_of: Make, screen_of: Make) -> None:
    video(tmp_path / "a.mkv", range(0, 3000, 100))
    messages = [(t, "screen", screen_of(t)) for t in range(0, 3000, 100)]
    messages += [window(0, [300, 200, 364 + 12, 248 + 6]), press(450, 65), press(470, 65, "release")]
    made = tables(mcap(tmp_path / "a.mcap", sorted(messages, key=lambda m: m[0])), tables_of)
    frames = made["frames"]
    assert [row["t_us"] // 1000 for row in frames] == [0, 400, 2900]
    assert [
        abs(shade(row["image"]["bytes"]) - shade_of(i)) <= 4
        for row, i in zip(frames, (0, 4, 29), strict=True)
    ]
    assert {(row["capture_left_px"], row["capture_top_px"]) for row in frames} == {(306, 200)}
    assert {(row["scale_x"], row["scale_y"]) for row in frames} == {(1.0, 1.0)}
    keys = [row for row in made["source"] if row["kind"].startswith("key")]
    assert {row["frame_id"] for row in keys} == {frames[1]["frame_id"]}
    assert {row["frame_after_id"] for row in keys} == {frames[2]["frame_id"]}
    assert made["extra"]["captured"] == "window"
    assert "unread_video" not in made["quality"]


def test_a_picture_every_two_seconds_of_activity(tmp_path: Path, tables_of: Make) -> None:
    video(tmp_path / "a.mkv", range(0, 30_000, 250))
    messages = [screen(t) for t in range(0, 30_000, 250)]
    messages += [move(t) for t in [*range(10, 8_000, 100), *range(25_010, 30_000, 100)]]
    made = tables(mcap(tmp_path / "a.mcap", sorted(messages, key=lambda m: m[0])), tables_of)
    seconds = [row["t_us"] / 1e6 for row in made["frames"]]
    assert seconds == [0, 2, 4, 6, 25, 27, 29, 29.75]
    assert made["extra"]["frames_wanted_n"] == len(seconds)


@pytest.mark.parametrize(
    ("shapes", "picture", "sized"),
    [
        ({"source_shape": [1920, 1080], "shape": [64, 36]}, (64, 36), (1 / 30, 1920, 1080)),
        ({"source_shape": [1280, 720], "shape": [64, 36]}, (64, 48), (1 / 20, 1280, 960)),
        ({"original_shape": [1280, 720], "shape": [1280, 720]}, (64, 36), (1 / 20, 1280, 720)),
    ],
    ids=["scaled", "scaled and padded", "lying shape"],
)
def test_the_whole_screen_at_another_scale(
    tmp_path: Path, tables_of: Make, shapes: Any, picture: tuple[int, int], sized: tuple[float, int, int]
) -> None:
    scale, *spans_px = sized
    video(tmp_path / "a.mkv", [0], size=picture)
    made = tables(
        mcap(tmp_path / "a.mcap", [window(0, [50, 50, 500, 500]), screen(0, **shapes), move(1)]), tables_of
    )
    (frame,) = made["frames"]
    source = shapes.get("source_shape") or shapes["original_shape"]
    assert (frame["capture_left_px"], frame["capture_top_px"], frame["display_id"]) == (0, 0, "0")
    assert (frame["scale_x"], frame["scale_y"]) == (pytest.approx(scale), pytest.approx(scale))
    assert (frame["width_px"] / frame["scale_x"], frame["height_px"] / frame["scale_y"]) == pytest.approx(
        spans_px
    )
    (display,) = made["displays"]
    assert ([display["width_px"], display["height_px"]], display["is_estimated"]) == (source, False)


def test_a_window_padded_to_an_even_width(tmp_path: Path, tables_of: Make) -> None:
    video(tmp_path / "a.mkv", [0], size=(62, 50))
    shapes = {"source_shape": [61, 49], "shape": [61, 49]}
    messages = [window(0, [819, 263, 819 + 73, 263 + 55]), screen(0, **shapes), move(1, 2000, 1000)]
    made = tables(mcap(tmp_path / "a.mcap", messages), tables_of)
    (frame,) = made["frames"]
    assert (frame["width_px"], frame["scale_x"], frame["scale_y"]) == (62, 1.0, 1.0)
    assert (frame["capture_left_px"], frame["capture_top_px"]) == (825, 263)
    (display,) = made["displays"]
    assert (display["is_estimated"], display["width_px"]) == (True, 2560)


def test_a_picture_of_nobody_knows_what(tmp_path: Path, tables_of: Make) -> None:
    video(tmp_path / "a.mkv", [0])
    made = tables(mcap(tmp_path / "a.mcap", [window(0, [0, 0, 900, 900]), screen(0), move(1)]), tables_of)
    (frame,) = made["frames"]
    assert (frame["capture_left_px"], frame["capture_top_px"], frame["scale_x"]) == (None, None, 1.0)


def test_a_window_that_moves(tmp_path: Path, tables_of: Make) -> None:
    video(tmp_path / "a.mkv", [0, 100, 200])
    messages = [screen(0), window(10, [1, 2, 65, 50]), screen(100), press(110, 65), window(150, [30, 40, 94, 88]),
                window(160, [0, 0, 1500, 900], "other"), screen(200)]  # fmt: skip
    made = tables(mcap(tmp_path / "a.mcap", messages), tables_of)
    places = [(row["capture_left_px"], row["capture_top_px"]) for row in made["frames"]]
    assert places == [(1, 2), (1, 2), (30, 40)]


def test_pictures_inside_messages_and_beside_the_recording(
    tmp_path: Path, tables_of: Make, png: Make
) -> None:
    text = base64.b64encode(png(10)).decode()
    (tmp_path / "still.png").write_bytes(png(30))
    messages = [
        (0, "screen", {"media_ref": {"uri": f"data:image/png;base64,{text}"}}), press(1, 65),
        (2, "screen", {"media_ref": {"type": "embedded", "format": "png", "data": text}}), press(3, 65),
        (4, "screen", {"media_ref": {"uri": "still.png"}}),
    ]  # fmt: skip
    path = mcap(tmp_path / "a.mcap", messages)
    made = tables(path, tables_of)
    assert [row["image"]["bytes"] for row in made["frames"]] == [png(10), png(10), png(30)]
    source = IMPORTER.find(path)
    assert source is not None
    before = IMPORTER.fingerprint(source)
    (tmp_path / "still.png").write_bytes(png(40))
    assert IMPORTER.fingerprint(source) != before


def test_the_same_frame_named_twice_is_one_row(tmp_path: Path, tables_of: Make) -> None:
    video(tmp_path / "a.mkv", [0, 500])
    made = tables(
        mcap(tmp_path / "a.mcap", [screen(0), press(1, 65), screen(2, media_ms=3), press(3, 65)]), tables_of
    )
    assert [row["t_us"] for row in made["frames"]] == [0]
    assert made["extra"]["frames_wanted_n"] == 2
    assert made["extra"]["frames_repeated_n"] == 1


def test_what_is_not_understood_is_counted(tmp_path: Path, tables_of: Make) -> None:
    messages = [
        move(0), (1, "eye=GazeEvent", {"x": 1}), (2, "pointer=MouseEvent", {"event_type": "move", "x": 7, "y": 8}),
        move(3, "left", 1), (4, "mouse", {"event_type": "click", "x": 1, "y": 1, "button": "left"}), press(5, 10**9),
        press(6, 65, "tap"), (7, "mouse", b"not json"), (8, "mouse", [1]), move(9, 1e300, 2), press(10, True),
    ]  # fmt: skip
    made = tables(mcap(tmp_path / "a.mcap", messages, library="owa 99"), tables_of)
    assert made["extra"]["unread_n"] == {"eye": 1, "keyboard": 3, "mouse": 4}
    assert made["extra"]["messages_n"] == {"eye": 1, "keyboard": 3, "mouse": 6, "pointer": 1}
    assert [row["x_px"] for row in made["moves"]] == [100, 7, None]
    assert "sentinel_xy" in made["quality"]
    assert made["session"]["recorder_version"] is None
    other = mcap(tmp_path / "b.mcap", [move(0), (1, "screen", {})], encoding="protobuf")
    source = IMPORTER.find(other)
    assert source is not None
    with pytest.raises(Exception, match="holds no events"):
        list(IMPORTER.read(source, ("",)))


def test_names_of_machines_are_dropped_and_reported(tmp_path: Path, tables_of: Make) -> None:
    about = {"hostname": "janes-laptop", "note": "see C:\\Users\\jane\\x", "game": "chess"}
    made = tables(mcap(tmp_path / "a.mcap", [move(0)], metadata=about), tables_of)
    assert made["extra"]["metadata"] == {"game": "chess"}
    assert made["dropped"] == {"hostname", "note"}
    assert "jane" not in json.dumps(made["sessions"])


@pytest.mark.parametrize("compression", list(CompressionType))
def test_all_compressions_and_recordings_without_a_profile(
    tmp_path: Path, tables_of: Make, compression: CompressionType
) -> None:
    messages = [move(t) for t in range(500)]
    path = mcap(tmp_path / "a.mcap", messages, compression=compression, chunk_size=2_000, profile="")
    assert len(tables(path, tables_of)["moves"]) == 500


def test_what_is_no_owa_recording(tmp_path: Path) -> None:
    (tmp_path / "a.mcap").write_bytes(b"")
    (tmp_path / "b.mcap").write_bytes(b"\x89MCAP0\r\n")
    robots = mcap(tmp_path / "c.mcap", [move(0)], profile="ros2", prefix="sensor_msgs/")
    for name in ("a.mcap", "b.mcap"):
        assert IMPORTER.find(tmp_path / name) is None
    assert IMPORTER.find(robots) is None
    assert IMPORTER.find(tmp_path) is None
    assert IMPORTER.find(mcap(tmp_path / "d.txt", [move(0)])) is None


def test_the_video_beside_a_recording_belongs_to_it(tmp_path: Path) -> None:
    for name in ("a [1].mkv", "b.mkv"):
        video(tmp_path / name, [0])
    mcap(tmp_path / "a [1].mcap", [move(0)])
    found = find_sources([tmp_path])
    assert [source.name for source in found.sources] == ["a [1].mcap"]
    assert [skipped.path.name for skipped in found.skipped] == ["b.mkv"]
