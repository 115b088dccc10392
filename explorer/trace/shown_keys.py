"""A key as it may be shown where typed text is hidden: as it is where nothing is typed, else a bullet.

Text is a key that types a character, and what a chord with Shift alone types. Keys with a name and chords with Ctrl,
Alt or Meta are no text, unless a layout types with them: Option on macOS, and Ctrl + Alt (AltGr on Windows) with
anything but a letter or a digit. What stays is spelled anew from known words, so that nothing else can stand there.
"""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache

from explorer.trace.keys import NAMED_KEYS, chord, is_function_key, mods_text
from explorer.trace.schema import MODIFIERS

BULLET = "•"
MOST_BULLETS = 200
KeyWords = tuple[str | None, str | None, str | None]

_FOLDED = {name.casefold() for name in NAMED_KEYS} | {"space", *MODIFIERS}


@lru_cache(maxsize=4096)
def shown_key(key: str | None, mods: str | None, keys: str | None, os: str | None) -> KeyWords:
    """Key, modifiers and chord (`keys`) as they may leave: as they are where nothing is typed, else a bullet alone."""
    held = {word for word in f"{mods or ''}+{keys or ''}".split("+") if word in MODIFIERS}
    shown_mods = mods_text(set((mods or "").split("+")))
    if key is None and keys is None:
        return None, shown_mods if held - {"shift"} else None, None
    if key is None:
        name = (keys or "").rpartition("+")[2] or "+"
        is_plain = is_named(name) or (len(name) == 1 and not _types(name, held, os))
        return (None, shown_mods, chord(held, name)) if is_plain else (BULLET, None, None)
    if is_named(key) or (len(key) == 1 and not _types(key, held, os)):
        return key, shown_mods, chord(held, key) if keys else None
    return BULLET, None, None


def bullets(text: str | None, text_len: int | None = None) -> str | None:
    """A bullet for each character, at most MOST_BULLETS; None where there is no text."""
    if text is None:
        return None
    return BULLET * min(MOST_BULLETS, len(text) if text_len is None else text_len)


def is_named(name: str) -> bool:
    """Whether it is the name of a key, which types nothing that tells."""
    return name in NAMED_KEYS or name in _FOLDED or is_function_key(name)


def _types(character: str, held: Set[str], os: str | None) -> bool:
    """Whether the key types this character while these modifiers are held."""
    if "meta" in held:
        return False
    if held >= {"ctrl", "alt"}:
        return not (character.isascii() and character.isalnum())
    return "ctrl" not in held and ("alt" not in held or os == "macos")
