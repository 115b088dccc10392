"""Opening a video that may be anything: absent, empty, cut off, no video at all, or made to harm.

Only Matroska and MP4 containers are opened, told by their first bytes, and read through a file object: FFmpeg never
sees a name, so that no list, network or device format can make it open something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from explorer.trace.pictures import MOST_PIXELS

_EBML = b"\x1a\x45\xdf\xa3"
_MP4_BOXES = frozenset((b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"free", b"skip", b"wide"))
_CODECS = frozenset((
    "h264", "hevc", "av1", "vp8", "vp9", "mpeg4", "mpeg2video", "mjpeg", "png", "ffv1", "utvideo", "huffyuv",
    "ffvhuff", "theora", "rawvideo",
))  # fmt: skip
_BUFFER_BYTES = 1 << 18
_LONGEST_TICK_US = 1_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one video may cost: pixels of a picture, and seconds (a base, plus what its size and use explain)."""

    most_pixels: int = MOST_PIXELS
    base_s: float = 60.0
    s_per_picture: float = 2.0
    bytes_per_s: float = 100_000.0

    def seconds(self, pictures_n: int, bytes_n: int) -> float:
        """Time after which reading is given up; far beyond what any honest video takes."""
        return self.base_s + self.s_per_picture * pictures_n + bytes_n / self.bytes_per_s


class VideoProblem(Exception):
    """Why a video gives no (more) pictures, in one word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class VideoFile:
    """An open video. `tick_us` is how far its time stamps may be rounded."""

    container: InputContainer
    stream: VideoStream
    bytes_n: int
    tick_us: int

    def micros(self, pts: int) -> int:
        """Time of a stamp of the stream, in microseconds."""
        base = self.stream.time_base
        return pts * base.numerator * 1_000_000 // base.denominator if base else pts

    def stamp(self, micros: int) -> int:
        """Stamp of the stream at or before a time in microseconds."""
        base = self.stream.time_base
        return micros * base.denominator // (base.numerator * 1_000_000) if base else micros


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[VideoFile]:
    """Open a video for reading; VideoProblem tells why that cannot be."""
    try:
        file = path.open("rb")
    except OSError:
        raise VideoProblem("absent") from None
    with file:
        container_format = _sniffed(file.read(12))
        bytes_n = file.seek(0, 2)
        file.seek(0)
        options = {"max_pixels": str(limits.most_pixels)}
        try:
            container = av.open(file, format=container_format, options=options, buffer_size=_BUFFER_BYTES,
                                metadata_errors="replace")  # fmt: skip
        except (FFmpegError, ValueError, OverflowError):
            raise VideoProblem("damaged") from None
        assert isinstance(container, InputContainer)
        with container:
            yield _video(container, bytes_n, options)


def _sniffed(head: bytes) -> str:
    if not head:
        raise VideoProblem("empty")
    if head.startswith(_EBML):
        return "matroska"
    if head[4:8] in _MP4_BOXES:
        return "mp4"
    raise VideoProblem("not_a_video")


def _video(container: InputContainer, bytes_n: int, options: dict[str, str]) -> VideoFile:
    stream = next(iter(container.streams.video), None)
    if stream is None:
        raise VideoProblem("no_video_stream")
    # A stream whose codec is unknown to FFmpeg has no codec context.
    if stream.codec_context is None or stream.codec_context.codec.canonical_name not in _CODECS:
        raise VideoProblem("unknown_codec")
    stream.codec_context.options = options
    stream.thread_type = "AUTO"
    base = stream.time_base
    tick_us = -(-base.numerator * 1_000_000 // base.denominator) if base else 0
    return VideoFile(container, stream, bytes_n, min(tick_us, _LONGEST_TICK_US))
