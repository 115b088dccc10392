"""Shortcuts, held and dangling keys, as tables."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.importers.derive_keys import KeyReading, read_keys
from explorer.importers.recording import EVENT_BITS, NO_TIME, Events

CTRL, SHIFT, ALT, META, GR = "Control", "Shift", "Alt", "Meta", "AltGraph"


def rows(*steps: str | tuple[str, int]) -> Events:
    """'+a' presses, '-a' releases; 100 ms apart, or at the millisecond given."""
    made, now = [], 0
    for place, step in enumerate(steps):
        name, now = step if isinstance(step, tuple) else (step, now + 100)
        key = None if name[1:].startswith("X11_") else name[1:]
        code = name[1:] if key is None or len(key) > 1 else f"pynput_{key}"
        flags = ("unresolved_key",) if key is None else ()
        kind = "key_down" if name[0] == "+" else "key_up"
        t_us = NO_TIME if now < 0 else now * 1_000
        made.append({"order": place, "t_us": t_us, "kind": kind, "key": key, "code": code, "flags": flags})
    return Events.from_rows(made)


def chords(reading: KeyReading) -> list[str | None]:
    return list(reading.shortcuts.columns["chord"])


def flagged(reading: KeyReading, name: str) -> list[int]:
    return [row for row, bits in enumerate(reading.flags.tolist()) if bits & EVENT_BITS[name]]


@pytest.mark.parametrize(
    ("steps", "platform", "expected"),
    [
        pytest.param([f"+{CTRL}", "+c", "-c", f"-{CTRL}"], None, ["ctrl+c"], id="ctrl+c"),
        pytest.param([f"+{CTRL}", f"+{SHIFT}", "+Z", "-Z"], None, ["ctrl+shift+z"], id="shift is held"),
        pytest.param([f"+{CTRL}", "+T", "-T", f"-{CTRL}"], None, ["ctrl+t"], id="upper case is not Shift"),
        pytest.param([f"+{SHIFT}", "+A", "-A", f"-{SHIFT}"], None, [], id="capital letter"),
        pytest.param(["+F5", "-F5"], None, ["f5"], id="function key"),
        pytest.param([f"+{SHIFT}", "+F10", "-F10"], None, ["shift+f10"], id="shift and function key"),
        pytest.param(["+Enter", "-Enter", "+Delete", "-Delete"], None, [], id="named keys alone"),
        pytest.param(
            [f"+{ALT}", "+Tab", "-Tab", "+Tab", "-Tab"], None, ["alt+tab", "alt+tab"], id="alt+tab twice"
        ),
        pytest.param([f"+{META}", "+ ", "-Space"], "macos", ["meta+space"], id="space has a name"),
        pytest.param([f"+{ALT}", "+é", "-é"], "macos", [], id="option types text on macOS"),
        pytest.param([f"+{ALT}", "+é", "-é"], "linux", ["alt+é"], id="alt is a shortcut elsewhere"),
        pytest.param([f"+{GR}", "+@", "-@"], None, [], id="AltGr types text"),
        pytest.param([f"+{CTRL}", f"+{GR}", "+q", "-q"], "windows", [], id="Windows sends Ctrl with AltGr"),
        pytest.param([f"+{CTRL}", f"+{ALT}", "+@", "-@"], "windows", [], id="AltGr as ctrl+alt"),
        pytest.param([f"+{CTRL}", f"+{ALT}", "+t", "-t"], "windows", ["ctrl+alt+t"], id="ctrl+alt+letter"),
        pytest.param([f"+{GR}", "+F4", "-F4"], None, ["alt+f4"], id="right alt with a function key"),
        pytest.param([f"+{CTRL}", "+c", "+c", "+c", "-c"], None, ["ctrl+c"], id="auto-repeat"),
        pytest.param(["+a", f"+{CTRL}", "+a", "-a"], None, ["ctrl+a"], id="repeat with a new modifier"),
        pytest.param([f"+{CTRL}", "+c", "-c", "+c", "-c"], None, ["ctrl+c", "ctrl+c"], id="pressed twice"),
        pytest.param([f"+{CTRL}", f"-{CTRL}", "+c", "-c"], None, [], id="released before"),
        pytest.param([f"+{CTRL}", "+X11_54", "-X11_54", f"-{CTRL}"], "linux", [None], id="unknown key"),
        pytest.param(["+X11_54", "-X11_54"], "linux", [], id="unknown key alone"),
        pytest.param(["+c", "-c", f"-{CTRL}"], None, ["ctrl+c"], id="modifier held since before the start"),
        pytest.param(["+c", f"+{CTRL}", f"-{CTRL}", f"-{CTRL}"], None, [], id="released twice"),
    ],
)
def test_shortcuts(steps: list[str], platform: str | None, expected: list[str | None]) -> None:
    assert chords(read_keys(rows(*steps), platform)) == expected


def test_a_modifier_that_is_never_released_does_not_make_shortcuts_of_the_rest() -> None:
    reading = read_keys(rows((f"+{CTRL}", 0), ("+c", 500), ("-c", 600), ("+h", 2_100), ("-h", 2_200)), None)
    assert chords(reading) == ["ctrl+c"]
    assert flagged(reading, "dangling") == [0]


def test_a_modifier_counts_for_half_a_minute_at_most() -> None:
    steps = (
        (f"+{CTRL}", 0),
        ("+c", 29_000),
        ("-c", 29_100),
        ("+v", 31_000),
        ("-v", 31_100),
        (f"-{CTRL}", 60_000),
    )
    assert chords(read_keys(rows(*steps), None)) == ["ctrl+c"]


def test_a_second_press_after_a_pause_is_a_new_one() -> None:
    reading = read_keys(
        rows((f"+{META}", 0), ("+v", 100), ("+v", 2_200), ("-v", 2_300), (f"-{META}", 2_400)), None
    )
    assert chords(reading) == ["meta+v", "meta+v"]


def test_keys_held_at_the_start_and_never_released_are_flagged() -> None:
    reading = read_keys(rows("-w", "+a", "-a", "+b", f"+{SHIFT}"), None)
    assert flagged(reading, "held_at_start") == [0]
    assert flagged(reading, "dangling") == [3, 4]


def test_shift_released_before_its_character_is_one_press() -> None:
    reading = read_keys(rows(f"+{SHIFT}", "+!", f"-{SHIFT}", "-1"), None)
    assert flagged(reading, "held_at_start") == flagged(reading, "dangling") == []
    assert flagged(read_keys(rows("+A", "-a"), None), "dangling") == []


def test_modifiers_are_noted_on_the_presses() -> None:
    reading = read_keys(rows(f"+{CTRL}", f"+{SHIFT}", "+Z", "-Z"), None)
    assert reading.mods.tolist() == [None, "ctrl", "ctrl+shift", None]


def test_the_recorders_own_hotkeys_are_flagged() -> None:
    steps = (f"+{CTRL}", f"+{ALT}", "+T", "-T", f"-{ALT}", f"-{CTRL}")
    reading = read_keys(rows(*steps), "windows", [("ctrl+alt+t",)])
    assert flagged(reading, "recorder_hotkey") == [2]
    assert reading.shortcuts.flags is not None
    assert reading.shortcuts.flags.tolist() == [EVENT_BITS["recorder_hotkey"]]
    thrice = read_keys(rows(*(f"+{CTRL}", f"-{CTRL}") * 3), None, [("ctrl", "ctrl", "ctrl")])
    assert flagged(thrice, "recorder_hotkey") == [0, 2, 4]


def test_an_unknown_key_keeps_its_flag_and_code() -> None:
    reading = read_keys(rows(f"+{CTRL}", "+X11_54"), "linux")
    assert reading.shortcuts.columns["code"].tolist() == ["X11_54"]
    assert reading.shortcuts.columns["mods"].tolist() == ["ctrl"]
    assert reading.shortcuts.flags is not None
    assert reading.shortcuts.flags[0] & EVENT_BITS["unresolved_key"]


def test_without_time_a_dangling_modifier_counts_for_nothing() -> None:
    assert chords(read_keys(rows((f"+{CTRL}", -1), ("+c", -1), ("-c", -1)), None)) == []
    assert chords(read_keys(rows((f"+{CTRL}", -1), ("+c", -1), (f"-{CTRL}", -1)), None)) == ["ctrl+c"]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("+-"), st.sampled_from([CTRL, SHIFT, ALT, META, GR, "a", "B", "!", "F3", "X11_9"])
        ),
        max_size=40,
    ),
    st.sampled_from([None, "macos", "windows"]),
)
def test_shortcuts_come_from_presses_with_what_a_shortcut_needs(
    steps: list[tuple[str, str]], platform: str | None
) -> None:
    reading = read_keys(rows(*(sign + name for sign, name in steps)), platform)
    made = reading.shortcuts
    assert all(steps[row][0] == "+" for row in made.first)
    assert len(set(made.first.tolist())) == len(made)
    for key, mods in zip(made.columns["key"], made.columns["mods"], strict=True):
        assert key == "F3" or set((mods or "").split("+")) & {"ctrl", "alt", "meta"}


def test_a_session_without_keys_has_none(recording_of: Any, tables_of: Any) -> None:
    tables = tables_of(recording_of(events=[{"kind": "scroll", "x": 1.0, "y": 2.0, "wheel_y": 1.0}]))
    assert tables["events"]["chord"].null_count == 1
