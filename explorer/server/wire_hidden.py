"""What leaves the server in place of typed text: bullets, as many as there were characters.

Text is a key that types (explorer/trace/shown_keys.py), and everything that a text or clipboard event holds.
"""

from __future__ import annotations

import json
from typing import Any

from explorer.trace.shown_keys import BULLET, bullets, is_named

# Words of an action that say how it acts; every other string may be what it typed.
_TELLING = ("call", "button", "direction")
_STRONG = {"ctrl", "control", "alt", "option", "cmd", "command", "meta", "win", "super"}


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
        if is_named(word) or (is_chord and (len(word) == 1 or word.lower() in _STRONG))
        else bullets(word)
        for word in words
    ]
