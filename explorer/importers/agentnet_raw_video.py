"""Pictures out of AgentNetTool's video: one at each discrete event, and at least every 2 s of activity."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from explorer.importers.recording import Events, Frame, Moves

_ENDINGS = (".mp4", ".mkv")


@dataclass(slots=True)
class Video:
    """Frames with their times on the recording's clock; `missing` counts wanted pictures that there are not."""

    frames: list[Frame] = field(default_factory=list)
    pictures: Callable[[], Iterator[bytes]] | None = None
    missing: dict[str, int] = field(default_factory=dict)
    is_unread: bool = False


def find_video(folder: Path) -> Path | None:
    """The recording's video; the largest one when there are several."""
    found = [file for file in folder.iterdir() if file.suffix.lower() in _ENDINGS and file.is_file()]
    return max(found, key=lambda file: (file.stat().st_size, file.name), default=None)


@contextmanager
def video_frames(path: Path | None, start_us: int | None, moves: Moves, events: Events) -> Iterator[Video]:
    """The video's pictures, readable while the context lasts; none without a video or a known start."""
    if path is None or start_us is None:
        yield Video(is_unread=path is not None)
        return
    # PyAV is large and only needed here.
    from explorer.importers.video import VideoPictures
    from explorer.importers.video_moments import wanted_moments
    from explorer.importers.video_spool import Spool

    wanted = wanted_moments(events.t_us, moves.t_us)
    source = VideoPictures(path, wanted.tolist(), offset_us=-start_us)
    with Spool() as spool:
        video = Video()
        for picture in source:
            spool.add(picture.content)
            # Containers round: a frame may be stamped up to 1 ms after the time that it answers.
            shown_us = min(picture.media_us + start_us, int(wanted[picture.wanted[0]]))
            video.frames.append(Frame(order=0, t_us=shown_us))
        video.missing = dict(source.missing)
        video.is_unread = not video.frames and len(wanted) > 0
        video.pictures = lambda: spool.read(range(len(video.frames)))
        yield video
