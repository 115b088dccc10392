"""openadapt-capture: order, keys, windows, screens, the live log, and databases that are damaged."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from explorer.errors import SourceError
from explorer.importers.openadapt_capture import OpenAdaptCapture
from explorer.importers.tables import session_tables

Make = Callable[..., Any]
IMPORTER = OpenAdaptCapture()
T0 = 1_700_000_000.0


def action(ordinal: int, name: str, **columns: Any) -> dict[str, Any]:
    return {"source_ordinal": ordinal, "name": name, "timestamp": T0 + ordinal, "disabled": 0, **columns}


def move(ordinal: int, x: Any = 5, y: Any = 6) -> dict[str, Any]:
    return action(ordinal, "move", mouse_x=x, mouse_y=y)


def tables(folder: Path, tables_of: Make) -> dict[str, Any]:
    source = IMPORTER.find(folder)
    assert source is not None
    made: dict[str, Any] = {}
    for recording in IMPORTER.read(source, IMPORTER.inner_ids(source)):
        made = tables_of(recording)
        made["dropped"] = recording.dropped
    return made


def test_all_tables_share_one_order(
    tmp_path: Path, openadapt: Make, tables_of: Make, screenshot: Make, png: Make
) -> None:
    folder = openadapt(
        tmp_path / "a",
        screenshot=[screenshot(1, T0 + 1, png(1)), screenshot(5, T0 + 5, png(2))],
        window_event=[{"source_ordinal": 2, "timestamp": T0 + 2, "title": "Letter - Mousepad", "left": 1, "top": 20,
                       "width": 640, "height": 480, "window_id": "4194307", "state": "{}"}],
        action_event=[
            move(4),
            move(3),
            action(6, "click", mouse_x=10, mouse_y=30, mouse_button_name="left", mouse_pressed=1,
                   screenshot_source_ordinal=5, after_screenshot_timestamp=T0 + 5,
                   element_state=json.dumps({"AXRole": "AXButton", "AXTitle": "Save", "AXValue": "secret"})),
            action(7, "scroll", mouse_x=10, mouse_y=30, mouse_dx=0, mouse_dy=-1),
            action(8, "move", mouse_x=1, mouse_y=1) | {"disabled": 1},
            action(9, "gaze"),
        ],
        browser_event=[{"source_ordinal": 10, "timestamp": T0 + 10,
                        "message": '{"type": "USER_EVENT", "url": "https://example.org", "value": "secret"}'}],
    )  # fmt: skip
    made = tables(folder, tables_of)
    assert made["frames"]["seq"].to_pylist() == [0, 4]
    assert made["moves"]["seq"].to_pylist() == [2, 3]
    events = made["events"].to_pylist()
    assert [row["seq"] for row in events] == [1, 5, 6, 7, 8]
    assert [row["kind"] for row in events] == ["window_focus", "mouse_down", "scroll", "custom", "custom"]
    click = events[1]
    assert (click["frame_id"][-1], click["frame_after_id"][-1]) == ("1", "1")
    assert (click["element_role"], click["element_name"], click["app"]) == ("AXButton", "Save", "Mousepad")
    assert click["window_cell"] is not None
    assert events[2]["wheel_y"] == 1.0
    assert events[4]["url"] == "https://example.org"
    session = made["sessions"].to_pylist()[0]
    assert json.loads(session["extra"]) == {"app_from": "window_title", "disabled_n": 1}
    assert session["started_at_unix_us"] == int((T0 + 1) * 1e6)
    assert "secret" not in json.dumps(events)
    assert "4194307" not in json.dumps(events)
    assert "window_id" in made["dropped"]


def test_keys_by_character_name_and_code(tmp_path: Path, openadapt: Make, tables_of: Make) -> None:
    keys = [
        {"key_name": "ctrl_l", "key_vk": "37"}, {"key_char": "\x03", "key_vk": "54"},
        {"key_name": "keycode_65", "key_vk": "65"},
        {"key_name": "keycode_38", "key_vk": "38"}, {"key_char": "ß"}, {},
    ]  # fmt: skip
    rows = [action(place, "press", **columns) for place, columns in enumerate(keys)]
    events = tables(openadapt(tmp_path / "a", action_event=rows), tables_of)["events"].to_pylist()
    presses = [(row["key"], row["code"]) for row in events if row["kind"] == "key_down"]
    assert presses == [
        ("Control", "X11_37"), ("c", "X11_54"), (" ", "X11_65"), (None, "X11_38"), ("ß", None), (None, None),
    ]  # fmt: skip
    assert [row["chord"] for row in events if row["kind"] == "shortcut"][:2] == ["ctrl+c", "ctrl+space"]


def test_windows_codes_resolve_on_windows(tmp_path: Path, openadapt: Make, tables_of: Make) -> None:
    folder = openadapt(
        tmp_path / "a",
        recording=[{"timestamp": T0, "platform": "win32"}],
        action_event=[action(1, "press", key_vk="84"), action(2, "press", key_vk="186")],
    )
    made = tables(folder, tables_of)
    assert [(row["key"], row["code"]) for row in made["events"].to_pylist()] == [
        ("t", "VK_84"),
        (None, "VK_186"),
    ]
    assert made["sessions"]["os"].to_pylist() == ["windows"]


def test_the_stop_hotkey_is_flagged(tmp_path: Path, openadapt: Make, tables_of: Make) -> None:
    rows = [action(place, "release" if place % 2 else "press", key_name="ctrl") for place in range(6)]
    made = tables(openadapt(tmp_path / "a", action_event=rows), tables_of)
    assert made["events"]["flags"].to_pylist().count("recorder_hotkey") == 3
    assert "recorder_hotkey" in made["sessions"]["quality"][0].as_py()


def test_monitors_left_of_the_primary(
    tmp_path: Path, openadapt: Make, tables_of: Make, screenshot: Make, png: Make
) -> None:
    config = {
        "capture_desktop": {"monitors": [[-1280, 0, 1280, 1024], [0, 0, 1920, 1080]], "origin": [-1280, 0]}
    }
    folder = openadapt(
        tmp_path / "a",
        recording=[{"timestamp": T0, "platform": "darwin", "pixel_ratio": 2.0, "config": json.dumps(config)}],
        screenshot=[screenshot(1, T0, png(size=(640, 216)))],
        action_event=[move(2, 0, 0), move(3, 1_280, 0), move(4, 3_199, 1_079)],
    )
    made = tables(folder, tables_of)
    assert made["moves"]["x_px"].to_pylist() == [-1280, 0, 1919]
    assert made["moves"]["display_id"].to_pylist() == ["0", "1", "1"]
    assert made["displays"]["coordinate_space"].to_pylist() == ["logical_px", "logical_px"]
    frame = made["frames"].to_pylist()[0]
    assert (frame["capture_left_px"], frame["scale_x"], frame["display_id"]) == (-1280, 0.2, None)


def test_a_captured_window_is_its_own_screen(tmp_path: Path, openadapt: Make, tables_of: Make) -> None:
    folder = openadapt(
        tmp_path / "a",
        recording=[
            {
                "timestamp": T0,
                "platform": "linux",
                "config": json.dumps({"capture_window": {"viewport": [800, 600]}}),
            }
        ],
        window_event=[
            {
                "source_ordinal": 1,
                "timestamp": T0,
                "title": "w",
                "left": 500,
                "top": 500,
                "width": 800,
                "height": 600,
            }
        ],
        action_event=[move(2, 799, 599), move(3, -5, 5)],
    )
    made = tables(folder, tables_of)
    assert made["moves"]["flags"].to_pylist() == [None, "off_screen"]
    assert made["moves"]["window_cell"].null_count == 2


def test_the_live_log_is_read_and_the_source_left_alone(
    tmp_path: Path, openadapt: Make, tables_of: Make
) -> None:
    folder = openadapt(
        tmp_path / "a", is_live=True, state={"complete": False}, action_event=[move(n) for n in range(50)]
    )
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    made = tables(folder, tables_of)
    assert made["moves"].num_rows == 50
    assert not made["sessions"]["is_complete"][0].as_py()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    (folder / "recording.db-wal").unlink()
    with pytest.raises(SourceError):  # without the log nothing is there
        tables(folder, tables_of)


def test_the_database_alone(tmp_path: Path, openadapt: Make, tables_of: Make) -> None:
    folder = openadapt(tmp_path / "a", action_event=[move(1)])
    alone = tmp_path / "alone" / "jane.db"
    alone.parent.mkdir()
    alone.write_bytes((folder / "recording.db").read_bytes())
    made = tables(alone, tables_of)
    assert made["moves"].num_rows == 1
    assert "incomplete" in made["sessions"]["quality"][0].as_py()


@pytest.mark.parametrize("keep", [10, 40, 5_000, 9_000])
def test_a_truncated_database_is_damage(tmp_path: Path, openadapt: Make, tables_of: Make, keep: int) -> None:
    folder = openadapt(tmp_path / "a", action_event=[move(n) for n in range(200)])
    db = folder / "recording.db"
    assert keep < db.stat().st_size
    db.write_bytes(db.read_bytes()[:keep])
    with pytest.raises(SourceError, match="damaged") as caught:
        tables(folder, tables_of)
    assert caught.value.where == "recording.db"


def test_broken_pages_are_damage(tmp_path: Path, openadapt: Make, tables_of: Make) -> None:
    folder = openadapt(tmp_path / "a", action_event=[move(n) for n in range(500)])
    db = folder / "recording.db"
    content = bytearray(db.read_bytes())
    content[8_192:20_480] = b"\xa5" * 12_288
    db.write_bytes(content)
    with pytest.raises(SourceError, match="damaged"):
        tables(folder, tables_of)


@pytest.mark.parametrize(
    ("row", "where"),
    [
        (
            action(7, "move", mouse_x=1, mouse_y=1) | {"timestamp": "yesterday"},
            "recording.db, source_ordinal 7",
        ),
        (action(7, "move", mouse_x=1, mouse_y=1) | {"timestamp": 1e18}, "recording.db, source_ordinal 7"),
        (action(7, "press", key_char="a") | {"timestamp": None}, "recording.db, source_ordinal 7"),
        (action(7, "click", mouse_x=1, mouse_y=1, mouse_pressed="no"), "recording.db, source_ordinal 7"),
        (action(7, "move", mouse_x=1, mouse_y=1) | {"source_ordinal": None}, "recording.db, action_event 2"),
    ],
)
def test_a_row_that_cannot_be_is_damage_with_its_place(
    tmp_path: Path, openadapt: Make, tables_of: Make, row: dict[str, Any], where: str
) -> None:
    folder = openadapt(tmp_path / "a", action_event=[move(1), row])
    with pytest.raises(SourceError) as caught:
        tables(folder, tables_of)
    assert caught.value.where == where


@pytest.mark.parametrize("value", ["NaN", None, 1e18, "left", b"\0"])
def test_an_unusable_position_is_a_flag(tmp_path: Path, openadapt: Make, tables_of: Make, value: Any) -> None:
    made = tables(openadapt(tmp_path / "a", action_event=[move(1, value, 5)]), tables_of)
    assert made["moves"]["flags"].to_pylist() == ["sentinel_xy"]


def test_a_picture_that_changed_is_damage(
    tmp_path: Path, openadapt: Make, screenshot: Make, png: Make
) -> None:
    row = screenshot(3, T0, png()) | {"png_sha256": "0" * 64}
    source = IMPORTER.find(openadapt(tmp_path / "a", screenshot=[row]))
    assert source is not None
    for recording in IMPORTER.read(source, [""]):
        with pytest.raises(SourceError, match="differs") as caught:
            list(session_tables(recording, "0" * 64, "1").tables["frames"])
        assert caught.value.where == "recording.db, screenshot 1"


def test_other_databases_are_left_alone(tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / "recording.db") as connection:
        connection.execute("CREATE TABLE notes (id INTEGER)")
    connection.close()
    assert IMPORTER.find(tmp_path) is None
    (tmp_path / "empty.db").write_bytes(b"")
    assert IMPORTER.find(tmp_path / "empty.db") is None


def test_an_older_recorder_is_told(tmp_path: Path, openadapt: Make, tables_of: Make) -> None:
    import sqlite3

    folder = openadapt(tmp_path / "a", action_event=[move(1)])
    with sqlite3.connect(folder / "recording.db") as connection:
        connection.execute("ALTER TABLE action_event DROP COLUMN source_ordinal")
    connection.close()
    with pytest.raises(SourceError, match="no column 'source_ordinal'"):
        tables(folder, tables_of)


def test_video_counts_as_unread_only_without_pictures(
    tmp_path: Path, openadapt: Make, tables_of: Make, screenshot: Make, png: Make
) -> None:
    bare = openadapt(tmp_path / "bare", action_event=[move(1)])
    full = openadapt(tmp_path / "full", action_event=[move(1)], screenshot=[screenshot(2, T0, png())])
    for folder in (bare, full):
        (folder / ".oa.partial.mp4").write_bytes(b"0")
    assert "unread_video" in tables(bare, tables_of)["sessions"]["quality"][0].as_py()
    assert "unread_video" not in tables(full, tables_of)["sessions"]["quality"][0].as_py()
