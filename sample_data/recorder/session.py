"""One session: the stage is set, the task played, and log, pictures and steps become a recording."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import numpy as np
from playwright.sync_api import Browser

from explorer.importers.recording import Events, Frame, Moves, Recording
from explorer.trace.displays import Display
from recorder import agent
from recorder.actor import Actor
from recorder.film import Film
from recorder.people import Shift
from recorder.scripts import SCRIPTS
from recorder.stage import Stage
from recorder.take import POLICY, STATUS, Redacted, Take
from recorder.tasks import TASKS

RECORDER, RECORDER_VERSION = "office-recorder", "1"
_DAY_US = 86_400 * 1_000_000
KINDS = {
    "mousedown": "mouse_down", "mouseup": "mouse_up", "wheel": "scroll", "keydown": "key_down", "keyup": "key_up",
    "copy": "clipboard_copy", "cut": "clipboard_cut", "paste": "clipboard_paste", "focus": "window_focus",
    "navigation": "navigation", "task_end": "task_end", "pause": "pause", "resume": "resume",
}  # fmt: skip
_BUTTONS = ("left", "middle", "right")


def play(browser: Browser, shift: Shift, seed: int) -> Take:
    """Record one session from its beginning to its end."""
    start_us = shift.day * _DAY_US + shift.second * 1_000_000
    persona = shift.persona
    stage = Stage(browser, persona.size, persona.scheme, start_us)
    try:
        film = Film(stage)
        steps: list[dict[str, Any]] = []
        if shift.is_agent:
            steps = agent.run(stage, film, SCRIPTS[persona.person, shift.task])
        else:
            film.look(0)
            TASKS[shift.task][1](Actor(stage, film, persona, Random(f"{seed}/{shift.chance}")))
            film.look(1.0)
        stage.wait(0.5)
        stage.log.append({"type": "task_end", "t_us": stage.now_us, "app": stage.app, "step": None})
        return Take(shift, stage.log, film.shots, steps)
    finally:
        stage.close()


def recording(take: Redacted) -> Recording:
    """The session as the importers' recording, so that derived rows are made as for every other format."""
    width, height = take.shift.persona.size
    moves = [(place, row) for place, row in enumerate(take.log) if row["type"] == "mousemove"]
    return Recording(
        inner_id=str(take.shift.number),
        session=_session(take),
        moves=Moves(
            np.array([place for place, _ in moves], np.int64),
            np.array([row["t_us"] for _, row in moves], np.int64),
            np.array([row["x"] for _, row in moves], np.float64),
            np.array([row["y"] for _, row in moves], np.float64),
            np.array([row["isDrag"] for _, row in moves], bool),
        ),
        events=Events.from_rows(_event_rows(take)),
        place=f"session {take.shift.number}, row {{}}",
        displays=[Display("viewport", 0, 0, width, height, px_per_pt=1.0, coordinate_space="css_viewport")],
        frames=[
            Frame(shot.order, shot.t_us, 0, 0, width, height, "viewport", shot.step, True)
            for shot in take.shots
        ],
        pictures=lambda: iter([shot.content for shot in take.shots]),
        steps=take.steps,
        participant=None if take.shift.is_agent else _participant(take.shift),
    )


def _session(take: Redacted) -> dict[str, Any]:
    shift = take.shift
    session = {
        "source_format": "office", "source_name": f"office-{shift.number:02d}", "time_precision": "us",
        "clock": "epoch", "os": "linux", "recorder": RECORDER, "recorder_version": RECORDER_VERSION,
        "task_outcome": "done", "is_complete": True,
    }  # fmt: skip
    session |= {"task_id": shift.task, "redaction_status": STATUS, "redaction_policy": POLICY}
    if shift.is_agent:
        script = SCRIPTS[shift.persona.person, shift.task]
        judged = {"task_outcome": script.outcome, "task_score": script.score}
        return session | {"task": script.task, "actor": "agent"} | judged
    person = f"office:{shift.persona.person}"
    own = {"task": TASKS[shift.task][0], "actor": "human", "region": shift.persona.region}
    return session | own | {"participant_id": person}


def _participant(shift: Shift) -> dict[str, Any]:
    persona, consent_us = shift.persona, (shift.day - 7) * _DAY_US
    participant = {
        "participant_id": f"office:{persona.person}", "cohort": persona.cohort, "region": persona.region,
        "consent_status": persona.consent, "consent_scope": persona.scopes, "consent_at_unix_us": consent_us,
    }  # fmt: skip
    if persona.consent == "withdrawn":
        participant["withdrawn_at_unix_us"] = (shift.day + 2) * _DAY_US
    return participant


def _event_rows(take: Redacted) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for place, entry in enumerate(take.log):
        if entry["type"] == "office:command":
            rows[-1] |= {"command": entry["command"], "via": entry["via"]}
        elif entry["type"] in KINDS:
            rows.append(_event_row(place, entry, take.shift.persona.size))
    return rows


def _event_row(place: int, entry: Mapping[str, Any], size: tuple[int, int]) -> dict[str, Any]:
    kind = KINDS[entry["type"]]
    row = {"order": place, "t_us": entry["t_us"], "kind": kind, "app": entry["app"], "step": entry["step"]}
    row["source_type"] = entry["type"]
    if kind in ("window_focus", "navigation"):
        row |= {"window_title": entry["title"], "url": entry["url"], "window_left_px": 0, "window_top_px": 0}
        row |= {"window_width_px": size[0], "window_height_px": size[1]}
    if "x" in entry:
        row |= {"x": entry["x"], "y": entry["y"]}
    if "button" in entry:
        row["button"] = _BUTTONS[entry["button"]]
    if "dy" in entry:
        row |= {"wheel_x": float(entry["dx"]), "wheel_y": float(entry["dy"]), "wheel_unit": "px"}
    row |= {name: entry[name] for name in ("key", "code") if name in entry}
    if "key" in entry and "is_redacted" in entry:
        row["is_text_redacted"] = True
    if "text" in entry:
        row |= {
            "text": entry["text"],
            "text_len": len(entry["text"]),
            "is_text_redacted": "is_redacted" in entry,
        }
    if "element" in entry:
        row |= _element(entry["element"])
    return row


def _element(element: Mapping[str, Any]) -> dict[str, Any]:
    left, top, width, height = element["rect"]
    return {
        "element_role": element["role"], "element_name": element["name"] or None, "element_left_px": left,
        "element_top_px": top, "element_width_px": width, "element_height_px": height,
    }  # fmt: skip
