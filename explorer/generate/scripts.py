"""Scripts: the rows of events that one gesture leaves, as one long table that whole arrays are read from.

A click leaves three rows, a shortcut its key presses, a phrase two rows a character. A stroke names its script, and
its rows are looked up by place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from explorer.generate.apps import COMMANDS
from explorer.generate.arrays import NONE, Floats, Ints
from explorer.generate.phrases import PHRASES
from explorer.trace.keys import chord, mods_text


@dataclass(frozen=True, slots=True)
class Form:
    """What all rows of one sort have in common."""

    kind: str
    source_type: str | None = None  # None: made from the rows before it
    button: str | None = None
    clicks_n: int = 0
    has_point: bool = False


FORMS = {
    "left_down": Form("mouse_down", "mousedown", "left", has_point=True),
    "left_up": Form("mouse_up", "mouseup", "left", has_point=True),
    "left_click": Form("click", None, "left", 1, True),
    "second_click": Form("click", None, "left", 2, True),
    "double_click": Form("double_click", None, "left", 2, True),
    "drag": Form("drag", None, "left", has_point=True),
    "right_down": Form("mouse_down", "mousedown", "right", has_point=True),
    "right_up": Form("mouse_up", "mouseup", "right", has_point=True),
    "right_click": Form("click", None, "right", 1, True),
    "scroll": Form("scroll", "wheel", has_point=True),
    "key_down": Form("key_down", "keydown"),
    "key_up": Form("key_up", "keyup"),
    "shortcut": Form("shortcut"),
    "text": Form("text_input"),
    "clipboard_copy": Form("clipboard_copy", "copy"),
    "clipboard_cut": Form("clipboard_cut", "cut"),
    "clipboard_paste": Form("clipboard_paste", "paste"),
    "navigation": Form("navigation", "navigation"),
    "focus": Form("window_focus", "focus"),
    "idle": Form("idle", "idle"),
    "end": Form("task_end", "task_end"),
}
FORM_NAMES = tuple(FORMS)
# Where a row stands for several: a drag begins with the press two rows before it.
_DRAG_BACK = 2
_MODIFIERS = {"ctrl": ("Control", "ControlLeft"), "meta": ("Meta", "MetaLeft"), "shift": ("Shift", "ShiftLeft"),
              "alt": ("Alt", "AltLeft")}  # fmt: skip
_CODES = {" ": "Space", ",": "Comma", ".": "Period"}
SCROLL_RUNS = (3, 4, 6, 9, 14)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: `after_ms` since the row before it; `back` rows before it lies the one that it begins with."""

    form: str
    after_ms: float = 0.0
    key: str | None = None
    code: str | None = None
    mods: str | None = None
    chord: str | None = None
    text: str | None = None
    wheel_y: float = 0.0
    back: int = 0


@dataclass(slots=True)
class Scripts:
    """All scripts one after the other. Words are places in `names`, NONE where a row has none."""

    first: Ints
    length: Ints
    form: Ints
    after_ms: Floats
    wheel_y: Floats
    back: Ints
    words: dict[str, Ints]
    names: dict[str, list[str]]


@dataclass(slots=True)
class _Book:
    lines: list[Line] = field(default_factory=list)
    first: list[int] = field(default_factory=list)

    def add(self, *lines: Line) -> int:
        """Number of the new script."""
        self.first.append(len(self.lines))
        self.lines += lines
        return len(self.first) - 1


_book = _Book()
_CLICK = (Line("left_down", 60), Line("left_up", 75), Line("left_click"))
NOTHING = _book.add()
OPEN = _book.add(Line("focus"))
END = _book.add(Line("end", 400))
IDLE = _book.add(Line("idle", 200))
CLICK = _book.add(*_CLICK)
RIGHT_CLICK = _book.add(Line("right_down", 60), Line("right_up", 80), Line("right_click"))
DOUBLE_CLICK = _book.add(*_CLICK, Line("left_down", 110), Line("left_up", 70), Line("second_click"),
                         Line("double_click"))  # fmt: skip
PRESS = _book.add(Line("left_down", 60))
RELEASE = _book.add(Line("left_up", 90), Line("drag", back=_DRAG_BACK))
CLICK_FOCUS = _book.add(*_CLICK, Line("focus", 120))
FOLLOW = _book.add(*_CLICK, Line("navigation", 250))


def _stroke(held: Sequence[str], key: str, code: str, after: Sequence[Line] = ()) -> list[Line]:
    """Keys of a chord go down one after the other and up in reverse; `after` follows the shortcut itself."""
    lines: list[Line] = []
    for place, name in enumerate(held):
        lines.append(Line("key_down", 45, *_MODIFIERS[name], mods=mods_text(held[:place])))
    mods = mods_text(held)
    lines.append(Line("key_down", 60, key, code, mods))
    lines.append(Line("shortcut", 0, key, code, mods, chord(held, key)))
    lines += [*after, Line("key_up", 70, key, code)]
    lines += [Line("key_up", 40, *_MODIFIERS[name]) for name in reversed(held)]
    return lines


def _keys(text: str, modifier: str, after: Sequence[Line] = ()) -> list[Line]:
    """The rows of a chord as commands state it: mod+shift+v."""
    *held, key = text.replace("mod", modifier).split("+")
    code = f"Key{key.upper()}" if len(key) == 1 else key
    return _stroke(held, key.upper() if "shift" in held else key, code, after)


def _typed(phrase: str) -> list[Line]:
    lines: list[Line] = []
    for letter in phrase:
        code = _CODES.get(letter) or (f"Digit{letter}" if letter.isdigit() else f"Key{letter.upper()}")
        lines += [Line("key_down", 85, letter, code), Line("key_up", 65, letter, code)]
    return [*lines, Line("text", text=phrase, back=len(lines))]


def _left_by(place: int, after_ms: float) -> list[Line]:
    leaves = COMMANDS[place].leaves
    return [Line(leaves, after_ms, text=PHRASES[place % len(PHRASES)])] if leaves else []


PHRASE = np.array([_book.add(*_typed(phrase)) for phrase in PHRASES])
# Wheels count in lines on Windows and Linux, in pixels on macOS; three runs down, and one up.
SCROLL = np.array(
    [
        [
            _book.add(*[Line("scroll", 28, wheel_y=sign * step)] * n)
            for n in SCROLL_RUNS
            for sign in (1, 1, 1, -1)
        ]
        for step in (1.0, 36.0)
    ]
)
_MODS = ("ctrl", "meta")
# By command, and by whether the system is macOS; NOTHING where the command has no shortcut.
BY_KEYS = np.array(
    [
        [_book.add(*_keys(c.chord, mod, _left_by(n, 0))) if c.chord else NOTHING for mod in _MODS]
        for n, c in enumerate(COMMANDS)
    ]
)
BY_CLICK = np.array([_book.add(*_CLICK, *_left_by(n, 30)) for n in range(len(COMMANDS))])
SWITCH_KEYS = np.array(
    [_book.add(*_stroke([mod], "Tab", "Tab"), Line("focus", 90)) for mod in ("alt", "meta")]
)


@cache
def scripts() -> Scripts:
    """The table of all scripts."""
    lines = _book.lines
    names = {name: sorted({text for line in lines if (text := getattr(line, name))})
             for name in ("key", "code", "mods", "chord", "text")}  # fmt: skip
    places = {name: {text: place for place, text in enumerate(found)} for name, found in names.items()}
    return Scripts(
        first=np.array(_book.first),
        length=np.diff([*_book.first, len(lines)]),
        form=np.array([FORM_NAMES.index(line.form) for line in lines]),
        after_ms=np.array([line.after_ms for line in lines]),
        wheel_y=np.array([line.wheel_y for line in lines]),
        back=np.array([line.back for line in lines]),
        words={
            name: np.array([places[name].get(getattr(line, name), NONE) for line in lines]) for name in names
        },
        names=names,
    )
