"""The files beside events.jsonl: foreground windows, elements hit, accessibility trees, the annotator's steps.

A hit element belongs to the press nearest in time; accessibility trees are kept as the one element at their root, and
counted. An element called "Desktop" that is not as large as the screen was declared tells that resolution or scale
have changed: that is noted as display_change, with the size in the element's own unit.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from explorer.errors import SourceError
from explorer.importers.columns import json_text
from explorer.importers.jsonl import JsonLines
from explorer.importers.pynput_rows import number
from explorer.importers.recording import HINT_DAMAGED, Events, objects, times_us
from explorer.trace.displays import Display

# A press whose element was looked up at another time than this was not the one.
NEAREST_US = 1_000_000
_DESKTOP = re.compile(r"Desktop( \d+)?")
_COLUMNS = ("element_role", "element_name", "element_left_px", "element_top_px", "element_width_px",
            "element_height_px")  # fmt: skip
_MOST_NODES = 1_000_000
_LATEST_S = 1e9


@dataclass(slots=True)
class SideRows:
    """Event and step rows without their place; `counts` tells what is only counted."""

    events: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    step_ends_us: list[int] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    display_changes_n: int = 0
    first_change_us: int | None = None


def read_side(folder: Path, events: Events, screen: Display | None) -> SideRows:
    """Rows of all files there are; elements are written into the columns of the presses in `events`."""
    side = SideRows()
    for t_us, row in _timed(folder / "top_window.jsonl"):
        app = row.get("top_window_name")
        if isinstance(app, str) and app:
            side.events.append(
                {"kind": "window_focus", "t_us": t_us, "app": app, "source_type": "top_window"}
            )
    _read_elements(folder / "element.jsonl", events, screen, side)
    trees_n = 0
    for t_us, row in _timed(folder / "a11y.jsonl"):
        trees_n += 1
        nodes = {"nodes_n": _nodes_n(row.get("axtree"))}
        own = {"t_us": t_us, "source_type": "a11y", "extra": json_text(nodes)}
        side.events.append({"kind": "ui_element", **own, **element_columns(row.get("axtree"))})
    html_n = sum(1 for _ in JsonLines(folder / "html.jsonl")) if (folder / "html.jsonl").is_file() else 0
    side.counts = {"a11y_trees_n": trees_n, "html_rows_n": html_n}
    side.counts = {name: n for name, n in side.counts.items() if n}
    _read_steps(folder, side)
    return side


def element_columns(node: Any) -> dict[str, Any]:
    """Role, name and rectangle of an element of Windows' UI Automation; what is not there is None."""
    node = node if isinstance(node, dict) else {}
    role, name, edges = node.get("ControlType"), node.get("Name"), node.get("BoundingRectangle")
    found: dict[str, Any] = dict.fromkeys(_COLUMNS)
    found["element_role"] = role if isinstance(role, str) and role else None
    found["element_name"] = name if isinstance(name, str) and name else None
    sides = (
        [number(edges.get(side)) for side in ("left", "top", "right", "bottom")]
        if isinstance(edges, dict)
        else []
    )
    if len(sides) == 4 and all(math.isfinite(side) for side in sides):
        left, top, right, bottom = sides
        if right >= left and bottom >= top:
            found |= dict(zip(_COLUMNS[2:], (left, top, right - left, bottom - top), strict=True))
    return found


def _read_elements(path: Path, events: Events, screen: Display | None, side: SideRows) -> None:
    presses = np.flatnonzero(events.kind == "mouse_down")
    columns = {name: objects([None] * len(events)) for name in _COLUMNS}
    nearest: dict[int, int] = {}
    known = (screen.width_px, screen.height_px) if screen else None
    for t_us, row in _timed(path):
        element = element_columns(row.get("a11y_tree"))
        size = _desktop_size(element)
        if size and known and size != known:
            side.events.append(_change(t_us, size))
            side.display_changes_n += 1
            side.first_change_us = t_us if side.first_change_us is None else side.first_change_us
        known = size or known
        gaps = np.abs(events.t_us[presses].astype(np.float64) - t_us)
        press = int(presses[int(gaps.argmin())]) if len(presses) and gaps.min() <= NEAREST_US else None
        if press is None:
            side.events.append({"kind": "ui_element", "t_us": t_us, "source_type": "element", **element})
        elif gaps.min() <= nearest.get(press, NEAREST_US):
            nearest[press] = int(gaps.min())
            for name in _COLUMNS:
                columns[name][press] = element[name]
    if nearest:
        events.columns |= columns


def _desktop_size(element: dict[str, Any]) -> tuple[int, int] | None:
    name = element["element_name"]
    if element["element_role"] != "PaneControl" or not name or not _DESKTOP.fullmatch(name):
        return None
    left, top, width, height = (element[column] for column in _COLUMNS[2:])
    return (int(width), int(height)) if left == top == 0 and width and height else None


def _change(t_us: int, size: tuple[int, int]) -> dict[str, Any]:
    seen = {"seen_width": size[0], "seen_height": size[1], "seen_in": "element"}
    return {"kind": "display_change", "t_us": t_us, "source_type": "element", "extra": json_text(seen)}


def _read_steps(folder: Path, side: SideRows) -> None:
    """The annotator's steps; the complete file adds what kind of input each one was."""
    complete = {
        row.get("id"): row
        for _, row in _rows(folder / "reduced_events_complete.jsonl")
        if _is_id(row.get("id"))
    }
    name = "reduced_events_vis.jsonl"
    name = name if (folder / name).is_file() else "reduced_events_complete.jsonl"
    for t_us, row in _timed(folder / name, "start_time"):
        end_s = number(row.get("end_time"))
        end_us = round(end_s * 1e6) if abs(end_s) < _LATEST_S else t_us
        number_of_row = row.get("id")
        kind = complete.get(number_of_row, row) if _is_id(number_of_row) else row
        said = {name: row[name] for name in ("action", "description") if isinstance(row.get(name), str)}
        hit = row.get("target")
        target: dict[str, Any] = hit if isinstance(hit, dict) else {}
        said |= {
            name: target[name] for name in ("title", "control_type") if isinstance(target.get(name), str)
        }
        side.steps.append({
            "t_us": t_us, "step": len(side.steps), "actor": "human",
            "action_type": _text(kind.get("action")), "action_args": _clean(json_text(said)),
            "extra": json_text({"id": number_of_row if _is_id(number_of_row) else None}),
        })  # fmt: skip
        side.step_ends_us.append(max(t_us, end_us))


def _timed(path: Path, column: str = "time_stamp") -> Iterator[tuple[int, dict[str, Any]]]:
    """Time in microseconds and row of each line; SourceError at a line without a time."""
    for line, row in _rows(path):
        where = f"{path.name}:{line}"
        if math.isnan(number(row.get(column))):
            raise SourceError(f"{column} is not a number", where=where, hint=HINT_DAMAGED)
        yield _us(row[column], where), row


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    if path.is_file():
        yield from JsonLines(path)


def _us(time_s: Any, where: str) -> int:
    return int(times_us(np.array([number(time_s)]), 1e6, lambda _: where)[0])


def _nodes_n(tree: Any) -> int:
    """Elements in a tree, however deep."""
    nodes_n, waiting = 0, [tree]
    while waiting and nodes_n < _MOST_NODES:
        node = waiting.pop()
        if isinstance(node, dict):
            nodes_n += 1
            children = node.get("Children")
            waiting += children if isinstance(children, list) else []
    return nodes_n


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _text(value: Any) -> str | None:
    return _clean(value) if isinstance(value, str) and value else None


def _clean(value: str | None) -> str | None:
    return value.encode("utf-8", "replace").decode() if value else None
