"""How much to generate: the sizes a user may ask for, and the room they take on the disk."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from explorer.errors import ExplorerError, ParameterError

MOST = {"events": 1_000_000_000, "sessions": 1_000_000, "people": 1_000_000, "frames": 1_000_000}
LAST_SEED = 2**63 - 1
FEWER = "generate fewer events or frames"
# Measured with rollups: a row takes 6 B, a session 170 B, a frame 4.8 kB; here with some room to spare.
_ROW_BYTES, _SESSION_BYTES, _FRAME_BYTES, _LEAST_BYTES = 7, 250, 6_000, 300_000


@dataclass(frozen=True, slots=True)
class Sizes:
    """What is asked for. `events` counts rows of moves and of events together. ParameterError when it cannot be."""

    events: int
    sessions: int
    people: int
    frames: int = 0
    seed: int = 1

    def __post_init__(self) -> None:
        for name, most in MOST.items():
            _refuse_outside(name, getattr(self, name), 0 if name == "frames" else 1, most)
        _refuse_outside("seed", self.seed, 0, LAST_SEED)
        _refuse_more("sessions", self.sessions, "events", self.events)
        _refuse_more("people", self.people, "sessions", self.sessions)
        _refuse_more("frames", self.frames, "events", self.events)

    @property
    def bytes_estimate(self) -> int:
        """Room on the disk, rollups included."""
        rows_bytes = self.events * _ROW_BYTES + self.sessions * _SESSION_BYTES
        return rows_bytes + self.frames * _FRAME_BYTES + _LEAST_BYTES


def refuse_without_room(folder: Path, name: str, sizes: Sizes) -> None:
    """ExplorerError about the dataset `name` when the disk that `folder` lies on has too little room for it."""
    free = shutil.disk_usage(folder).free
    if free < sizes.bytes_estimate:
        raise ExplorerError(
            f"needs about {_told(sizes.bytes_estimate)} of disk, and {_told(free)} are free",
            where=name,
            hint=f"Free some space, or {FEWER}",
        )


def _refuse_outside(name: str, number: int, least: int, most: int) -> None:
    if number < least:
        raise ParameterError(f"is {number:,}", where=f"--{name}", hint=f"Give at least {least}")
    if number > most:
        raise ParameterError("is too large", where=f"--{name}", hint=f"Give at most {most:,}")


def _refuse_more(name: str, number: int, other: str, most: int) -> None:
    if number > most:
        raise ParameterError(
            f"{number:,} {name} are more than {most:,} {other}",
            where=f"--{name}",
            hint=f"Give at most {most:,}",
        )


def _told(size_bytes: int) -> str:
    return f"{size_bytes / 1e9:,.1f} GB" if size_bytes >= 1e9 else f"{size_bytes / 1e6:,.0f} MB"
