"""Rows of a session as OWA messages: only what was recorded, never a row made from other rows."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from explorer.exports.actions import end_of, wheel_lines, whole_lines
from explorer.exports.key_codes import vk_of, vk_of_modifier
from explorer.exports.session_rows import Row, SessionRows, View
from explorer.exports.tally import Tally


class Message(NamedTuple):
    """One message: its topic, its time since the session's first row, and its fields."""

    topic: str
    t_us: int
    fields: dict[str, Any]


def move_message(row: Row, tally: Tally) -> Iterator[Message]:
    """The message of a pointer position."""
    if _is_placed(row, tally):
        yield Message("mouse", row["t_us"], {"event_type": "move", "x": row["x_px"], "y": row["y_px"]})


def event_messages(row: Row, tally: Tally) -> Iterator[Message]:
    """Messages of one event; none when the format has no word for it, which is counted."""
    if row["is_derived"]:
        return
    write = _WRITERS.get(row["kind"])
    if write is None:
        tally.leave_out("event_without_word")
        return
    if row["t_us"] is None:
        tally.leave_out("row_without_time")
        return
    for topic, fields in write(row, tally):
        yield Message(topic, row["t_us"], fields)


def screen_message(view: View, session: SessionRows, tally: Tally) -> Iterator[Message]:
    """The message of a screenshot, with the stored bytes inside."""
    if view.t_us is None:
        tally.leave_out("row_without_time")
        return
    picture = session.picture(view.frame_id)
    if picture is None:
        tally.leave_out("picture_not_stored")
        return
    started_us = session.facts["started_at_unix_us"]
    content = base64.b64encode(picture.bytes).decode()
    source = [round(view.width_px / (view.scale_x or 1)), round(view.height_px / (view.scale_y or 1))]
    yield Message("screen", view.t_us, {
        "utc_ns": None if started_us is None else (started_us + view.t_us) * 1_000,
        "source_shape": source, "shape": [view.width_px, view.height_px],
        "media_ref": {"uri": f"data:image/{view.format};base64,{content}"},
    })  # fmt: skip


_Fields = Iterator[tuple[str, dict[str, Any]]]


def _button(row: Row, tally: Tally) -> _Fields:
    if _is_placed(row, tally):
        yield _pressed(row, row["kind"] == "mouse_down")


def _whole_click(row: Row, tally: Tally) -> _Fields:
    """A click that the source knows only as a whole: pressed and released at once."""
    if _is_placed(row, tally):
        times_n = 2 if row["kind"] == "double_click" else row["clicks_n"] or 1
        for _ in range(times_n):
            yield from (_pressed(row, True), _pressed(row, False))


def _whole_drag(row: Row, tally: Tally) -> _Fields:
    end_px = end_of(row)
    if end_px is None:
        tally.leave_out("drag_without_end")
    elif _is_placed(row, tally):
        x, y = end_px
        yield _pressed(row, True)
        yield "mouse", {"event_type": "move", "x": x, "y": y}
        yield _pressed({**row, "x_px": x, "y_px": y}, False)


def _scroll(row: Row, tally: Tally) -> _Fields:
    if row["wheel_x"] is None and row["wheel_y"] is None:
        tally.leave_out("scroll_without_amount")
    elif _is_placed(row, tally):
        (across, is_rounded_x), (down, is_rounded_y) = map(whole_lines, wheel_lines(row))
        tally.leave_out("scroll_rounded", int(is_rounded_x or is_rounded_y))
        # OWA scrolls up with positive numbers, the trace downwards.
        yield "mouse", {"event_type": "scroll", "x": row["x_px"], "y": row["y_px"], "dx": across, "dy": -down}


def _key(row: Row, tally: Tally) -> _Fields:
    code = _vk(row, tally)
    if code is not None:
        yield "keyboard", {"event_type": "press" if row["kind"] == "key_down" else "release", "vk": code}


def _whole_shortcut(row: Row, tally: Tally) -> _Fields:
    """A shortcut that the source knows only as a whole: its keys go down in order and up again."""
    code = _vk(row, tally)
    if code is not None:
        codes = [*(vk_of_modifier(mod) for mod in (row["mods"] or "").split("+") if mod), code]
        yield from (("keyboard", {"event_type": "press", "vk": vk}) for vk in codes)
        yield from (("keyboard", {"event_type": "release", "vk": vk}) for vk in reversed(codes))


def _text(row: Row, tally: Tally) -> _Fields:
    tally.leave_out("text_without_keys")
    yield from ()


def _window(row: Row, tally: Tally) -> _Fields:
    sides = [row[f"window_{side}_px"] for side in ("left", "top", "width", "height")]
    if row["window_title"] is None and None in sides:
        tally.leave_out("event_without_word")
        return
    left, top, width, height = (0, 0, 0, 0) if None in sides else sides
    yield (
        "window",
        {"title": row["window_title"] or "", "rect": [left, top, left + width, top + height], "hWnd": 0},
    )


_WRITERS: dict[str, Callable[[Row, Tally], _Fields]] = {
    "mouse_down": _button, "mouse_up": _button, "click": _whole_click, "double_click": _whole_click,
    "drag": _whole_drag, "scroll": _scroll, "key_down": _key, "key_up": _key, "shortcut": _whole_shortcut,
    "text_input": _text, "window_focus": _window, "navigation": _window,
}  # fmt: skip


def _pressed(row: Row, is_down: bool) -> tuple[str, dict[str, Any]]:
    fields = {"event_type": "click", "x": row["x_px"], "y": row["y_px"]}
    return "mouse", {**fields, "button": row["button"] or "unknown", "pressed": is_down}


def _vk(row: Row, tally: Tally) -> int | None:
    if row["key"] is None and row["code"] is None:
        tally.leave_out("key_unknown")
        return None
    code = vk_of(row["key"], row["code"])
    tally.leave_out("key_without_code", int(code is None))
    return code


def _is_placed(row: Row, tally: Tally) -> bool:
    if row["t_us"] is None:
        tally.leave_out("row_without_time")
        return False
    is_placed = row["x_px"] is not None and row["y_px"] is not None
    tally.leave_out("position_unknown", int(not is_placed))
    return is_placed
