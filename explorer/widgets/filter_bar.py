"""The filter bar: chips for what the collection offers, a search box, and what is selected, in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyarrow as pa
import streamlit as st

from explorer import sql
from explorer.widgets import wording
from explorer.widgets.opened import run
from explorer.widgets.url_state import Filters, current_filters, set_filters

MIN_PEOPLE = sql.MIN_PEOPLE
_WEEK_DAYS = 7
_CHIP_PX = {"actor": 152, "task_id": 152}

_CHIPS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("cohort", "Cohort", {}),
    ("app", "App", {}),
    ("os", "System", wording.SYSTEMS),
    ("source_format", "Source", wording.SOURCES),
    ("actor", "Human, agent", wording.ACTORS),
)
LABELS = {name: label for name, label, _ in _CHIPS} | {
    "task_id": "Task",
    "day_from": "Weeks",
    "day_to": "Weeks",
    "search": "Search",
}


def filter_bar() -> Filters:
    """Draw the bar; returns the filters of this page's address."""
    filters = current_filters()
    facets = _facets(run("sessions/facets"))
    with st.container(horizontal=True, key="filter_bar", vertical_alignment="top", gap="xsmall"):
        _search_box(filters)
        with st.container(horizontal=True, key="filter_chips", vertical_alignment="center", gap="xsmall"):
            for name, label, words in _CHIPS:
                values = facets.get(name, {})
                if len(values) > 1 or getattr(filters, name) is not None:
                    _chip(name, label, words, values, filters)
            _tasks(filters)
            _weeks(facets.get("week", {}), filters)
            if filters != Filters():
                st.button(
                    "Clear all", type="tertiary", key="filter_clear", on_click=set_filters, args=(Filters(),)
                )
    return filters


def selection(filters: Filters) -> str:
    """What the filters select: 38 sessions · 22 people · 2 h 14 min · 412,904 events.

    Where sessions/totals withholds its sums, in it or left out by it are fewer than MIN_PEOPLE people.
    """
    totals = totals_of(filters)
    sessions = wording.count(totals["sessions_n"], "session")
    people_n = totals["people_n"]
    if people_n is None:
        return f"{sessions} · fewer than {MIN_PEOPLE} people are in it or left out"
    length = wording.duration(totals["duration_us"] or 0, sessions_n=totals["sessions_n"])
    sums = (length, wording.count(totals["events_n"] or 0, "event"))
    return " · ".join((sessions, _people(people_n, totals["unknown_people_sessions_n"] or 0), *sums))


def has_few_people(filters: Filters) -> bool:
    """Whether filters leave, or leave out, fewer known people than may be summed over."""
    return totals_of(filters)["people_n"] is None


def totals_of(filters: Filters) -> dict[str, Any]:
    """The row of sessions/totals, None for what it withholds; zeros where the query refuses a small cohort."""
    rows = run("sessions/totals", **filters.params())
    return dict(rows.to_pylist()[0]) if rows.num_rows else dict.fromkeys(rows.column_names, 0)


def _people(people_n: int, unknown_n: int) -> str:
    if not people_n:
        return "people not known"
    known = wording.count(people_n, "person", "people")
    return f"{known} ({wording.count(unknown_n, 'session')} of unknown people)" if unknown_n else known


def _facets(rows: pa.Table) -> dict[str, dict[str, int]]:
    facets: dict[str, dict[str, int]] = {}
    for row in rows.to_pylist():
        facets.setdefault(row["facet"], {})[row["value"]] = row["sessions_n"]
    return facets


def _search_box(filters: Filters) -> None:
    key = "filter_search"
    st.session_state[key] = filters.search or ""
    st.text_input(
        "Search tasks, window titles, thoughts and actions",
        key=key,
        type="search",
        placeholder="Tasks, titles, thoughts, actions",
        label_visibility="collapsed",
        max_chars=200,
        width=240,
        on_change=_changed("search", key),
    )


def _chip(name: str, label: str, words: dict[str, str], values: dict[str, int], filters: Filters) -> None:
    chosen: str | None = getattr(filters, name)
    key = f"filter_{name}"
    st.session_state[key] = chosen
    st.selectbox(
        label,
        [*values, *([chosen] if chosen is not None and chosen not in values else [])],
        index=None,
        key=key,
        format_func=lambda value: _choice(
            words.get(value, value), None if value == chosen else values.get(value)
        ),
        placeholder=label,
        label_visibility="collapsed",
        width=_CHIP_PX.get(name, 128),
        on_change=_changed(name, key),
    )


def _tasks(filters: Filters) -> None:
    """Tasks that were tried more than once; a collection without such has no chip for them."""
    rows = run("sessions/tasks").to_pylist()
    if rows or filters.task_id is not None:
        words = {row["task_id"]: row["task"] or row["task_id"] for row in rows}
        _chip("task_id", "Task", words, {row["task_id"]: row["attempts_n"] for row in rows}, filters)


def _choice(word: str | None, sessions_n: int | None) -> str:
    shown = wording.shortened(word, 60)
    return shown if sessions_n is None else f"{shown} ({wording.number(sessions_n)})"


def _weeks(values: dict[str, int], filters: Filters) -> None:
    mondays = sorted(monday for monday in map(int, values) if wording.is_day(monday))
    is_set = filters.day_from is not None or filters.day_to is not None
    if len(mondays) < 2 and not is_set:
        return
    with st.popover(_weeks_label(filters) if is_set else "Weeks", key="filter_weeks"):
        _week_select("From the week of", "day_from", mondays, filters, 0)
        _week_select("To the week of", "day_to", mondays, filters, _WEEK_DAYS - 1)


def _weeks_label(filters: Filters) -> str:
    begin = "" if filters.day_from is None else wording.day(filters.day_from)
    end = "" if filters.day_to is None else wording.day(filters.day_to)
    return f"{begin} – {end}".strip()


def _week_select(label: str, name: str, mondays: list[int], filters: Filters, plus: int) -> None:
    chosen: int | None = getattr(filters, name)
    key = f"filter_{name}"
    days = sorted({monday + plus for monday in mondays} | ({chosen} if chosen is not None else set()))
    st.session_state[key] = chosen
    st.selectbox(
        label,
        days,
        index=None,
        key=key,
        format_func=lambda value: wording.day(value - plus),
        placeholder="Any",
        on_change=_changed(name, key),
    )


def _changed(name: str, key: str) -> Callable[[], None]:
    def keep() -> None:
        value = st.session_state.get(key)
        set_filters(replace(current_filters(), **{name: value or None if name == "search" else value}))

    return keep
