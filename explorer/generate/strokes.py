"""Acts become strokes: the pointer travels to a place, and a script of events follows there.

Every act has two strokes; one that is not needed has no rows.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from explorer.generate.acts import WAY, WAY_NAMES, Acts
from explorer.generate.arrays import NONE, Bools, Floats, Ints, carried, starts
from explorer.generate.desks import Desks
from explorer.generate.scripts import (
    CLICK,
    DOUBLE_CLICK,
    END,
    FOLLOW,
    IDLE,
    NOTHING,
    OPEN,
    PRESS,
    RELEASE,
    RIGHT_CLICK,
    scripts,
)
from explorer.generate.targets import (
    BUTTON,
    CONTEXT_ITEM,
    FIELD,
    ITEM,
    MENU,
    NEAR,
    PART,
    STAY,
    TASKBAR,
    targets_of,
)

TICKS_A_SECOND = 60
_GIVEN = -1  # the act's own script
# For each way the strokes that it takes: where to, and what is left there.
_WAYS: dict[str, tuple[tuple[int, int], ...]] = {
    "click": ((PART, CLICK),),
    "double_click": ((PART, DOUBLE_CLICK),),
    "look_up": ((PART, RIGHT_CLICK), (NEAR, CLICK)),
    "drag": ((PART, PRESS), (PART, RELEASE)),
    "scroll": ((PART, _GIVEN),),
    "type": ((FIELD, CLICK), (STAY, _GIVEN)),
    "wander": ((PART, NOTHING),),
    "follow": ((PART, FOLLOW),),
    "open": ((PART, OPEN),),
    "idle": ((STAY, IDLE),),
    "by_shortcut": ((STAY, _GIVEN),),
    "by_menu": ((MENU, CLICK), (ITEM, _GIVEN)),
    "by_context_menu": ((PART, RIGHT_CLICK), (CONTEXT_ITEM, _GIVEN)),
    "by_toolbar": ((BUTTON, _GIVEN),),
    "switch_keys": ((STAY, _GIVEN),),
    "switch_click": ((TASKBAR, _GIVEN),),
}
_STROKES = np.array([[*_WAYS.get(name, ()), (STAY, NOTHING), (STAY, NOTHING)][:2] for name in WAY_NAMES])
# Fitts: seconds grow with the logarithm of the distance, counted in sizes of what is aimed at.
_LEAST_S, _MORE_S, _AIM_PX = 0.27, 0.14, 36.0


@dataclass(slots=True)
class Strokes:
    """One entry a stroke, two for each act; `act` is the place of that act."""

    act: Ints
    goal: Ints
    script: Ints
    spot: Ints
    x: Ints
    y: Ints
    from_x: Ints
    from_y: Ints
    middle_x: Ints
    middle_y: Ints
    moves_n: Ints
    is_drag: Bools

    def __len__(self) -> int:
        return len(self.act)

    @property
    def rows_n(self) -> Ints:
        """Rows of moves and events that each leaves."""
        return self.moves_n + scripts().length[self.script]


def strokes_of(acts: Acts, desks: Desks, tempo: Floats, chance: np.random.Generator) -> Strokes:
    """The strokes of all acts; `tempo` of each leg scales how long the pointer is on its way."""
    n = len(acts)
    goal, script = _STROKES[acts.way, :, 0], _STROKES[acts.way, :, 1]
    found = targets_of(acts, goal, desks, chance)
    is_moving = (goal != STAY).ravel()
    x, y = carried(found.x.ravel(), is_moving), carried(found.y.ravel(), is_moving)
    is_first = np.zeros((n, 2), bool)
    is_first[:, 0] = acts.is_first
    from_x, from_y = (np.where(is_first.ravel(), here, np.roll(here, 1)) for here in (x, y))
    seconds = _LEAST_S + _MORE_S * np.log2(np.hypot(x - from_x, y - from_y) / _AIM_PX + 1)
    seconds *= tempo[acts.leg].repeat(2) * np.exp(chance.normal(0, 0.25, 2 * n))
    moves_n = np.ceil(seconds * TICKS_A_SECOND).astype(np.int64)
    is_drag = np.zeros((n, 2), bool)
    is_drag[:, 1] = acts.way == WAY["drag"]
    return Strokes(
        act=np.arange(n).repeat(2),
        goal=goal.ravel(),
        script=np.where(script == _GIVEN, acts.script[:, None], script).ravel(),
        spot=found.spot.ravel(),
        x=x,
        y=y,
        from_x=from_x,
        from_y=from_y,
        middle_x=found.middle_x.ravel(),
        middle_y=found.middle_y.ravel(),
        moves_n=np.where(is_moving & ~is_first.ravel(), moves_n, 0),
        is_drag=is_drag.ravel(),
    )


def cut(acts: Acts, strokes: Strokes, rows_n: Ints, is_last: Bools) -> tuple[Acts, Strokes]:
    """As many acts as each leg has rows for, none by half; moves make up the rest, and a last leg ends the task."""
    legs_n = len(rows_n)
    counts = np.bincount(acts.leg, minlength=legs_n)
    first = starts(counts)
    rows = strokes.rows_n.reshape(-1, 2).sum(axis=1)
    reached = np.cumsum(rows)
    reached -= (reached[first] - rows[first])[acts.leg]
    ends_n = (is_last & (rows_n > 1)).astype(np.int64)
    room = rows_n - ends_n
    is_kept = (reached <= room[acts.leg]) & (np.arange(len(acts)) < (first + counts - 2)[acts.leg])
    kept_n = np.bincount(acts.leg[is_kept], minlength=legs_n)
    filler = first + kept_n
    _replace(acts, strokes, filler, room - reached[filler - 1], NOTHING)
    _replace(acts, strokes, filler + 1, np.zeros(legs_n, np.int64), np.where(ends_n > 0, END, NOTHING))
    acts.app[filler + 1] = acts.app_after[filler] = acts.app[filler]
    acts.title[filler + 1] = acts.title_after[filler] = acts.title[filler]
    is_kept[filler] = is_kept[filler + 1] = True
    chosen = np.repeat(is_kept, 2)
    left = Strokes(*(getattr(strokes, field.name)[chosen] for field in fields(strokes)))
    left.act = np.arange(np.count_nonzero(is_kept)).repeat(2)
    return acts[is_kept], left


def _replace(acts: Acts, strokes: Strokes, places: Ints, moves_n: Ints, script: Ints | int) -> None:
    """Other rows for the acts at these places."""
    strokes.moves_n[2 * places], strokes.script[2 * places] = moves_n, script
    strokes.moves_n[2 * places + 1], strokes.script[2 * places + 1] = 0, NOTHING
    strokes.is_drag[2 * places + 1] = False
    acts.command[places] = acts.via[places] = NONE
    acts.way[places] = WAY["wander"]
