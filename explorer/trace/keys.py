"""Key names (W3C UI Events) from what recorders write, modifiers, and chords.

Nothing is guessed: a physical key whose meaning depends on a keyboard layout that was not recorded stays without
`key` and keeps its `code`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from explorer.trace.schema import MODIFIERS


class Key(NamedTuple):
    """A key as the trace stores it: what it means, and the raw code with its source; None where unknown."""

    key: str | None
    code: str | None


MODIFIER_KEYS = {"Control": "ctrl", "Alt": "alt", "Shift": "shift", "Meta": "meta"}
ALT_GRAPH = "AltGraph"

_NAMED = {
    "backspace": "Backspace", "caps_lock": "CapsLock", "delete": "Delete", "end": "End", "enter": "Enter",
    "return": "Enter", "kp_enter": "Enter", "esc": "Escape", "escape": "Escape", "home": "Home", "insert": "Insert",
    "page_down": "PageDown", "page_up": "PageUp", "next": "PageDown", "prior": "PageUp", "space": " ", "tab": "Tab",
    "up": "ArrowUp", "down": "ArrowDown", "left": "ArrowLeft", "right": "ArrowRight", "menu": "ContextMenu",
    "num_lock": "NumLock", "scroll_lock": "ScrollLock", "pause": "Pause", "print_screen": "PrintScreen",
    "print": "PrintScreen", "alt_gr": ALT_GRAPH, "iso_level3_shift": ALT_GRAPH,
    "media_play_pause": "MediaPlayPause", "media_stop": "MediaStop", "media_next": "MediaTrackNext",
    "media_previous": "MediaTrackPrevious", "media_volume_mute": "AudioVolumeMute",
    "media_volume_down": "AudioVolumeDown", "media_volume_up": "AudioVolumeUp",
}  # fmt: skip
for _stem, _name in {
    "ctrl": "Control", "control": "Control", "alt": "Alt", "option": "Alt", "shift": "Shift", "cmd": "Meta",
    "super": "Meta", "meta": "Meta", "win": "Meta",
}.items():  # fmt: skip
    _NAMED |= {_stem: _name, f"{_stem}_l": _name, f"{_stem}_r": _name}
_FUNCTION = re.compile(r"[fF]([1-9]|1\d|2[0-4])")
_VK_NUMBER = re.compile(r"<(\d{1,5})>")
_KEYCODE = re.compile(r"keycode_(\d{1,5})")

# Virtual key codes of Windows (winuser.h) that mean the same on every layout. 165 (right Alt) is AltGr where the
# layout has one: naming it so keeps typed text such as @ from looking like a shortcut.
_VK = {
    8: "Backspace", 9: "Tab", 12: "Clear", 13: "Enter", 16: "Shift", 17: "Control", 18: "Alt", 19: "Pause",
    20: "CapsLock", 27: "Escape", 32: " ", 33: "PageUp", 34: "PageDown", 35: "End", 36: "Home", 37: "ArrowLeft",
    38: "ArrowUp", 39: "ArrowRight", 40: "ArrowDown", 44: "PrintScreen", 45: "Insert", 46: "Delete", 91: "Meta",
    92: "Meta", 93: "ContextMenu", 106: "*", 107: "+", 109: "-", 111: "/", 144: "NumLock", 145: "ScrollLock",
    160: "Shift", 161: "Shift", 162: "Control", 163: "Control", 164: "Alt", 165: ALT_GRAPH,
    173: "AudioVolumeMute", 174: "AudioVolumeDown", 175: "AudioVolumeUp", 176: "MediaTrackNext",
    177: "MediaTrackPrevious", 178: "MediaStop", 179: "MediaPlayPause",
}  # fmt: skip
_VK |= {code: chr(code).lower() for code in (*range(48, 58), *range(65, 91))}
_VK |= {96 + digit: str(digit) for digit in range(10)}
_VK |= {111 + number: f"F{number}" for number in range(1, 25)}

# X11 key codes of a PC keyboard (evdev code + 8) that no layout moves. 108 (right Alt or AltGr) is left out.
_X11 = {
    9: "Escape", 22: "Backspace", 23: "Tab", 36: "Enter", 37: "Control", 50: "Shift", 62: "Shift", 64: "Alt", 65: " ",
    95: "F11", 96: "F12", 104: "Enter", 105: "Control", 110: "Home", 111: "ArrowUp", 112: "PageUp", 113: "ArrowLeft",
    114: "ArrowRight", 115: "End", 116: "ArrowDown", 117: "PageDown", 118: "Insert", 119: "Delete", 133: "Meta",
    134: "Meta",
}  # fmt: skip
_X11 |= {66 + number: f"F{number}" for number in range(1, 11)}

# Keys that type no character; F1 to F24 beside them.
NAMED_KEYS = frozenset(name for name in (*_NAMED.values(), *_VK.values(), *_X11.values()) if len(name) > 1) | {
    "BrightnessDown", "BrightnessUp", "BrowserBack", "BrowserForward", "Clear", "Compose", "Convert", "Dead", "Fn",
    "NonConvert", "Process", "Unidentified",
}  # fmt: skip


def from_character(character: str) -> str | None:
    """W3C key of one typed character; a control character (Ctrl held) is the letter that made it."""
    if len(character) != 1:
        return None
    if ord(character) < 32:
        return chr(ord(character) + 64).lower()
    return character if character.isprintable() else None


def from_pynput(name: str | None, platform: str | None = None) -> Key:
    """Key of a pynput name: 'k', 'ctrl_l', 'Key.enter', '<84>' (Windows), 'keycode_38' (X11)."""
    if not name:
        return Key(None, None)
    if match := _KEYCODE.fullmatch(name):
        return from_x11(int(match[1])) if platform == "linux" else Key(None, name)
    if match := _VK_NUMBER.fullmatch(name):
        return from_vk(int(match[1])) if platform == "windows" else Key(None, f"pynput_{name}")
    return Key(_from_name(name), f"pynput_{_printable(name)}")


def from_vk(code: int) -> Key:
    """Key of a Windows virtual key code; keys whose meaning a layout decides stay without a name."""
    return Key(_VK.get(code), f"VK_{code}")


def from_x11(code: int) -> Key:
    """Key of an X11 key code; letters, digits and signs stay without a name, since the layout is unknown."""
    return Key(_X11.get(code), f"X11_{code}")


def is_function_key(key: str | None) -> bool:
    """True for F1 to F24."""
    return key is not None and _FUNCTION.fullmatch(key) is not None


def is_printable(key: str | None) -> bool:
    """True when pressing the key types a character."""
    return key is not None and len(key) == 1


def mods_text(modifiers: Iterable[str]) -> str | None:
    """Modifiers in the fixed order ctrl+alt+shift+meta; None when there are none."""
    held = set(modifiers)
    return "+".join(name for name in MODIFIERS if name in held) or None


def chord(modifiers: Iterable[str], key: str) -> str:
    """Modifiers and key, case-folded: ctrl+shift+z, f5, ctrl+space. Shift is never inferred from upper case."""
    name = MODIFIER_KEYS.get(key) or ("space" if key == " " else key.casefold())
    held = mods_text(modifiers)
    return f"{held}+{name}" if held else name


def _from_name(name: str) -> str | None:
    if len(name) == 1:
        return from_character(name)
    plain = name.removeprefix("Key.")
    if _FUNCTION.fullmatch(plain):
        return plain.upper()
    return _NAMED.get(plain.lower())


def _printable(name: str) -> str:
    return name if name.isprintable() else "".join(f"U+{ord(letter):04X}" for letter in name)
