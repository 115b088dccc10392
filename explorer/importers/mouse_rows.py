"""Rows of mouse-dynamics recordings (Balabit, SapiMouse) as columns, and the recording they make."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from explorer.importers.recording import (
    Bools,
    Events,
    Floats,
    Ints,
    Moves,
    Objects,
    Recording,
    objects,
    times_us,
)

# What the recorder writes where it has no position.
SENTINEL = 65_535.0
_BUTTONS = {"Left": "left", "Right": "right", "Middle": "middle"}
_WHEEL = {"Up": -1.0, "Down": 1.0}
_PERSON = re.compile(r"user\d{1,6}")


@dataclass(frozen=True, slots=True)
class MouseRows:
    """One session's rows in their order. `action` is an index into `actions`, pairs of (button, state)."""

    time: Floats
    action: Ints
    actions: Sequence[tuple[str, str]]
    x: Floats
    y: Floats

    def __len__(self) -> int:
        return len(self.time)


@dataclass(frozen=True, slots=True)
class Session:
    """What is known about a session besides its rows; `unit_us` is the unit of its clock."""

    format: str
    name: str
    inner_id: str
    unit_us: float
    person: str | None
    split: str | None
    first_line: int  # number that messages give to row 0
    place: str

    @property
    def known_person(self) -> str | None:
        """Nobody in the test part of Balabit: half of its labelled sessions are another person's than they claim."""
        return None if (self.format, self.split) == ("balabit", "test") else self.person


def person_id(format_name: str, name: str | None) -> str | None:
    """The source's pseudonym with the format before it; None for anything but user and a number."""
    return f"{format_name}-{name}" if name and _PERSON.fullmatch(name) else None


def recording(session: Session, rows: MouseRows) -> Recording:
    """The rows as a recording; nothing says how large the screen was."""
    order = np.arange(len(rows), dtype=np.int64) + session.first_line
    t_us = times_us(rows.time, session.unit_us, _where(session))
    is_move = np.array([state in ("Move", "Drag") for _, state in rows.actions], bool)[rows.action]
    is_drag = np.array([state == "Drag" for _, state in rows.actions], bool)[rows.action][is_move]
    moves = Moves(order[is_move], t_us[is_move], rows.x[is_move], rows.y[is_move], is_drag)
    return Recording(
        inner_id=session.inner_id,
        session=_session_columns(session),
        moves=moves,
        events=_events(rows, ~is_move, order, t_us),
        place=session.place,
        has_pictures=False,
        participant={"participant_id": session.known_person} if session.known_person else None,
        sentinels=(SENTINEL,),
    )


def _session_columns(session: Session) -> dict[str, Any]:
    is_ms = session.unit_us >= 1_000 and session.format == "sapimouse"
    return {
        "source_format": session.format,
        "source_name": session.name,
        "participant_id": session.known_person,
        "actor": "human",
        "time_precision": "ms" if is_ms else "us",
        "clock": "relative",
        "recorder": {"balabit": "Balabit", "sapimouse": "SapiMouse"}[session.format],
        "split": session.split,
        "is_complete": True,
    }


def _events(rows: MouseRows, chosen: Bools, order: Ints, t_us: Ints) -> Events:
    action = rows.action[chosen]
    n = len(action)
    table = [_event_of(button, state) for button, state in rows.actions]
    names = ("button", "wheel_x", "wheel_y", "wheel_unit", "source_type")
    columns: dict[str, Objects] = {name: objects([row.get(name) for row in table])[action] for name in names}
    return Events(
        order=order[chosen],
        t_us=t_us[chosen],
        kind=objects([row["kind"] for row in table])[action],
        x=rows.x[chosen],
        y=rows.y[chosen],
        has_point=np.ones(n, bool),
        flags=np.zeros(n, np.int64),
        columns=columns,
    )


def _event_of(button: str, state: str) -> dict[str, Any]:
    """What a (button, state) pair means; buttons without a name of ours (Other, XButton) stay as they are."""
    source = {"source_type": f"{button} {state}"}
    if button == "Scroll" and state in _WHEEL:
        return source | {"kind": "scroll", "wheel_x": 0.0, "wheel_y": _WHEEL[state], "wheel_unit": "line"}
    if button in _BUTTONS and state in ("Pressed", "Released"):
        return source | {
            "kind": "mouse_down" if state == "Pressed" else "mouse_up",
            "button": _BUTTONS[button],
        }
    return source | {"kind": "custom"}


def _where(session: Session) -> Callable[[int], str]:
    return lambda index: session.place.format(index + session.first_line)
