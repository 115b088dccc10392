"""Pictures from a video: the frame that was shown at each wanted time, lossless, in one forward pass.

PNG by FFmpeg's encoder with the fastest compression and the Up filter: measured on real screen video it takes a
third of the time of Pillow's PNG and half of lossless WebP's, at the size of the former; WebP is smaller only when
it may take ten times as long.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.codec import CodecContext
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from explorer.importers.video_file import Limits, VideoFile, VideoProblem, opened
from explorer.importers.video_frames import VideoFrames

av.logging.set_level(None)  # what is wrong with a file is told by the importer, not on the terminal

LAST_FRAME_US = 1_000_000
_UNSPECIFIED = 2


@dataclass(frozen=True, slots=True)
class Picture:
    """One frame as PNG; `wanted` are the indexes of the wanted times that it answers."""

    content: bytes
    width_px: int
    height_px: int
    media_us: int
    wanted: tuple[int, ...]


class VideoPictures:
    """Pictures of a video at wanted times. `missing` counts, once it is used up, the times without one, by reason.

    Reasons: absent, empty, not_a_video, no_video_stream, unknown_codec, damaged, too_large, too_slow, before_video,
    after_video, cut. A wanted time may lie less than a tick of the container (at most 1 ms) before its frame, since
    containers round. `offset_us` is added to the wanted times to get the video's own. The last frame answers for
    `last_frame_us`, or as long as the file says.
    """

    def __init__(
        self,
        path: Path,
        wanted_us: Sequence[int],
        *,
        offset_us: int = 0,
        last_frame_us: int = LAST_FRAME_US,
        limits: Limits | None = None,
    ) -> None:
        self._path, self._last_frame_us = path, last_frame_us
        self._limits = limits or Limits()
        self._wanted = sorted((wanted + offset_us, index) for index, wanted in enumerate(wanted_us))
        self._next = 0
        self.missing: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Picture]:
        """Each distinct frame once, in the video's order."""
        if not self._wanted:
            return
        try:
            with opened(self._path, self._limits) as video:
                yield from self._pictures(video)
        except VideoProblem as problem:
            self._lose(len(self._wanted) - self._next, problem.reason)

    def _pictures(self, video: VideoFile) -> Iterator[Picture]:
        frames = VideoFrames(video, self._limits, len(self._wanted))
        encoder = _PngEncoder()
        held: tuple[int, VideoFrame] | None = None
        last_us, reason = 0, "before_video"
        for at_us, frame in frames:
            answered = self._before(at_us - video.tick_us + 1)
            if answered:
                yield from self._answer(held, answered, encoder, reason)
            last_us, reason = at_us, "damaged"
            held = (at_us, frame) if frame is not None else None
            if self._next == len(self._wanted):
                return
            frames.skip_to(self._wanted[self._next][0])
        end_us = last_us + max(frames.last_us, self._last_frame_us)
        if answered := self._before(end_us):
            yield from self._answer(held, answered, encoder, reason)
        self._lose(len(self._wanted) - self._next, "cut" if frames.is_cut else "after_video")

    def _before(self, until_us: int) -> list[int]:
        """Indexes of the next wanted times before `until_us`, taken off the list."""
        found = []
        while self._next < len(self._wanted) and self._wanted[self._next][0] < until_us:
            found.append(self._wanted[self._next][1])
            self._next += 1
        return found

    def _answer(
        self, held: tuple[int, VideoFrame] | None, wanted: list[int], encoder: _PngEncoder, reason: str
    ) -> Iterator[Picture]:
        content = encoder.encoded(held[1]) if held else None
        if held is None or content is None:
            self._lose(len(wanted), reason)
            return
        at_us, frame = held
        yield Picture(content, frame.width, frame.height, at_us, tuple(sorted(wanted)))

    def _lose(self, n: int, reason: str) -> None:
        if n:
            self.missing[reason] += n


class _PngEncoder:
    """One encoder for pictures of one size; a new one when the size changes."""

    def __init__(self) -> None:
        self._context: VideoCodecContext | None = None

    def encoded(self, frame: VideoFrame) -> bytes | None:
        """The frame as RGB in a PNG; None when it cannot be converted."""
        try:
            picture = frame.reformat(format="rgb24")
            # Colour marks would make viewers show the same numbers differently.
            picture.color_primaries = picture.color_trc = _UNSPECIFIED
            picture.pts = None
            return b"".join(bytes(packet) for packet in self._for(frame).encode(picture)) or None
        except (FFmpegError, ValueError):
            self._context = None
            return None

    def _for(self, frame: VideoFrame) -> VideoCodecContext:
        context = self._context
        if context is None or (context.width, context.height) != (frame.width, frame.height):
            context = CodecContext.create("png", "w")
            assert isinstance(context, VideoCodecContext)
            context.width, context.height = frame.width, frame.height
            context.pix_fmt, context.time_base = "rgb24", Fraction(1, 1_000_000)
            context.options = {"compression_level": "1", "pred": "up"}
            context.sample_aspect_ratio = Fraction(1, 1)
            context.thread_count = 1  # with more, a picture comes out only after the next ones went in
            self._context = context
        return context
