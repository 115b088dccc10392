"""Which rows press a key or a button, which release it, and what is held at a row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

PAIRED, REPEAT, LONE = 0, 1, 2
# No keyboard repeats slower: a second press after a longer pause means that the release in between was lost.
REPEAT_GAP_US = 2_000_000
NONE = -1


@dataclass(frozen=True, slots=True)
class Presses:
    """Roles of press and release rows, in the order given.

    `role`: PAIRED, REPEAT (auto-repeat of a press), or LONE (a press without release, a release without press).
    `partner`: of a PAIRED row the place among these rows of the other one, else NONE.
    """

    role: NDArray[np.int8]
    partner: Ints

    def held_before(self, place: int) -> Ints:
        """Places of the presses that are held just before that place, in order."""
        return np.flatnonzero(self.partner[:place] >= place)


def presses_of(identity: Ints, is_down: Bools, can_repeat: Bools, t_us: Ints) -> Presses:
    """Pair the presses with the releases of the same `identity`; rows stand in their true order, times never fall."""
    by_key = np.argsort(identity, kind="stable")
    key, down, time = identity[by_key], is_down[by_key], t_us[by_key]
    follows = np.concatenate([[False], key[1:] == key[:-1]]) if len(key) else np.zeros(0, bool)
    after_down = follows & np.roll(down, 1)
    is_repeat = down & after_down & can_repeat[by_key] & (time - np.roll(time, 1) <= REPEAT_GAP_US)
    turns = np.flatnonzero(~is_repeat)  # where something changes: first presses and releases
    is_pair = np.zeros(len(turns), bool)
    is_pair[:-1] = down[turns[:-1]] & ~down[turns[1:]] & (key[turns[:-1]] == key[turns[1:]])
    pressed, released = turns[is_pair], turns[np.flatnonzero(is_pair) + 1]
    role = np.full(len(key), LONE, np.int8)
    role[is_repeat] = REPEAT
    role[pressed] = role[released] = PAIRED
    partner = np.full(len(key), NONE, np.int64)
    partner[by_key[pressed]], partner[by_key[released]] = by_key[released], by_key[pressed]
    unsorted = np.empty(len(key), np.int8)
    unsorted[by_key] = role
    return Presses(unsorted, partner)
