"""AgentNetTool recordings, as recorded: DuckTrack's rows, a video, and what Windows said about windows and elements.

A folder with events.jsonl, metadata.json and, each optional, top_window.jsonl, element.jsonl, a11y.jsonl,
reduced_events_*.jsonl (the annotator's steps), html.jsonl, task_name.json and an mp4. All share one clock
(time.perf_counter); the order of events.jsonl is the true one, and rows of other files are put into it by time.
The folder's name is not taken over: it has been seen to hold an account name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from explorer.importers.agentnet_raw_order import merged
from explorer.importers.agentnet_raw_side import SideRows, read_side
from explorer.importers.agentnet_raw_video import find_video, video_frames
from explorer.importers.base import Source, sha256_of_files
from explorer.importers.columns import json_text
from explorer.importers.identifiers import without_identifiers
from explorer.importers.jsonl import JsonLines, first_object, read_object
from explorer.importers.pynput_rows import (
    EVENTS_NAME,
    METADATA_NAME,
    PLATFORMS,
    declared_display,
    number,
    read_rows,
    video_start_s,
)
from explorer.importers.recording import Frame, Recording, check_clock
from explorer.trace.displays import Display
from explorer.trace.keys import Key, from_pynput

_TASK_NAME = "task_name.json"
_SIDE_NAMES = (
    "top_window.jsonl", "element.jsonl", "a11y.jsonl", "html.jsonl", "reduced_events_vis.jsonl",
    "reduced_events_complete.jsonl",
)  # fmt: skip
# DuckTrack writes events.jsonl and metadata.json too, but none of these.
_OWN_NAMES = (*_SIDE_NAMES, "event_buffer.jsonl", _TASK_NAME)
_OWN_COLUMN = ("system", "screen_width", "screen_height", "obs_record_state_timings", "video_start_timestamp")
_STOP_HOTKEYS = (
    ("ctrl", "ctrl+alt", "ctrl+alt+t"),
    ("alt", "alt+ctrl", "ctrl+alt+t"),
    ("ctrl+alt+t",),
)


class AgentNetRaw:
    """Importer of AgentNetTool recordings: a folder, or its events.jsonl."""

    formats: tuple[str, ...] = ("agentnet_raw",)
    version = "1"

    def find(self, path: Path) -> Source | None:
        """A folder with events.jsonl whose rows have event_idx, or with the tool's other files beside it."""
        events = path / EVENTS_NAME if path.is_dir() else path
        if events.name != EVENTS_NAME or not events.is_file():
            return None
        first = first_object(events)
        if first is None or not {"time_stamp", "action"} <= first.keys():
            return None
        if "event_idx" not in first and not any((events.parent / name).is_file() for name in _OWN_NAMES):
            return None
        size = sum(file.stat().st_size for file in _files(events.parent))
        return Source(path, self.formats[0], EVENTS_NAME, size)

    def fingerprint(self, source: Source) -> str:
        """sha256 over all files that are read."""
        return sha256_of_files(_files(_folder(source)))

    def inner_ids(self, source: Source) -> Sequence[str]:
        """One recording, without a name of its own."""
        return ("",)

    def read(self, source: Source, inner_ids: Sequence[str]) -> Iterator[Recording]:
        """The recording; SourceError at a broken line of any file."""
        folder = _folder(source)
        metadata = read_object(folder / METADATA_NAME)
        platform = PLATFORMS.get(str((metadata or {}).get("system")))
        lines = JsonLines(folder / EVENTS_NAME)
        rows = read_rows(lines, lambda row: _key(row, platform))
        moves, events = rows.moves(), rows.other_events()
        for own in (moves, events):
            check_clock(own.t_us, own.order, (EVENTS_NAME + ":{}").format)
        displays = declared_display(metadata or {}, "physical_px")
        side = read_side(folder, events, displays[0] if displays else None)
        with video_frames(find_video(folder), _video_start_us(metadata or {}), moves, events) as video:
            frames = [_placed(frame, displays, side.first_change_us) for frame in video.frames]
            made = merged(moves, events, side, frames)
            yield Recording(
                inner_id="",
                session=_session(metadata, platform, lines.is_cut_off, side, video.missing) | _task(folder),
                moves=made.moves,
                events=made.events,
                place="events.jsonl and the files beside it, row {}",
                displays=displays,
                frames=made.frames,
                pictures=video.pictures,
                steps=made.steps,
                dropped=without_identifiers(metadata or {})[1],
                hotkeys=_STOP_HOTKEYS,
                quality=frozenset({"unknown_zone"} | ({"unread_video"} if video.is_unread else set())),
            )


def _key(row: dict[str, Any], platform: str | None) -> Key:
    """The key by pynput's own name, since the plain name of a letter pressed with Ctrl is its upper case."""
    name, own = row.get("name"), row.get("pynput_key")
    plain = from_pynput(name if isinstance(name, str) else None, platform)
    if not isinstance(own, str):
        return plain
    is_quoted = len(own) == 3 and own[0] == own[-1] == "'"
    exact = from_pynput(own[1] if is_quoted else own, platform)
    return Key(exact.key or plain.key, exact.code)


def _placed(frame: Frame, displays: list[Display] | None, first_change_us: int | None) -> Frame:
    """The frame with what it shows: the declared screen, until a sign that the screen is another one."""
    if not displays or (first_change_us is not None and frame.t_us >= first_change_us):
        return frame
    screen = displays[0]
    return replace(
        frame, left_px=0, top_px=0, view_width_px=screen.width_px, view_height_px=screen.height_px,
        display_id=screen.display_id,
    )  # fmt: skip


def _session(
    metadata: dict[str, Any] | None,
    platform: str | None,
    is_cut_off: bool,
    side: SideRows,
    missing: dict[str, int],
) -> dict[str, Any]:
    kept, _ = without_identifiers(metadata or {})
    extra = {name: value for name, value in kept.items() if name not in _OWN_COLUMN}
    extra |= side.counts | {"frames_missing": dict(sorted(missing.items()))}
    extra |= {"display_changes_n": side.display_changes_n or None}
    return {
        "source_format": "agentnet_raw",
        "source_name": EVENTS_NAME,
        "actor": "human",
        "time_precision": "us",
        "clock": "monotonic",
        "os": platform or kept.get("system"),
        "recorder": "AgentNetTool",
        "is_complete": bool(metadata and "stop_time" in metadata) and not is_cut_off,
        "extra": json_text(extra),
    }


def _task(folder: Path) -> dict[str, Any]:
    task = read_object(folder / _TASK_NAME) or {}
    texts = [task.get(name) for name in ("task_name", "description")]
    said = [text for text in texts if isinstance(text, str) and text.strip()]
    return {"task": "\n\n".join(said) or None}


def _video_start_us(metadata: dict[str, Any]) -> int | None:
    """When the video starts, on the rows' clock: as the tool states it, else as OBS did half a second later."""
    for start_s in (number(metadata.get("video_start_timestamp")), video_start_s(metadata)):
        if start_s is not None and abs(start_s) < 1e9:
            return round(start_s * 1e6)
    return None


def _folder(source: Source) -> Path:
    return source.path if source.path.is_dir() else source.path.parent


def _files(folder: Path) -> list[Path]:
    names = (EVENTS_NAME, METADATA_NAME, _TASK_NAME, *_SIDE_NAMES)
    files = [folder / name for name in names if (folder / name).is_file()]
    video = find_video(folder)
    return [*files, video] if video else files
