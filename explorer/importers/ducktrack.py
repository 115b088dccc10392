"""DuckTrack: events.jsonl (pynput rows), metadata.json, and a video that is not read.

Clock: time.perf_counter, which counts from an arbitrary point; the wall-clock start is local time of an unknown zone,
so the session has none. Positions are logical points of the main display, often with fractions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from explorer.errors import SourceError
from explorer.importers.base import Source, sha256_of_files
from explorer.importers.columns import json_text
from explorer.importers.identifiers import without_identifiers
from explorer.importers.jsonl import JsonLines, first_object, read_object
from explorer.importers.recording import HINT_DAMAGED, Events, Moves, Recording, objects, times_us
from explorer.trace.displays import Display
from explorer.trace.keys import from_pynput
from explorer.trace.schema import BUTTONS, FARTHEST_PX

EVENTS_NAME, METADATA_NAME = "events.jsonl", "metadata.json"
PLATFORMS = {"Darwin": "macos", "Windows": "windows", "Linux": "linux"}
_VIDEOS = (".mp4", ".mkv", ".mov")
# AgentNetTool writes the same two names, and these beside them.
_OTHER_RECORDER = ("a11y.jsonl", "element.jsonl", "event_buffer.jsonl", "html.jsonl", "task_name.json")
_OWN_COLUMN = ("system", "screen_width", "screen_height", "obs_record_state_timings")
_UNUSABLE = math.inf  # a position was recorded, but it is no number


@dataclass(slots=True)
class _Rows:
    """Rows of the file as parallel lists: pointer positions, and everything else."""

    move_lines: list[int] = field(default_factory=list)
    move_s: list[float] = field(default_factory=list)
    move_xy: list[tuple[float, float]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    event_s: list[float] = field(default_factory=list)


class DuckTrack:
    """Importer of DuckTrack recordings: a folder, or its events.jsonl."""

    formats: tuple[str, ...] = ("ducktrack",)
    version = "1"

    def find(self, path: Path) -> Source | None:
        """A folder with events.jsonl of DuckTrack's shape; metadata.json is missing when the recorder was killed."""
        events = path / EVENTS_NAME if path.is_dir() else path
        if events.name != EVENTS_NAME or not events.is_file() or _is_other_recorder(events.parent):
            return None
        first = first_object(events)
        is_event = first is not None and {"time_stamp", "action"} <= first.keys() and "event_idx" not in first
        if not is_event and not _has_own_metadata(events.parent):
            return None
        size = sum(file.stat().st_size for file in _files(events.parent))
        return Source(path if path.is_dir() else events, "ducktrack", EVENTS_NAME, size)

    def fingerprint(self, source: Source) -> str:
        """sha256 over the two files."""
        return sha256_of_files(_files(_folder(source)))

    def inner_ids(self, source: Source) -> Sequence[str]:
        """One recording, without a name of its own."""
        return ("",)

    def read(self, source: Source, inner_ids: Sequence[str]) -> Iterator[Recording]:
        """The recording; SourceError at a broken line that is not the last one."""
        folder = _folder(source)
        metadata = read_object(folder / METADATA_NAME)
        platform = PLATFORMS.get(str((metadata or {}).get("system")))
        lines = JsonLines(folder / EVENTS_NAME)
        rows = _read_rows(lines, platform)
        if not rows.events and not rows.move_lines:
            raise SourceError("the recording holds no events", where=EVENTS_NAME, hint="Leave it out")
        kept, dropped = without_identifiers(metadata or {})
        yield Recording(
            inner_id="",
            session=_session(metadata, kept, platform, lines.is_cut_off),
            moves=_moves(rows),
            events=_events(rows),
            place=EVENTS_NAME + ":{}",
            displays=_displays(metadata or {}),
            coordinate_space="logical_px",
            dropped=dropped,
            quality=frozenset(_quality(folder)),
        )


def _session(
    metadata: dict[str, Any] | None, kept: dict[str, Any], platform: str | None, is_cut_off: bool
) -> dict[str, Any]:
    extra = {name: value for name, value in kept.items() if name not in _OWN_COLUMN}
    video_s = _video_start_s(metadata or {})
    return {
        "source_format": "ducktrack",
        "source_name": EVENTS_NAME,
        "actor": "human",
        "time_precision": "us",
        "clock": "monotonic",
        "os": platform or kept.get("system"),
        "recorder": "DuckTrack",
        "is_complete": bool(metadata and "stop_time" in metadata) and not is_cut_off,
        "extra": json_text({**extra, "video_start_perf_counter_s": video_s}),
    }


def _read_rows(lines: JsonLines, platform: str | None) -> _Rows:
    rows = _Rows()
    for line, row in lines:
        time_s = _number(row.get("time_stamp"))
        if math.isnan(time_s):
            raise SourceError("time_stamp is not a number", where=_where(line), hint=HINT_DAMAGED)
        if row.get("action") == "move":
            rows.move_lines.append(line)
            rows.move_s.append(time_s)
            rows.move_xy.append(_point(row, line))
        else:
            rows.events.append({"order": line, **_event(row, line, platform)})
            rows.event_s.append(time_s)
    return rows


def _event(row: dict[str, Any], line: int, platform: str | None) -> dict[str, Any]:
    action = row.get("action")
    if action == "click":
        x, y = _point(row, line)
        button, is_down = row.get("button"), row.get("pressed")
        if not isinstance(is_down, bool):
            raise SourceError("pressed is neither true nor false", where=_where(line), hint=HINT_DAMAGED)
        if button not in BUTTONS:
            return {"kind": "custom", "source_type": f"click {button}", "x": x, "y": y}
        return {"kind": "mouse_down" if is_down else "mouse_up", "button": button, "x": x, "y": y}
    if action == "scroll":
        x, y = _point(row, line)
        wheel = {"wheel_x": _number(row.get("dx")), "wheel_y": -_number(row.get("dy")), "wheel_unit": "line"}
        return {"kind": "scroll", "x": x, "y": y, **wheel}
    if action in ("press", "release"):
        name = row.get("name")
        key = from_pynput(name if isinstance(name, str) else None, platform)
        flags = () if key.key is not None else ("unresolved_key",)
        kind = "key_down" if action == "press" else "key_up"
        return {"kind": kind, "key": key.key, "code": key.code, "flags": flags}
    if action in ("pause", "resume"):
        return {"kind": action}
    return {"kind": "custom", "source_type": str(action)}


def _moves(rows: _Rows) -> Moves:
    lines = np.array(rows.move_lines, np.int64)
    xy = np.array(rows.move_xy, np.float64).reshape(-1, 2)
    return Moves(lines, times_us(np.array(rows.move_s), 1e6, _at(rows.move_lines)), xy[:, 0], xy[:, 1])


def _events(rows: _Rows) -> Events:
    t_us = times_us(np.array(rows.event_s), 1e6, _at([row["order"] for row in rows.events]))
    events = Events.from_rows([{**row, "t_us": 0} for row in rows.events])
    events.t_us = t_us
    actions = {"mouse_down": "click", "mouse_up": "click", "key_down": "press", "key_up": "release"}
    named = events.columns.get("source_type", objects([None] * len(events)))
    kinds = zip(named, events.kind, strict=True)
    events.columns["source_type"] = objects([name or actions.get(kind, kind) for name, kind in kinds])
    return events


def _displays(metadata: dict[str, Any]) -> list[Display] | None:
    width, height = _number(metadata.get("screen_width")), _number(metadata.get("screen_height"))
    if not (0 < width <= FARTHEST_PX and 0 < height <= FARTHEST_PX):
        return None
    return [Display("main", 0, 0, int(width), int(height), coordinate_space="logical_px")]


def _quality(folder: Path) -> Iterator[str]:
    yield "unknown_zone"
    if any(file.suffix.lower() in _VIDEOS for file in folder.iterdir()):
        yield "unread_video"


def _video_start_s(metadata: dict[str, Any]) -> float | None:
    timings = metadata.get("obs_record_state_timings")
    started = timings.get("OBS_WEBSOCKET_OUTPUT_STARTED") if isinstance(timings, dict) else None
    return _number(started[0]) if isinstance(started, list) and started else None


def _point(row: dict[str, Any], line: int) -> tuple[float, float]:
    x, y = row.get("x"), row.get("y")
    if not isinstance(x, (int, float)) or not isinstance(y, (int, float)):
        raise SourceError("x or y is not a number", where=_where(line), hint=HINT_DAMAGED)
    return _finite(x), _finite(y)


def _finite(value: float) -> float:
    number = _number(value)
    return number if math.isfinite(number) else _UNUSABLE


def _number(value: Any) -> float:
    try:
        return float(value) if isinstance(value, (int, float)) else math.nan
    except OverflowError:
        return math.inf


def _where(line: int) -> str:
    return f"{EVENTS_NAME}:{line}"


def _at(lines: Sequence[int]) -> Callable[[int], str]:
    return lambda index: _where(lines[index])


def _folder(source: Source) -> Path:
    return source.path if source.path.is_dir() else source.path.parent


def _files(folder: Path) -> list[Path]:
    return [folder / name for name in (EVENTS_NAME, METADATA_NAME) if (folder / name).is_file()]


def _is_other_recorder(folder: Path) -> bool:
    return any((folder / name).exists() for name in _OTHER_RECORDER)


def _has_own_metadata(folder: Path) -> bool:
    try:
        metadata = read_object(folder / METADATA_NAME)
    except SourceError:
        return False
    return metadata is not None and {"screen_width", "screen_height", "scroll_direction"} <= metadata.keys()
