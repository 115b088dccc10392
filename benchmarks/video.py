"""`python -m benchmarks.video [VIDEO]`: how fast pictures come out of a video, against FFmpeg for the same frames.

Without VIDEO a synthetic screen recording is made: windows, text-like texture, a pointer, typing, and pauses.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import numpy as np
from av.codec import CodecContext
from av.video.codeccontext import VideoCodecContext
from numpy.typing import NDArray

from explorer.importers.video import VideoPictures
from explorer.importers.video_file import Limits, opened
from explorer.importers.video_frames import VideoFrames

SIZE, RATE, SECONDS = (1920, 1080), 30, 24
# What importers ask for: a picture each half second of work, none in a pause.
PAUSE_S = (8, 14)
LIMIT = 0.5


def main() -> int:
    """Print the figures; 1 when importing is slower than half of FFmpeg's speed."""
    with tempfile.TemporaryDirectory() as folder:
        video = Path(sys.argv[1]) if len(sys.argv) > 1 else synthetic(Path(folder) / "screen.mp4")
        return _compare(video, Path(folder))


def _compare(video: Path, folder: Path) -> int:
    with av.open(video) as container:
        seconds = (container.duration or 0) / 1e6
    every = [round(t * 1e6) for t in np.arange(0, seconds, 0.5)]
    wanted = [t for t in every if not PAUSE_S[0] * 1_000_000 <= t < PAUSE_S[1] * 1_000_000]
    dense = [round(t * 1e6) for t in np.arange(0, seconds, 0.1)]
    print(f"{video.stat().st_size / 1e6:.1f} MB, {seconds:.0f} s, {os.cpu_count()} processors, load "
          f"{os.getloadavg()[0]:.1f}. On a shared machine trust the ratios.")  # fmt: skip
    decode_s, own_decode_s = _timed(partial(_decode, video)), _timed(partial(_frames, video))
    print(
        f"decoding alone: {own_decode_s:.2f} s; bare PyAV {decode_s:.2f} s; ratio {decode_s / own_decode_s:.2f}"
    )
    worst = decode_s / own_decode_s
    for name, times in (("2 a second, one pause", wanted), ("10 a second", dense)):
        own_s = _timed(partial(_pictures, video, times))
        base_s, base = _reference(video, times, folder)
        worst = min(worst, base_s / own_s)
        print(
            f"{name}: {len(times)} pictures in {own_s:.2f} s; {base} {base_s:.2f} s; ratio {base_s / own_s:.2f}"
        )
    sparse_s = _timed(partial(_pictures, video, [round(seconds * 1e6) - 500_000]))
    print(f"one picture near the end: {sparse_s:.2f} s")
    return 0 if worst >= LIMIT else 1


def _pictures(video: Path, times: list[int]) -> int:
    return sum(1 for _ in VideoPictures(video, times))


def _frames(video: Path) -> int:
    limits = Limits()
    with opened(video, limits) as file:
        return sum(1 for _ in VideoFrames(file, limits, 1))


def _reference(video: Path, wanted: list[int], folder: Path) -> tuple[float, str]:
    """FFmpeg writing the same frames as PNG; without it, its decoder and PNG encoder through PyAV."""
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        return _timed(partial(_decode, video, wanted)), "bare PyAV decode and PNG"
    rate = 1e6 / (wanted[1] - wanted[0])
    command = [ffmpeg, "-v", "error", "-y", "-i", str(video), "-vf", f"fps={rate}", f"{folder}/%06d.png"]
    return _timed(partial(subprocess.run, command, check=True)), "ffmpeg -vf fps to PNG"


def _decode(video: Path, wanted: Sequence[int] = ()) -> None:
    """Decode everything, and encode the wanted frames with FFmpeg's own defaults."""
    times = sorted(wanted)
    with av.open(video) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        png = CodecContext.create("png", "w")
        assert isinstance(png, VideoCodecContext)
        png.width, png.height, png.pix_fmt, png.time_base = (
            stream.width,
            stream.height,
            "rgb24",
            Fraction(1, 1000),
        )
        for frame in container.decode(stream):
            if times and frame.time is not None and frame.time * 1e6 >= times[0]:
                times.pop(0)
                png.encode(frame.reformat(format="rgb24"))


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def synthetic(path: Path, seconds: int = SECONDS, size: tuple[int, int] = SIZE) -> Path:
    """A screen recording that looks like work: text appears, a pointer moves, windows change, then nothing happens."""
    random = np.random.default_rng(7)
    screen = _desktop(random, size)
    with av.open(path, "w") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.options = {"preset": "ultrafast", "crf": "20"}
        stream.codec_context.time_base = Fraction(1, RATE)
        for index in range(seconds * RATE):
            if not PAUSE_S[0] <= index / RATE < PAUSE_S[1]:
                _work(screen, index, random)
            frame = av.VideoFrame.from_ndarray(screen, format="rgb24")
            frame.pts = index
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _desktop(random: np.random.Generator, size: tuple[int, int]) -> NDArray[np.uint8]:
    screen = np.full((size[1], size[0], 3), 235, np.uint8)
    screen[: size[1] // 20] = (40, 60, 90)
    for row in range(size[1] // 12, size[1] - 24, 24):
        length = int(random.integers(size[0] // 4, size[0] - 40))
        ink = random.integers(0, 2, (12, length), np.uint8) * 200
        screen[row : row + 12, 20 : 20 + length] = 235 - ink[..., None]
    return screen


def _work(screen: NDArray[np.uint8], index: int, random: np.random.Generator) -> None:
    height, width = screen.shape[:2]
    row, column = 40 + index // 60 % (height // 24 - 3) * 24, 20 + index * 9 % (width - 60)
    screen[row : row + 12, column : column + 8] = (235 - random.integers(0, 2, (12, 8), np.uint8) * 200)[
        ..., None
    ]
    if index % (5 * RATE) == 0:
        left = int(random.integers(0, width // 2))
        screen[height // 4 : height // 2, left : left + width // 3] = random.integers(0, 255, 3, np.uint8)


if __name__ == "__main__":
    sys.exit(main())
