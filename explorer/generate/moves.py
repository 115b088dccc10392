"""The moves of one chunk: the pointer on its way, 60 times a second."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from explorer.generate.apps import APPS
from explorer.generate.arrays import Floats, Ints, numbers, within, words
from explorer.generate.clock import move_times
from explorer.generate.desks import DISPLAY_NAMES, OTHER, PRIMARY, Desks, Rectangles
from explorer.generate.scene import Scene
from explorer.trace.arrow import from_columns
from explorer.trace.grid import NO_CELL, cells

_BOW, _TREMOR_PX = 0.05, 0.7
APP_NAMES = [app.name for app in APPS]


def moves_table(scene: Scene) -> pa.Table:
    """The moves table of the chunk."""
    strokes, acts = scene.strokes, scene.acts
    stroke, place = np.repeat(np.arange(len(strokes)), strokes.moves_n), within(strokes.moves_n)
    act = strokes.act[stroke]
    leg, app = acts.leg[act], acts.app[act]
    display, x, y = on_displays(scene.desks, leg, app, *_path(scene, stroke, place))
    cell = cells_in(scene.desks.displays[leg, display], x, y)
    window_cell = cells_in(scene.desks.windows[leg, app], x, y)
    columns = {
        "session_id": words(leg, scene.session_ids),
        "seq": scene.clock.seq[stroke] + place,
        "t_us": move_times(scene.clock, stroke, place, scene.chance),
        "x_px": x,
        "y_px": y,
        "display_id": words(display, DISPLAY_NAMES),
        "app": words(app, APP_NAMES),
        "cell": numbers(cell, cell != NO_CELL),
        "window_cell": numbers(window_cell, window_cell != NO_CELL),
        "flags": words(np.where(strokes.is_drag[stroke], 0, -1), ["drag"]),
    }
    return from_columns("moves", columns, len(stroke))


def on_displays(
    desks: Desks, leg: Ints, app: Ints, x: Floats | Ints, y: Floats | Ints
) -> tuple[Ints, Ints, Ints]:
    """Display and whole pixel of each point; the pointer never leaves the desktop, so it is held at its edge."""
    n = len(leg)
    at = np.round(x).astype(np.float64), np.round(y).astype(np.float64)
    primary = desks.displays[leg, np.full(n, PRIMARY)].hold(*at)
    other = desks.displays[leg, np.full(n, OTHER)].hold(*at)
    display = np.where(primary, PRIMARY, np.where(other, OTHER, desks.window_display[leg, app]))
    held = desks.displays[leg, display].nearest(*at)
    return display, held[0].astype(np.int64), held[1].astype(np.int64)


def cells_in(area: Rectangles, x: Ints, y: Ints) -> Ints:
    """Cells of the points in their rectangles."""
    return cells(
        x.astype(np.float64),
        y.astype(np.float64),
        left=area.left,
        top=area.top,
        width=area.width,
        height=area.height,
    )


def _path(scene: Scene, stroke: Ints, place: Ints) -> tuple[Floats, Floats]:
    """Points on the way: smooth start and stop (minimum jerk), a slight bow, a slight tremor."""
    strokes, chance = scene.strokes, scene.chance
    share = (place + 1) / strokes.moves_n[stroke]
    smooth = share**3 * (10 + share * (6 * share - 15))
    bow = (_BOW * chance.normal(0, 1, len(strokes)))[stroke] * np.sin(np.pi * share)
    across = (strokes.x - strokes.from_x)[stroke]
    down = (strokes.y - strokes.from_y)[stroke]
    tremor = chance.normal(0, _TREMOR_PX, (2, len(stroke))) * (share < 1)
    x = strokes.from_x[stroke] + across * smooth - down * bow + tremor[0]
    y = strokes.from_y[stroke] + down * smooth + across * bow + tremor[1]
    return x, y
