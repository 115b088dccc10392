"""A dataset of sessions with steps: several attempts at one task, judged steps, hostile text in all of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from explorer.trace.dataset import create

HOSTILE = "<img src=http://192.0.2.1/a.png onerror=alert(1)> **bold** ![x](http://192.0.2.1/b.png)"
TASK = "Book a meeting room for Thursday and invite the team"
# steps, actor, outcome, task id
SESSIONS = ((130, "agent", "fail", "t-1"), (0, "human", "done", "t-1"), (4, "agent", "done", "t-1"),
            (3, "human", None, "t-1"), (2, "agent", "done", "t-2"), (0, "human", None, None))  # fmt: skip
ACTIONS = (
    ("click", '{"x": 3, "y": 7}'),
    ("type", '{"text": "Hello <b>you</b>"}'),
    ("moveTo,dragTo", '{"calls": [{"call": "pyautogui.moveTo", "x": 0.1}, {"call": "pyautogui.dragTo", "x": 0.2}]}'),
    (HOSTILE, "[1, 2"),
)  # fmt: skip


def session_id(index: int) -> str:
    """Id of the session with that number."""
    return f"generated-{index:x}{'0' * 15}"


def write(root: Path, dataset_of: Callable[..., Path], frame_row: Callable[..., Any]) -> Path:
    """Write the dataset; steps 5, 14, 23 … of a session failed, every sixth is redundant, none of the last two."""
    create(root, "Steps, small", synthetic=True)
    tables: dict[str, list[dict[str, Any]]] = {"sessions": [], "steps": [], "frames": [], "events": []}
    for index, (steps_n, actor, outcome, task_id) in enumerate(SESSIONS):
        own = session_id(index)
        tables["sessions"].append({
            "session_id": own, "actor": actor, "task_outcome": outcome, "task_id": task_id, "duration_us": 90_000_000,
            "task": TASK if index != 3 else "Book a room", "started_day": 20_500 + index, "os": "linux",
        })  # fmt: skip
        for step in range(steps_n):
            tables["frames"].append(
                frame_row(own, step, seq=2 * step, t_us=step * 600_000, shade=step * 40 % 255)
            )
            tables["steps"].append(_step(own, step, steps_n, is_judged=index == 0))
        click = {"session_id": own, "seq": 2 * steps_n, "t_us": 1000, "kind": "click", "app": "Calendar"}
        tables["events"].append({**click, "window_title": "Calendar"})
    return dataset_of(root, **tables)


def _step(own: str, step: int, steps_n: int, *, is_judged: bool) -> dict[str, Any]:
    kind, args = ACTIONS[step % len(ACTIONS)]
    return {
        "session_id": own, "step": step, "seq": 2 * step + 1, "t_us": step * 600_000, "actor": "agent",
        "model": "m-large", "thought": HOSTILE if step % 5 == 0 else f"I look at window {step} and go on.",
        "observation": "A form.\nTwo buttons." if step % 3 == 0 else None,
        "reflection": "It went as planned." if step % 2 else None, "action_type": kind, "action_args": args,
        "action_code": f"pyautogui.click({step})" if step % 2 else None,
        "frame_before_id": f"{own}-{step:07d}",
        "frame_after_id": f"{own}-{step + 1:07d}" if step < steps_n - 1 else None,
        "is_correct": step % 9 != 4 if is_judged else None, "is_redundant": step % 6 == 1 if is_judged else None,
    }  # fmt: skip
