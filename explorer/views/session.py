"""One session: what it is, how it went, how well it was recorded."""

from __future__ import annotations

from typing import Any

import streamlit as st

from explorer.charts.apps_in_session import app_runs, chart_height_px, time_per_app
from explorer.widgets import session_facts, wording
from explorer.widgets.app_palette import palette
from explorer.widgets.attempts import other_attempts, task_way
from explorer.widgets.chart_foot import chart_foot
from explorer.widgets.facts import facts
from explorer.widgets.filmstrip import filmstrip
from explorer.widgets.one_session import listed_ids, session_row
from explorer.widgets.opened import run
from explorer.widgets.player import replay_way
from explorer.widgets.session_head import place_of, session_head
from explorer.widgets.session_table import badges_of, title
from explorer.widgets.steps import OUTCOMES, PAGE_N, outcome, page_of, steps
from explorer.widgets.timeline import BINS_N, timeline
from explorer.widgets.url_state import current_filters, current_sort

_FRAMES_SHOWN = 24
_JUDGED = ("is_correct", "is_redundant")


def show() -> None:
    """The page."""
    row = session_row(st.query_params.get("id", ""))
    _head(row)
    states = run("sessions/segments", session_id=row["session_id"])
    left, right = st.columns([13, 7], gap="medium")
    with left:
        _over_time(row, states)
        _steps(row)
        _apps(row)
        _frames(row)
    with right:
        _facts(row, states.to_pylist())


def _head(row: dict[str, Any]) -> None:
    filters, sort = current_filters(), current_sort()
    place = place_of(row["session_id"], listed_ids(filters, sort))
    attempts = other_attempts(row)
    beside = _replay(row, **{"with": attempts[0][0]}) if attempts else None
    session_head(
        title(row), session_facts.summary(row), badges_of(row), place=place, filters=filters, sort=sort,
        task=_task(row["task_id"], len(attempts) + 1), replay=(_replay(row), beside),
    )  # fmt: skip


def _replay(row: dict[str, Any], **moment: str) -> str:
    """The way to the replay, through the same list."""
    carried = current_filters().address() | current_sort().address()
    return replay_way(row["session_id"], carried, **moment)


def _task(task_id: str | None, attempts_n: int) -> tuple[str, str] | None:
    """The way to all attempts at the task, where there are others. Equal words alone make no attempt."""
    return (f"{attempts_n} attempts at this task", task_way(task_id)) if task_id and attempts_n > 1 else None


def _over_time(row: dict[str, Any], states: Any) -> None:
    st.header("Over time", anchor="over-time")
    if not row["duration_us"]:
        st.text("The source has no times: only the order of the events is known.")
        return
    params = {"session_id": row["session_id"]}
    switches = run("sessions/app_switches", **params)
    frames_us = [t_us for t_us in run("replay/frames", **params)["t_us"].to_pylist() if t_us is not None]
    timeline(
        row["duration_us"],
        app_runs(row["first_app"], switches, row["duration_us"]),
        run("replay/density", **params, bins_n=BINS_N),
        states,
        frames_us,
        replay=_replay(row),
    )
    events = wording.count(row["moves_n"] + row["source_events_n"], "event")
    chart_foot(
        "over-time", f"{events} in {wording.duration(row['duration_us'])}",
        ("replay/density", "sessions/app_switches", "sessions/segments"), {**params, "bins_n": BINS_N},
    )  # fmt: skip


def _steps(row: dict[str, Any]) -> None:
    if not row["steps_n"]:
        return
    session_id = row["session_id"]
    judged = run("sessions/step_outcomes", session_id=session_id)
    names = [outcome(*pair) for pair in zip(*(judged[n].to_pylist() for n in _JUDGED), strict=True)]
    named = st.query_params.get("step", "")
    at = int(named) if named.isascii() and named.isdecimal() and 1 <= int(named[:9]) <= len(names) else None
    offset_n = page_of(at or 1, len(names))
    st.header("Steps", anchor="steps")
    shown = run("sessions/steps", session_id=session_id, limit_n=PAGE_N, offset_n=offset_n)
    steps(shown.to_pylist(), names, at=at, replay=_replay(row))
    said = [f"{wording.number(names.count(name))} {OUTCOMES[name]}" for name in OUTCOMES if names.count(name)]
    denominator = f"{wording.count(len(names), 'step')}: {', '.join(said)}"
    chart_foot("steps", denominator, ("sessions/steps",), {"session_id": session_id, "limit_n": len(names)})


def _apps(row: dict[str, Any]) -> None:
    rows = run("sessions/time_per_app", session_id=row["session_id"])
    if not any(rows["app"].to_pylist()):
        return
    st.header("Active time per app", anchor="time-per-app")
    height_px = chart_height_px(rows.num_rows)
    said = "Bars: active time per application, longest on top"
    figure = time_per_app(rows, palette())
    st.plotly_chart(figure, key="time_per_app", height=height_px, config={"displayModeBar": False}, alt=said)
    active_ms = sum(rows["active_ms"].to_pylist())
    chart_foot(
        "time-per-app",
        f"of {wording.duration(1000 * active_ms)} with less than 5 s between inputs",
        ("sessions/time_per_app",),
        {"session_id": row["session_id"]},
    )


def _frames(row: dict[str, Any]) -> None:
    if not row["frames_n"]:
        return
    shown = run("replay/frames", session_id=row["session_id"]).slice(0, _FRAMES_SHOWN)
    st.header("Screenshots", anchor="screenshots")
    ids, times_us = shown["frame_id"].to_pylist(), shown["t_us"].to_pylist()
    ways = [_replay(row, frame=frame_id) for frame_id in ids]
    filmstrip(zip(ids, times_us, ways, strict=True))
    with st.container(key="denominator_screenshots"):
        st.text(f"the first {shown.num_rows} of {wording.count(row['frames_n'], 'screenshot')}")


def _facts(row: dict[str, Any], states: list[dict[str, Any]]) -> None:
    params = {"session_id": row["session_id"]}
    facts(
        "session_facts",
        (
            ("Quality", session_facts.quality(run("quality/session_report", **params).to_pylist())),
            ("Recording", session_facts.recording(row)),
            ("Counts", session_facts.activity(row, states)),
            ("Screens", session_facts.displays(run("sessions/displays", **params).to_pylist())),
        ),
    )
