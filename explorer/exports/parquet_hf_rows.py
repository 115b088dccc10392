"""Rows of the Parquet export: the columns, and one row per action of a session."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from explorer.exports.actions import Action, actions_of, by_step, lines_of
from explorer.exports.exchange import Task
from explorer.exports.key_codes import pyautogui_hotkey
from explorer.exports.places import Share, place_of
from explorer.exports.session_rows import Row, SessionRows

IMAGE = "image"
# name -> (dtype as the datasets library writes it, meaning)
COLUMNS = {
    "episode_id": ("string", "session"),
    "step_idx": ("int64", "place of the row in its episode, from 0"),
    "step": ("int64", "number of the annotated step the row belongs to; null where the session has none"),
    "t_us": (
        "int64",
        "microseconds since the episode's first recorded row; null where the source has no time",
    ),
    IMAGE: ("image", "screen before the action, the stored bytes; null where there is none"),
    "instruction": ("string", "what was to be done"),
    "observation": ("string", "what was seen, in words"),
    "thought": ("string", "reasoning before the action"),
    "reflection": ("string", "reasoning after the action"),
    "action_type": (
        "string",
        "click, drag, scroll, shortcut, key, text, wait or end; else the step's own word",
    ),
    "click_type": ("string", "left, right, middle, x1, x2, double or triple"),
    "mouse_x": ("float64", "0 to 1 of the picture's width; of the display's where there is no picture"),
    "mouse_y": ("float64", "0 to 1 of the picture's height; of the display's where there is no picture"),
    "end_x": ("float64", "where a drag ends, as mouse_x"),
    "end_y": ("float64", "where a drag ends, as mouse_y"),
    "scroll_x": ("int64", "lines to the right"),
    "scroll_y": ("int64", "lines downwards"),
    "keyboard_text": ("string", "text that was typed"),
    "keys": ("string", "keys pressed together, as pyautogui names them: ctrl+c, enter"),
    "presses_n": ("int64", "times the key was pressed"),
    "action_code": ("string", "the action as code, where the source has it"),
    "app": ("string", "application in front"),
    "window_title": ("string", "its window's title"),
    "is_correct": ("bool", "the step was judged right"),
    "is_redundant": ("bool", "the step was judged needless"),
    "is_image_redacted": ("bool", "a redaction pass covered the picture"),
    "actor": ("string", "human or agent"),
    "os": ("string", "operating system"),
    "task_outcome": ("string", "done, fail or unknown"),
    "source_format": ("string", "recorder format"),
}
PEOPLE = {"participant_id": ("string", "pseudonym of the recorded person")}
_TYPES = {
    "string": pa.string(), "int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_(),
    "image": pa.struct([("bytes", pa.binary()), ("path", pa.string())]),
}  # fmt: skip
_CLICKS = {"double_click": "double", "triple_click": "triple"}
_OF_STEP = ("step", "observation", "thought", "reflection", "action_code", "is_correct", "is_redundant")


def columns(with_people: bool) -> dict[str, tuple[str, str]]:
    """Columns of the export."""
    return COLUMNS | PEOPLE if with_people else COLUMNS


def features(with_people: bool) -> dict[str, dict[str, str]]:
    """The columns as the datasets library describes its features."""
    return {
        name: {"_type": "Image"} if dtype == "image" else {"dtype": dtype, "_type": "Value"}
        for name, (dtype, _) in columns(with_people).items()
    }


def schema(with_people: bool) -> pa.Schema:
    """Arrow schema with the features in the metadata, where the datasets library looks for them."""
    fields = [pa.field(name, _TYPES[dtype]) for name, (dtype, _) in columns(with_people).items()]
    about = json.dumps({"info": {"features": features(with_people)}})
    return pa.schema(fields, metadata={"huggingface": about})


def rows_of(session: SessionRows, task: Task) -> Iterator[dict[str, Any]]:
    """Rows of one session; a step with several actions makes several rows, one without any makes one."""
    facts = session.facts
    actions = actions_of(session.events(), task.tally, os=facts["os"], has_key_rows=session.has_key_rows)
    for place, (step, action) in enumerate(_turns(session, actions, task)):
        frame_id = step["frame_before_id"] if step else action.row["frame_id"] if action else None
        yield {
            "step_idx": place,
            "instruction": (step["instruction"] if step else None) or facts["task"],
            **_of_session(session),
            **({name: step[name] for name in _OF_STEP} if step else {}),
            "t_us": action.row["t_us"] if action else step["t_us"] if step else None,
            **_of_picture(session, frame_id, task),
            **(_of_action(action, frame_id, session, task) if action else _unlinked(step)),
        }


def _turns(
    session: SessionRows, actions: Iterable[Action], task: Task
) -> Iterator[tuple[Row | None, Action | None]]:
    """Steps with their actions, or actions alone."""
    if not session.facts["steps_n"]:
        yield from ((None, action) for action in actions)
        return
    steps = list(session.steps())
    linked = by_step(actions, steps)
    for step in steps:
        own: Sequence[Action | None] = linked.pop(step["step"], [])
        task.tally.leave_out("step_without_action", int(not own))
        yield from ((step, action) for action in own or (None,))
    task.tally.leave_out("event_without_word", sum(map(len, linked.values())))


def _of_session(session: SessionRows) -> dict[str, Any]:
    named = ("actor", "os", "task_outcome", "source_format", "participant_id")
    own = {name: session.facts[name] for name in named if session.facts[name] is not None}
    return {"episode_id": session.session_id, **own}


def _of_picture(session: SessionRows, frame_id: str | None, task: Task) -> dict[str, Any]:
    view = session.views.get(frame_id or "")
    if frame_id is None or view is None:
        task.tally.leave_out("picture_missing")
        return {}
    picture = session.picture(frame_id)
    if picture is None:
        task.tally.leave_out("picture_not_stored")
        return {}
    image = {"bytes": picture.bytes, "path": f"{frame_id}.{view.format}"}
    return {IMAGE: image, "is_image_redacted": view.is_redacted}


def _of_action(action: Action, frame_id: str | None, session: SessionRows, task: Task) -> dict[str, Any]:
    at, end = place_of(action, session.views.get(frame_id or ""), session, task.tally)
    is_click = action.kind in ("click", *_CLICKS)
    row = {
        "action_type": "click" if is_click else action.kind,
        "click_type": _CLICKS.get(action.kind) or action.button if is_click else None,
        "app": action.row["app"],
        "window_title": action.row["window_title"],
        **_pair("mouse", at),
        **_pair("end", end),
    }
    if action.kind == "scroll":
        axis, lines, is_rounded = lines_of(action)
        task.tally.leave_out("scroll_rounded", int(is_rounded or bool(action.wheel_x and action.wheel_y)))
        row |= {"scroll_x": lines if axis == "x" else 0, "scroll_y": lines if axis == "y" else 0}
    if action.kind == "text":
        row["keyboard_text"] = action.text
    if action.kind in ("shortcut", "key"):
        names = pyautogui_hotkey(action.mods, action.key)
        row |= {"keys": "+".join(names) if names else action.key, "presses_n": action.times_n}
    return row


def _unlinked(step: Row | None) -> dict[str, Any]:
    return {"action_type": step["action_type"] if step else None}


def _pair(name: str, share: Share | None) -> dict[str, float]:
    return {f"{name}_x": share[0], f"{name}_y": share[1]} if share else {}
