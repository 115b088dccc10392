"""What openadapt-capture knows about a recording as a whole: task, platform, displays, whether it finished."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorer.errors import SourceError
from explorer.importers.identifiers import without_identifiers
from explorer.importers.jsonl import read_object
from explorer.importers.openadapt_rows import PLATFORMS, number
from explorer.trace.displays import Display
from explorer.trace.schema import FARTHEST_PX

STATE_NAME = "capture-state.json"
_TERMINAL_NAME = "capture-terminal.json"
_DEFAULT_CLICK_S, _DEFAULT_CLICK_PX = 0.5, 5.0


@dataclass(frozen=True, slots=True)
class Geometry:
    """The displays, and what the pictures show of them. Positions are stored relative to `left_px`, `top_px`."""

    displays: tuple[Display, ...] | None
    left_px: int = 0
    top_px: int = 0
    width_px: int | None = None
    height_px: int | None = None
    is_window: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """One recording's facts; `dropped` are the identifier fields that are not taken over."""

    platform: str | None
    os: str | None
    task: str | None
    geometry: Geometry
    double_click_us: int
    double_click_px: float
    is_complete: bool
    dropped: frozenset[str]


def about(recording: sqlite3.Row | None, folder: Path) -> About:
    """Read the recording row and the state files in `folder`."""
    row: dict[str, Any] = dict(recording) if recording else {}
    state, terminal = _state(folder / STATE_NAME), _state(folder / _TERMINAL_NAME)
    _, dropped = without_identifiers({**terminal, **state})
    platform = PLATFORMS.get(str(row.get("platform")))
    task = row.get("task_description")
    return About(
        platform=platform,
        os=platform or _text(row.get("platform")),
        task=_text(task),
        geometry=_geometry(row, platform),
        double_click_us=round(_positive(row.get("double_click_interval_seconds"), _DEFAULT_CLICK_S) * 1e6),
        double_click_px=_positive(row.get("double_click_distance_pixels"), _DEFAULT_CLICK_PX),
        is_complete=terminal.get("state") == "COMPLETE" or state.get("complete") is True,
        dropped=dropped,
    )


def _state(path: Path) -> Mapping[str, Any]:
    """A state file; a killed recorder may have left none, or half of one."""
    try:
        return read_object(path) or {}
    except SourceError:
        return {}


def _geometry(row: Mapping[str, Any], platform: str | None) -> Geometry:
    config = _object(row.get("config"))
    desktop = _object(config.get("capture_desktop"))
    scale = _positive(row.get("pixel_ratio"), 1.0)
    space = "logical_px" if platform == "macos" and scale != 1 else "physical_px"
    monitors = [_rectangle(rectangle) for rectangle in _list(desktop.get("monitors"))]
    if monitors and all(monitors):
        displays = [_display(place, edges, scale, space) for place, edges in enumerate(monitors) if edges]
        left, top = min(d.left_px for d in displays), min(d.top_px for d in displays)
        right = max(d.left_px + d.width_px for d in displays)
        bottom = max(d.top_px + d.height_px for d in displays)
        return Geometry(tuple(displays), left, top, right - left, bottom - top)
    for name, scope in config.items():
        viewport = _list(_object(scope).get("viewport"))
        if "window" in name and (edges := _rectangle([0, 0, *viewport])):
            return Geometry((_display(0, edges, scale, space),), 0, 0, edges[2], edges[3], is_window=True)
    edges = _rectangle([0, 0, row.get("monitor_width"), row.get("monitor_height")])
    if edges is None:
        return Geometry(None)
    return Geometry((_display(0, edges, scale, space),), 0, 0, edges[2], edges[3])


def _display(place: int, edges: tuple[int, int, int, int], scale: float, space: str) -> Display:
    left, top, width, height = edges
    is_primary = (left, top) == (0, 0)
    return Display(
        str(place), left, top, width, height, px_per_pt=min(scale, 100.0), is_primary=is_primary,
        coordinate_space=space,
    )  # fmt: skip


def _rectangle(values: Any) -> tuple[int, int, int, int] | None:
    """Left, top, width, height; None when they are no rectangle."""
    numbers = [number(value) for value in _list(values)]
    if len(numbers) != 4 or not all(abs(value) <= FARTHEST_PX for value in numbers) or min(numbers[2:]) <= 0:
        return None
    left, top, width, height = (int(value) for value in numbers)
    return left, top, width, height


def _positive(value: Any, default: float) -> float:
    found = number(value)
    return found if 0 < found < 1e6 else default


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _object(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
