"""Key presses as the text that stands in a field after them.

Backspace and Delete, arrows with and without selection, Home and End, words by Ctrl, select all, cut, paste, undo,
letters by AltGr, and key repeat are followed. What nobody can know ends the text: a click, another window, Tab, Escape,
arrows to other lines. A text that was deleted again was typed all the same: it is given as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

MASKED = "\ufffd"  # stands for a press whose key was masked
_LEAST_DELETED_N = 3
_MODIFIERS = {"Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "NumLock", "Fn", "Dead", "OS"}
_COMMANDS = {"ctrl", "meta"}


@dataclass(frozen=True, slots=True)
class Press:
    """One row: a key going down (`key` None when masked), a paste (`pasted`), or with neither an interruption."""

    seq: int
    key: str | None = None
    mods: str | None = None
    pasted: str | None = None
    is_key: bool = True


@dataclass(frozen=True, slots=True)
class Typed:
    """A text, and for each of its characters the row that wrote it."""

    text: str
    seqs: tuple[int, ...]


@dataclass(slots=True)
class _Field:
    """A field as far as it was typed: characters with their rows, cursor, and where a selection began."""

    signs: list[tuple[str, int]] = field(default_factory=list)
    at: int = 0
    anchor: int | None = None
    undone: list[list[tuple[str, int]]] = field(default_factory=list)
    deleted_n: int = 0
    full: Typed | None = None

    def typed(self) -> Typed:
        return Typed("".join(sign for sign, _ in self.signs), tuple(seq for _, seq in self.signs))

    def insert(self, text: str, seq: int) -> None:
        self.undone.append(list(self.signs))
        del self.undone[:-50]
        self.cut()
        self.signs[self.at : self.at] = [(sign, seq) for sign in text]
        self.at += len(text)

    def cut(self) -> None:
        """Delete what is selected."""
        if self.anchor is not None and self.anchor != self.at:
            start, end = sorted((self.anchor, self.at))
            self.delete(start, end)
        self.anchor = None

    def delete(self, start: int, end: int) -> None:
        if self.deleted_n == 0:
            self.full = self.typed()
        self.deleted_n += max(0, end - start)
        del self.signs[start:end]
        self.at = start

    def move(self, to: int, mods: set[str]) -> None:
        if "shift" not in mods:
            self.anchor = None
        elif self.anchor is None:
            self.anchor = self.at
        self.at = max(0, min(len(self.signs), to))

    def line(self, way: int) -> int:
        """Start (-1) or end (1) of the cursor's line."""
        at = self.at
        while (at > 0 if way < 0 else at < len(self.signs)) and self.signs[at - (way < 0)][0] != "\n":
            at += way
        return at

    def word(self, way: int) -> int:
        """The next place of a word's start (-1) or end (1)."""
        at, has_word = self.at, False
        while at > 0 if way < 0 else at < len(self.signs):
            is_word = self.signs[at - (way < 0)][0].isalnum()
            if has_word and not is_word:
                break
            has_word |= is_word
            at += way
        return at


def typed(presses: Iterable[Press]) -> Iterator[Typed]:
    """The texts of presses in their true order; texts of one character are left out."""
    now = _Field()
    for press in presses:
        if press.pasted is not None:
            now.insert(press.pasted, press.seq)
            continue
        is_text = press.is_key and _follow(now, press)
        if now.deleted_n and press.key not in ("Backspace", "Delete"):
            yield from _given_up(now)
        if not is_text:
            yield from _whole(now)
            now = _Field()
    yield from _given_up(now)
    yield from _whole(now)


def _given_up(now: _Field) -> Iterator[Typed]:
    """What stood there before so much was deleted that it was no slip."""
    if now.full is not None and now.deleted_n >= _LEAST_DELETED_N:
        yield now.full
    now.deleted_n, now.full = 0, None


def _whole(now: _Field) -> Iterator[Typed]:
    if len(now.signs) > 1:
        yield now.typed()


def _follow(now: _Field, press: Press) -> bool:
    """Do what the key does; False when it leads to where nobody can follow."""
    mods, key = set((press.mods or "").split("+")), press.key
    is_command = bool(mods & _COMMANDS) and not {"ctrl", "alt"} <= mods
    if key is None:
        now.insert(MASKED, press.seq)
    elif key in _MODIFIERS:
        pass
    elif is_command and len(key) == 1:
        return _command(now, key.lower())
    elif len(key) == 1:
        now.insert(key.upper() if "shift" in mods and key.islower() else key, press.seq)
    elif key == "Enter":
        now.insert("\n", press.seq)
    elif key == "Space":
        now.insert(" ", press.seq)
    elif key in ("Backspace", "Delete"):
        _erase(now, -1 if key == "Backspace" else 1, is_command)
    else:
        return _move(now, key, mods, is_command)
    return True


def _command(now: _Field, key: str) -> bool:
    if key == "a":
        now.anchor, now.at = 0, len(now.signs)
    elif key == "x":
        now.cut()
    elif key == "z" and now.undone:
        now.signs = now.undone.pop()
        now.at, now.anchor = min(now.at, len(now.signs)), None
    return key in "axzcvbiuy"


def _erase(now: _Field, way: int, by_word: bool) -> None:
    if now.anchor is not None and now.anchor != now.at:
        now.cut()
        return
    to = now.word(way) if by_word else max(0, min(len(now.signs), now.at + way))
    now.delete(*sorted((now.at, to)))


def _move(now: _Field, key: str, mods: set[str], by_word: bool) -> bool:
    if key in ("ArrowLeft", "ArrowRight"):
        way = -1 if key == "ArrowLeft" else 1
        now.move(now.word(way) if by_word else now.at + way, mods)
    elif key in ("Home", "End"):
        way = -1 if key == "Home" else 1
        now.move((0 if way < 0 else len(now.signs)) if by_word else now.line(way), mods)
    else:
        return False
    return True
