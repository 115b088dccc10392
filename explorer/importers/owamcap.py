"""OWAMcap: one MCAP file of JSON messages (schemas 0.3 to 0.5), with its video beside it.

Clock: `log_time`, nanoseconds since 1970. The order is that of the file. A picture is taken at each event and at
least every 2 s of activity; what is not understood is counted in `extra`. Window handles and device handles are
dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from glob import escape
from pathlib import Path
from typing import Any

import numpy as np

from explorer.errors import SourceError
from explorer.importers.base import Source, sha256_of_files
from explorer.importers.columns import json_text
from explorer.importers.identifiers import without_identifiers
from explorer.importers.owamcap_file import MAGIC, McapFile
from explorer.importers.owamcap_messages import Rows
from explorer.importers.owamcap_screens import Shots, fetched, is_screen, media_files, numbers, wanted_screens
from explorer.importers.owamcap_view import View, display_of, view_of
from explorer.importers.recording import HINT_DAMAGED, Events, Frame, Moves, Recording, literal
from explorer.importers.video_spool import Spool

_VIDEOS = (".mkv", ".mp4")
_SCHEMA = re.compile(r"(owa\.env\.\w+\.msg\.|desktop/)\w+")
_VERSION = re.compile(r"mcap-owa-support (\d{1,4}(?:\.\w{1,12}){0,4})")
_LOOKED_AT_MESSAGES = 50
_TOPICS_NAMED, _NAME_LENGTH, _TEXT_LENGTH = 40, 80, 400


class OwaMcap:
    """Importer of OWAMcap recordings: one .mcap file each."""

    formats: tuple[str, ...] = ("owamcap",)
    version = "1"

    def find(self, path: Path) -> Source | None:
        """An MCAP file of the profile `owa`, or one whose first messages have OWA's schemas."""
        if path.suffix.lower() != ".mcap" or not path.is_file() or not _is_owa(path):
            return None
        videos = [path.with_suffix(suffix) for suffix in _VIDEOS]
        size = sum(file.stat().st_size for file in (path, *videos) if file.is_file())
        claims = tuple(escape(path.with_suffix(ending).name) for ending in (*_VIDEOS, ".srt"))
        return Source(path, "owamcap", path.name, size, claims=claims)

    def fingerprint(self, source: Source) -> str:
        """sha256 over the recording and the media files that it names."""
        rows = Rows()
        for message in McapFile(source.path).messages(is_screen):
            rows.add(message)
        return sha256_of_files([source.path, *media_files(source.path, {s.uri for s in rows.screens})])

    def inner_ids(self, source: Source) -> Sequence[str]:
        """One recording, without a name of its own."""
        return ("",)

    def read(self, source: Source, inner_ids: Sequence[str]) -> Iterator[Recording]:
        """The recording as far as the file goes; SourceError when not one message is left."""
        file, rows = McapFile(source.path), Rows()
        for message in file.messages():
            rows.add(message)
        if not (rows.move_order or rows.events or rows.screens):
            is_damaged = file.damaged_chunks_n or not file.is_complete
            what = (
                "no message of the recording can be read" if is_damaged else "the recording holds no events"
            )
            raise SourceError(
                what, where=source.path.name, hint=HINT_DAMAGED if is_damaged else "Leave it out"
            )
        with Spool() as spool:
            shots = fetched(source.path, wanted_screens(rows), spool)
            yield _recording(file, rows, shots, spool)


def _recording(file: McapFile, rows: Rows, shots: Shots, spool: Spool) -> Recording:
    display = display_of(rows)
    views = [view_of(shot.screen, shot.size, rows.windows, display) for shot in shots.shots]
    _, dropped_names = without_identifiers(file.metadata)
    held = any(rows.held.values())
    flags = {"unread_video": bool(shots.missing), "held_keys": held}
    return Recording(
        inner_id="",
        session=_session(file, rows, shots, views),
        moves=_moves(rows),
        events=Events.from_rows(rows.events),
        place=literal(file.path.name) + ", message {}",
        displays=[display] if display else None,
        frames=_frames(shots, views),
        pictures=lambda: spool.read(numbers(shots.shots)),
        dropped=frozenset(rows.dropped) | dropped_names,
        quality=frozenset(name for name, holds in flags.items() if holds),
    )


def _session(file: McapFile, rows: Rows, shots: Shots, views: Sequence[View]) -> dict[str, Any]:
    version = _VERSION.search(file.library)
    is_windows = bool(rows.dropped) or any(event["kind"] == "key_down" for event in rows.events)
    return {
        "source_format": "owamcap",
        "source_name": file.path.name,
        "actor": "human",
        "time_precision": "us",
        "clock": "epoch",
        "os": "windows" if is_windows else None,
        "recorder": "OWAMcap",
        "recorder_version": version[1] if version else None,
        "is_complete": file.is_complete,
        "extra": json_text(_extra(file, rows, shots, views)),
    }


def _extra(file: McapFile, rows: Rows, shots: Shots, views: Sequence[View]) -> dict[str, Any]:
    kept, _ = without_identifiers(file.metadata)
    about = {name[:_NAME_LENGTH]: text[:_TEXT_LENGTH] for name, text in list(kept.items())[:_TOPICS_NAMED]}
    return {
        "messages_n": _named(rows.topics),
        "unread_n": _named(rows.unread),
        "attachments_n": file.attachments_n or None,
        "damaged_chunks_n": file.damaged_chunks_n or None,
        "metadata": about,
        "held_at_start": sorted(name for names in rows.held.values() for name in names),
        "app_from": "window_title" if any(event.get("app") for event in rows.events) else None,
        "captured": "window" if any(view.is_window for view in views) else None,
        "frames_wanted_n": shots.wanted_n or None,
        "frames_repeated_n": shots.repeated_n or None,
        "frames_missing": dict(sorted(shots.missing.items())),
    }


def _named(counts: Counter[str]) -> dict[str, int]:
    """Counts by topic; topics beyond the most frequent ones under one name."""
    named: Counter[str] = Counter()
    for place, (topic, n) in enumerate(counts.most_common()):
        named[topic[:_NAME_LENGTH] or "unknown" if place < _TOPICS_NAMED else "others"] += n
    return dict(sorted(named.items()))


def _moves(rows: Rows) -> Moves:
    return Moves(
        np.array(rows.move_order, np.int64), np.array(rows.move_us, np.int64),
        np.array(rows.move_x, np.float64), np.array(rows.move_y, np.float64),
    )  # fmt: skip


def _frames(shots: Shots, views: Sequence[View]) -> list[Frame]:
    return [
        Frame(
            order=shot.screen.order, t_us=shot.screen.t_us, left_px=view.left_px, top_px=view.top_px,
            view_width_px=view.width_px, view_height_px=view.height_px, display_id=view.display_id,
        )
        for shot, view in zip(shots.shots, views, strict=True)
    ]  # fmt: skip


def _is_owa(path: Path) -> bool:
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            return False
    recording = McapFile(path)
    for place, _ in enumerate(recording.messages()):
        if recording.profile == "owa" or any(_SCHEMA.fullmatch(name) for name in recording.schemas()):
            return True
        if place >= _LOOKED_AT_MESSAGES:
            return False
    return recording.profile == "owa"
