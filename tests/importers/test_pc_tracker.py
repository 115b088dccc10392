"""PC Tracker: actions in words, elements, whole seconds of local time, and lines that are broken."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.errors import SourceError
from explorer.importers.pc_tracker import PCTracker
from explorer.importers.pc_tracker_rows import action_rows
from explorer.importers.recording import Recording

Make = Callable[..., Any]
IMPORTER = PCTracker()


def line(action: Any = "click (1, 2)", second: int = 0, **fields: Any) -> dict[str, Any]:
    own = {"timestamp": f"2024-11-26_16:15:{second:02}", "action": action, "screenshot": f"screenshot/{second}.png",
           "element": None, "rect": None, "marked_screenshot": f"screenshot/{second}_marked.png"}  # fmt: skip
    return own | fields


def write(folder: Path, *rows: Any, about: str | None = None, **pictures: bytes) -> Path:
    (folder / "screenshot").mkdir(parents=True, exist_ok=True)
    path = folder / "free_task_1.jsonl"
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows]
    path.write_bytes(b"".join(lines))
    if about:
        path.with_suffix(".md").write_text(about)
    for name, content in pictures.items():
        (folder / "screenshot" / f"{name.removeprefix('p')}.png").write_bytes(content)
    return path


def read(path: Path) -> Recording:
    source = IMPORTER.find(path)
    assert source is not None
    return next(iter(IMPORTER.read(source, IMPORTER.inner_ids(source))))


@pytest.mark.parametrize(
    ("action", "wanted"),
    [
        ("click (5, -6)", {"kind": "click", "button": "left", "clicks_n": 1, "x": 5.0, "y": -6.0}),
        ("right click (5, 6)", {"kind": "click", "button": "right"}),
        ("middle click (5, 6)", {"kind": "click", "button": "middle"}),
        ("double click (5, 6)", {"kind": "double_click", "clicks_n": 2}),
        ("press (5, 6)", {"kind": "mouse_down", "button": "left", "x": 5.0}),
        ("drag to (5, 6)", {"kind": "mouse_up", "button": "left", "x": 5.0}),
        ("drag from (1, 2) to (3, 4)", {"kind": "drag", "x": 1.0, "extra": '{"end_x_px": 3, "end_y_px": 4}'}),
        ("scroll (1, -2)", {"kind": "scroll", "wheel_x": 1.0, "wheel_y": 2.0, "wheel_unit": "line"}),
        ("scroll (-2)", {"kind": "scroll", "wheel_x": 0.0, "wheel_y": 2.0}),
        ("hotkey (ctrl_l, c)", {"kind": "shortcut", "chord": "ctrl+c", "mods": "ctrl"}),
        ("hotkey (cmd, shift, s)", {"kind": "shortcut", "chord": "shift+meta+s"}),
        ("type text: Hello,\nworld ", {"kind": "text_input", "text": "Hello,\nworld", "text_len": 12}),
        ("wait", {"kind": "idle"}),
        ("finish", {"kind": "task_end", "source_type": "finish"}),
        ("fail", {"kind": "task_end", "source_type": "fail"}),
        ("dance (1, 2)", {"kind": "custom", "extra": '{"is_unparsed": true}'}),
        ("click (1e400, 2)", {"kind": "custom"}),
        ("click (" + "9" * 5_000 + ", 2)", {"kind": "custom"}),
        ("hotkey (,)", {"kind": "custom"}),
        ("", {"kind": "custom"}),
    ],
)
def test_actions_in_words(action: str, wanted: dict[str, Any]) -> None:
    (row,) = action_rows(action)
    assert {name: row[name] for name in wanted} == wanted


def test_a_key_goes_down_and_up() -> None:
    down, up = action_rows("press key enter")
    assert (down["kind"], down["key"], up["kind"], down["source_type"]) == (
        "key_down",
        "Enter",
        "key_up",
        "press key",
    )
    assert [row["key"] for row in action_rows("press key: f5")] == ["F5", "F5"]


def test_steps_frames_and_elements(tmp_path: Path, tables_of: Make, png: Make, seq_of_all: Make) -> None:
    rect = {"left": -9, "top": 10, "right": 70, "bottom": 30}
    path = write(
        tmp_path,
        line("click (20, 20)", 1, element="Start", rect=rect),
        line("press (5, 5)", 2, element="Unknown"),
        line("drag to (30, 30)", 3),
        line("finish", 9),
        about="# Free Task\n**Description:** make a slide\n\n**Level:** easy\n\n### 2024\n**Description:** no",
        p1=png(1), p2=png(2), p3=png(3), p9=png(4),
    )  # fmt: skip
    (tmp_path / "screenshot" / "1_marked.png").write_bytes(png(99))
    made = tables_of(read(path))
    events = made["events"].to_pylist()
    assert [row["kind"] for row in events] == ["click", "mouse_down", "mouse_up", "drag", "task_end"]
    assert [row["flags"] for row in events] == ["time_1s"] * 5
    assert [row["step"] for row in events] == [0, 1, 2, 1, 3]
    click = events[0]
    assert (click["element_name"], click["element_left_px"], click["element_width_px"]) == ("Start", -9, 79)
    assert events[1]["element_name"] is None
    assert [row["frame_id"][-1] for row in events] == ["0", "1", "2", "1", "3"]
    assert (click["x_rel"], click["y_rel"]) == (20 / 64, 0.5)
    assert made["steps"]["action_code"][0].as_py() == "click (20, 20)"
    assert [(row["frame_after_id"] or "-")[-1] for row in made["steps"].to_pylist()] == ["1", "2", "3", "-"]
    assert made["frames"]["image"][0].as_py()["bytes"] == png(1)
    session = made["sessions"].to_pylist()[0]
    assert (session["started_at_unix_us"], session["started_day"], session["clock"]) == (
        None,
        None,
        "relative",
    )
    assert (session["time_precision"], session["duration_us"]) == ("s", 8_000_000)
    assert (session["task"], session["task_outcome"], session["is_complete"]) == (
        "make a slide",
        "done",
        True,
    )
    assert session["quality"] == "unknown_zone"
    assert json.loads(session["extra"]) == {"title": "Free Task", "level": "easy"}
    assert seq_of_all(made) == list(range(4 + 4 + 5))


def test_missing_pictures_and_no_end(tmp_path: Path, tables_of: Make, png: Make) -> None:
    rows = [line(second=1), line(second=2), line(second=3, screenshot=7)]
    made = tables_of(read(write(tmp_path, *rows, p1=png()[:50], p2=png(2))))
    session = made["sessions"].to_pylist()[0]
    assert (session["frames_n"], session["task_outcome"]) == (1, "unknown")
    assert session["quality"] == "incomplete,unknown_zone"
    assert json.loads(session["extra"])["missing_pictures_n"] == "2"
    assert [row["frame_id"] is None for row in made["events"].to_pylist()] == [True, False, True]


def test_without_pictures_the_screen_is_estimated(tmp_path: Path, tables_of: Make) -> None:
    made = tables_of(read(write(tmp_path, line("click (1000, 700)"))))
    assert made["displays"].to_pylist()[0]["width_px"] == 1024
    assert "estimated_display" in made["sessions"]["quality"][0].as_py()


def test_pictures_outside_the_folder_are_not_opened(tmp_path: Path, png: Make) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    rows = [line(screenshot="../secret.png"), line(screenshot=str(tmp_path / "secret.png"))]
    assert read(write(tmp_path / "own", *rows)).frames == []


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (b"[" * 100_000 + b"\n", "not a JSON object"),
        (line(timestamp="yesterday"), "timestamp is not a time"),
        (line(timestamp=1e18), "timestamp is not a time"),
        (line(timestamp=float("nan")), "timestamp is not a time"),
        (line(timestamp=None), "timestamp is not a time"),
        (line(action=None), "action is not a text"),
        (line(action=["click"]), "action is not a text"),
        (line(timestamp="0001-01-01_00:00:00"), "lies years away"),
        (line(timestamp="2024-11-20_16:15:00"), "jumps back"),
    ],
)
def test_a_broken_line_is_damage_with_its_place(tmp_path: Path, bad: Any, what: str) -> None:
    path = write(tmp_path, line(), bad, line(second=3), line(second=4))
    with pytest.raises(SourceError, match=what) as caught:
        read(path)
    assert caught.value.where == "free_task_1.jsonl:2"


def test_a_last_line_without_its_end_is_unfinished(tmp_path: Path) -> None:
    recording = read(write(tmp_path, line("finish"), b'{"timestamp": "2024'))
    assert (len(recording.steps), recording.session["is_complete"]) == (1, False)


@pytest.mark.parametrize(
    "rect", [[1, 2, 3, 4], {"left": 1}, {"left": "1", "top": 2, "right": 3, "bottom": 4}, "x",
             {"left": 9, "top": 9, "right": 1, "bottom": 1}, {"left": 1e300, "top": 0, "right": 1e301, "bottom": 1},
             {"left": float("nan"), "top": 0, "right": float("inf"), "bottom": 1}],
)  # fmt: skip
def test_a_rectangle_that_is_none(tmp_path: Path, tables_of: Make, rect: Any) -> None:
    made = tables_of(read(write(tmp_path, line(rect=rect, element=["a"]))))
    assert made["events"]["element_left_px"].to_pylist() == [None]


def test_a_line_of_10_mb(tmp_path: Path, tables_of: Make) -> None:
    made = tables_of(read(write(tmp_path, line("wait"), line("type text: " + "a" * 10_000_000))))
    assert made["events"]["text_len"].to_pylist() == [None, 10_000_000]


def test_what_is_read_is_what_is_hashed(tmp_path: Path, png: Make) -> None:
    path = write(tmp_path, line(second=1), p1=png(1))
    source = IMPORTER.find(path)
    assert source is not None
    digests = [IMPORTER.fingerprint(source)]
    (tmp_path / "screenshot" / "1.png").write_bytes(png(2))
    digests.append(IMPORTER.fingerprint(source))
    path.with_suffix(".md").write_text("# T")
    digests.append(IMPORTER.fingerprint(source))
    (tmp_path / "screenshot" / "1_marked.png").write_bytes(png(2))
    assert len({*digests, IMPORTER.fingerprint(source)}) == 3


def test_what_is_no_pc_tracker_recording(tmp_path: Path) -> None:
    for name, content in (
        ("a.jsonl", {"timestamp": 1, "action": "x"}),
        ("b.json", line()),
        ("c.jsonl", ["x"]),
    ):
        (tmp_path / name).write_text(json.dumps(content) + "\n")
        assert IMPORTER.find(tmp_path / name) is None
    assert IMPORTER.find(tmp_path) is None


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.text(max_size=30) | st.sampled_from(["click (1, 2)", "press key a", "wait"]),
        min_size=1,
        max_size=5,
    )
)
def test_every_line_is_a_step(
    tmp_path_factory: pytest.TempPathFactory, tables_of: Make, actions: list[str]
) -> None:
    made = tables_of(read(write(tmp_path_factory.mktemp("a"), *(line(action) for action in actions))))
    assert made["steps"].num_rows == len(actions)
    events = [row for row in made["events"].to_pylist() if not row["is_derived"]]
    keys_n = sum(action.strip().startswith("press key a") for action in actions)
    assert len(events) >= len(actions) + keys_n
