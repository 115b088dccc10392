"""Key presses: which key rows belong together, which are auto-repeat, and which release was never recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from explorer.importers.recording import NO_TIME, Events
from explorer.trace.keys import is_printable

# No keyboard repeats slower: a second press after a longer pause means that the release in between was lost.
REPEAT_GAP_US = 2_000_000


@dataclass(slots=True, eq=False)
class Press:
    """One key from press to release, as rows of the events.

    `down` is None when the key was held before the first row, `up` when its release was never recorded.
    """

    key: str | None
    identity: str
    down: int | None = None
    up: int | None = None
    repeats: list[int] = field(default_factory=list)
    last_us: int = NO_TIME


@dataclass(slots=True)
class KeyRows:
    """The key rows of a session in their order, and the press each belongs to."""

    rows: list[int]
    press_of: dict[int, Press]

    @property
    def dangling(self) -> list[int]:
        """Rows of presses that were never released."""
        return [p.down for p in self._presses() if p.up is None and p.down is not None]

    @property
    def held_at_start(self) -> list[int]:
        """Rows that release a key nobody was seen pressing before."""
        return [p.up for p in self._presses() if p.down is None and p.up is not None]

    def _presses(self) -> Iterable[Press]:
        return {id(press): press for press in self.press_of.values()}.values()


def key_rows(events: Events) -> KeyRows:
    """Group the key rows of `events` (in their true order) into presses."""
    none = np.full(len(events), None, object)
    keys, codes = events.columns.get("key", none), events.columns.get("code", none)
    is_down = events.kind == "key_down"
    rows = np.flatnonzero(is_down | (events.kind == "key_up")).tolist()
    press_of: dict[int, Press] = {}
    latest: dict[str, Press] = {}  # by identity, whether released or not
    lone_ups: list[int] = []
    for row in rows:
        identity = _identity(keys[row], codes[row])
        t_us = int(events.t_us[row])
        press = latest.get(identity)
        is_open = press is not None and press.up is None
        if is_down[row]:
            if press is not None and is_open and _repeats(press, t_us):
                press.repeats.append(row)
            else:
                press = latest[identity] = Press(keys[row], identity, down=row)
            press.last_us = t_us
        elif press is not None and is_open:
            press.up = row
        elif press is None:
            press = latest[identity] = Press(keys[row], identity, up=row)
            lone_ups.append(row)
        else:
            continue  # released twice: the press in between was lost, and no flag says so
        press_of[row] = press
    _join_changed_characters(press_of, lone_ups)
    return KeyRows(rows, press_of)


def _identity(key: str | None, code: str | None) -> str:
    """What a press and its release have in common; upper and lower case are the same key."""
    if key is not None and is_printable(key):
        return key.casefold()
    return code or key or ""


def _repeats(press: Press, t_us: int) -> bool:
    return NO_TIME in (t_us, press.last_us) or t_us - press.last_us <= REPEAT_GAP_US


def _join_changed_characters(press_of: dict[int, Press], lone_ups: list[int]) -> None:
    """Join '!' pressed and '1' released: recorders of characters name a key anew when Shift was let go first."""
    waiting = [p for p in press_of.values() if p.up is None and p.down is not None and is_printable(p.key)]
    for row in lone_ups:
        if not is_printable(press_of[row].key):
            continue
        earlier = [press for press in waiting if press.down is not None and press.down < row]
        if earlier:
            press = max(earlier, key=lambda candidate: candidate.down or 0)
            press.up = row
            press_of[row] = press
            waiting = [other for other in waiting if other is not press]
