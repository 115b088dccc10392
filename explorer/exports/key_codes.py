"""Keys of the trace in the words of other formats: Windows virtual key codes, and pyautogui's names."""

from __future__ import annotations

from explorer.trace.keys import from_vk, is_printable

_VK_OF_CODE = {
    "Backspace": 8, "Tab": 9, "Enter": 13, "NumpadEnter": 13, "Pause": 19, "CapsLock": 20, "Escape": 27, "Space": 32,
    "PageUp": 33, "PageDown": 34, "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39,
    "ArrowDown": 40, "PrintScreen": 44, "Insert": 45, "Delete": 46, "MetaLeft": 91, "MetaRight": 92,
    "ContextMenu": 93, "NumpadMultiply": 106, "NumpadAdd": 107, "NumpadSubtract": 109, "NumpadDecimal": 110,
    "NumpadDivide": 111, "NumLock": 144, "ScrollLock": 145, "ShiftLeft": 160, "ShiftRight": 161, "ControlLeft": 162,
    "ControlRight": 163, "AltLeft": 164, "AltRight": 165, "Semicolon": 186, "Equal": 187, "Comma": 188, "Minus": 189,
    "Period": 190, "Slash": 191, "Backquote": 192, "BracketLeft": 219, "Backslash": 220, "BracketRight": 221,
    "Quote": 222, "IntlBackslash": 226,
}  # fmt: skip
_VK_OF_CODE |= {f"Key{letter}": ord(letter) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_VK_OF_CODE |= {f"Digit{n}": 48 + n for n in range(10)} | {f"Numpad{n}": 96 + n for n in range(10)}
_VK_OF_CODE |= {f"F{n}": 111 + n for n in range(1, 25)}

# Of several codes for one meaning, the first; recorders name the left modifier. Comma and period are the same key on
# every layout (winuser.h); other signs are not, and are left out.
_VK_OF_KEY = {key: vk for vk in reversed(range(256)) if (key := from_vk(vk).key)}
_VK_OF_KEY |= {"Control": 162, "Shift": 160, "Alt": 164, ",": 188, ".": 190}

_PYAUTOGUI = {
    " ": "space", "Enter": "enter", "Tab": "tab", "Backspace": "backspace", "Delete": "delete", "Escape": "esc",
    "ArrowUp": "up", "ArrowDown": "down", "ArrowLeft": "left", "ArrowRight": "right", "Home": "home", "End": "end",
    "PageUp": "pageup", "PageDown": "pagedown", "Insert": "insert", "CapsLock": "capslock", "NumLock": "numlock",
    "ScrollLock": "scrolllock", "PrintScreen": "printscreen", "Pause": "pause", "ContextMenu": "apps",
    "Control": "ctrl", "Alt": "alt", "Shift": "shift", "Meta": "win", "AltGraph": "altright",
    "AudioVolumeMute": "volumemute", "AudioVolumeDown": "volumedown", "AudioVolumeUp": "volumeup",
    "MediaPlayPause": "playpause",
}  # fmt: skip
_PYAUTOGUI |= {f"F{n}": f"f{n}" for n in range(1, 25)}
_PYAUTOGUI_MODIFIERS = {"ctrl": "ctrl", "alt": "alt", "shift": "shift", "meta": "win"}


def vk_of(key: str | None, code: str | None) -> int | None:
    """Windows virtual key code of a key: of the physical key where it is known, else of what it means."""
    if code and code.startswith("VK_") and code[3:].isascii() and code[3:].isdigit():
        return int(code[3:]) if int(code[3:]) < 256 else None
    if code in _VK_OF_CODE:
        return _VK_OF_CODE[code]
    if key is None:
        return None
    return _VK_OF_KEY.get(key.casefold() if is_printable(key) else key)


def pyautogui_key(key: str) -> str | None:
    """pyautogui's name of a key; None when it has none."""
    return _PYAUTOGUI.get(key) or (key.casefold() if is_printable(key) else None)


def pyautogui_hotkey(mods: tuple[str, ...], key: str) -> tuple[str, ...] | None:
    """Names of the keys of a shortcut, modifiers first; None when pyautogui has no name for one."""
    name = pyautogui_key(key)
    held = [_PYAUTOGUI_MODIFIERS.get(mod) for mod in mods]
    if name is None or None in held:
        return None
    return (*(mod for mod in held if mod), name)


def vk_of_modifier(mod: str) -> int:
    """Code of the left modifier key."""
    return {"ctrl": 162, "alt": 164, "shift": 160, "meta": 91}[mod]
