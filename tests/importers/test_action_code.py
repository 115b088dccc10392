"""Actions written as code: what each call becomes, and code that is none, too large or made to harm."""

from __future__ import annotations

import math
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.importers.action_code import LONGEST_CODE, MOST_STATEMENTS, parsed
from explorer.importers.action_code_events import Actions


def rows(code: str) -> list[dict[str, Any]]:
    actions = Actions()
    return [row for call in parsed(code) for row in actions.rows(call)]


def first(code: str) -> dict[str, Any]:
    found = rows(code)
    assert len(found) == 1
    return found[0]


CLICKS = [
    ("pyautogui.click(x=0.5, y=0.25)", "click", "left", 1),
    ("pyautogui.click(0.5, 0.25, clicks=2, button='right')", "click", "right", 2),
    ("pyautogui.click(0.5, 0.25, 1, 0.1, 'middle')", "click", "middle", 1),
    ("pyautogui.click((0.5, 0.25), button='secondary')", "click", "right", 1),
    ("pyautogui.doubleClick(0.5, 0.25)", "double_click", "left", 2),
    ("pyautogui.rightClick(0.5, 0.25)", "click", "right", 1),
    ("pyautogui.middleClick(0.5, 0.25)", "click", "middle", 1),
    ("computer.tripleClick(x=0.5, y=0.25)", "click", "left", 3),
    ("click(x=0.5, y=0.25)", "click", "left", 1),
]


@pytest.mark.parametrize(("code", "kind", "button", "clicks_n"), CLICKS)
def test_clicks(code: str, kind: str, button: str, clicks_n: int) -> None:
    row = first(code)
    assert (row["kind"], row["button"], row["clicks_n"], row["at"]) == (kind, button, clicks_n, (0.5, 0.25))


def test_the_pointer_stays_where_it_was() -> None:
    found = rows(
        "pyautogui.moveTo(0.1, 0.2)\npyautogui.click()\npyautogui.dragTo(0.3, 0.4)\npyautogui.scroll(-3)"
    )
    assert [row["kind"] for row in found] == ["move", "click", "drag", "scroll"]
    assert found[1]["at"] == (0.1, 0.2)
    assert (found[2]["at"], found[2]["end"]) == ((0.1, 0.2), (0.3, 0.4))
    assert (found[3]["at"], found[3]["wheel_y"], found[3]["wheel_x"]) == ((0.3, 0.4), 3, 0)
    relative = rows(
        "pyautogui.moveTo(10, 20); pyautogui.moveRel(5, -5); pyautogui.drag(1, 1, button='right')"
    )
    assert [row.get("at") for row in relative] == [(10, 20), (15, 15), (15, 15)]
    assert (relative[2]["end"], relative[2]["button"]) == ((16, 16), "right")
    assert "at" not in first("pyautogui.dragTo(0.3, 0.4)")
    assert first("pyautogui.moveRel(5, 5)")["extra"] == '{"is_unparsed": true}'


def test_scrolling() -> None:
    assert first("pyautogui.hscroll(4)")["wheel_x"] == 4
    row = first("pyautogui.scroll(clicks=-10, x=0.5, y=0.5)")
    assert (row["wheel_y"], row["at"], row["wheel_unit"]) == (10, (0.5, 0.5), "line")


def test_typing_and_keys() -> None:
    row = first("pyautogui.write(message='Hello', interval=0.1)")
    assert (row["kind"], row["text"], row["text_len"]) == ("text_input", "Hello", 5)
    assert first("pyautogui.typewrite(['a', 'b'])")["text"] == "ab"
    down, up = rows("pyautogui.press('enter', presses=3)")
    assert (down["kind"], down["key"], up["kind"]) == ("key_down", "Enter", "key_up")
    assert down["extra"] == '{"presses_n": 3}'
    assert [row["key"] for row in rows("pyautogui.press(['tab', 'pgdn'])")] == [
        "Tab",
        "Tab",
        "PageDown",
        "PageDown",
    ]
    assert [row["key"] for row in rows("pyautogui.press('\\n')")] == ["Enter", "Enter"]
    assert first("pyautogui.keyDown('ctrl')")["kind"] == "key_down"
    assert rows("pyautogui.press('wibble')")[0]["flags"] == ("unresolved_key",)


@pytest.mark.parametrize(
    ("code", "chord", "mods"),
    [
        ("pyautogui.hotkey('ctrl', 'c')", "ctrl+c", "ctrl"),
        ("pyautogui.hotkey(['shift', 'ctrl', 'Z'])", "ctrl+shift+z", "ctrl+shift"),
        ("pyautogui.hotkey('win', 'r')", "meta+r", "meta"),
        ("pyautogui.hotkey('command', 'space')", "meta+space", "meta"),
        ("pyautogui.hotkey('alt', 'shift')", "alt+shift", "alt"),
        ("pyautogui.hotkey(keys=['ctrl', 'k', 's'])", "ctrl+s", "ctrl"),
    ],
)
def test_shortcuts(code: str, chord: str, mods: str) -> None:
    row = first(code)
    assert (row["kind"], row["chord"], row["mods"]) == ("shortcut", chord, mods)


def test_a_hotkey_of_one_key_is_a_press() -> None:
    assert [row["kind"] for row in rows("pyautogui.hotkey('f5')")] == ["key_down", "key_up"]


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("computer.terminate(status='success')", "done"), ("computer.terminate('failure')", "fail"),
        ("DONE", "done"), ("FAIL", "fail"), ("computer.terminate(status=7)", "unknown"),
    ],
)  # fmt: skip
def test_the_end(code: str, outcome: str) -> None:
    actions = Actions()
    assert [row["kind"] for row in actions.rows(parsed(code)[0])] == ["task_end"]
    assert actions.outcome == outcome


def test_waiting_and_unknown_calls() -> None:
    assert [row["kind"] for row in rows("computer.wait()\ntime.sleep(2)\nWAIT")] == ["idle"] * 3
    row = first("computer.callUser()")
    assert (row["kind"], row["source_type"]) == ("custom", "computer.callUser")


def test_what_is_no_action_is_passed_over() -> None:
    assert rows("import pyautogui\n'''a remark'''\npass") == []
    assert rows("") == rows("  \n") == []
    assert [row["kind"] for row in rows("```python\npyautogui.click(1, 2)\n```")] == ["click"]


HOSTILE = {
    "not Python": "pyautogui.click(x=0.5,",
    "words": "Click on the Start button",
    "null byte": "pyautogui.click(1, 2)\0",
    "deep brackets": "(" * 100_000 + ")" * 100_000,
    "bracket bomb": "[" * 50_000,
    "deep calls": "a(" * 90 + ")" * 90,
    "deep unary": "pyautogui.click(" + "-" * 50_000 + "1, 2)",
    "deep attribute": "a" + ".b" * 20_000 + "(1)",
    "long sum": "pyautogui.click(" + "1+" * 20_000 + "1, 2)",
    "too long": "pyautogui.write('" + "a" * LONGEST_CODE + "')",
    "huge number": "pyautogui.click(1" + "0" * 5_000 + ", 2)",
    "an import in an argument": "pyautogui.write(__import__('os').getcwd())",
    "a loop": "for i in range(9):\n    pyautogui.click(1, 2)",
    "a name": "pyautogui.click(x, y)",
    "bytes": "pyautogui.write(b'abc')",
    "a spread": "pyautogui.click(*[1, 2], **{})",
    "an assignment": "x = 1",
    "wrong types": "pyautogui.scroll('far')",
    "no keys": "pyautogui.press(7)",
    "no argument": "pyautogui.write()",
}


@pytest.mark.parametrize("code", HOSTILE.values(), ids=HOSTILE.keys())
def test_code_that_is_not_understood_is_one_flagged_row(code: str) -> None:
    limit = sys.getrecursionlimit()
    found = rows(code)
    assert [row["kind"] for row in found] == ["custom"]
    assert found[0]["extra"] == '{"is_unparsed": true}'
    assert sys.getrecursionlimit() == limit


def test_one_bad_statement_does_not_spoil_the_others() -> None:
    assert [row["kind"] for row in rows("pyautogui.click(1, 2)\nx = 1\npyautogui.press('a')")] == [
        "click", "custom", "key_down", "key_up",
    ]  # fmt: skip


def test_statements_are_bounded() -> None:
    assert len(parsed("a()\n" * (MOST_STATEMENTS + 500))) == MOST_STATEMENTS + 1


@pytest.mark.parametrize("value", ["1e999", "-1e999", "1e18", "1" + "0" * 400])
def test_impossible_coordinates_are_kept_as_such(value: str) -> None:
    x, y = first(f"pyautogui.click({value}, 0.5)")["at"]
    assert abs(x) >= 1e18
    assert y == 0.5


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=80), st.floats(), st.floats(), st.text(max_size=20))
def test_any_text_is_read(code: str, x: float, y: float, text: str) -> None:
    for source in (code, f"pyautogui.click({x!r}, {y!r})", f"pyautogui.write({text!r})"):
        for row in rows(source):
            assert isinstance(row["kind"], str)
            assert all(not math.isnan(value) for value in row.get("at", ()))
    if text:
        assert first(f"pyautogui.write({text!r})")["text"] == text
