"""What the fields of a query offer: values of the collection, sessions by what they were about."""

from __future__ import annotations

from explorer import sql
from explorer.widgets import wording
from explorer.widgets.opened import run
from explorer.widgets.session_table import title

MOST_N = 1000
_WORDS = {"os": wording.SYSTEMS, "source_format": wording.SOURCES, "actor": wording.ACTORS}


def choices(param: sql.Param) -> dict[str, str]:
    """Each value that is offered with what is said of it; at most MOST_N of them."""
    if param.choices == "session":
        return _sessions()
    if param.choices == "task":
        return tasks()
    rows = [row for row in run("sessions/facets").to_pylist() if row["facet"] == param.choices]
    words = _WORDS.get(param.choices or "", {})
    return {
        row["value"]: _counted(words.get(row["value"], row["value"]), row["sessions_n"], "session")
        for row in rows[:MOST_N]
    }


def tasks() -> dict[str, str]:
    """Tasks that were tried more than once, by id, with their words and the number of attempts."""
    return {
        row["task_id"]: _counted(row["task"] or row["task_id"], row["attempts_n"], "attempt")
        for row in run("sessions/tasks", limit_n=MOST_N).to_pylist()
    }


def _counted(word: str, rows_n: int, one: str) -> str:
    return f"{wording.shortened(word, 52)} ({wording.count(rows_n, one)})"


def _sessions() -> dict[str, str]:
    rows = run("sessions/list", limit_n=MOST_N).to_pylist()
    return {row["session_id"]: _session(row) for row in rows}


def _session(row: dict[str, object]) -> str:
    week = row["started_week_day"]
    said = (
        wording.shortened(title(row), 30),
        wording.day(week) if isinstance(week, int) else "week not known",
        str(row["session_id"]).rpartition("-")[2][:6],
    )
    return " · ".join(said)
