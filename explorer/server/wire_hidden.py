"""What leaves the server in place of typed text: bullets, as many as there were characters.

Text is a key that types a character, what a chord with Shift alone types, and everything that a text or clipboard
event holds. Keys with a name and chords with Ctrl, Alt or Meta are no text, unless a layout types with them: Option on
macOS, and Ctrl + Alt (AltGr on Windows) with anything but a letter or a digit. What stays is spelled anew from known
words, so that nothing else can stand in its columns.
"""

from __future__ import annotations

import json
from collections.abc import Set
from functools import lru_cache
from typing import Any

from explorer.trace.keys import NAMED_KEYS, chord, is_function_key, mods_text
from explorer.trace.schema import MODIFIERS

BULLET = "•"
MOST_BULLETS = 200
KeyWords = tuple[str | None, str | None, str | None]

_FOLDED = {name.casefold() for name in NAMED_KEYS} | {"space", *MODIFIERS}
# Words of an action that say how it acts; every other string may be what it typed.
_TELLING = ("call", "button", "direction")
_STRONG = {"ctrl", "control", "alt", "option", "cmd", "command", "meta", "win", "super"}


@lru_cache(maxsize=4096)
def shown_key(key: str | None, mods: str | None, keys: str | None, os: str | None) -> KeyWords:
    """Key, modifiers and chord (`keys`) as they may leave: as they are where nothing is typed, else a bullet alone."""
    held = {word for word in f"{mods or ''}+{keys or ''}".split("+") if word in MODIFIERS}
    shown_mods = mods_text(set((mods or "").split("+")))
    if key is None and keys is None:
        return None, shown_mods if held - {"shift"} else None, None
    if key is None:
        name = (keys or "").rpartition("+")[2] or "+"
        is_plain = _is_named(name) or (len(name) == 1 and not _types(name, held, os))
        return (None, shown_mods, chord(held, name)) if is_plain else (BULLET, None, None)
    if _is_named(key) or (len(key) == 1 and not _types(key, held, os)):
        return key, shown_mods, chord(held, key) if keys else None
    return BULLET, None, None


def _is_named(name: str) -> bool:
    return name in NAMED_KEYS or name in _FOLDED or is_function_key(name)


def _types(character: str, held: Set[str], os: str | None) -> bool:
    """Whether the key types this character while these modifiers are held."""
    if "meta" in held:
        return False
    if held >= {"ctrl", "alt"}:
        return not (character.isascii() and character.isalnum())
    return "ctrl" not in held and ("alt" not in held or os == "macos")


def bullets(text: str | None, text_len: int | None = None) -> str | None:
    """A bullet for each character, at most MOST_BULLETS; None where there is no text."""
    if text is None:
        return None
    return BULLET * min(MOST_BULLETS, len(text) if text_len is None else text_len)


def shown_args(args: str | None) -> str | None:
    """JSON text of an action's arguments with bullets for its strings; one bullet where it is no JSON."""
    if args is None:
        return None
    try:
        return json.dumps(_shown(json.loads(args)), ensure_ascii=False)
    except (ValueError, RecursionError):
        return BULLET


def _shown(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _shown(member, key) for key, member in value.items()}
    if isinstance(value, list):
        are_words = all(isinstance(member, str) for member in value)
        return _shown_keys(value) if are_words else [_shown(member, name) for member in value]
    return bullets(value) if isinstance(value, str) and name not in _TELLING else value


def _shown_keys(words: list[str]) -> list[str | None]:
    """Keys that are pressed together stay when one of them is Ctrl, Alt or Meta."""
    is_chord = any(word.lower() in _STRONG for word in words)
    return [
        word
        if _is_named(word) or (is_chord and (len(word) == 1 or word.lower() in _STRONG))
        else bullets(word)
        for word in words
    ]
