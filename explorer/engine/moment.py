"""What held at one moment of a session, as the replay shows it: for a look from Python, without a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

import numpy as np

from explorer.engine.base import Engine
from explorer.engine.replay_details import read_details
from explorer.engine.replay_rows import read_rows
from explorer.errors import ParameterError
from explorer.trace.keys import is_printable


@dataclass(frozen=True, slots=True, repr=False)
class Moment:
    """State of a session after everything up to `t_us`; None where nothing is known.

    t_us [us] counts on the replay's axis: the session's own time, or one second a step where it has none (`axis`).
    x_px, y_px [px]: pointer in desktop pixels. `frame_id`: the screenshot valid then. `path`: the moment in the app.
    """

    session_id: str
    t_us: int
    axis: Literal["time", "step"]
    frame_id: str | None
    x_px: int | None
    y_px: int | None
    app: str | None
    window_title: str | None
    url: str | None
    keys: tuple[str, ...]
    buttons: tuple[str, ...]

    @property
    def path(self) -> str:
        """Address of the moment within the app; it knows whole milliseconds."""
        return f"/replay?{urlencode({'id': self.session_id, 't': self.t_us // 1000})}"

    def __repr__(self) -> str:
        """In one line for a notebook; keys that type a character stay out of it."""
        keys = ["•" if is_printable(key) else key for key in self.keys]
        parts = (
            f"{self.t_us / 1_000_000:.3f} s of {self.session_id}", self.app, self.window_title,
            None if self.x_px is None else f"pointer {self.x_px}, {self.y_px}",
            " ".join(("held:", *self.buttons, *keys)) if self.buttons or keys else None, self.frame_id, self.path,
        )  # fmt: skip
        return f"<Moment {' · '.join(part for part in parts if part)}>"


def moment(engine: Engine, session_id: str, t_us: int) -> Moment:
    """The state of a session at a time; before its start that of the start, after its end that of the end.

    ParameterError when there is no such session; EngineError when it cannot be read.
    """
    rows = read_rows(engine, session_id)
    if rows is None:
        raise ParameterError("there is no such session", where="replay", hint="sessions() lists them")
    details = read_details(engine, rows)
    at_us = min(max(int(t_us), 0), rows.axis.duration_us)
    row = int(np.searchsorted(rows.t_us, at_us, side="right"))
    frame = int(np.searchsorted(rows.axis.frame_us, at_us, side="right")) - 1
    held, (app, title, url, *_) = details.held_before(row), details.window_at(row - 1)
    x_px, y_px = held.at or (None, None)
    return Moment(
        session_id=session_id, t_us=at_us, axis=rows.axis.kind,
        frame_id=rows.frames["frame_id"][frame].as_py() if frame >= 0 else None, x_px=x_px, y_px=y_px, app=app,
        window_title=title, url=url, keys=tuple(key for key, *_ in held.keys), buttons=held.buttons,
    )  # fmt: skip
