"""What is text, and what leaves in its place."""

from __future__ import annotations

import json

import pytest

from explorer.server.wire_hidden import shown_args
from explorer.trace.shown_keys import MOST_BULLETS, bullets, shown_key

SECRET = "secret"


@pytest.mark.parametrize(
    ("key", "mods", "chord", "os", "shown"),
    [
        # typed characters
        ("a", None, None, None, ("•", None, None)),
        ("A", "shift", None, "linux", ("•", None, None)),
        ("a", "shift", "shift+a", "linux", ("•", None, None)),
        (" ", None, None, None, ("•", None, None)),
        ("é", None, None, None, ("•", None, None)),
        ("👍🏽", "ctrl", None, None, ("•", None, None)),
        ("secret", "ctrl", "ctrl+secret", None, ("•", None, None)),
        (None, None, "s", None, ("•", None, None)),
        (None, None, "ctrl+secret", None, ("•", None, None)),
        # characters that a layout types with modifiers
        ("å", "alt", "alt+å", "macos", ("•", None, None)),
        ("@", "ctrl+alt", "ctrl+alt+@", "windows", ("•", None, None)),
        # shortcuts
        ("c", "ctrl", "ctrl+c", None, ("c", "ctrl", "ctrl+c")),
        ("c", None, "ctrl+c", None, ("c", None, "ctrl+c")),
        ("Z", "ctrl+shift", "ctrl+shift+z", None, ("Z", "ctrl+shift", "ctrl+shift+z")),
        ("s", "ctrl+alt", "ctrl+alt+s", "windows", ("s", "ctrl+alt", "ctrl+alt+s")),
        ("f", "alt", None, "linux", ("f", "alt", None)),
        ("å", "alt+meta", "alt+meta+å", "macos", ("å", "alt+meta", "alt+meta+å")),
        ("+", "ctrl", "ctrl++", None, ("+", "ctrl", "ctrl++")),
        (None, "ctrl", "ctrl+c", None, (None, "ctrl", "ctrl+c")),
        (None, "ctrl", None, None, (None, "ctrl", None)),
        # keys that type nothing
        ("Enter", None, None, None, ("Enter", None, None)),
        ("Tab", "shift", "shift+tab", None, ("Tab", "shift", "shift+tab")),
        ("F5", None, "f5", None, ("F5", None, "f5")),
        ("Shift", None, None, None, ("Shift", None, None)),
        (None, None, None, None, (None, None, None)),
        (None, "shift", None, None, (None, None, None)),
        # words in the wrong column
        ("Enter", "secret", "secret", None, ("Enter", None, "enter")),
        ("c", "ctrl+secret", "ctrl+secret", None, ("c", "ctrl", "ctrl+c")),
    ],
)
def test_keys(key: str, mods: str, chord: str, os: str, shown: tuple[str | None, ...]) -> None:
    assert shown_key(key, mods, chord, os) == shown


def test_text_is_as_long_as_it_was_up_to_a_limit() -> None:
    assert bullets(None) is None
    assert bullets("") == ""
    assert bullets("abc") == "•••"
    assert bullets("<PERSON>", 12) == "•" * 12
    assert bullets("x" * 10_000) == "•" * MOST_BULLETS


@pytest.mark.parametrize(
    ("args", "shown"),
    [
        ('{"x": 3, "y": 0.5, "button": "left"}', {"x": 3, "y": 0.5, "button": "left"}),
        ('{"text": "secret\\n"}', {"text": "•••••••"}),
        ('{"calls": [{"call": "pyautogui.write", "message": "secret"}]}',
         {"calls": [{"call": "pyautogui.write", "message": "••••••"}]}),
        ('{"keys": ["Control", "f"]}', {"keys": ["Control", "f"]}),
        ('{"keys": ["s", "e", "Enter"]}', {"keys": ["•", "•", "Enter"]}),
        ('["ctrl", "secret"]', ["ctrl", "••••••"]),
        ('"secret"', "••••••"),
        ("null", None),
    ],
)  # fmt: skip
def test_arguments_of_an_action(args: str, shown: object) -> None:
    assert json.loads(shown_args(args) or "") == shown


@pytest.mark.parametrize("args", ["secret", '{"text": "secret"', "[" * 100_000, "", None])
def test_arguments_that_are_no_json(args: str | None) -> None:
    assert shown_args(args) == (None if args is None else "•")
