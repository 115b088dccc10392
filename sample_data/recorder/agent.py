"""The agent: a scripted model that looks, decides, acts; each decision is a step with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from recorder.film import Film
from recorder.stage import Stage

MODEL = "scripted-office-agent-1"
TASK = "Answer the complaint about order 4127 and update the order list"

# What it thinks, what it does, with which arguments.
SCRIPT: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("The complaint about order 4127 is the first unread message. I open it.", "click", {"target": "row-m1"}),
    (
        "The customer waits for twelve planters. I look the order up in the sheet.",
        "click",
        {"target": "app-sheet"},
    ),
    ("I search for the order number.", "hotkey", {"keys": ["Control", "f"]}),
    ("The search field has the focus. I type the number and confirm it.", "type", {"text": "4127\n"}),
    ("The order is in row 11 and its status is Late. I select the status.", "click", {"target": "G11"}),
    ("I overwrite it, since new planters leave today.", "type", {"text": "Replaced\n"}),
    ("I save the sheet.", "hotkey", {"keys": ["Control", "s"]}),
    ("The list is up to date. I go back to the message.", "click", {"target": "app-mail"}),
    ("I reply to the customer.", "hotkey", {"keys": ["Control", "r"]}),
    (
        "I write what was done, in two lines.",
        "type",
        {"text": "Dear Ms Vale,\nyour twelve planters leave again today."},
    ),
    ("The reply is complete. I send it.", "click", {"target": "send"}),
    ("The composer is closed and the message is among the sent ones. Done.", "done", {}),
)


def run(stage: Stage, film: Film) -> list[dict[str, Any]]:
    """Play the script; the steps with their place in the log, frame indexes and arguments in pixels."""
    steps: list[dict[str, Any]] = []
    film.look(0)
    for number, (thought, action, arguments) in enumerate(SCRIPT):
        stage.wait(2.2 + 0.4 * (number % 4))
        stage.step = number
        before = len(film.shots) - 1
        order, t_us = stage.order(), stage.now_us
        stage.wait(0.35)
        made = _ACTIONS[action](stage, **arguments)
        stage.settle()
        stage.wait(0.4)
        film.look(0)
        steps.append(
            {
                "order": order, "t_us": t_us, "step": number, "model": MODEL, "instruction": TASK,
                "thought": thought, "action_type": action, "action_args": json.dumps(made),
                "frame_before": before, "frame_after": len(film.shots) - 1,
            }
        )  # fmt: skip
    stage.step = None
    return steps


def _click(stage: Stage, target: str) -> dict[str, Any]:
    left, top, width, height = stage.rectangle(target)
    x, y = round(left + width / 2), round(top + height / 2)
    if (x, y) != stage.pointer:
        stage.move([(1_000, x, y)])
    stage.wait(0.02)
    stage.button_down()
    stage.wait(0.03)
    stage.button_up()
    return {"x": x, "y": y, "button": "left"}


def _hotkey(stage: Stage, keys: list[str]) -> dict[str, Any]:
    for key in keys:
        stage.press(key)
        stage.wait(0.01)
    for key in reversed(keys):
        stage.release(key)
        stage.wait(0.01)
    return {"keys": keys}


def _type(stage: Stage, text: str) -> dict[str, Any]:
    for letter in text:
        key = "Enter" if letter == "\n" else letter
        stage.press(key)
        stage.wait(0.012)
        stage.release(key)
        stage.wait(0.02)
    return {"text": text}


def _done(_stage: Stage) -> dict[str, Any]:
    return {"answer": "The order is marked as replaced and the customer is answered."}


_ACTIONS: dict[str, Callable[..., dict[str, Any]]] = {
    "click": _click,
    "hotkey": _hotkey,
    "type": _type,
    "done": _done,
}
