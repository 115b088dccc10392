"""Which stroke, act and line of a script each row of events belongs to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.generate.arrays import Bools, Ints
from explorer.generate.scene import Scene
from explorer.generate.scripts import FORM_NAMES, FORMS, scripts

_HAS_POINT = np.array([form.has_point for form in FORMS.values()])
_FOCUS, _NAVIGATION = FORM_NAMES.index("focus"), FORM_NAMES.index("navigation")


@dataclass(frozen=True, slots=True)
class EventRows:
    """One entry a row of events. `begin` is the row that it begins with: itself, unless it lasts.

    `app` and `title` are in front when the row is over; `has_point` tells whether the pointer's place belongs to it.
    """

    stroke: Ints
    act: Ints
    leg: Ints
    line: Ints
    form: Ints
    begin: Ints
    app: Ints
    title: Ints
    has_point: Bools

    def __len__(self) -> int:
        return len(self.stroke)


def rows_of(scene: Scene) -> EventRows:
    """The rows of events of the chunk, in their order."""
    acts, clock = scene.acts, scene.clock
    stroke, line = clock.event_stroke, clock.event_line
    act = scene.strokes.act[stroke]
    form = scripts().form[line]
    is_new_app = form == _FOCUS
    is_new_title = is_new_app | (form == _NAVIGATION)
    return EventRows(
        stroke=stroke,
        act=act,
        leg=acts.leg[act],
        line=line,
        form=form,
        begin=np.arange(len(stroke)) - scripts().back[line],
        app=np.where(is_new_app, acts.app_after[act], acts.app[act]),
        title=np.where(is_new_title, acts.title_after[act], acts.title[act]),
        has_point=_HAS_POINT[form],
    )
