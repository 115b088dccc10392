"""What each picture of a clip shows: the screenshot, pointer, clicks, trail and shortcuts at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from explorer.engine.base import Engine
from explorer.engine.replay_details import Point, ReplayDetails, read_details
from explorer.engine.replay_rows import REPLAY_KINDS, UNKNOWN_PX, Ints, column, read_rows
from explorer.errors import ParameterError
from explorer.exports.clip_keys import label_of
from explorer.exports.clip_times import LONGEST_PAUSE_US
from explorer.measures.activity import waits

RING_US, TRAIL_US, CHIP_US = 700_000, 1_000_000, 2_500_000
_MOST_TRAIL = 200
_PRESSES, _CLICKS = ("mouse_down", "touch_start"), ("click", "double_click")


@dataclass(frozen=True, slots=True)
class Ring:
    """A click in desktop pixels; `age` is the share of its life that is over."""

    at: Point
    button: str
    age: float


@dataclass(frozen=True, slots=True)
class Chip:
    """A shortcut, by the names of its keys, pressed `times_n` times in a row; `age` as a ring's."""

    label: tuple[str, ...]
    times_n: int
    age: float


@dataclass(frozen=True, slots=True)
class Shot:
    """What holds at a moment. `frame`: place among the session's frames, -1 before the first. Trail: oldest first,
    each with its age."""

    t_us: int
    frame: int
    at: Point | None
    buttons: tuple[str, ...]
    rings: tuple[Ring, ...]
    trail: tuple[tuple[Point, float], ...]
    chips: tuple[Chip, ...]


class ClipSource:
    """One session, asked for shots; marks live as long on screen whatever the speed."""

    def __init__(self, details: ReplayDetails, speed: float = 1.0) -> None:
        self.details, self.rows = details, details.rows
        self._stretch = max(1.0, speed)
        kinds = np.array(REPLAY_KINDS)[self.rows.kind[self.rows.event_rows]]
        presses = np.flatnonzero(np.isin(kinds, _PRESSES))
        self._clicks = presses if len(presses) else np.flatnonzero(np.isin(kinds, _CLICKS))
        self._shortcuts = np.flatnonzero(kinds == "shortcut")
        self._kinds = kinds

    @classmethod
    def read(cls, engine: Engine, session_id: str, speed: float = 1.0) -> ClipSource:
        """ParameterError when there is no such session, EngineError when it cannot be read."""
        rows = read_rows(engine, session_id)
        if rows is None:
            raise ParameterError("there is no such session", where="clip", hint="sessions/list names them")
        return cls(read_details(engine, rows), speed)

    def frames_at(self, t_us: Ints) -> Ints:
        """Place of the screenshot valid at each time, -1 before the first."""
        return np.searchsorted(self.rows.axis.frame_us, t_us, side="right") - 1

    def frame_row(self, frame: int) -> dict[str, Any]:
        """Row of replay/frames of a screenshot by its place."""
        return self.rows.frames.slice(frame, 1).to_pylist()[0]  # type: ignore[no-any-return]

    def idle(self) -> list[tuple[int, int]]:
        """Pauses of more than two seconds: nothing was done, and no screenshot came. None without times."""
        if self.rows.axis.kind == "step":
            return []
        is_derived = column(self.details.events, "is_derived", False)
        is_mark = np.ones(len(self.rows.t_us), bool)
        is_mark[self.rows.event_rows] = ~is_derived & ~np.isin(self._kinds, ("idle", "pause"))
        marks_us = np.concatenate([self.rows.t_us[is_mark], self.rows.axis.frame_us])
        return waits(marks_us, self.rows.axis.duration_us, LONGEST_PAUSE_US)

    def shot(self, t_us: int) -> Shot:
        """What holds after everything up to a time."""
        row = int(np.searchsorted(self.rows.t_us, t_us, side="right"))
        held = self.details.held_before(row)
        frame = int(self.frames_at(np.array([t_us]))[0])
        return Shot(
            t_us, frame, held.at, held.buttons, self._rings(t_us), self._trail(t_us, row), self._chips(t_us)
        )

    def _recent(self, events: Ints, t_us: int, life_us: int) -> list[tuple[int, float]]:
        """Events that still live at a time, each with its age."""
        life = life_us * self._stretch
        times = self.rows.t_us[self.rows.event_rows[events]]
        first, last = np.searchsorted(times, [t_us - life, t_us], side="right").tolist()
        return [(int(events[at]), (t_us - int(times[at])) / life) for at in range(first, last)]

    def _rings(self, t_us: int) -> tuple[Ring, ...]:
        rings = []
        for event, age in self._recent(self._clicks, t_us, RING_US):
            at = self._point(event)
            if at is not None:
                rings.append(Ring(at, self.details.events["button"][event].as_py() or "left", age))
        return tuple(rings)

    def _point(self, event: int) -> Point | None:
        row = int(self.rows.event_rows[event])
        own = int(self.rows.x[row]), int(self.rows.y[row])
        return own if own[0] != UNKNOWN_PX else self.details.point_before(row + 1)

    def _trail(self, t_us: int, row: int) -> tuple[tuple[Point, float], ...]:
        life = TRAIL_US * self._stretch
        pointed = self.details.pointed
        last = int(np.searchsorted(pointed, row))
        first = int(np.searchsorted(self.rows.t_us[pointed[:last]], t_us - life, side="right"))
        chosen = pointed[first:last]
        # The newest one always stays: the trail ends at the pointer.
        chosen = chosen[::-1][:: max(1, -(-len(chosen) // _MOST_TRAIL))][::-1]
        points = zip(self.rows.x[chosen].tolist(), self.rows.y[chosen].tolist(), strict=True)
        ages = ((t_us - self.rows.t_us[chosen]) / life).tolist()
        return tuple(zip(points, ages, strict=True))

    def _chips(self, t_us: int) -> tuple[Chip, ...]:
        chips: list[Chip] = []
        for event, age in self._recent(self._shortcuts, t_us, CHIP_US):
            key, mods, chord = (self.details.events[name][event].as_py() for name in ("key", "mods", "chord"))
            label = label_of(key, mods, chord, self.rows.session["os"])
            if label is None:
                continue
            times_n = chips.pop().times_n if chips and chips[-1].label == label else 0
            chips.append(Chip(label, times_n + 1, age))
        return tuple(chips)
