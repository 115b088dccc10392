"""Actions as pyautogui calls with positions as shares (0 to 1) of the step's picture, as AgentNet writes them."""

from __future__ import annotations

import math

from explorer.exports.actions import Action, lines_of
from explorer.exports.key_codes import pyautogui_hotkey, pyautogui_key
from explorer.exports.places import Share
from explorer.exports.tally import Tally

_CLICKS = {
    ("click", "left"): "click", ("click", "right"): "rightClick", ("click", "middle"): "middleClick",
    ("double_click", "left"): "doubleClick", ("triple_click", "left"): "tripleClick",
}  # fmt: skip
_CLICKS_N = {"click": 1, "double_click": 2, "triple_click": 3}
_STATUS = {"done": "success", "fail": "failure"}
_DIGITS = 6


def code_of(
    action: Action, at: Share | None, end: Share | None, tally: Tally, outcome: str | None = None
) -> str | None:
    """The call, or None when the format cannot hold the action; the reason is counted.

    `at` and `end` are where the action begins and ends.
    """
    if action.is_pointing:
        return _pointing(action, at, end)
    if action.kind == "scroll":
        return _scroll(action, at, tally)
    if action.kind in ("shortcut", "key"):
        return _keys(action, tally)
    if action.kind == "text":
        return f"pyautogui.write({_literal(action.text)})"
    return _pause(action) if action.kind == "wait" else _end(action, outcome, tally)


def _pointing(action: Action, at: Share | None, end: Share | None) -> str | None:
    if at is None:
        return None
    if action.kind != "drag":
        return _click(action, at)
    return _drag(action, at, end) if end else None


def _pause(action: Action) -> str:
    return f"computer.wait({_number(action.seconds)})"


def _click(action: Action, at: Share) -> str:
    button = action.button or "left"
    function = _CLICKS.get((action.kind, button))
    if function:
        return f"pyautogui.{function}({_point(at)})"
    clicks_n = _CLICKS_N[action.kind]
    return f"pyautogui.click({_point(at)}, clicks={clicks_n}, button='{button}')"


def _drag(action: Action, at: Share, end: Share) -> str:
    to = f"pyautogui.dragTo({_point(end)}, button='{action.button or 'left'}')"
    return f"pyautogui.moveTo({_point(at)})\n{to}"


def _scroll(action: Action, at: Share | None, tally: Tally) -> str:
    axis, lines, is_rounded = lines_of(action)
    tally.leave_out("scroll_rounded", int(is_rounded or bool(action.wheel_x and action.wheel_y)))
    place = f", {_point(at)}" if at else ""
    # pyautogui scrolls up with positive numbers, the trace downwards.
    return f"pyautogui.hscroll({lines}{place})" if axis == "x" else f"pyautogui.scroll({-lines}{place})"


def _keys(action: Action, tally: Tally) -> str | None:
    names = pyautogui_hotkey(action.mods, action.key)
    if names is None:
        tally.leave_out("key_without_code")
        return None
    if len(names) > 1:
        return f"pyautogui.hotkey({', '.join(map(_literal, names))})"
    times = f", presses={action.times_n}" if action.times_n > 1 else ""
    return f"pyautogui.press({_literal(pyautogui_key(action.key) or '')}{times})"


def _end(action: Action, outcome: str | None, tally: Tally) -> str | None:
    said = action.status if action.status in ("success", "failure") else _STATUS.get(outcome or "")
    if said is None:
        tally.leave_out("event_without_word")
        return None
    return f"computer.terminate(status='{said}')"


def _point(share: Share) -> str:
    return f"x={_number(share[0])}, y={_number(share[1])}"


def _number(value: float | None) -> str:
    if not isinstance(value, (int, float)) or not math.isfinite(value):
        return ""
    return f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".")


def _literal(text: str) -> str:
    """The text as a Python literal; brackets escaped, so that no reader takes them for nesting."""
    plain = repr(text)
    for bracket in "([{":
        plain = plain.replace(bracket, f"\\x{ord(bracket):02x}")
    return plain
