"""Columns of events that tell where a row happened: display, window, element, screenshot."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from explorer.generate.acts import COMMAND_NAMES
from explorer.generate.apps import APPS, COMMANDS, MENUS
from explorer.generate.arrays import NONE, Ints, numbers, words
from explorer.generate.desks import DISPLAY_NAMES
from explorer.generate.event_rows import EventRows
from explorer.generate.moves import APP_NAMES, cells_in, on_displays
from explorer.generate.scene import Scene
from explorer.generate.scripts import FORM_NAMES
from explorer.generate.targets import BUTTON, CONTEXT_ITEM, ELEMENT_PX, GOALS, ITEM, MENU, TASKBAR
from explorer.trace.grid import NO_CELL

_TITLES = [title for app in APPS for title in app.titles]
_URLS = [url for app in APPS for url in (app.urls or [""] * len(app.titles))]
_DRAG = FORM_NAMES.index("drag")
_ROLES = sorted({"menuitem", "button", *(spot.role for app in APPS for spot in app.spots)})
_NAMES = (*COMMAND_NAMES, *MENUS, *APP_NAMES)
_MENU_OF = np.array([command.menu for command in COMMANDS] + [0])


def _roles() -> Ints:
    """Place of the role among _ROLES, by goal, application and part."""
    fixed = dict.fromkeys((MENU, ITEM, CONTEXT_ITEM), "menuitem") | dict.fromkeys((BUTTON, TASKBAR), "button")
    parts_n = max(len(app.spots) for app in APPS)
    found = np.zeros((len(GOALS), len(APPS), parts_n), np.int64)
    for goal in range(len(GOALS)):
        for place, app in enumerate(APPS):
            for part, spot in enumerate(app.spots):
                found[goal, place, part] = _ROLES.index(fixed.get(goal, spot.role))
    return found


_ROLE = _roles()


def place_columns(scene: Scene, rows: EventRows) -> dict[str, Any]:
    """Point, its display and cells; where a drag ends is in `extra`."""
    own = scene.strokes
    at = rows.stroke[rows.begin]
    x, y = own.x[at], own.y[at]
    display, _, _ = on_displays(scene.desks, rows.leg, rows.app, x, y)
    area = scene.desks.displays[rows.leg, display]
    cell = cells_in(area, x, y)
    window_cell = cells_in(scene.desks.windows[rows.leg, rows.app], x, y)
    known = rows.has_point
    drags = np.flatnonzero(rows.form == _DRAG)
    extra = np.full(len(rows), None, object)
    extra[drags] = [
        f'{{"end_x_px": {end_x}, "end_y_px": {end_y}}}'
        for end_x, end_y in zip(own.x[rows.stroke[drags]], own.y[rows.stroke[drags]], strict=True)
    ]
    return {
        "x_px": numbers(x, known),
        "y_px": numbers(y, known),
        "x_rel": numbers((x - area.left) / area.width, known),
        "y_rel": numbers((y - area.top) / area.height, known),
        "display_id": words(np.where(known, display, NONE), DISPLAY_NAMES),
        "cell": numbers(cell, known & (cell != NO_CELL)),
        "window_cell": numbers(window_cell, known & (window_cell != NO_CELL)),
        "extra": pa.array(extra, pa.string()),
    }


def window_columns(scene: Scene, rows: EventRows) -> dict[str, Any]:
    """Application, title, address and rectangle of the window in front."""
    window = scene.desks.windows[rows.leg, rows.app]
    has_url = np.array([bool(url) for url in _URLS])
    return {
        "app": words(rows.app, APP_NAMES),
        "window_title": words(rows.title, _TITLES),
        "url": words(np.where(has_url[rows.title], rows.title, NONE), _URLS),
        "window_left_px": window.left,
        "window_top_px": window.top,
        "window_width_px": window.width,
        "window_height_px": window.height,
    }


def element_columns(scene: Scene, rows: EventRows) -> dict[str, Any]:
    """What is under the pointer; menus, buttons and the taskbar have a name."""
    strokes = scene.strokes
    stroke = rows.stroke[rows.begin]
    goal, known = strokes.goal[stroke], rows.has_point
    role = _ROLE[goal, scene.acts.app[rows.act], strokes.spot[stroke]]
    name = np.where(known, _names(goal, scene.acts.command[rows.act], scene.acts.app_after[rows.act]), NONE)
    size = ELEMENT_PX[goal]
    has_box = known & (size[:, 0] > 0)
    return {
        "element_role": words(np.where(known, role, NONE), _ROLES),
        "element_name": words(name, _NAMES),
        "element_left_px": numbers(strokes.middle_x[stroke] - size[:, 0] // 2, has_box),
        "element_top_px": numbers(strokes.middle_y[stroke] - size[:, 1] // 2, has_box),
        "element_width_px": numbers(size[:, 0], has_box),
        "element_height_px": numbers(size[:, 1], has_box),
    }


def frame_columns(scene: Scene, rows: EventRows) -> dict[str, Any]:
    """The screenshots before and after; NULL where there is none."""
    if not scene.legs.frames_n.any():
        return {}
    before = (scene.frames_before + scene.clock.act_frames_n)[rows.act] - 1
    after = before + 1
    total = scene.sessions.frames_n[rows.leg]
    session = words(rows.leg, scene.session_ids)
    return {
        "frame_id": _frame_ids(session, np.where(before >= 0, before, NONE)),
        "frame_after_id": _frame_ids(session, np.where(after < total, after, NONE)),
    }


def _frame_ids(session: pa.Array, index: Ints) -> pa.Array:
    number = pc.utf8_lpad(pc.cast(numbers(index, index >= 0), pa.string()), 7, "0")
    return pc.binary_join_element_wise(session, number, "-")


def _names(goal: Ints, command: Ints, app_after: Ints) -> Ints:
    is_command = (goal == ITEM) | (goal == CONTEXT_ITEM) | (goal == BUTTON)
    name = np.where(is_command, command, NONE)
    name = np.where(goal == MENU, len(COMMAND_NAMES) + _MENU_OF[command], name)
    return np.where(goal == TASKBAR, len(COMMAND_NAMES) + len(MENUS) + app_after, name)
