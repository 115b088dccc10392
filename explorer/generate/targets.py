"""Where strokes go: parts of the window, menus, toolbars, the taskbar; and the elements that lie there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.generate.acts import Acts
from explorer.generate.apps import APPS, COMMANDS
from explorer.generate.arrays import Floats, Ints, chosen
from explorer.generate.desks import PRIMARY, Desks

# Stays where it is; a part of the window; what people type in; next to where it was; the menu bar; an item below it;
# an item of the context menu; the toolbar; the taskbar.
GOALS = ("stay", "part", "field", "near", "menu", "item", "context_item", "button", "taskbar")
STAY, PART, FIELD, NEAR, MENU, ITEM, CONTEXT_ITEM, BUTTON, TASKBAR = range(len(GOALS))

_SPOTS_N = max(len(app.spots) for app in APPS)
_SPOT_SHARES = np.array([[*[s.share for s in app.spots], *[0.0] * _SPOTS_N][:_SPOTS_N] for app in APPS])
_SPOTS = np.zeros((len(APPS), _SPOTS_N, 4))
for _place, _app in enumerate(APPS):
    _SPOTS[_place, : len(_app.spots)] = [(s.x, s.y, s.spread_x, s.spread_y) for s in _app.spots]
_FIELD = np.array([len(app.spots) - 1 for app in APPS])
_INNER = (0.004, 0.996)  # of the window: a pointer hardly rests on its border

# Menus and buttons do not grow with the window: pixels from its top left, or from where the context menu was opened.
_MENU_LEFT_PX, _MENU_PX, _MENU_TOP_PX, _ITEM_PX = 40, 62, 14, 26
_BUTTON_LEFT_PX, _BUTTON_PX, _BUTTON_TOP_PX = 30, 30, 46
ELEMENT_PX = np.zeros((len(GOALS), 2), np.int64)
ELEMENT_PX[[MENU, ITEM, CONTEXT_ITEM, BUTTON]] = (58, 24), (200, 24), (180, 24), (26, 26)
_JITTER_PX = np.zeros((len(GOALS), 2))
_JITTER_PX[[NEAR, MENU, ITEM]] = (40, 30), (9, 4), (34, 4)
_JITTER_PX[[CONTEXT_ITEM, BUTTON, TASKBAR]] = (30, 4), (5, 5), (6, 4)
_REACH = 2.0  # jitter beyond this many times its size would miss the element


def _anchors() -> Ints:
    """Pixels across and down, by goal and command; the last command is switching the application."""
    anchors = np.zeros((len(GOALS), len(COMMANDS) + 1, 2), np.int64)
    for place, command in enumerate(COMMANDS):
        across = _MENU_LEFT_PX + _MENU_PX * command.menu
        anchors[MENU, place] = across, _MENU_TOP_PX
        anchors[ITEM, place] = across + 70, _MENU_TOP_PX + _ITEM_PX * (command.item + 1)
        anchors[CONTEXT_ITEM, place] = 80, _ITEM_PX // 2 + _ITEM_PX * (command.context or 0)
        anchors[BUTTON, place] = _BUTTON_LEFT_PX + _BUTTON_PX * (command.button or 0), _BUTTON_TOP_PX
    return anchors


_ANCHORS = _anchors()


@dataclass(frozen=True, slots=True)
class Targets:
    """Shape (acts, 2): pixels aimed at, the middle of the element there, and the part of the window."""

    x: Ints
    y: Ints
    middle_x: Ints
    middle_y: Ints
    spot: Ints


def targets_of(acts: Acts, goal: Ints, desks: Desks, chance: np.random.Generator) -> Targets:
    """Where each stroke goes; those that stay have no target of their own."""
    n = len(acts)
    spot = chosen(_SPOT_SHARES, np.repeat(acts.app, 2), chance.random(2 * n)).reshape(n, 2)
    spot = np.where(goal == FIELD, _FIELD[acts.app][:, None], spot)
    origin_x, origin_y = _origins(acts, goal, spot, desks, chance)
    anchor = _ANCHORS[goal, acts.command[:, None]]
    jitter = np.clip(chance.normal(0, 1, (n, 2, 2)), -_REACH, _REACH) * _JITTER_PX[goal]
    middle_x, middle_y = origin_x + anchor[..., 0], origin_y + anchor[..., 1]
    x, y = middle_x + jitter[..., 0], middle_y + jitter[..., 1]
    is_after = (goal == NEAR) | (goal == CONTEXT_ITEM)
    for places, first in ((middle_x, x), (x, x), (middle_y, y), (y, y)):
        places[:, 1] += np.where(is_after[:, 1], first[:, 0], 0)
    display = np.where(goal == TASKBAR, PRIMARY, desks.window_display[acts.leg, acts.app][:, None])
    near_x, near_y = desks.displays[acts.leg[:, None], display].nearest(x, y)
    middle_x, middle_y = (
        middle_x + near_x - x,
        middle_y + near_y - y,
    )  # a menu opens where there is room for it
    return Targets(_pixels(near_x), _pixels(near_y), _pixels(middle_x), _pixels(middle_y), spot)


def _origins(
    acts: Acts, goal: Ints, spot: Ints, desks: Desks, chance: np.random.Generator
) -> tuple[Floats, Floats]:
    """What anchors are counted from: a point in the window, its top left, the taskbar, or 0 where a menu opens."""
    windows = desks.windows[acts.leg, acts.app]
    x = np.repeat(windows.left.astype(np.float64)[:, None], 2, axis=1)
    y = np.repeat(windows.top.astype(np.float64)[:, None], 2, axis=1)
    part = _SPOTS[acts.app[:, None], spot]
    inside = np.clip(part[..., :2] + part[..., 2:] * chance.normal(0, 1, (len(acts), 2, 2)), *_INNER)
    is_part = (goal == PART) | (goal == FIELD)
    x += np.where(is_part, inside[..., 0] * windows.width[:, None], 0)
    y += np.where(is_part, inside[..., 1] * windows.height[:, None], 0)
    bar = desks.displays[acts.leg, np.full(len(acts), PRIMARY)]
    is_bar = goal == TASKBAR
    x = np.where(is_bar, (bar.left + bar.width * (0.38 + 0.03 * acts.app_after))[:, None], x)
    y = np.where(is_bar, (bar.top + bar.height * 0.98)[:, None], y)
    is_after = (goal == NEAR) | (goal == CONTEXT_ITEM)
    return np.where(is_after, 0, x), np.where(is_after, 0, y)


def _pixels(values: Floats) -> Ints:
    return np.floor(values).astype(np.int64)
