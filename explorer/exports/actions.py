"""A session's events as the actions a person would name: click, drag, scroll, shortcut, key, typed text. Pure.

Rows that are parts of an action (press and release, single scroll ticks, single characters) go into it; a shortcut or
a double click replaces the rows it was made from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from explorer.exports.tally import Tally
from explorer.trace.keys import ALT_GRAPH, MODIFIER_KEYS, is_printable

# A longer pause than this ends a run of typed characters or scroll ticks.
TYPING_GAP_US, SCROLL_GAP_US = 2_000_000, 1_000_000
_PX_A_LINE = 100.0  # what browsers scroll for one notch of a wheel
_LINES = {"px": 1 / _PX_A_LINE, "page": 10.0}
_CLICKS = ("click", "double_click")
_PARTS = ("mouse_down", "mouse_up", "key_up")

Row = dict[str, Any]


@dataclass(slots=True)
class Action:
    """One action. `kind`: click, double_click, triple_click, drag, scroll, shortcut, key, text, wait or end.

    Positions are desktop pixels and shares of the display; wheel amounts are lines, downwards and to the right.
    """

    kind: str
    row: Row
    last_us: int | None = None
    button: str | None = None
    end_px: tuple[int, int] | None = None
    wheel_x: float = 0.0
    wheel_y: float = 0.0
    mods: tuple[str, ...] = ()
    key: str = ""
    times_n: int = 1
    text: str = ""
    is_broken: bool = False  # text in which a key is unknown
    status: str | None = None
    seconds: float | None = None

    @property
    def step(self) -> int | None:
        """Number of the step that caused it."""
        step: int | None = self.row["step"]
        return step

    @property
    def is_pointing(self) -> bool:
        """It needs a position."""
        return self.kind in ("click", "double_click", "triple_click", "drag")


def actions_of(rows: Iterable[Row], tally: Tally, *, os: str | None, has_key_rows: bool) -> list[Action]:
    """Actions of one session from all its events in true order; what is no action is counted."""
    reading = _Reading(tally, os, has_key_rows)
    for row, following in pairwise(chain(rows, [{}])):
        reading.add(row, following)
    whole = [action for action in reading.actions if not action.is_broken]
    tally.leave_out("text_unknown", len(reading.actions) - len(whole))
    return whole


class _Reading:
    def __init__(self, tally: Tally, os: str | None, has_key_rows: bool) -> None:
        self.actions: list[Action] = []
        self._tally, self._os, self._has_key_rows = tally, os, has_key_rows

    def add(self, row: Row, following: Row) -> None:
        kind = row["kind"]
        if kind in _CLICKS:
            self._click(row)
        elif kind == "drag":
            self._drag(row)
        elif kind == "scroll":
            self._scroll(row)
        elif kind == "shortcut":
            self._key(row, is_shortcut=True)
        elif kind == "key_down":
            if not _is_part_of_shortcut(row, following, self._os):
                self._key(row, is_shortcut=False)
        elif kind == "text_input":
            self._text(row)
        elif kind == "task_end":
            self._append(Action("end", row, status=extra_of(row).get("status")))
        elif kind == "idle" and row["step"] is not None:
            self._append(Action("wait", row, seconds=extra_of(row).get("seconds")))
        elif kind not in _PARTS and not row["is_derived"]:
            self._tally.leave_out("event_without_word")

    def _append(self, action: Action) -> None:
        action.last_us = action.row["t_us"]
        self.actions.append(action)

    def _click(self, row: Row) -> None:
        kind = "triple_click" if row["clicks_n"] == 3 else row["kind"]
        parts = {"double_click": ("click", "click"), "triple_click": ("double_click",)}.get(kind, ())
        last = self.actions[-len(parts) :] if parts and row["is_derived"] else []
        if last and [(a.kind, a.button) for a in last] == [(part, row["button"]) for part in parts]:
            row = {**row, "frame_id": last[0].row["frame_id"], "t_us": last[0].row["t_us"]}
            del self.actions[-len(parts) :]
        self._append(Action(kind, row, button=row["button"]))

    def _drag(self, row: Row) -> None:
        end_px = end_of(row)
        if end_px is None:
            self._tally.leave_out("drag_without_end")
        else:
            self._append(Action("drag", row, button=row["button"], end_px=end_px))

    def _scroll(self, row: Row) -> None:
        x, y = wheel_lines(row)
        if not (x or y):
            self._tally.leave_out("scroll_without_amount")
            return
        last = self._last("scroll", row, SCROLL_GAP_US)
        if last and _sign(last.wheel_x) == _sign(x) and _sign(last.wheel_y) == _sign(y):
            last.wheel_x, last.wheel_y, last.last_us = last.wheel_x + x, last.wheel_y + y, row["t_us"]
        else:
            self._append(Action("scroll", row, wheel_x=x, wheel_y=y))

    def _key(self, row: Row, *, is_shortcut: bool) -> None:
        key, mods = row["key"], tuple((row["mods"] or "").split("+")) if row["mods"] else ()
        if key is None:
            self._tally.leave_out("key_unknown")
            self._break_text(row, is_shortcut=is_shortcut)
        elif is_shortcut or (mods and not is_printable(key) and key not in MODIFIER_KEYS):
            self._append(Action("shortcut", row, mods=mods, key=key))
        elif is_printable(key):
            last = self._last("text", row, TYPING_GAP_US)
            if last and last.row["kind"] == "key_down":
                last.text, last.last_us = last.text + key, row["t_us"]
            else:
                self._append(Action("text", row, text=key))
        elif key not in MODIFIER_KEYS and key != ALT_GRAPH:
            self._named_key(row, key)

    def _break_text(self, row: Row, *, is_shortcut: bool) -> None:
        """A typed text with an unknown key in it is not the text that was typed."""
        last = self._last("text", row, TYPING_GAP_US)
        if last and last.row["kind"] == "key_down" and not is_shortcut:
            last.is_broken, last.last_us = True, row["t_us"]
        elif not is_shortcut:
            self._append(Action("text", row, is_broken=True))

    def _named_key(self, row: Row, key: str) -> None:
        times_n = extra_of(row).get("presses_n")
        times_n = times_n if isinstance(times_n, int) and times_n > 0 else 1
        last = self._last("key", row, TYPING_GAP_US)
        if last and last.key == key and row["t_us"] is not None:
            last.times_n, last.last_us = last.times_n + times_n, row["t_us"]
        else:
            self._append(Action("key", row, key=key, times_n=times_n))

    def _text(self, row: Row) -> None:
        if row["is_derived"] and self._has_key_rows:
            return  # its keys are there one by one
        if row["text"] is None:
            self._tally.leave_out("text_unknown")
            return
        last = self._last("text", row, TYPING_GAP_US)
        is_grown = last is not None and row["t_us"] is not None and row["text"].startswith(last.text)
        if last is not None and is_grown and last.row["kind"] == "text_input":
            last.text, last.last_us = row["text"], row["t_us"]  # forms tell all of a field at each change
        else:
            self._append(Action("text", row, text=row["text"]))

    def _last(self, kind: str, row: Row, gap_us: int) -> Action | None:
        """The latest action, if it is of this kind, in the same step and application, and recent."""
        last = self.actions[-1] if self.actions else None
        if last is None or last.kind != kind or last.step != row["step"] or last.row["app"] != row["app"]:
            return None
        if last.last_us is None or row["t_us"] is None:
            return last if last.step is None and kind == "text" and row["kind"] == "key_down" else None
        return last if row["t_us"] - last.last_us <= gap_us else None


def _is_part_of_shortcut(row: Row, following: Row, os: str | None) -> bool:
    """True for the key row that the next row names as a shortcut, and for its repeats while modifiers are held."""
    if following.get("kind") == "shortcut" and following["is_derived"] and following["code"] == row["code"]:
        return True
    mods = set((row["mods"] or "").split("+"))
    if os == "macos" and mods <= {"alt", "shift"} and is_printable(row["key"]):
        return False
    return bool(mods & {"ctrl", "alt", "meta"})


def lines_of(action: Action) -> tuple[str, int, bool]:
    """Axis (x or y), whole lines (downwards, to the right) and whether they were rounded, of a scroll action."""
    axis = "x" if abs(action.wheel_x) > abs(action.wheel_y) else "y"
    return axis, *whole_lines(action.wheel_x if axis == "x" else action.wheel_y)


def whole_lines(amount: float) -> tuple[int, bool]:
    """The nearest whole number but 0, unless the amount is 0; and whether that is another number."""
    if not amount:
        return 0, False
    lines = max(1, round(abs(amount))) * (1 if amount > 0 else -1)
    return lines, abs(lines - amount) > 1e-6


def wheel_lines(row: Row) -> tuple[float, float]:
    """Scroll amounts of an event in lines: to the right, downwards."""
    unit = _LINES.get(row["wheel_unit"] or "", 1.0)
    return (row["wheel_x"] or 0.0) * unit, (row["wheel_y"] or 0.0) * unit


def by_step(actions: Iterable[Action], steps: Sequence[Row]) -> dict[int | None, list[Action]]:
    """Actions by the step that caused them, each list in order; the end of the task belongs to the last step."""
    found: dict[int | None, list[Action]] = {}
    for action in actions:
        is_end = action.kind == "end" and action.step is None
        found.setdefault(steps[-1]["step"] if is_end and steps else action.step, []).append(action)
    return found


def end_of(row: Row) -> tuple[int, int] | None:
    """Desktop pixels at which a drag ends; None where that was not recorded."""
    extra = extra_of(row)
    x, y = extra.get("end_x_px"), extra.get("end_y_px")
    return (x, y) if isinstance(x, int) and isinstance(y, int) else None


def extra_of(row: Row) -> dict[str, Any]:
    """What the row's extra says; empty where it is no JSON object."""
    try:
        extra = json.loads(row["extra"] or "{}")
    except (ValueError, RecursionError):
        return {}
    return extra if isinstance(extra, dict) else {}


def _sign(amount: float) -> int:
    return (amount > 0) - (amount < 0)
