"""The agents: scripted models that look, decide, act; each decision is a step with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from recorder.film import Film
from recorder.scripts import Script
from recorder.stage import Stage


def run(stage: Stage, film: Film, script: Script) -> list[dict[str, Any]]:
    """Play the script; the steps with their place in the log, frame indexes and arguments in pixels."""
    steps: list[dict[str, Any]] = []
    film.look(0)
    for number, act in enumerate(script.acts):
        stage.wait(2.2 + 0.4 * (number % 4))
        stage.step = number
        before = len(film.shots) - 1
        order, t_us = stage.order(), stage.now_us
        stage.wait(0.35)
        made = _ACTIONS[act.action](stage, **act.arguments)
        stage.settle()
        stage.wait(0.4)
        film.look(0)
        steps.append(
            {
                "order": order, "t_us": t_us, "step": number, "model": script.model, "instruction": script.task,
                "thought": act.thought, "action_type": act.action, "action_args": json.dumps(made),
                "frame_before": before, "frame_after": len(film.shots) - 1,
            }
        )  # fmt: skip
        if act.is_correct is not None:
            steps[-1]["is_correct"] = act.is_correct
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


def _done(_stage: Stage, answer: str) -> dict[str, Any]:
    return {"answer": answer}


_ACTIONS: dict[str, Callable[..., dict[str, Any]]] = {
    "click": _click,
    "hotkey": _hotkey,
    "type": _type,
    "done": _done,
}
