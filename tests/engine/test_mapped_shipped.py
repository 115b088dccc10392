"""The mappings that come with the program, each on a file made in the shape it is for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from explorer.engine import open_engine
from explorer.trace.mapping import shipped_mappings

from .mapped_shapes import picture, write

IMAGE = {"bytes": picture(1), "path": None}


def desktop_steps() -> list[dict[str, Any]]:
    acts = [
        ("left", None),
        ("double_click", None),
        ("none", "hello"),
        ("right", None),
        (None, None),
        ("scroll", ""),
    ]
    return [
        {"episode_id": f"e{episode}", "step_idx": step, "image": IMAGE, "mouse_x": 0.1 * step, "mouse_y": 0.5,
         "click_type": kind, "keyboard_text": text}
        for episode in (1, 2) for step, (kind, text) in enumerate(acts)
    ]  # fmt: skip


def trajectory_lists() -> list[dict[str, Any]]:
    return [
        {"id": f"t{n}", "instruction": "write a letter", "images": [IMAGE] * 5,
         "actions": ["pyautogui.click(x=0.1, y=0.2)", "pyautogui.write('hi')", "pyautogui.hotkey('ctrl', 's')",
                     "pyautogui.scroll(-3)", "computer.terminate('success')"],
         "thoughts": ["first", "then", "save", "look", "done"]}
        for n in (1, 2)
    ]  # fmt: skip


def multimodal_mind2web() -> list[dict[str, Any]]:
    acts = [("CLICK", "CLICK", ""), ("TYPE", "TYPE", "paris"), ("SELECT", "SELECT", "2"), ("CLICK", "HOVER", ""),
            ("CLICK", "ENTER", "")]  # fmt: skip
    return [
        {"action_uid": f"u{n}{step}", "raw_html": "<html>", "cleaned_html": "<html>",
         "operation": json.dumps({"op": op, "original_op": original, "value": value}),
         "pos_candidates": ["{}"], "website": "booking", "domain": "Travel", "subdomain": "Hotel",
         "annotation_id": f"a{n}", "confirmed_task": "find a room", "screenshot": IMAGE,
         "action_reprs": ["x"], "target_action_index": str(step), "target_action_reprs": "[link] x -> CLICK"}
        for n in (1, 2) for step, (op, original, value) in enumerate(acts)
    ]  # fmt: skip


def editor_sessions() -> list[dict[str, Any]]:
    kinds = ["leftMouseDown", "leftMouseUp", "scrollWheel", "keyDown", "keyUp", "flagsChanged"]
    keys = {"control": False, "option": False, "shift": True, "command": True}
    return [
        {"sessionID": f"s{n}", "eventIndex": step, "kind": kind, "keyCode": 8, "modifiers": keys, "mouseButton": 0,
         "clickCount": step % 2, "isAutoRepeat": False, "scrollDeltaX": 0.0, "scrollDeltaY": -2.0, "scrollPhase": "x",
         "normalizedEditorLocation": {"x": 0.25, "y": 0.5}, "target": {"bundleID": "a.b", "displayName": "Editor"},
         "mediaOffsetSeconds": step * 0.5, "textPayloadCaptured": False}
        for n in (1, 2) for step, kind in enumerate(kinds)
    ]  # fmt: skip


SHAPES = {
    "desktop-steps": (desktop_steps, ["click", "double_click", "text_input", "click", "scroll"], 6),
    "trajectory-lists": (trajectory_lists, ["click", "text_input", "shortcut", "scroll"], 5),
    "multimodal-mind2web": (
        multimodal_mind2web,
        ["click", "text_input", "ui_element", "custom", "key_down"],
        5,
    ),
    "editor-sessions": (
        editor_sessions,
        ["mouse_down", "mouse_up", "scroll", "key_down", "key_up", "custom"],
        0,
    ),
}


def test_every_shipped_mapping_has_a_shape_here() -> None:
    assert set(SHAPES) == set(shipped_mappings())


@pytest.mark.parametrize("name", SHAPES)
def test_a_shipped_mapping_opens_its_shape(tmp_path: Path, name: str) -> None:
    rows, kinds, frames_n = SHAPES[name]
    write(tmp_path / "data" / "train-00000-of-00001.parquet", rows())
    engine = open_engine(tmp_path, mapping=name)
    listed = engine.run("sessions/list").to_pylist()
    assert [row["frames_n"] for row in listed] == [frames_n] * 2
    events = engine.run("replay/events", {"session_id": listed[0]["session_id"]}).to_pylist()
    assert [row["kind"] for row in events] == kinds
    if name == "editor-sessions":
        assert (events[0]["mods"], events[0]["t_us"], events[1]["t_us"]) == ("shift+meta", 0, 500_000)
        assert (events[3]["code"], events[3]["app"], events[3]["is_text_redacted"]) == (
            "MAC_8",
            "Editor",
            True,
        )
    if name == "multimodal-mind2web":
        assert [row["text"] for row in events] == [None, "paris", None, None, None]
    engine.close()
