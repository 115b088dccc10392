"""The pictures of an OWAMcap recording: chosen, fetched from videos, files or messages, and kept in a spool.

A recording's media references are not trusted: only a file directly beside the recording is ever opened.
"""

from __future__ import annotations

import base64
import binascii
import stat
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from explorer.importers.owamcap_file import Channel, McapFile
from explorer.importers.owamcap_messages import (
    EMBEDDED,
    Rows,
    Screen,
    Size,
    fields_of,
    known_topic,
    picture_text,
)
from explorer.importers.video import VideoPictures
from explorer.importers.video_moments import activity_ticks
from explorer.importers.video_spool import Spool
from explorer.trace.pictures import decoded

MOST_PICTURE_BYTES = 48 << 20
_MOST_OTHER_BYTES = 8 << 20  # of an embedded picture that is no PNG
# Messages name frames, so one that is not there was lost; a video made anew at an even rate may round a little.
_LAST_FRAME_US = 100_000
_PNG_TEXT = "data:image/png;base64,"


@dataclass(frozen=True, slots=True)
class Shot:
    """A screen message whose picture is in the spool."""

    screen: Screen
    number: int
    size: Size


@dataclass(slots=True)
class Shots:
    """The pictures in the order of their messages, and why others are missing."""

    wanted_n: int
    shots: list[Shot] = field(default_factory=list)
    missing: Counter[str] = field(default_factory=Counter)
    repeated_n: int = 0


def wanted_screens(rows: Rows) -> list[Screen]:
    """The last screen before each event, one every 2 s of activity, and the first and last of all."""
    screens = rows.screens
    if not screens:
        return []
    event_us = np.array([event["t_us"] for event in rows.events], np.int64)
    event_order = np.array([event["order"] for event in rows.events], np.int64)
    ticks = activity_ticks(event_us, np.array(rows.move_us, np.int64))
    t_us = np.array([screen.t_us for screen in screens], np.int64)
    by_time = np.argsort(t_us, kind="stable")
    at_ticks = np.searchsorted(t_us[by_time], ticks, side="right") - 1
    at_events = np.searchsorted([screen.order for screen in screens], event_order) - 1
    found = np.union1d(at_events[at_events >= 0], by_time[at_ticks[at_ticks >= 0]])
    return [screens[index] for index in np.union1d(found, [0, len(screens) - 1]).tolist()]


def beside(recording: Path, uri: str | None) -> Path | str:
    """The media file that a reference names, or in a word why it is not opened."""
    if not uri:
        return "no_reference"
    if uri in (".", "..") or any(mark in uri for mark in "/\\:\0") or len(uri) > 255:
        return "not_beside"
    path = recording.parent / uri
    try:
        if path.resolve().parent != recording.parent.resolve():
            return "not_beside"
        return path if stat.S_ISREG(path.stat().st_mode) else "absent"
    except (OSError, RuntimeError, ValueError):
        return "absent"


def media_files(recording: Path, uris: Iterable[str | None]) -> list[Path]:
    """All files beside the recording that these references name."""
    found = (beside(recording, uri) for uri in uris if uri != EMBEDDED)
    return sorted({path for path in found if isinstance(path, Path)})


def fetched(recording: Path, wanted: Sequence[Screen], spool: Spool) -> Shots:
    """Put the pictures of the wanted screens into the spool."""
    shots = Shots(len(wanted))
    videos: dict[str, list[Screen]] = defaultdict(list)
    embedded: dict[int, Screen] = {}
    for screen in wanted:
        path = beside(recording, screen.uri)
        if screen.uri == EMBEDDED:
            embedded[screen.order] = screen
        elif isinstance(path, str):
            shots.missing[path] += 1
        elif screen.media_us is not None:
            videos[path.name].append(screen)
        else:
            _keep(shots, spool, screen, _file_bytes(path))
    for name, screens in videos.items():
        _from_video(recording.parent / name, screens, shots, spool)
    if embedded:
        _from_messages(recording, embedded, shots, spool)
    shots.shots.sort(key=lambda shot: shot.screen.order)
    return shots


def _from_video(path: Path, screens: Sequence[Screen], shots: Shots, spool: Spool) -> None:
    wanted_us = [screen.media_us or 0 for screen in screens]
    pictures = VideoPictures(path, wanted_us, last_frame_us=_LAST_FRAME_US)
    for picture in pictures:
        first = screens[picture.wanted[0]]
        shots.shots.append(Shot(first, spool.add(picture.content), (picture.width_px, picture.height_px)))
        shots.repeated_n += len(picture.wanted) - 1
    shots.missing += pictures.missing


def _from_messages(recording: Path, wanted: dict[int, Screen], shots: Shots, spool: Spool) -> None:
    """Read the recording once more, for the pictures inside its messages."""
    left = dict(wanted)
    for message in McapFile(recording).messages(is_screen):
        screen = left.pop(message.order, None)
        if screen is not None:
            text = picture_text(fields_of(message, "screen") or {})
            _keep(shots, spool, screen, _embedded_bytes(text or ""))
        if not left:
            return


def _keep(shots: Shots, spool: Spool, screen: Screen, content: bytes | None) -> None:
    if content is None:
        shots.missing["too_large"] += 1
        return
    try:
        picture, _ = decoded(content)
    except ValueError:
        shots.missing["not_a_picture"] += 1
        return
    shots.shots.append(Shot(screen, spool.add(content), picture.size))


def _file_bytes(path: Path) -> bytes | None:
    try:
        if path.stat().st_size > MOST_PICTURE_BYTES:
            return None
        return path.read_bytes()
    except OSError:
        return b""


def _embedded_bytes(text: str) -> bytes | None:
    """Bytes of a data URI or bare base64 text; empty when they are neither."""
    most = MOST_PICTURE_BYTES if text.startswith(_PNG_TEXT) else _MOST_OTHER_BYTES
    if len(text) > most // 3 * 4:
        return None
    head, _, body = text.rpartition(",")
    if head and not head.endswith(";base64"):
        return b""
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return b""


def is_screen(channel: Channel) -> bool:
    """Whether a channel's messages are screens."""
    return known_topic(channel) == "screen"


def numbers(shots: Sequence[Shot]) -> Iterator[int]:
    """Places of the pictures in the spool."""
    return (shot.number for shot in shots)
