"""One still moment of a session: a stretch of its pointer positions and clicks on one picture.

Pure functions over the rows of replay/moves and replay/events; times in microseconds, places in picture pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

LONGEST_US = 30_000_000
LONGEST_ROWS = 600
MOST_POINTS = 600
MOST_STRETCHES = 400
_CLICKS_COUNTED = 4
_LENGTHS_COUNTED = 3.0
_TOUCHES = ("click", "touch_start")
Places = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Plane:
    """What is drawn on: a picture, or the screen itself; `left` and `top` are the desktop pixel at its corner.

    `is_placed` False: nobody knows which part of the desktop it shows, so nothing lies on it.
    """

    width: int
    height: int
    left: int = 0
    top: int = 0
    scale_x: float = 1.0
    scale_y: float = 1.0
    is_placed: bool = True


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of a session from `seq_from` (included) to `seq_to` (excluded) that belong to one plane."""

    plane: Plane
    seq_from: int
    seq_to: int
    frame_id: str | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch as it is drawn: lines of x, y, x, y, …; clicks of x, y, is_right; length where times are known."""

    stretch: Stretch
    lines: list[list[int]]
    clicks: list[tuple[int, int, bool]]
    duration_us: int | None

    @property
    def weight(self) -> float:
        """How much there is to see: the path in diagonals of the plane, and the clicks, both up to a limit."""
        diagonal = float(np.hypot(self.stretch.plane.width, self.stretch.plane.height)) or 1.0
        length = sum(_length(line) for line in self.lines) / diagonal
        return min(length, _LENGTHS_COUNTED) + 0.5 * min(len(self.clicks), _CLICKS_COUNTED)


class Pointer:
    """Pointer positions and clicks of one session, in true order."""

    def __init__(self, moves: pa.Table, events: pa.Table) -> None:
        self._moves = _columns(moves)
        self._clicks = events.filter(pc.is_in(events["kind"], pa.array(_TOUCHES)))
        self._at = _columns(self._clicks)
        self._is_right = (
            pc.equal(self._clicks["button"], "right").fill_null(False).to_numpy(zero_copy_only=False)
        )

    def stretches(self, plane: Plane) -> list[Stretch]:
        """The whole session cut into pieces of LONGEST_US, or of LONGEST_ROWS positions where there are no times."""
        seq, t_us, _, _ = self._moves if len(self._moves[0]) else self._at
        if not len(seq):
            return []
        times = np.arange(len(seq)) // LONGEST_ROWS if np.isnan(t_us).any() else t_us // LONGEST_US
        starts = [0, *(np.flatnonzero(np.diff(times)) + 1)]
        last = max(int(rows[-1]) for rows in (seq, self._at[0]) if len(rows))
        ends = [*(int(seq[start]) for start in starts[1:]), last + 1]
        return [Stretch(plane, int(seq[start]), end) for start, end in zip(starts, ends, strict=True)]

    def moment(self, stretch: Stretch) -> Moment:
        """What the pointer did in a stretch, at most LONGEST_US or LONGEST_ROWS from its start."""
        seq, t_us, x, y = self._moves
        own = _within(seq, t_us, stretch)
        clicked = _within(self._at[0], self._at[1], stretch)
        places, is_on = _placed(x[own], y[own], stretch.plane)
        presses, is_hit = _placed(self._at[2][clicked], self._at[3][clicked], stretch.plane)
        times = np.concatenate([t_us[own], self._at[1][clicked]])
        known = times[~np.isnan(times)]
        return Moment(
            stretch,
            _lines(places, is_on),
            [
                (int(px), int(py), bool(right))
                for (px, py), right in zip(presses[is_hit], self._is_right[clicked][is_hit], strict=True)
            ],
            int(known.max() - known.min()) if len(known) else None,
        )


def best(pointer: Pointer, stretches: Sequence[Stretch]) -> Moment | None:
    """The one with the most to see of the first MOST_STRETCHES, the first of equals; None without stretches."""
    moments = [pointer.moment(stretch) for stretch in stretches[:MOST_STRETCHES]]
    return max(moments, key=lambda moment: moment.weight, default=None)


def _columns(rows: pa.Table) -> tuple[NDArray[np.int64], Places, Places, Places]:
    seq = rows["seq"].to_numpy()
    t_us, x, y = (rows[name].cast(pa.float64(), safe=False).to_numpy() for name in ("t_us", "x_px", "y_px"))
    return seq, t_us, x, y


def _within(seq: NDArray[np.int64], t_us: Places, stretch: Stretch) -> slice:
    begin, end = (int(place) for place in np.searchsorted(seq, (stretch.seq_from, stretch.seq_to)))
    times = t_us[begin:end]
    if not len(times) or np.isnan(times).any():
        return slice(begin, min(end, begin + LONGEST_ROWS))
    late = np.flatnonzero(times - times[0] > LONGEST_US)
    return slice(begin, begin + int(late[0]) if len(late) else end)


def _placed(x: Places, y: Places, plane: Plane) -> tuple[Places, NDArray[np.bool_]]:
    """Places on the plane, and which of them lie on it; a position that is not known lies nowhere."""
    places = np.column_stack([(x - plane.left) * plane.scale_x, (y - plane.top) * plane.scale_y])
    is_inside = (places >= 0) & (places < (plane.width, plane.height)) & plane.is_placed
    is_on: NDArray[np.bool_] = np.all(is_inside, axis=1)
    return np.where(is_on[:, None], places, 0.0), is_on


def _lines(places: Places, is_on: NDArray[np.bool_]) -> list[list[int]]:
    """The path in pieces that are broken where the pointer left the plane, thinned to MOST_POINTS."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_on, [False]]).astype(np.int8)))
    step = max(1, -(-int(is_on.sum()) // MOST_POINTS))
    lines = []
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        kept = [*range(begin, end - 1, step), end - 1]
        lines.append([int(value) for value in places[kept].ravel()])
    return [line for line in lines if len(line) > 2]


def _length(line: Sequence[int]) -> float:
    points = np.asarray(line, np.float64).reshape(-1, 2)
    return float(np.hypot(*np.diff(points, axis=0).T).sum())
