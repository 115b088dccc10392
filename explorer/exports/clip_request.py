"""What a clip is asked to be: a stretch of a session, a file, and how it looks; wrong values are refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from explorer.errors import ParameterError

FORMATS = ("png", "gif", "mp4")
MOST_S, MOST_PX, LEAST_PX = 120, 1920, 160
SPEEDS = (0.1, 64.0)
# A GIF counts in hundredths of a second, and viewers slow down what is faster than this.
MOST_FPS = {"png": 1.0, "gif": 50.0, "mp4": 60.0}
_USUAL_FPS = {"png": 1.0, "gif": 10.0, "mp4": 25.0}
USUAL_PX = {"png": MOST_PX, "gif": 960, "mp4": 1280}
_TIME = re.compile(r"(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,6}(?:\.\d{1,6})?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class ClipRequest:
    """A stretch of a session and the file to make of it.

    from_us, to_us (us on the replay's axis): both ends; None is the start, and the end of the session. width_px: of the
    file, None for what suits it. `is_plain`: one picture as it is stored.
    """

    session_id: str
    output: Path
    from_us: int | None = None
    to_us: int | None = None
    fps: float | None = None
    width_px: int | None = None
    speed: float = 1.0
    skips_idle: bool = False
    with_unredacted: bool = False
    is_plain: bool = False
    is_forced: bool = False

    @property
    def format(self) -> str:
        return self.output.suffix[1:].lower()

    @property
    def rate(self) -> float:
        """Pictures a second."""
        return _USUAL_FPS[self.format] if self.fps is None else self.fps

    def check(self) -> None:
        """Raises ParameterError at a value that makes no clip."""
        if self.format not in FORMATS:
            raise ParameterError(
                "is no kind of clip", where=self.output.name[:80], hint="End it in .png, .gif or .mp4"
            )
        if not 1 <= self.rate <= MOST_FPS[self.format]:
            _refuse("--fps", f"wants 1 to {MOST_FPS[self.format]:g} pictures a second")
        if self.width_px is not None and not LEAST_PX <= self.width_px <= MOST_PX:
            _refuse("--width", f"wants {LEAST_PX} to {MOST_PX} pixels")
        if not SPEEDS[0] <= self.speed <= SPEEDS[1]:
            _refuse("--speed", f"wants {SPEEDS[0]:g} to {SPEEDS[1]:g}")
        if self.format == "png" and self.to_us is not None:
            _refuse("--to", "is for a range: a PNG shows the moment of --from")
        if self.is_plain and (self.format != "png" or self.width_px is not None):
            _refuse("--plain", "gives one stored picture: a .png of its own size")
        if self.from_us is not None and self.to_us is not None and self.to_us <= self.from_us:
            _refuse("--to", "is not after --from")

    def stretch(self, duration_us: int) -> tuple[int, int]:
        """Both ends within a session of that length [us]; ParameterError when they lie beyond it."""
        from_us = self.from_us or 0
        to_us = duration_us if self.to_us is None else self.to_us
        end = f"the session ends at {time_text(duration_us)}"
        if from_us > duration_us or (self.format != "png" and from_us == duration_us):
            _refuse("--from", f"lies beyond the end: {end}")
        if to_us > duration_us:
            _refuse("--to", f"lies beyond the end: {end}")
        return (from_us, from_us) if self.format == "png" else (from_us, to_us)


def time_us(text: str, where: str) -> int:
    """Microseconds of a time as it is shown: 12.4, 0:12.4 or 1:02:03. Raises ParameterError."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise ParameterError(
            "is no time", where=where, hint="Write seconds, or minutes and seconds: 12.4, 0:12.4"
        )
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return round((hours * 3600 + minutes * 60 + seconds) * 1_000_000)


def time_text(t_us: int) -> str:
    """A time in whole hundredths of a second, never later than it is: 0:12.40."""
    seconds, rest_us = divmod(t_us, 1_000_000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    head = f"{hours}:{minute:02}" if hours else str(minute)
    return f"{head}:{second:02}.{rest_us // 10_000:02}"


def _refuse(where: str, what: str) -> None:
    raise ParameterError(what, where=where)
