"""Text as the keys that spell it: with slips taken back, with the cursor sent back, with signs of other layouts."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

WAYS = ("plain", "slips", "arrows", "altgr")
_NAMES = {" ": "Space", ".": "Period", ",": "Comma", "-": "Minus", "+": "NumpadAdd", "@": "Digit2", "/": "Slash",
          "(": "Digit9", ")": "Digit0", ":": "Semicolon", "#": "Digit3", "\n": "Enter", "'": "Quote",
          "_": "Minus", "?": "Slash", "=": "Equal", "!": "Digit1", "<": "Comma", ">": "Period"}  # fmt: skip
_SHIFTED = '@():#_?!<>+"'
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Press:
    """One key going down and up: W3C `key`, physical `code`, and the modifiers held, as the dataset writes them."""

    key: str
    code: str
    mods: str | None = None


def presses(text: str, way: str, dice: Random) -> tuple[Press, ...]:
    """The keys of a text; whatever the way, what stands in the field in the end is the text."""
    if way == "slips":
        return tuple(_with_slips(text, dice))
    if way == "arrows":
        return tuple(_with_arrows(text, dice))
    return tuple(_press(sign, by_altgr=way == "altgr") for sign in text)


def typed(keys: tuple[Press, ...]) -> str:
    """What stands in a field after these keys: the reverse of `presses`."""
    made, at = "", 0
    for press in keys:
        if len(press.key) == 1 or press.key == "Enter":
            made = made[:at] + (press.key if len(press.key) == 1 else "\n") + made[at:]
            at += 1
        elif press.key == "Backspace":
            made, at = made[: max(0, at - 1)] + made[at:], max(0, at - 1)
        elif press.key == "ArrowLeft":
            at = max(0, at - 1)
        elif press.key == "End":
            at = len(made)
    return made


def _press(sign: str, *, by_altgr: bool = False) -> Press:
    if by_altgr and sign == "@":
        return Press("@", "KeyQ", "ctrl+alt")  # German and other layouts
    if sign == "\n":
        return Press("Enter", "Enter")
    code = f"Digit{sign}" if sign in "0123456789" else _NAMES.get(sign, f"Key{sign.upper()}")
    return Press(sign, code, "shift" if sign.isupper() or sign in _SHIFTED else None)


def _with_slips(text: str, dice: Random) -> list[Press]:
    """Every few keys a wrong one or two, taken back with Backspace."""
    made = []
    for sign in text:
        if dice.random() < 0.15:
            wrong = dice.choices(_LETTERS, k=dice.randrange(1, 3))
            made += [_press(one) for one in wrong] + [Press("Backspace", "Backspace")] * len(wrong)
        made.append(_press(sign))
    return made


def _with_arrows(text: str, dice: Random) -> list[Press]:
    """One sign is forgotten and put in later, the cursor sent back for it."""
    if len(text) < 3 or "\n" in text:
        return [_press(sign) for sign in text]
    at = dice.randrange(1, len(text) - 1)
    made = [_press(sign) for sign in text[:at] + text[at + 1 :]]
    made += [Press("ArrowLeft", "ArrowLeft")] * (len(text) - at - 1)
    return [*made, _press(text[at]), Press("End", "End")]
