"""The events of one chunk: what the scripts of its strokes leave."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from explorer.generate.acts import BY_CONTEXT, BY_MENU, COMMAND_NAMES, VIA
from explorer.generate.arrays import NONE, Ints, numbers, words
from explorer.generate.event_rows import EventRows, rows_of
from explorer.generate.people import MACOS
from explorer.generate.scene import Scene
from explorer.generate.scripts import FORM_NAMES, FORMS, scripts
from explorer.generate.surroundings import element_columns, frame_columns, place_columns, window_columns
from explorer.trace.arrow import from_columns

_WHEEL_UNITS = ("line", "px")
_IS_DERIVED = np.array([form.source_type is None for form in FORMS.values()])
_CLICKS_N = np.array([form.clicks_n for form in FORMS.values()])
_IDLE, _SCROLL = FORM_NAMES.index("idle"), FORM_NAMES.index("scroll")
_GIVES = np.isin(FORM_NAMES, ("shortcut", "left_click"))


def events_table(scene: Scene) -> pa.Table:
    """The events table of the chunk."""
    rows = rows_of(scene)
    columns: dict[str, Any] = {
        "session_id": words(rows.leg, scene.session_ids),
        "seq": (scene.clock.seq + scene.strokes.moves_n)[rows.stroke] + scene.clock.event_place,
        "is_derived": _IS_DERIVED[rows.form],
    }
    columns |= _times(scene, rows) | _form_columns(rows) | _script_columns(rows) | _wheel_columns(scene, rows)
    columns |= _command_columns(scene, rows)
    columns |= place_columns(scene, rows) | window_columns(scene, rows) | element_columns(scene, rows)
    columns |= frame_columns(scene, rows)
    return from_columns("events", columns, len(rows))


def _times(scene: Scene, rows: EventRows) -> dict[str, Any]:
    """What lasts begins with the row that it goes back to; a break lasts to the end of its stroke."""
    reached = scene.clock.event_us
    is_idle = rows.form == _IDLE
    end_us = np.where(is_idle, scene.clock.end_us[rows.stroke], reached)
    return {
        "t_us": reached[rows.begin],
        "end_us": numbers(end_us, is_idle | (rows.begin < np.arange(len(rows)))),
    }


def _form_columns(rows: EventRows) -> dict[str, Any]:
    clicks_n = _CLICKS_N[rows.form]
    return {
        "kind": _by_form(rows, [form.kind for form in FORMS.values()]),
        "button": _by_form(rows, [form.button for form in FORMS.values()]),
        "source_type": _by_form(rows, [form.source_type for form in FORMS.values()]),
        "clicks_n": numbers(clicks_n, clicks_n > 0),
    }


def _by_form(rows: EventRows, values: list[str | None]) -> pa.Array:
    names = sorted({value for value in values if value})
    places = np.array([names.index(value) if value else NONE for value in values])
    return words(places[rows.form], names)


def _script_columns(rows: EventRows) -> dict[str, Any]:
    script = scripts()
    columns: dict[str, Any] = {
        name: words(places[rows.line], script.names[name]) for name, places in script.words.items()
    }
    text = script.words["text"][rows.line]
    lengths = np.array([len(phrase) for phrase in script.names["text"]])
    return columns | {"text_len": numbers(lengths[text], text >= 0)}


def _wheel_columns(scene: Scene, rows: EventRows) -> dict[str, Any]:
    is_scroll = rows.form == _SCROLL
    unit = (scene.people.system[scene.sessions.person[rows.leg]] == MACOS).astype(np.int64)
    return {
        "wheel_x": numbers(np.zeros(len(rows)), is_scroll),
        "wheel_y": numbers(scripts().wheel_y[rows.line], is_scroll),
        "wheel_unit": words(np.where(is_scroll, unit, NONE), _WHEEL_UNITS),
    }


def _command_columns(scene: Scene, rows: EventRows) -> dict[str, Any]:
    """A command is told once: on the shortcut, or on the click that gives it, which in a menu is the second."""
    via = scene.acts.via[rows.act]
    is_second = (via == BY_MENU) | (via == BY_CONTEXT)
    is_given = _GIVES[rows.form] & (rows.stroke % 2 == is_second)
    command: Ints = scene.acts.command[rows.act]
    return {
        "command": words(np.where(is_given, command, NONE), COMMAND_NAMES),
        "via": words(np.where(is_given, via, NONE), VIA),
    }
