"""All attempts at one task, side by side: sessions, never people, and never in the order of speed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pyarrow as pa

from explorer.widgets import wording
from explorer.widgets.loader import mount
from explorer.widgets.opened import run
from explorer.widgets.player import replay_way

SHOWN_N = 500
ORDERS = ("outcome", "actor")
_OUTCOMES = {"done": ("correct", "done"), "fail": ("wrong", "not done")}


def task_way(task_id: str, order: str = "outcome") -> str:
    """Address of a task's page."""
    return f"task?{urlencode({'id': task_id, **({'order': order} if order != 'outcome' else {})})}"


def in_order(rows: pa.Table, order: str) -> pa.Table:
    """The rows of sessions/attempts by outcome, as they come, or by who acted."""
    if order != "actor":
        return rows
    keys = [("actor", "ascending"), ("task_outcome", "ascending"), ("session_id", "ascending")]
    return rows.take(pa.compute.sort_indices(rows, keys))


def attempts(rows: pa.Table, task_id: str, task: str | None, order: str) -> None:
    """Show attempts in the order given; `task` is the wording that the page has at its top."""
    mount(
        "attempts",
        '<div class="attempts"></div>\n',
        key="attempts",
        data={
            "order": order,
            "ways": {name: task_way(task_id, name) for name in ORDERS},
            "rows": [_row(row, task_id, task) for row in rows.slice(0, SHOWN_N).to_pylist()],
        },
    )


def other_attempts(row: dict[str, Any]) -> list[tuple[str, str]]:
    """Id and label of the other attempts at a session's task: who acted, how it ended, which session."""
    if not row["task_id"]:
        return []
    rows = run("sessions/attempts", task_id=row["task_id"]).to_pylist()
    return [
        (other["session_id"], _label(other)) for other in rows if other["session_id"] != row["session_id"]
    ]


def _label(row: dict[str, Any]) -> str:
    _, word = _OUTCOMES.get(row["task_outcome"], ("", ""))
    acted = wording.ACTORS.get(row["actor"], "")
    return " · ".join(part for part in (acted, _model(row), word, _name(row)) if part)


def _name(row: dict[str, Any]) -> str:
    source = wording.SOURCES.get(row["source_format"], row["source_format"])
    return f"{source} {row['session_id'].rpartition('-')[2][:6]}"


def _row(row: dict[str, Any], task_id: str, task: str | None) -> dict[str, Any]:
    mark, word = _OUTCOMES.get(row["task_outcome"], ("unknown", wording.NOT_KNOWN))
    return {
        "session_id": row["session_id"],
        "replay": replay_way(row["session_id"], {"task_id": task_id}),
        "name": _name(row),
        "href": f"session?{urlencode({'task_id': task_id, 'id': row['session_id']})}",
        "below": wording.shortened(row["task"]) if row["task"] != task else "",
        "actor": wording.ACTORS.get(row["actor"], wording.NOT_KNOWN),
        "model": _model(row),
        "mark": mark,
        "outcome": word,
        "score": "–" if row["task_score"] is None else f"{row['task_score']:g}",
        "steps": wording.number(row["steps_n"]) if row["steps_n"] else "–",
        "length": "–" if row["duration_us"] is None else wording.duration(row["duration_us"]),
        "week": "–" if row["started_week_day"] is None else wording.day(row["started_week_day"]),
        "frame_id": row["last_frame_id"],
    }


def _model(row: dict[str, Any]) -> str:
    if not row["model"]:
        return ""
    others_n = row["models_n"] - 1
    return wording.shortened(row["model"], 60) + (f" and {others_n} more" if others_n else "")
