"""The decoded frames of a video in the order they are shown, skipping what nobody asks for."""

from __future__ import annotations

import time
from collections.abc import Iterator

from av.error import FFmpegError
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from explorer.importers.video_file import Limits, VideoFile, VideoProblem

# A frame that could not be decoded: nothing is known from here to the next one.
Shown = tuple[int, VideoFrame | None]
_FIRST_GAP_US = 3_000_000


class VideoFrames:
    """Frames with their times, forward only. `skip_to` may be called between two frames.

    `is_cut` is known at the end: the file broke off. `last_us` is how long the last frame lasts.
    """

    def __init__(self, video: VideoFile, limits: Limits, pictures_n: int) -> None:
        self._video, self._limits = video, limits
        self._deadline = time.monotonic() + limits.seconds(pictures_n, video.bytes_n)
        self._position_us: int | None = None
        self._target_us: int | None = None
        self._worth_us = _FIRST_GAP_US
        self._can_seek = True
        self._sent: list[int] = []
        self.is_cut = False
        self.last_us = 0

    def __iter__(self) -> Iterator[Shown]:
        """Raises VideoProblem when a picture is too large, or decoding takes too long."""
        landing_for: int | None = None
        while True:
            is_restarted = False
            for at_us, frame in self._decoded():
                if landing_for is not None:
                    target_us, landing_for = landing_for, None
                    if self._has_overshot(at_us, target_us):
                        is_restarted = True
                        break
                self._position_us = at_us
                yield at_us, frame
                if self._target_us is not None and (landing_for := self._jump()) is not None:
                    is_restarted = True
                    break
            if not is_restarted:
                return

    def skip_to(self, target_us: int) -> None:
        """Say that nothing before `target_us` matters but the frame that is shown then."""
        position_us = self._position_us
        if self._can_seek and position_us is not None and target_us - position_us > self._worth_us:
            self._target_us = target_us

    def _jump(self) -> int | None:
        """Seek to the key frame before the target; None when the file cannot be sought."""
        target_us, self._target_us = self._target_us, None
        if target_us is None:
            return None
        try:
            self._seek(target_us)
        except FFmpegError:
            self._can_seek = False
            self._seek_start()
            return None
        return target_us

    def _has_overshot(self, at_us: int, target_us: int) -> bool:
        """Judge where a seek landed. Too late: start over without seeking. Not ahead: seek less often."""
        if at_us > target_us + self._video.tick_us:
            self._can_seek = False
            self._seek_start()
            return True
        if self._position_us is not None and at_us <= self._position_us:
            self._worth_us = max(2 * self._worth_us, 2 * (target_us - at_us))
        return False

    def _seek(self, target_us: int) -> None:
        stream = self._video.stream
        self._sent = []
        self._video.container.seek(self._video.stamp(target_us), stream=stream, backward=True)

    def _seek_start(self) -> None:
        try:
            self._seek(0)
        except FFmpegError:
            raise VideoProblem("damaged") from None

    def _decoded(self) -> Iterator[Shown]:
        for packet in self._packets():
            if time.monotonic() > self._deadline:
                raise VideoProblem("too_slow")
            if packet is not None and packet.pts is not None:
                self._sent.append(self._video.micros(packet.pts))
            try:
                frames = self._video.stream.codec_context.decode(packet)
            except FFmpegError:
                # The decoder tells late, having taken more packets: the first one without a frame is to blame.
                if self._sent:
                    self._sent.remove(lost_us := min(self._sent))
                    yield lost_us, None
                continue
            for frame in frames:
                yield from self._checked(frame)

    def _packets(self) -> Iterator[Packet[VideoStream] | None]:
        """The stream's packets, then None for what the decoder still holds."""
        try:
            for packet in self._video.container.demux(self._video.stream):
                if packet.size:
                    yield packet
        except FFmpegError:
            self.is_cut = True
        yield None

    def _checked(self, frame: VideoFrame) -> Iterator[Shown]:
        if frame.width * frame.height > self._limits.most_pixels:
            raise VideoProblem("too_large")
        if frame.pts is None:
            return
        at_us = self._video.micros(frame.pts)
        self._sent = [sent_us for sent_us in self._sent if sent_us > at_us]
        self.last_us = self._video.micros(frame.duration or 0)
        yield at_us, None if frame.is_corrupt else frame
