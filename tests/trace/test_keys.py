"""Key names and chords, as tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.trace.keys import (
    Key,
    chord,
    from_character,
    from_pynput,
    from_vk,
    from_x11,
    is_function_key,
    is_printable,
    mods_text,
)
from explorer.trace.schema import MODIFIERS


@pytest.mark.parametrize(
    ("name", "platform", "key"),
    [
        ("k", "macos", Key("k", "pynput_k")),
        ("K", None, Key("K", "pynput_K")),
        ("ß", None, Key("ß", "pynput_ß")),
        ("\x03", "windows", Key("c", "pynput_U+0003")),
        ("\r", None, Key("m", "pynput_U+000D")),  # Ctrl+M: Enter itself comes by name
        ("\x1b", None, Key("[", "pynput_U+001B")),
        ("space", None, Key(" ", "pynput_space")),
        ("Key.enter", None, Key("Enter", "pynput_Key.enter")),
        ("ctrl_l", None, Key("Control", "pynput_ctrl_l")),
        ("alt_gr", None, Key("AltGraph", "pynput_alt_gr")),
        ("cmd_r", "macos", Key("Meta", "pynput_cmd_r")),
        ("f5", None, Key("F5", "pynput_f5")),
        ("f25", None, Key(None, "pynput_f25")),
        ("Page_Up", "linux", Key("PageUp", "pynput_Page_Up")),
        ("ISO_Level3_Shift", "linux", Key("AltGraph", "pynput_ISO_Level3_Shift")),
        ("dead_acute", "linux", Key(None, "pynput_dead_acute")),
        ("<84>", "windows", Key("t", "VK_84")),
        ("<84>", "linux", Key(None, "pynput_<84>")),
        ("keycode_65", "linux", Key(" ", "X11_65")),
        ("keycode_38", "linux", Key(None, "X11_38")),
        ("keycode_38", "macos", Key(None, "keycode_38")),
        ("", None, Key(None, None)),
        (None, None, Key(None, None)),
    ],
)
def test_pynput_names(name: str | None, platform: str | None, key: Key) -> None:
    assert from_pynput(name, platform) == key


@pytest.mark.parametrize(
    ("code", "key"),
    [(65, "a"), (48, "0"), (96, "0"), (13, "Enter"), (112, "F1"), (135, "F24"), (162, "Control"), (165, "AltGraph"),
     (186, None), (220, None), (300, None)],
)  # fmt: skip
def test_windows_codes(code: int, key: str | None) -> None:
    assert from_vk(code) == Key(key, f"VK_{code}")


@pytest.mark.parametrize(
    ("code", "key"),
    [(9, "Escape"), (22, "Backspace"), (23, "Tab"), (36, "Enter"), (37, "Control"), (50, "Shift"), (64, "Alt"),
     (65, " "), (67, "F1"), (76, "F10"), (95, "F11"), (96, "F12"), (111, "ArrowUp"), (119, "Delete"), (133, "Meta"),
     (38, None), (10, None), (66, None), (108, None)],
)  # fmt: skip
def test_x11_codes_resolve_only_what_no_layout_moves(code: int, key: str | None) -> None:
    assert from_x11(code) == Key(key, f"X11_{code}")


@pytest.mark.parametrize(
    ("modifiers", "key", "expected"),
    [
        (("shift", "ctrl"), "Z", "ctrl+shift+z"),
        (("meta", "alt", "ctrl", "shift"), "ArrowLeft", "ctrl+alt+shift+meta+arrowleft"),
        ((), "F5", "f5"),
        (("ctrl",), " ", "ctrl+space"),
        (("ctrl",), "Control", "ctrl+ctrl"),
        ((), "Control", "ctrl"),
        (("ctrl",), "+", "ctrl++"),
        (("ctrl",), "T", "ctrl+t"),  # upper case says nothing about Shift
    ],
)
def test_chords(modifiers: tuple[str, ...], key: str, expected: str) -> None:
    assert chord(modifiers, key) == expected


@settings(deadline=None)
@given(st.lists(st.sampled_from(MODIFIERS)))
def test_modifiers_have_one_order_and_no_repeats(held: list[str]) -> None:
    text = mods_text(held)
    words = text.split("+") if text else []
    assert words == [name for name in MODIFIERS if name in held]


@settings(deadline=None)
@given(st.text(max_size=30), st.sampled_from(["linux", "macos", "windows", None]))
def test_any_name_gives_a_key_that_can_be_printed(name: str, platform: str | None) -> None:
    key, code = from_pynput(name, platform)
    assert key is None or key.isprintable()
    assert code is None or code.isprintable()


def test_small_questions() -> None:
    assert is_function_key("F12")
    assert not is_function_key("f12x")
    assert not is_function_key(None)
    assert is_printable("ü")
    assert not is_printable("Enter")
    assert from_character("ab") is None
    assert from_character("\x7f") is None
