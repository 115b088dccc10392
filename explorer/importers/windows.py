"""Which application, window and page were in front: carried forward from the rows that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from explorer.importers.recording import Events, Floats, Ints, Objects, objects

# A title is repeated on every row of its window. Beyond this length only the row that brought it keeps the rest.
CARRIED_LENGTH = 1_000
_TEXTS = ("app", "window_title", "url")
_SIDES = ("left", "top", "width", "height")
_RECT = tuple(f"window_{side}_px" for side in _SIDES)


@dataclass(frozen=True, slots=True)
class Windows:
    """States of the foreground in their order; state i holds from `starts[i]` (a place in the source) on."""

    starts: Ints
    states: list[dict[str, Any]]

    def at(self, order: Ints) -> Ints:
        """Index of the state at each place; -1 before the first."""
        return np.searchsorted(self.starts, order, side="right") - 1

    def column(self, name: str, index: Ints) -> Objects | None:
        """Values of one column at the states `index`; None when no state has one."""
        values = [state.get(name) for state in self.states]
        if all(value is None for value in values):
            return None
        return objects([*values, None])[index]

    def names(self, name: str) -> list[str | None]:
        """Values of one column, one a state."""
        return [state.get(name) for state in self.states]

    def rectangles(self, index: Ints) -> dict[str, Floats] | None:
        """Left, top, width and height at the states `index`, NaN where unknown; None when no state has them."""
        rows = [[_edge(state.get(name)) for name in _RECT] for state in self.states]
        if np.isnan(rows).all():
            return None
        table = np.array([*rows, [np.nan] * 4])
        return {side: table[index, place] for place, side in enumerate(_SIDES)}


def windows_of(events: Events) -> Windows:
    """The foreground states of a recording: a window_focus starts afresh, a navigation changes page and title."""
    rows = np.flatnonzero((events.kind == "window_focus") | (events.kind == "navigation"))
    states: list[dict[str, Any]] = []
    for row in rows:
        said = {name: values[row] for name, values in events.columns.items() if name in (*_TEXTS, *_RECT)}
        said = {name: _short(value) for name, value in said.items() if value is not None}
        is_page = events.kind[row] == "navigation" and states
        states.append({**states[-1], **said} if is_page else said)
    return Windows(events.order[rows], states)


def carried(windows: Windows, index: Ints, columns: dict[str, Objects]) -> dict[str, Objects]:
    """`columns` with the foreground's texts and rectangle filled in where a row has none of its own."""
    filled = dict(columns)
    for name in (*_TEXTS, *_RECT):
        values = windows.column(name, index)
        if values is not None:
            own = columns.get(name)
            filled[name] = values if own is None else np.where(own == None, values, own)  # noqa: E711
    return filled


def _short(value: Any) -> Any:
    return value[:CARRIED_LENGTH] if isinstance(value, str) else value


def _edge(value: Any) -> float:
    try:
        return np.nan if value is None else float(value)
    except (TypeError, ValueError, OverflowError):
        return np.nan
