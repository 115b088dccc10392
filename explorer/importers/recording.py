"""A recording as an importer hands it over: source rows as columns, nothing derived yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.errors import SourceError
from explorer.trace.displays import Display
from explorer.trace.schema import EVENT_FLAGS, LATEST_US, MOVE_FLAGS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Objects = NDArray[np.object_]

# Stands for "the source has no time here"; written as NULL.
NO_TIME = int(np.iinfo(np.int64).min)
# Instead of an index into the frames: the source says that there is no picture here.
NO_FRAME = -2
_LARGEST_US = 9e18
_BACKWARD_LIMIT_US = 86_400 * 1_000_000
HINT_DAMAGED = "Repair the file or leave it out"

MOVE_BITS = {name: 1 << place for place, name in enumerate(MOVE_FLAGS)}
EVENT_BITS = {name: 1 << place for place, name in enumerate(EVENT_FLAGS)}


@dataclass(slots=True)
class Moves:
    """Pointer positions. `order` is the place in the source; x and y are NaN where none was recorded."""

    order: Ints
    t_us: Ints
    x: Floats
    y: Floats
    is_drag: Bools | None = None

    def __len__(self) -> int:
        return len(self.order)

    @classmethod
    def none(cls) -> Moves:
        return cls(_no_ints(), _no_ints(), _no_floats(), _no_floats())


@dataclass(slots=True)
class Events:
    """Discrete source rows. `columns` holds schema columns as object arrays, None for NULL.

    `has_point` says which rows carry a pointer position, even an unusable one; `flags` are EVENT_BITS;
    `frame` and `frame_after` are indexes into the recording's frames where the source links them (-1: it does not, the
    nearest one is taken; NO_FRAME: it says that there is none).
    """

    order: Ints
    t_us: Ints
    kind: Objects
    x: Floats
    y: Floats
    has_point: Bools
    flags: Ints
    columns: dict[str, Objects] = field(default_factory=dict)
    frame: Ints | None = None
    frame_after: Ints | None = None

    def __len__(self) -> int:
        return len(self.order)

    @classmethod
    def from_rows(cls, rows: Sequence[Mapping[str, Any]]) -> Events:
        """Events from one mapping a row: order, t_us and kind; x, y, flags, frame, frame_after and schema columns."""
        own = {"order", "t_us", "kind", "x", "y", "flags", "frame", "frame_after"}
        names = {name: None for row in rows for name in row if name not in own}
        linked = any("frame" in row for row in rows)
        return cls(
            order=np.array([row["order"] for row in rows], np.int64),
            t_us=np.array([row["t_us"] for row in rows], np.int64),
            kind=objects([row["kind"] for row in rows]),
            x=np.array([row.get("x", np.nan) for row in rows], np.float64),
            y=np.array([row.get("y", np.nan) for row in rows], np.float64),
            has_point=np.array(["x" in row for row in rows], bool),
            flags=np.array([_bits(row.get("flags", ())) for row in rows], np.int64),
            columns={name: objects([row.get(name) for row in rows]) for name in names},
            frame=np.array([row.get("frame", -1) for row in rows], np.int64) if linked else None,
            frame_after=np.array([row.get("frame_after", -1) for row in rows], np.int64) if linked else None,
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """One screenshot, without its bytes: what part of the desktop it shows, in desktop pixels."""

    order: int
    t_us: int
    left_px: int | None = None
    top_px: int | None = None
    view_width_px: int | None = None
    view_height_px: int | None = None
    display_id: str | None = None
    step: int | None = None
    is_redacted: bool = False


@dataclass(slots=True)
class Recording:
    """One session of a source.

    `session` holds columns of the sessions table; counts, ids, quality and times are added later. `t_us` anywhere
    counts from any origin: with clock 'epoch' from 1970 UTC. `displays` None means that no geometry was recorded and
    a size is estimated. `pictures` gives the frames' bytes in the frames' order, once. `place` names a row in
    messages, such as 'events.jsonl:{}'. `has_pictures` is False where the recorder takes none, so that none is missing.
    """

    inner_id: str
    session: dict[str, Any]
    moves: Moves
    events: Events
    place: str
    displays: Sequence[Display] | None = None
    coordinate_space: str = "physical_px"
    frames: Sequence[Frame] = ()
    pictures: Callable[[], Iterator[bytes]] | None = None
    has_pictures: bool = True
    steps: Sequence[Mapping[str, Any]] = ()
    participant: Mapping[str, Any] | None = None
    dropped: frozenset[str] = frozenset()
    sentinels: tuple[float, ...] = ()
    hotkeys: tuple[tuple[str, ...], ...] = ()
    double_click_us: int = 500_000
    double_click_px: float = 5.0
    quality: frozenset[str] = frozenset()

    @property
    def source_rows_n(self) -> int:
        """Rows that the source holds for this session, pictures and steps included."""
        return len(self.moves) + len(self.events) + len(self.frames) + len(self.steps)

    def where(self, order: int) -> str:
        """A row's place, for messages."""
        return self.place.format(order)


def literal(name: str) -> str:
    """A file name as part of a `place` template."""
    return name.replace("{", "{{").replace("}", "}}")


def objects(values: Sequence[Any]) -> Objects:
    """A numpy array of Python objects, one a value, whatever they are."""
    column = np.empty(len(values), object)
    column[:] = values
    return column


def times_us(values: Floats, units_us: float, where: Callable[[int], str]) -> Ints:
    """Time stamps as whole microseconds; `units_us` is the unit of `values` in microseconds.

    Raises SourceError naming the first stamp that is not a number or not a time.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = values * units_us
        is_bad = ~(np.abs(scaled) < _LARGEST_US)
    if is_bad.any():
        raise SourceError(
            "the time stamp is not a time", where=where(int(is_bad.argmax())), hint=HINT_DAMAGED
        )
    return np.rint(scaled).astype(np.int64)


def check_clock(t_us: Ints, order: Ints, where: Callable[[int], str]) -> bool:
    """True when the clock steps backwards somewhere in these rows, which are in their true order.

    Raises SourceError where it jumps back by more than a day, or runs on for more than ten years.
    """
    is_known = t_us != NO_TIME
    known, places = t_us[is_known], order[is_known]
    if len(known) < 2:
        return False
    middle = int(known[len(known) // 2])
    is_far = np.abs(known.astype(np.float64) - middle) > LATEST_US / 2
    steps = np.diff(known)
    if is_far.any():
        raise SourceError(
            "the time stamp lies years away from the others", where=where(int(places[is_far.argmax()])),
            hint=HINT_DAMAGED,
        )  # fmt: skip
    if (steps < -_BACKWARD_LIMIT_US).any():
        bad = int(places[int(steps.argmin()) + 1])
        raise SourceError("the clock jumps back by more than a day", where=where(bad), hint=HINT_DAMAGED)
    return bool((steps < 0).any())


def _bits(flags: Sequence[str]) -> int:
    return sum(EVENT_BITS[name] for name in set(flags))


def _no_ints() -> Ints:
    return np.empty(0, np.int64)


def _no_floats() -> Floats:
    return np.empty(0, np.float64)
