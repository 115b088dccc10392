"""The wire's rows and states said again without columns: one row at a time, in plain Python."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from .wire_reading import Chunk

Run = Callable[[str, dict[str, object]], Any]
Row = tuple[int, int, int, str, dict[str, Any] | None]

UNKNOWN = -32768
SAME = ("button", "clicks_n", "wheel_x", "wheel_y", "wheel_unit", "key", "mods", "chord", "text", "text_len", "command",
        "via", "step", "flags")  # fmt: skip
BOX = ("left", "top", "width", "height")


def plain_rows(run: Run, session_id: str) -> Iterator[Row]:
    """Time, x, y, kind and detail (with typed text) of every row of a session that has times."""
    moves = run("replay/moves", {"session_id": session_id}).to_pylist()
    events = run("replay/events", {"session_id": session_id}).to_pylist()
    clock_us = 0
    for row in sorted([*moves, *events], key=lambda row: row["seq"]):
        clock_us = max(clock_us, row["t_us"] or 0)
        x, y = row["x_px"], row["y_px"]
        if x is None or y is None or max(abs(x), abs(y)) > 32767:
            x = y = UNKNOWN
        yield clock_us, x, y, row.get("kind", "move"), plain_detail(row, clock_us) if "kind" in row else None


def plain_detail(row: dict[str, Any], at_us: int) -> dict[str, Any]:
    detail = {name: cut(row[name]) for name in SAME if row[name] is not None}
    if row["text"] is not None:
        detail["text_len"] = row["text_len"] if row["text_len"] is not None else len(row["text"])
    for name, is_so in (("redacted", row["is_text_redacted"]), ("derived", row["is_derived"])):
        if is_so:
            detail[name] = True
    element = {name: row[f"element_{name}"] for name in ("role", "name")}
    element |= {name: row[f"element_{name}_px"] for name in BOX}
    if any(value is not None for value in element.values()):
        detail["element"] = {name: value for name, value in element.items() if value is not None}
    if row["end_us"] is not None or row["kind"] == "drag":
        detail |= plain_length(row, at_us)
    return detail


def cut(value: Any) -> Any:
    return value[:1999] + "…" if isinstance(value, str) and len(value) > 2000 else value


def plain_length(row: dict[str, Any], at_us: int) -> dict[str, int]:
    start_us = at_us if row["t_us"] is None else row["t_us"]
    end_us = max(start_us, at_us if row["end_us"] is None else row["end_us"])
    if start_us < at_us and end_us < at_us:
        start_us, end_us = start_us + at_us - end_us, at_us
    found = {"end_us": end_us}
    if row["kind"] == "drag" or start_us != at_us:
        found["start_us"] = start_us
    if row["kind"] == "drag" and row["extra"] and "end_x_px" in row["extra"]:
        told = json.loads(row["extra"])
        if isinstance(told["end_x_px"], int):
            found |= {"end_x": told["end_x_px"], "end_y": told["end_y_px"]}
    return found


WINDOW = ("app", "window_title", "url", *(f"window_{edge}_px" for edge in BOX))


def plain_windows(run: Run, session_id: str) -> Iterator[list[Any]]:
    """The window in front after each row."""
    moves = run("replay/moves", {"session_id": session_id}).to_pylist()
    events = run("replay/events", {"session_id": session_id}).to_pylist()
    now: list[Any] = [None] * len(WINDOW)
    for row in sorted([*moves, *events], key=lambda row: row["seq"]):
        if "kind" in row and not row["is_derived"]:
            told = [row[name] for name in WINDOW]
            pairs = list(zip(told, now, strict=True))
            is_other = any(new is not None and old is not None and new != old for new, old in pairs[:2])
            now = told if is_other else [old if new is None else new for new, old in pairs]
        yield now


def wire_windows(chunks: list[Chunk]) -> Iterator[list[Any]]:
    """The same out of the headers of decoded chunks."""
    for chunk in chunks:
        changes = {row: window for row, *window in chunk.header["windows"]}
        for row in range(chunk.header["rows_n"]):
            if row in changes:
                now = changes[row]
            yield now


def wire_rows(chunks: list[Chunk]) -> Iterator[Row]:
    """The same out of decoded chunks; what a press is to a release is left to `walked`."""
    for chunk in chunks:
        for t_us, x, y, kind, detail in zip(
            chunk.t_us, chunk.x, chunk.y, chunk.kinds, chunk.details, strict=True
        ):
            told = (
                None if detail is None else {name: value for name, value in detail.items() if name != "press"}
            )
            yield t_us, x, y, kind, told


def walked(chunk: Chunk) -> dict[str, Any]:
    """State after the rows of a chunk, from the state before them, as the contract lets the player compute it."""
    state = json.loads(json.dumps(chunk.header["state"]))
    at = (state["x"], state["y"])
    held = [(button, state["drag_from"]) for button in state["buttons"]]
    keys = [tuple(pair) for pair in state["keys"]]
    for x, y, kind, detail in zip(chunk.x, chunk.y, chunk.kinds, chunk.details, strict=True):
        is_derived = bool(detail and detail.get("derived"))
        if x != UNKNOWN and not is_derived:
            at = (x, y)
            if kind == "drag" and detail and "end_x" in detail:
                at = (detail["end_x"], detail["end_y"])
        if detail is None or is_derived or "press" in detail:
            continue
        button = detail.get("button", "touch" if kind.startswith("touch") else "unknown")
        if kind in ("mouse_down", "touch_start"):
            held.append((button, None if at[0] is None else list(at)))
        elif kind in ("mouse_up", "touch_end"):
            held.remove(next(pair for pair in held if pair[0] == button))
        elif kind == "key_down" and "key" in detail:
            keys.append((detail["key"], detail.get("mods")))
        elif kind == "key_up" and "key" in detail:
            keys.remove(next(pair for pair in keys if pair[0].lower() == detail["key"].lower()))
    return {
        "x": at[0], "y": at[1], "buttons": [button for button, _ in held], "keys": [list(pair) for pair in keys],
        "drag_from": held[0][1] if held else None,
    }  # fmt: skip
