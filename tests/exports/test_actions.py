"""Events become the actions that a person would name."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.exports.actions import Action, actions_of, lines_of, whole_lines
from explorer.exports.key_codes import pyautogui_hotkey, pyautogui_key, vk_of
from explorer.exports.tally import REASONS, Tally
from explorer.importers.action_code_events import _key as read_pyautogui_name
from explorer.trace.keys import from_vk

Row = dict[str, Any]
Made = Callable[..., Row]


def read(rows: list[Row], os: str | None = None) -> tuple[list[Action], Tally]:
    tally = Tally()
    has_key_rows = any(row["kind"] == "key_down" for row in rows)
    return actions_of(rows, tally, os=os, has_key_rows=has_key_rows), tally


def named(actions: list[Action]) -> list[tuple[Any, ...]]:
    return [
        (a.kind, a.text or "+".join((*a.mods, a.key)) or a.button or lines_of(a)[:2], a.times_n)
        for a in actions
    ]


def typed(row: Made, start: int, text: str, gap: int = 1) -> list[Row]:
    return [row("key_down", start + i * gap, key=letter, code="x") for i, letter in enumerate(text)]


def test_parts_go_into_the_click_they_made(rows_made: Made) -> None:
    point = {"x_px": 1, "y_px": 2, "button": "left"}
    rows = [
        rows_made("mouse_down", 0, **point),
        rows_made("mouse_up", 1, **point),
        rows_made("click", 2, **point, clicks_n=1, is_derived=True, frame_id="first"),
        rows_made("mouse_down", 3, **point),
        rows_made("mouse_up", 4, **point),
        rows_made("click", 5, **point, clicks_n=2, is_derived=True),
        rows_made("double_click", 6, **point, clicks_n=2, is_derived=True, frame_id="second"),
    ]
    actions, tally = read(rows)
    assert named(actions) == [("double_click", "left", 1)]
    assert actions[0].row["frame_id"] == "first"
    assert not tally.left_out
    third = rows_made("click", 7, **point, clicks_n=3, is_derived=True)
    assert named(read([*rows, third])[0]) == [("triple_click", "left", 1)]


def test_characters_make_texts_and_pauses_end_them(rows_made: Made) -> None:
    rows = typed(rows_made, 0, "Dear Ann") + typed(rows_made, 3_000, "you")
    rows += [
        rows_made("key_down", 3_010, key="Shift", code="ShiftLeft"),
        rows_made("key_down", 3_011, key="Backspace", code="Backspace"),
        rows_made("key_down", 3_012, key="Backspace", code="Backspace"),
        rows_made("key_down", 3_013, key="Tab", code="Tab", mods="shift"),
    ]
    assert named(read(rows)[0]) == [
        ("text", "Dear Ann", 1), ("text", "you", 1), ("key", "Backspace", 2), ("shortcut", "shift+Tab", 1),
    ]  # fmt: skip


def test_a_shortcut_replaces_its_key_rows(rows_made: Made) -> None:
    rows = [
        rows_made("key_down", 0, key="Control", code="ControlLeft"),
        rows_made("key_down", 1, key="c", code="KeyC", mods="ctrl"),
        rows_made("shortcut", 2, key="c", code="KeyC", mods="ctrl", is_derived=True),
        rows_made("key_down", 3, key="c", code="KeyC", mods="ctrl"),
        rows_made("key_down", 4, key="F5", code="F5"),
        rows_made("shortcut", 5, key="F5", code="F5", is_derived=True),
    ]
    assert named(read(rows)[0]) == [("shortcut", "ctrl+c", 1), ("shortcut", "F5", 1)]
    option = [rows_made("key_down", 0, key="é", code="KeyE", mods="alt")]
    assert named(read(option, "macos")[0]) == [("text", "é", 1)]
    assert named(read(option, "linux")[0]) == []


def test_a_text_with_an_unknown_key_is_left_out_whole(rows_made: Made) -> None:
    unknown = rows_made("key_down", 2, code="X11_40")
    rows = [*typed(rows_made, 0, "ab"), unknown, *typed(rows_made, 3, "cd"), *typed(rows_made, 9_000, "ok")]
    actions, tally = read(rows)
    assert named(actions) == [("text", "ok", 1)]
    assert tally.left_out == {"key_unknown": 1, "text_unknown": 1}


def test_texts_recorded_as_a_whole(rows_made: Made) -> None:
    grown = [rows_made("text_input", i, text=text) for i, text in enumerate(("h", "he", "hey"))]
    untimed = [rows_made("text_input", i, text=text, t_us=None) for i, text in enumerate(("h", "he"))]
    doubled = [*typed(rows_made, 0, "hi"), rows_made("text_input", 5, text="hi", is_derived=True)]
    assert named(read(grown)[0]) == [("text", "hey", 1)]
    assert named(read(untimed)[0]) == [("text", "h", 1), ("text", "he", 1)]
    assert named(read(doubled)[0]) == [("text", "hi", 1)]
    assert read([rows_made("text_input", 0)])[1].left_out == {"text_unknown": 1}


def test_scroll_ticks_make_one_scroll_in_a_direction(rows_made: Made) -> None:
    amounts = [(0, 100.0), (10, 100.0), (20, -300.0), (5_000, -100.0), (5_001, 0.0)]
    rows = [rows_made("scroll", at, wheel_x=0.0, wheel_y=y, wheel_unit="px") for at, y in amounts]
    actions, tally = read(rows)
    assert named(actions) == [("scroll", ("y", 2), 1), ("scroll", ("y", -3), 1), ("scroll", ("y", -1), 1)]
    assert tally.left_out == {"scroll_without_amount": 1}


@pytest.mark.parametrize(
    ("amount", "lines"), [(0.0, (0, False)), (0.2, (1, True)), (-2.0, (-2, False)), (2.6, (3, True))]
)
def test_lines_are_whole_and_never_lost(amount: float, lines: tuple[int, bool]) -> None:
    assert whole_lines(amount) == lines


def test_drags_need_their_end_and_the_rest_is_counted(rows_made: Made) -> None:
    end = json.dumps({"end_x_px": 5, "end_y_px": 6})
    rows = [
        rows_made("drag", 0, x_px=1, y_px=1, button="left", extra=end),
        rows_made("drag", 1, x_px=1, y_px=1, button="left", extra="[not an object]"),
        rows_made("clipboard_copy", 2),
        rows_made("navigation", 3, is_derived=True),
        rows_made("idle", 4, step=1, extra='{"seconds": 2}'),
        rows_made("idle", 5),
        rows_made("task_end", 6),
    ]
    actions, tally = read(rows)
    assert [action.kind for action in actions] == ["drag", "wait", "end"]
    assert (actions[0].end_px, actions[1].seconds) == ((5, 6), 2)
    assert tally.left_out == {"drag_without_end": 1, "event_without_word": 2}


@given(st.lists(st.sampled_from(["a", "B", "é", "Enter", "Shift", None, "Dead"]), max_size=30), st.booleans())
def test_any_keys_make_actions_and_no_error(keys: list[str | None], is_timed: bool) -> None:
    rows = [
        {
            "kind": "key_down", "seq": i, "t_us": i if is_timed else None, "step": None, "key": key, "code": None,
            "mods": None, "app": None, "extra": None, "is_derived": False,
        }
        for i, key in enumerate(keys)
    ]  # fmt: skip
    actions, tally = read(rows)
    letters_n = sum(len(key) == 1 for key in keys if key)
    kept_n = sum(len(action.text) for action in actions)
    assert kept_n == letters_n or (tally.left_out["text_unknown"] and kept_n < letters_n)
    assert tally.left_out["key_unknown"] == keys.count(None)


@pytest.mark.parametrize(
    ("key", "code", "vk"),
    [("a", "KeyA", 65), ("A", None, 65), ("Enter", None, 13), ("x", "VK_84", 84), (None, "VK_254", 254),
     (None, "VK_999", None), ("Control", None, 162), ("Meta", "MetaRight", 92), (".", None, 190), ("ß", None, None),
     ("F24", None, 135), ("3", "pynput_3", 51), ("+", "Equal", 187), (None, None, None)],
)  # fmt: skip
def test_virtual_key_codes(key: str | None, code: str | None, vk: int | None) -> None:
    assert vk_of(key, code) == vk


def test_names_of_keys_come_back() -> None:
    for code in range(256):
        key = from_vk(code).key
        name = pyautogui_key(key) if key else None
        assert name is None or read_pyautogui_name(name).key == key
    assert pyautogui_hotkey(("ctrl", "shift"), "G") == ("ctrl", "shift", "g")
    assert pyautogui_hotkey(("ctrl",), "Dead") is None


def test_reasons_are_a_closed_list() -> None:
    with pytest.raises(KeyError):
        Tally().leave_out("mood")
    tally = Tally()
    for reason in reversed(REASONS):
        tally.leave_out(reason, 2)
    assert [words for _, words in tally.lines()] == list(REASONS.values())
