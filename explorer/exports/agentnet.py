"""AgentNet trajectories (OpenCUA): one JSON line per session, a picture before each step, pyautogui code.

A session with annotated steps keeps them; of any other one, each action becomes a step.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from explorer.exports.actions import Action, actions_of, by_step
from explorer.exports.agentnet_code import code_of
from explorer.exports.exchange import Task
from explorer.exports.file_names import file_name
from explorer.exports.places import place_of
from explorer.exports.session_rows import Row, SessionRows

FILE_NAME, PICTURES = "trajectories.jsonl", "images"
_SYSTEMS = {"windows": "Windows", "macos": "Darwin", "linux": "Linux"}
_COMPLETED = {"done": True, "fail": False}
_TEXTS = ("thought", "observation", "reflection")


class AgentNetWriter:
    """Writes trajectories.jsonl and images/."""

    def __init__(self, task: Task) -> None:
        self._task, self._tally = task, task.tally
        (task.folder / PICTURES).mkdir()
        self._file = (task.folder / FILE_NAME).open("w", encoding="utf-8")
        self._written: set[str] = set()

    def refuses(self, session: SessionRows) -> str | None:
        """Any session can be held: the format has no time."""
        return None

    def add(self, session: SessionRows) -> bool:
        """Write one line, and its pictures; a session without any step is left out."""
        self._written.clear()
        facts = session.facts
        self._tally.leave_out("move_without_word", facts["moves_n"])
        actions = actions_of(session.events(), self._tally, os=facts["os"], has_key_rows=session.has_key_rows)
        steps = self._annotated if facts["steps_n"] else self._acted
        trajectory = list(steps(session, actions))
        if not trajectory:
            self._tally.leave_out("session_empty")
            return False
        line = json.dumps(self._head(session) | {"traj": trajectory}, ensure_ascii=False, allow_nan=False)
        self._file.write(line + "\n")
        self._tally.wrote("steps_n", len(trajectory))
        return True

    def close(self) -> None:
        """Finish the file."""
        self._file.close()

    def abandon(self) -> None:
        """Let go of the file; what the disk could not hold is lost anyway."""
        try:
            self._file.close()
        except OSError:
            return

    def _head(self, session: SessionRows) -> dict[str, Any]:
        facts = session.facts
        head = {
            "task_id": facts["task_id"] or session.session_id,
            "instruction": facts["task"] or next((s["instruction"] for s in session.steps() if s["instruction"]), ""),
            "session_id": session.session_id,
            "system": _SYSTEMS.get(facts["os"]),
            "task_completed": _COMPLETED.get(facts["task_outcome"]),
            "model": _model(session) if facts["actor"] == "agent" else None,
            "participant_id": facts["participant_id"],
        }  # fmt: skip
        return {name: value for name, value in head.items() if value is not None}

    def _annotated(self, session: SessionRows, actions: Iterable[Action]) -> Iterator[dict[str, Any]]:
        is_own = session.facts["source_format"] == "agentnet_trajectory"
        steps = list(session.steps())
        linked = by_step(actions, steps)
        for step in steps:
            own = linked.pop(step["step"], [])
            # Code of other recorders may count in pixels: taken only where no event says what happened.
            code = step["action_code"] if is_own or not own else None
            if code is None:
                code = self._code(session, own, step["frame_before_id"])
            self._tally.leave_out("step_without_action", int(not code))
            image = self._picture(session, step["frame_before_id"])
            yield _step(step["step"], image, {**_said(step), "code": code})
        self._tally.leave_out("event_without_word", sum(map(len, linked.values())))

    def _acted(self, session: SessionRows, actions: Iterable[Action]) -> Iterator[dict[str, Any]]:
        place = 0
        for action in actions:
            code = self._code(session, [action], action.row["frame_id"])
            if code:
                yield _step(place, self._picture(session, action.row["frame_id"]), {"code": code})
                place += 1

    def _code(self, session: SessionRows, actions: Iterable[Action], frame_id: str | None) -> str:
        view = session.views.get(frame_id or "")
        lines = []
        for action in actions:
            at, end = place_of(action, view, session, self._tally)
            lines.append(code_of(action, at, end, self._tally, session.facts["task_outcome"]))
        return "\n".join(line for line in lines if line)

    def _picture(self, session: SessionRows, frame_id: str | None) -> str | None:
        """Name of the picture file, which is written when it is met first."""
        if frame_id is None or frame_id not in session.views:
            self._tally.leave_out("picture_missing")
            return None
        name = f"{file_name(frame_id)}.{session.views[frame_id].format}"
        if name in self._written:
            return name
        picture = session.picture(frame_id)
        if picture is None:
            self._tally.leave_out("picture_not_stored")
            return None
        (self._task.folder / PICTURES / name).write_bytes(picture.bytes)
        self._written.add(name)
        self._tally.wrote("pictures_n")
        return name


def _step(index: int, image: str | None, value: dict[str, Any]) -> dict[str, Any]:
    return {"index": index, "image": image, "value": value}


def _said(step: Row) -> dict[str, Any]:
    """What the step says besides its code."""
    said = {name: step[name] for name in _TEXTS if step[name] is not None}
    try:
        description = json.loads(step["action_args"] or "{}").get("description")
    except (ValueError, AttributeError, RecursionError):
        description = None
    said |= {"action": description} if isinstance(description, str) else {}
    verdicts = {"last_step_correct": step["is_correct"], "last_step_redundant": step["is_redundant"]}
    return said | {name: verdict for name, verdict in verdicts.items() if verdict is not None}


def _model(session: SessionRows) -> str:
    model = next((step["model"] for step in session.steps() if step["model"]), None)
    return str(model or session.facts["recorder"] or "unknown")
