"""DuckTrack: events.jsonl (pynput rows), metadata.json, and a video that is not read.

Clock: time.perf_counter, which counts from an arbitrary point; the wall-clock start is local time of an unknown zone,
so the session has none. Positions are logical points of the main display, often with fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from explorer.errors import SourceError
from explorer.importers.base import Source, sha256_of_files
from explorer.importers.columns import json_text
from explorer.importers.identifiers import without_identifiers
from explorer.importers.jsonl import JsonLines, first_object, read_object
from explorer.importers.pynput_rows import (
    EVENTS_NAME,
    METADATA_NAME,
    PLATFORMS,
    declared_display,
    read_rows,
    video_start_s,
)
from explorer.importers.recording import Recording
from explorer.trace.keys import Key, from_pynput

_VIDEOS = (".mp4", ".mkv", ".mov")
# AgentNetTool writes the same two names, and these beside them.
_OTHER_RECORDER = ("a11y.jsonl", "element.jsonl", "event_buffer.jsonl", "html.jsonl", "task_name.json")
_OWN_COLUMN = ("system", "screen_width", "screen_height", "obs_record_state_timings")


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
        rows = read_rows(lines, lambda row: _key(row, platform))
        kept, dropped = without_identifiers(metadata or {})
        has_video = any(file.suffix.lower() in _VIDEOS for file in folder.iterdir())
        yield Recording(
            inner_id="",
            session=_session(metadata, kept, platform, lines.is_cut_off),
            moves=rows.moves(),
            events=rows.other_events(),
            place=EVENTS_NAME + ":{}",
            displays=declared_display(metadata or {}, "logical_px"),
            coordinate_space="logical_px",
            dropped=dropped,
            has_pictures=has_video,
            quality=frozenset({"unknown_zone", "unread_video"} if has_video else {"unknown_zone"}),
        )


def _session(
    metadata: dict[str, Any] | None, kept: dict[str, Any], platform: str | None, is_cut_off: bool
) -> dict[str, Any]:
    extra = {name: value for name, value in kept.items() if name not in _OWN_COLUMN}
    video_s = video_start_s(metadata or {})
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


def _key(row: dict[str, Any], platform: str | None) -> Key:
    name = row.get("name")
    return from_pynput(name if isinstance(name, str) else None, platform)


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
