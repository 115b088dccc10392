"""Parsed actions as event rows: what a pyautogui-like call does to pointer and keys.

Positions are as written; the importer that calls knows what they count in. A press of a key is two rows (down and
up), everything else one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from explorer.importers.action_code import Call
from explorer.importers.columns import json_text
from explorer.trace.keys import MODIFIER_KEYS, Key, chord, from_pynput, mods_text
from explorer.trace.schema import BUTTONS

Row = dict[str, Any]
Point = tuple[float, float]
MOVE = "move"

_CLICKS = {
    "click": ("click", "left", None), "leftClick": ("click", "left", 1), "rightClick": ("click", "right", 1),
    "middleClick": ("click", "middle", 1), "doubleClick": ("double_click", "left", 2),
    "tripleClick": ("click", "left", 3),
}  # fmt: skip
_KEYS = ("write", "typewrite", "press", "hotkey", "keyDown", "keyUp")
_OUTCOMES = {"success": "done", "failure": "fail", "fail": "fail"}
_BUTTON_NAMES = {"primary": "left", "secondary": "right"}
# pyautogui's names where they are not pynput's.
_KEY_NAMES = {
    "\n": "enter", "\r": "enter", "\t": "tab", "pagedown": "page_down", "pgdn": "page_down", "pageup": "page_up",
    "pgup": "page_up", "del": "delete", "capslock": "caps_lock", "printscreen": "print_screen",
    "prtsc": "print_screen", "prtscr": "print_screen", "numlock": "num_lock", "scrolllock": "scroll_lock",
    "ctrlleft": "ctrl_l", "ctrlright": "ctrl_r", "altleft": "alt_l", "altright": "alt_gr", "shiftleft": "shift_l",
    "shiftright": "shift_r", "winleft": "cmd_l", "winright": "cmd_r", "command": "cmd", "optionleft": "alt_l",
    "optionright": "alt_r", "apps": "menu", "arrowup": "up", "arrowdown": "down", "arrowleft": "left",
    "arrowright": "right", "volumemute": "media_volume_mute", "volumedown": "media_volume_down",
    "volumeup": "media_volume_up", "playpause": "media_play_pause",
}  # fmt: skip


@dataclass(slots=True)
class Actions:
    """Turns calls into rows; `pointer` is where the pointer stood last, as written, None where unknown."""

    pointer: Point | None = None
    outcome: str | None = None

    def rows(self, call: Call) -> list[Row]:
        """Rows with kind, `at` (a point as written) and columns; kind 'move' for a position alone."""
        found = self._rows(call) if call.name else None
        if found is None:
            return [{"kind": "custom", "source_type": call.source, "extra": json_text({"is_unparsed": True})}]
        return [{"source_type": call.source, **row} for row in found]

    def _rows(self, call: Call) -> list[Row] | None:
        name = str(call.name)
        if name in _CLICKS:
            return self._click(call)
        if name in _KEYS:
            return _keyboard(call)
        pointing = {"moveTo": self._move, "move": self._move, "moveRel": self._move, "dragTo": self._drag,
                    "drag": self._drag, "dragRel": self._drag, "mouseDown": self._button_row,
                    "mouseUp": self._button_row, "scroll": self._scroll, "vscroll": self._scroll,
                    "hscroll": self._scroll}  # fmt: skip
        return pointing.get(name, self._other)(call)

    def _move(self, call: Call) -> list[Row] | None:
        at = self._target(call)
        return [{"kind": MOVE, "at": at}] if at else None

    def _button_row(self, call: Call) -> list[Row] | None:
        kind = "mouse_down" if call.name == "mouseDown" else "mouse_up"
        return [{"kind": kind, "button": _button(call, 2), **self._at(call, 0)}]

    def _click(self, call: Call) -> list[Row] | None:
        kind, button, clicks_n = _CLICKS[str(call.name)]
        stated = call.argument(2, "clicks")
        if clicks_n is None:
            clicks_n = stated if isinstance(stated, int) and 1 <= stated <= 100 else 1
            button = _button(call, 4) or button
        return [{"kind": kind, "button": button, "clicks_n": clicks_n, **self._at(call, 0)}]

    def _drag(self, call: Call) -> list[Row] | None:
        start, end = self.pointer, self._target(call)
        if end is None:
            return None
        row: Row = {"kind": "drag", "button": _button(call, 99) or "left", "end": end}
        return [row | ({"at": start} if start else {})]

    def _target(self, call: Call) -> Point | None:
        """Where a call moves the pointer to; relative ones start where it stood."""
        found = _point(call.argument(0, "x", "xOffset"), call.argument(1, "y", "yOffset"))
        if found and call.name in ("move", "moveRel", "drag", "dragRel"):
            found = (self.pointer[0] + found[0], self.pointer[1] + found[1]) if self.pointer else None
        self.pointer = found or self.pointer
        return found

    def _scroll(self, call: Call) -> list[Row] | None:
        amount = number(call.argument(0, "clicks", "amount"))
        if math.isnan(amount):
            return None
        is_across = call.name == "hscroll"
        wheel = {"wheel_x": amount if is_across else 0.0, "wheel_y": 0.0 if is_across else -amount}
        return [{"kind": "scroll", "wheel_unit": "line", **wheel, **self._at(call, 1)}]

    def _at(self, call: Call, place: int) -> Row:
        """The point that a call names, else where the pointer stood."""
        found = _point(call.argument(place, "x"), call.argument(place + 1, "y"))
        self.pointer = found or self.pointer
        return {"at": self.pointer} if self.pointer else {}

    def _other(self, call: Call) -> list[Row] | None:
        if call.name == "wait":
            seconds = number(call.argument(0, "seconds", "secs", "duration"))
            return [{"kind": "idle", "extra": json_text({"seconds": seconds})}]
        if call.name == "terminate":
            status = call.argument(0, "status")
            self.outcome = _OUTCOMES.get(str(status), "unknown")
            return [{"kind": "task_end", "extra": json_text({"status": status})}]
        return [{"kind": "custom"}]


def press_rows(key: Key, presses_n: int | None = None) -> list[Row]:
    """A key that goes down and up again."""
    flags = () if key.key is not None else ("unresolved_key",)
    own = {"key": key.key, "code": key.code, "flags": flags}
    times = json_text({"presses_n": presses_n if presses_n and presses_n > 1 else None})
    return [{"kind": "key_down", **own, "extra": times}, {"kind": "key_up", **own}]


def shortcut_row(keys: Sequence[Key]) -> Row:
    """Keys held together as one shortcut: the modifiers among them, and the last other key (or modifier)."""
    held = [MODIFIER_KEYS[key.key] for key in keys if key.key in MODIFIER_KEYS]
    others = [key for key in keys if key.key not in MODIFIER_KEYS]
    last = others[-1] if others else keys[-1]
    mods = set(held) - ({MODIFIER_KEYS[last.key]} if last.key in MODIFIER_KEYS else set())
    return {
        "kind": "shortcut", "key": last.key, "code": last.code, "mods": mods_text(mods),
        "chord": chord(mods, last.key) if last.key else None,
        "flags": () if all(key.key for key in keys) else ("unresolved_key",),
        "extra": json_text({"keys": [key.code for key in keys] if len(others) > 1 else None}),
    }  # fmt: skip


def text_row(text: str) -> Row:
    """Typed text."""
    return {"kind": "text_input", "text": text, "text_len": len(text)}


def number(value: Any) -> float:
    """A number; NaN for anything else, infinite when it is too large."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return math.nan
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _keyboard(call: Call) -> list[Row] | None:
    given = call.argument(0, "message", "text", "keys", "key")
    if call.name in ("write", "typewrite"):
        text = "".join(map(str, given)) if isinstance(given, list) else given
        return [text_row(text)] if isinstance(text, str) else None
    names = given if isinstance(given, list) else list(call.args) if call.name == "hotkey" else [given]
    names = [name for name in (names or [given]) if name is not None]
    if not names or not all(isinstance(name, str) for name in names):
        return None
    keys = [_key(name) for name in names]
    if call.name == "hotkey" and len(keys) > 1:
        return [shortcut_row(keys)]
    if call.name in ("keyDown", "keyUp"):
        kind = "key_down" if call.name == "keyDown" else "key_up"
        return [row for key in keys for row in press_rows(key) if row["kind"] == kind]
    presses_n = call.argument(1, "presses") if call.name == "press" else None
    presses_n = presses_n if isinstance(presses_n, int) else None
    return [row for key in keys for row in press_rows(key, presses_n)]


def _key(name: str) -> Key:
    plain = name.strip().lower() if len(name) > 1 else name
    code = name if name.isprintable() else "".join(f"U+{ord(letter):04X}" for letter in name)
    return Key(from_pynput(_KEY_NAMES.get(plain, plain) or None).key, f"pyautogui_{code}")


def _button(call: Call, place: int) -> str | None:
    name = call.argument(place, "button")
    name = _BUTTON_NAMES.get(name, name) if isinstance(name, str) else None
    return name if name in BUTTONS else "left"


def _point(x: Any, y: Any) -> Point | None:
    if isinstance(x, list) and len(x) == 2 and y is None:
        x, y = x
    found = number(x), number(y)
    return None if math.isnan(found[0]) or math.isnan(found[1]) else found
