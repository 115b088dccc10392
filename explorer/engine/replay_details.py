"""What is known of each event of a replay, and what holds just before any row: pointer, keys, buttons, window."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from explorer.engine.base import Engine
from explorer.engine.replay_rows import FARTHEST_PX, REPLAY_KINDS, UNKNOWN_PX, Ints, ReplayRows, column
from explorer.errors import EngineError
from explorer.measures.axis import NO_TIME
from explorer.measures.presses import NONE, Presses, presses_of
from explorer.measures.windows import UNTOLD, window_changes

Window = tuple[str | None, str | None, str | None, int | None, int | None, int | None, int | None]
Point = tuple[int, int]

WINDOW_COLUMNS = (
    "app", "window_title", "url", "window_left_px", "window_top_px", "window_width_px", "window_height_px",
)  # fmt: skip
NO_WINDOW: Window = (None,) * 7
Kinds = NDArray[np.uint8]


def _places(*kinds: str) -> Kinds:
    return np.array([REPLAY_KINDS.index(kind) for kind in kinds], np.uint8)


_KEYS, _TOUCHES = _places("key_down", "key_up"), _places("touch_start", "touch_end")
_DOWN = _places("key_down", "mouse_down", "touch_start")
_PRESSES = _places("key_down", "key_up", "mouse_down", "mouse_up", "touch_start", "touch_end")
_DRAG = REPLAY_KINDS.index("drag")


@dataclass(frozen=True, slots=True)
class Held:
    """What holds just before a row: pointer, buttons and keys (key, modifiers, chord) in the order of their presses.

    `drag_from` is where the pointer was when the first of the buttons went down.
    """

    at: Point | None
    buttons: tuple[str, ...] = ()
    keys: tuple[tuple[str, str | None, str | None], ...] = ()
    drag_from: Point | None = None


@dataclass(frozen=True, slots=True)
class ReplayDetails:
    """Details of a session's events, one value an event: `events` are the rows of replay/details.

    start_us, end_us: a lasting event's on the axis, NO_TIME of others. `drag_ends`: by event, where a drag ended.
    `press_events` are the events with a role in `presses`. `windows`: row and state at each change, rows rise.
    """

    rows: ReplayRows
    events: pa.Table
    start_us: Ints
    end_us: Ints
    drag_ends: dict[int, Point]
    press_events: Ints
    presses: Presses
    windows: list[tuple[int, Window]]
    pointed: Ints = field(repr=False)  # rows that say where the pointer is

    @property
    def nbytes(self) -> int:
        """Memory that the details take with their rows; a window's is estimated."""
        columns = (self.start_us, self.end_us, self.press_events, self.presses.partner, self.pointed)
        own = int(self.events.nbytes) + sum(part.nbytes for part in columns) + 200 * len(self.windows)
        return own + self.rows.nbytes

    def held_before(self, row: int) -> Held:
        """What holds after all rows before this one."""
        place = np.searchsorted(self.rows.event_rows[self.press_events], row)
        buttons: list[str] = []
        keys: list[tuple[str, str | None, str | None]] = []
        drag_from = None
        for event in self.press_events[self.presses.held_before(int(place))].tolist():
            row_of = int(self.rows.event_rows[event])
            if self.rows.kind[row_of] in _KEYS:
                key, mods, chord = (self.events[name][event].as_py() for name in ("key", "mods", "chord"))
                keys += [(key, mods, chord)] if key else []
            else:
                drag_from = drag_from if buttons else self.point_before(row_of + 1)
                buttons.append(self.events["button"][event].as_py() or _unnamed(self.rows.kind[row_of]))
        return Held(self.point_before(row), tuple(buttons), tuple(keys), drag_from)

    def point_before(self, row: int) -> Point | None:
        """Where the pointer is after all rows before this one; rows made from others do not say."""
        place = int(np.searchsorted(self.pointed, row)) - 1
        if place < 0:
            return None
        at = int(self.pointed[place])
        if self.rows.kind[at] == _DRAG:
            end = self.drag_ends.get(int(np.searchsorted(self.rows.event_rows, at)))
            if end is not None:
                return end
        return int(self.rows.x[at]), int(self.rows.y[at])

    def kinds_of(self, start: int, end: int) -> list[str]:
        """Kinds of the events from `start` up to `end`."""
        return [REPLAY_KINDS[kind] for kind in self.rows.kind[self.rows.event_rows[start:end]]]

    def key_releases(
        self, start: int, end: int
    ) -> list[tuple[int, tuple[str | None, str | None, str | None]]]:
        """Events from `start` up to `end` that release a key, each with key, modifiers and chord of its press."""
        first, last = self.press_events.searchsorted([start, end]).tolist()
        partner = self.presses.partner[first:last]
        is_up = (partner != NONE) & (partner < np.arange(first, last))
        releases, presses = self.press_events[first:last][is_up], self.press_events[partner[is_up]]
        is_key = np.isin(self.rows.kind[self.rows.event_rows[releases]], _KEYS)
        words = self.events.select(["key", "mods", "chord"]).take(pa.array(presses[is_key]))
        told = zip(*(column.to_pylist() for column in words.columns), strict=True)
        return list(zip(releases[is_key].tolist(), told, strict=True))

    def window_at(self, row: int) -> Window:
        """The window in front after this row."""
        place = bisect_right(self.windows, row, key=_row)
        return self.windows[place - 1][1] if place else NO_WINDOW

    def windows_of(self, start: int, end: int) -> list[tuple[int, Window]]:
        """The window in front after row `start`, and each change after it up to row `end`."""
        first, last = (bisect_right(self.windows, row, key=_row) for row in (start, end - 1))
        return [(start, self.window_at(start)), *self.windows[first:last]]


def _row(change: tuple[int, Window]) -> int:
    return change[0]


def read_details(engine: Engine, rows: ReplayRows) -> ReplayDetails:
    """Details of the session whose rows were read. Raises EngineError when they cannot be read, or have changed."""
    session_id = rows.session["session_id"]
    events = engine.run("replay/details", {"session_id": session_id}).combine_chunks()
    if not events["seq"].combine_chunks().equals(rows.events["seq"].combine_chunks()):
        raise EngineError("the session has changed meanwhile", where=session_id, hint="Open it again")
    kinds = rows.kind[rows.event_rows]
    derived = column(events, "is_derived", False)
    is_told = rows.x != UNKNOWN_PX
    is_told[rows.event_rows[derived]] = False
    start_us, end_us = _lengths(rows, events, kinds == _DRAG)
    press_events = np.flatnonzero(np.isin(kinds, _PRESSES) & ~derived)
    return ReplayDetails(
        rows, events, start_us, end_us, _drag_ends(events), press_events,
        _presses(rows, events, kinds, press_events), _windows(rows, events, derived), np.flatnonzero(is_told),
    )  # fmt: skip


def _unnamed(kind: int) -> str:
    """What a press of no known button is called; the player calls it so too."""
    return "touch" if kind in _TOUCHES else "unknown"


def _lengths(rows: ReplayRows, events: pa.Table, is_drag: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Start and end on the axis of the events that last.

    A row that the axis shows later than its own time was completed there, or its clock had stepped back: it keeps
    its length, and does not end before it is shown.
    """
    at_us = rows.t_us[rows.event_rows]
    own_us, end_us = column(events, "t_us", NO_TIME), column(events, "end_us", NO_TIME)
    lasts = (end_us != NO_TIME) | is_drag
    start_us = np.where(own_us == NO_TIME, at_us, own_us)
    end_us = np.maximum(np.where(end_us == NO_TIME, at_us, end_us), start_us)
    late_us = np.where(at_us > start_us, np.maximum(at_us - end_us, 0), 0)
    return np.where(lasts, start_us + late_us, NO_TIME), np.where(lasts, end_us + late_us, NO_TIME)


def _drag_ends(events: pa.Table) -> dict[int, Point]:
    ends = {}
    extra = events["drag_extra"]
    for event in np.flatnonzero(pc.is_valid(extra).to_numpy()).tolist():
        try:
            told = json.loads(extra[event].as_py())
            end = told["end_x_px"], told["end_y_px"]
        except (ValueError, TypeError, KeyError, RecursionError):
            continue
        if all(isinstance(value, int) and abs(value) <= FARTHEST_PX for value in end):
            ends[event] = end
    return ends


def _presses(rows: ReplayRows, events: pa.Table, kinds: Kinds, press_events: Ints) -> Presses:
    """Upper and lower case are the same key; a key that is no character is told by its code."""
    own, chosen = kinds[press_events], pa.array(press_events)
    key, code, button = (events[name].combine_chunks().take(chosen) for name in ("key", "code", "button"))
    is_character = pc.fill_null(pc.equal(pc.utf8_length(key), 1), False)
    named = pc.if_else(is_character, pc.utf8_lower(key), pc.coalesce(code, key, ""))
    pressed = pc.coalesce(button, pc.if_else(pa.array(np.isin(own, _TOUCHES)), "touch", "unknown"))
    is_key = np.isin(own, _KEYS)
    identity, _ = _codes(
        pc.if_else(pa.array(is_key), pc.binary_join_element_wise("key", named, " "), pressed)
    )
    return presses_of(identity, np.isin(own, _DOWN), is_key, rows.t_us[rows.event_rows[press_events]])


def _windows(rows: ReplayRows, events: pa.Table, derived: NDArray[np.bool_]) -> list[tuple[int, Window]]:
    coded = [_codes(events[name]) for name in WINDOW_COLUMNS]
    told = np.column_stack([codes for codes, _ in coded])
    told[derived] = UNTOLD
    values = [[*words, None] for _, words in coded]  # UNTOLD is the last place
    return [
        (int(rows.event_rows[event]), tuple(words[code] for words, code in zip(values, state, strict=True)))  # type: ignore[misc]
        for event, state in window_changes(told)
    ]


def _codes(values: pa.ChunkedArray | pa.Array) -> tuple[Ints, list[object]]:
    """A whole number for each value, UNTOLD for NULL, and the values they stand for."""
    whole = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    encoded = whole.dictionary_encode()
    return encoded.indices.fill_null(UNTOLD).to_numpy().astype(np.int64), encoded.dictionary.to_pylist()
