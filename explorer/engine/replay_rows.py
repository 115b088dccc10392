"""One session as a replay reads it: moves and events merged in their true order, on one axis that never falls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from explorer.engine.base import Engine
from explorer.errors import EngineError
from explorer.measures.axis import NO_STEP, NO_TIME, Axis, Stamps, axis_of
from explorer.measures.chunks import chunk_bounds
from explorer.trace.schema import KINDS

Ints = NDArray[np.int64]
_Value = TypeVar("_Value", bound=np.generic)

REPLAY_KINDS = ("move", *KINDS)
UNKNOWN_PX, FARTHEST_PX = -32_768, 32_767
_MOST_STEPS = 1_000_000
_NOWHERE = 2**31 - 1  # no position in the dataset is that far


@dataclass(frozen=True, slots=True)
class ReplayRows:
    """Rows of one session. `session` is the row of replay/session, `events`, `frames` and `steps` their queries' rows.

    t_us (us on the axis), x, y (desktop px, UNKNOWN_PX where unknown) and kind (place in REPLAY_KINDS) have one value
    a row; `event_rows` are the rows of `events`. `far_n` positions do not fit.
    """

    session: dict[str, Any]
    axis: Axis
    x: NDArray[np.int16]
    y: NDArray[np.int16]
    kind: NDArray[np.uint8]
    event_rows: Ints
    events: pa.Table
    frames: pa.Table
    steps: pa.Table
    far_n: int
    chunks: list[tuple[int, int]]

    @property
    def t_us(self) -> Ints:
        return self.axis.input_us

    @property
    def nbytes(self) -> int:
        """Memory that the rows take."""
        columns = (self.t_us, self.x, self.y, self.kind, self.event_rows)
        return sum(part.nbytes for part in (*columns, self.events, self.frames, self.steps))


def read_rows(engine: Engine, session_id: str) -> ReplayRows | None:
    """Rows of a session; None when there is no such session, or it is hidden.

    Raises EngineError when they cannot be read, or when fewer are there than the session has.
    """
    asked = {"session_id": session_id}
    found = engine.run("replay/session", asked).to_pylist()
    if not found:
        return None
    moves, events = engine.run("replay/positions", asked), engine.run("replay/inputs", asked)
    if moves.num_rows < found[0]["moves_n"] or events.num_rows < found[0]["events_n"]:
        raise EngineError("part of the session is missing", where=session_id, hint="Run trace-explorer check")
    frames = engine.run("replay/frames", asked)
    steps = engine.run("sessions/steps", {**asked, "limit_n": _MOST_STEPS})
    return _merged(found[0], moves, events, frames, steps)


def _merged(
    session: dict[str, Any], moves: pa.Table, events: pa.Table, frames: pa.Table, steps: pa.Table
) -> ReplayRows:
    event_rows = np.searchsorted(column(moves, "seq"), column(events, "seq")) + np.arange(events.num_rows)
    merge = _Merge(moves.num_rows + events.num_rows, event_rows)
    tables = (moves, events, frames, steps)
    is_timeless = all(table["t_us"].null_count == table.num_rows for table in tables)
    none = np.full(moves.num_rows, NO_STEP)
    inputs = Stamps(
        merge(column(moves, "seq"), column(events, "seq")),
        merge(column(moves, "t_us", NO_TIME), column(events, "t_us", NO_TIME)),
        # Only a session without times needs its steps row by row.
        merge(none, column(events, "step", NO_STEP)) if is_timeless else none[:0],
    )
    kind, is_derived = np.zeros(merge.rows_n, np.uint8), np.zeros(merge.rows_n, bool)
    kind[event_rows], is_derived[event_rows] = _kinds(events), column(events, "is_derived", False)
    axis = axis_of(inputs, is_derived, _stamps(frames), _stamps(steps), session["duration_us"])
    (x, y, far_n), (event_x, event_y, event_far_n) = _positions(moves), _positions(events)
    return ReplayRows(
        session, axis, merge(x, event_x), merge(y, event_y), kind, event_rows, events, frames, steps,
        far_n + event_far_n, chunk_bounds(axis.input_us, event_rows),
    )  # fmt: skip


class _Merge:
    """Puts a column of the moves and one of the events into one, in their true order."""

    def __init__(self, rows_n: int, event_rows: Ints) -> None:
        self.rows_n = rows_n
        self._event_rows = event_rows
        self._is_move = np.ones(rows_n, bool)
        self._is_move[event_rows] = False

    def __call__(self, moves: NDArray[_Value], events: NDArray[_Value]) -> NDArray[_Value]:
        merged = np.empty(self.rows_n, moves.dtype)
        merged[self._is_move] = moves
        merged[self._event_rows] = events
        return merged


def _stamps(table: pa.Table) -> Stamps:
    return Stamps(column(table, "seq"), column(table, "t_us", NO_TIME), column(table, "step", NO_STEP))


def _positions(table: pa.Table) -> tuple[NDArray[np.int16], NDArray[np.int16], int]:
    """x and y, UNKNOWN_PX where one of them is unknown or does not fit, and how many do not."""
    x, y = (column(table, name, _NOWHERE) for name in ("x_px", "y_px"))
    is_known = (x != _NOWHERE) & (y != _NOWHERE)
    is_near = (np.maximum(x, y) <= FARTHEST_PX) & (np.minimum(x, y) >= -FARTHEST_PX)
    near_x, near_y = (np.where(is_near, values, UNKNOWN_PX).astype(np.int16) for values in (x, y))
    return near_x, near_y, int(np.count_nonzero(is_known & ~is_near))


def _kinds(events: pa.Table) -> NDArray[np.uint8]:
    places = pc.index_in(events["kind"], pa.array(REPLAY_KINDS))
    found: NDArray[np.int32] = pc.fill_null(places, REPLAY_KINDS.index("custom")).to_numpy()
    return found.astype(np.uint8)


def column(table: pa.Table, name: str, missing: int | bool = 0) -> NDArray[Any]:
    """A column of numbers or truth values, `missing` for NULL; not to be written to."""
    values = table[name]
    return (values.fill_null(missing) if values.null_count else values).to_numpy()  # type: ignore[no-any-return]
