"""What is said of one session: the rows of sessions/facts, displays and the quality report in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from explorer.widgets import wording
from explorer.widgets.facts import Fact

_PRECISION = {
    "us": "to the microsecond",
    "ms": "to the millisecond",
    "s": "to the second",
    "none": "no times",
}
_CLOCK = {
    "epoch": "the wall clock",
    "monotonic": "the computer's running time",
    "relative": "the recording's start",
    "step": "steps, not time",
}
_OUTCOMES = {"done": "done", "fail": "not done", "unknown": wording.NOT_KNOWN}
_SPACES = {
    "physical_px": "",
    "logical_px": "in logical pixels",
    "css_viewport": "in pixels of the page",
    "normalized": "from shares of the screen",
}
_STATES = (("active", "Active"), ("passive", "Watching"), ("idle", "Nothing happened"))


def summary(row: dict[str, Any]) -> str:
    """The session in one line; no person, no exact start."""
    parts = (
        wording.SOURCES.get(row["source_format"], row["source_format"]),
        wording.SYSTEMS.get(row["os"] or "", row["os"] or ""),
        "" if row["started_week_day"] is None else wording.week(row["started_week_day"]),
        wording.duration(row["duration_us"]) if row["duration_us"] is not None else "no times",
        wording.count(row["moves_n"] + row["source_events_n"], "event"),
        "1 person" if row["has_known_person"] else "person not known",
    )
    return " · ".join(part for part in parts if part)


def _clock(row: dict[str, Any]) -> str:
    precision, origin = _PRECISION.get(row["time_precision"]), _CLOCK.get(row["clock"])
    return f"{precision}, from {origin}" if precision and origin else ""


def recording(row: dict[str, Any]) -> list[Fact]:
    """How the session was recorded."""
    status, meaning = wording.REDACTION.get(row["redaction_status"], wording.REDACTION["unknown"])
    pairs = (
        ("Recorder", " ".join(part for part in (row["recorder"], row["recorder_version"]) if part)),
        ("Task", row["task_id"] if row["task"] else ""),
        ("Outcome", _OUTCOMES.get(row["task_outcome"], "")),
        ("Score", "" if row["task_score"] is None else f"{row['task_score']:g}"),
        ("Part of the collection", row["split"]),
        ("Group", row["cohort"]),
        ("Clock", _clock(row)),
    )
    known = [Fact(term, wording.shortened(value)) for term, value in pairs if value]
    return [*known, Fact("Redaction", status, meaning), *_policy(row)]


def _policy(row: dict[str, Any]) -> list[Fact]:
    return (
        [Fact("Redaction policy", wording.shortened(row["redaction_policy"]))]
        if row["redaction_policy"]
        else []
    )


_COUNTS = (
    ("moves_n", "Pointer positions"), ("clicks_n", "Clicks"), ("double_clicks_n", "Double clicks"),
    ("right_clicks_n", "Right clicks"), ("drags_n", "Drags"), ("scrolls_n", "Scroll steps"), ("keys_n", "Key presses"),
    ("shortcuts_n", "Shortcuts"), ("apps_n", "Apps"), ("app_switches_n", "App switches"), ("frames_n", "Screenshots"),
    ("steps_n", "Steps"),
)  # fmt: skip


def activity(row: dict[str, Any], states: Iterable[dict[str, Any]]) -> list[Fact]:
    """How much of what there is; `states` are the rows of sessions/segments."""
    sums: dict[str, int] = {}
    for piece in states:
        sums[piece["state"]] = sums.get(piece["state"], 0) + piece["end_us"] - piece["start_us"]
    times = [Fact(label, wording.duration(sums[state])) for state, label in _STATES if sums.get(state)]
    return [*(Fact(label, wording.number(row[name])) for name, label in _COUNTS if row[name]), *times]


def displays(rows: Sequence[dict[str, Any]]) -> list[Fact]:
    """Each screen and the time for which it was as it is described."""
    return [Fact(_screen(row, len(rows)), _size(row), _period(row)) for row in rows]


def _screen(row: dict[str, Any], rows_n: int) -> str:
    if rows_n == 1:
        return "Screen"
    return f"Screen {wording.shortened(row['display_id'], 20)}" + (", main" if row["is_primary"] else "")


def _size(row: dict[str, Any]) -> str:
    if row["width_px"] is None or row["height_px"] is None:
        return "size not known"
    size = f"{wording.number(row['width_px'])} × {wording.number(row['height_px'])} px"
    return size + (" (estimated)" if row["is_estimated"] else "")


def _period(row: dict[str, Any]) -> str:
    scale = f"{row['px_per_pt']:g} px a point" if row["px_per_pt"] not in (None, 1) else ""
    place = ""
    if row["start_us"] or row["end_us"] is not None:
        end = "the end" if row["end_us"] is None else wording.clock(row["end_us"])
        place = f"from {wording.clock(row['start_us'])} to {end}"
    return ", ".join(part for part in (_SPACES.get(row["coordinate_space"], ""), scale, place) if part)


def quality(rows: Iterable[dict[str, Any]]) -> list[Fact]:
    """The quality report; `rows` are those of quality/session_report."""
    return [
        Fact(row["label"], _found(row), row["note"] if row["found_n"] else "", bool(row["found_n"]))
        for row in rows
    ]


def _found(row: dict[str, Any]) -> str:
    if not row["of_n"]:
        return "nothing to check"
    if not row["found_n"]:
        return f"none of {wording.number(row['of_n'])}"
    found = f"{wording.number(row['found_n'])} of {wording.number(row['of_n'])}"
    return (
        found
        if row["worst_ms"] is None
        else f"{found}, worst {wording.duration(round(1000 * row['worst_ms']))}"
    )
