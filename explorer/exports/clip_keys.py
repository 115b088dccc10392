"""A shortcut as it is written on its system; nothing that types a character."""

from __future__ import annotations

from explorer.trace.schema import MODIFIERS
from explorer.trace.shown_keys import BULLET, shown_key

_MACOS = {"ctrl": "⌃", "alt": "⌥", "shift": "⇧", "meta": "⌘"}
_OTHER = {"ctrl": "Ctrl", "alt": "Alt", "shift": "Shift"}
_META = {"windows": "Win"}
_NAMED = {
    " ": "Space", "space": "Space", "escape": "Esc", "delete": "Del", "insert": "Ins", "arrowleft": "←",
    "arrowright": "→", "arrowup": "↑", "arrowdown": "↓", "pageup": "Page Up", "pagedown": "Page Down",
    "contextmenu": "Menu", "printscreen": "Print",
}  # fmt: skip


def label_of(key: str | None, mods: str | None, chord: str | None, os: str | None) -> tuple[str, ...] | None:
    """Names of the keys, the last one last; None where it is not known, or may be typed text."""
    key, mods, chord = shown_key(key, mods, chord, os)
    held = (mods or "").split("+") if key is not None else _held(chord)
    name = key if key is not None else (chord or "")[sum(len(word) + 1 for word in held) :]
    if not name or name == BULLET:
        return None
    return *(_modifier(word, os) for word in MODIFIERS if word in held), _key(name)


def _held(chord: str | None) -> list[str]:
    held: list[str] = []
    for word in (chord or "").split("+"):
        if word not in MODIFIERS:
            break
        held.append(word)
    return held


def _modifier(word: str, os: str | None) -> str:
    if os == "macos":
        return _MACOS[word]
    return _OTHER.get(word) or _META.get(os or "", "Super")


def _key(name: str) -> str:
    known = _NAMED.get(name.lower())
    if known:
        return known
    is_short = len(name) == 1 or (name[:1] in "fF" and name[1:].isdigit())
    return name.upper() if is_short else name[:1].upper() + name[1:]
