"""The side of the Shortcuts page: chords on a keyboard and in a list, sequences, right clicks, shares over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from explorer.charts.adoption import WEEKS_PX, adoption_by_cohort, adoption_by_week, cohorts_px
from explorer.sql import MIN_PEOPLE
from explorer.widgets import wording
from explorer.widgets.chart_foot import chart_foot
from explorer.widgets.keyboard import keyboard
from explorer.widgets.opened import run
from explorer.widgets.ranked import Ranked, ranked
from explorer.widgets.shortcut_rows import adopted, chord_rows, right_click_rows, sequence_rows
from explorer.widgets.url_state import Filters

LISTED_N = 14
QUIET_CHART = {"displayModeBar": False}


def chords(filters: Filters) -> None:
    """Chords on a keyboard, and in a list."""
    st.header("Chords", anchor="chords")
    rows = run("shortcuts/chords", **filters.params()).to_pylist()
    named = [row for row in rows if not row["is_other"]]
    if named:
        keyboard("keyboard", named)
    empty = f"No chord was pressed by {MIN_PEOPLE} people or more, or none was recorded."
    listed("chords", "Chords by presses", chord_rows(rows), empty)
    foot = with_others(rows, "presses_n", wording.count(len(named), "chord"))
    chart_foot(
        "chords", foot, ("shortcuts/chords", "lib/shown_chords", "lib/standard_chords"), filters.params()
    )


def sequences(filters: Filters) -> None:
    """Sequences of commands."""
    st.header("Sequences", anchor="sequences")
    quiet("sequences", "Two to four commands, each within 10 s of the one before.")
    rows = run("shortcuts/sequences", **filters.params()).to_pylist()
    empty = f"No sequence was done by {MIN_PEOPLE} people or more."
    listed("sequences", "Sequences by how often they came", sequence_rows(rows), empty)
    many = f"{wording.count(len(rows), 'sequence')} of at least {MIN_PEOPLE} people"
    chart_foot("sequences", many, ("shortcuts/sequences",), filters.params())


def right_clicks(filters: Filters) -> None:
    """Right clicks, and what followed."""
    st.header("Right clicks", anchor="right-clicks")
    quiet("right_clicks", "What followed within 3 s.")
    rows = run("shortcuts/right_clicks", **filters.params(), with_app=filters.app is None).to_pylist()
    empty = f"No right click, or by fewer than {MIN_PEOPLE} people."
    listed("right_clicks", "Right clicks by what followed", right_click_rows(rows), empty)
    total = wording.count(sum(row["right_clicks_n"] for row in rows), "right click")
    chart_foot(
        "right-clicks",
        total,
        ("shortcuts/right_clicks",),
        filters.params() | {"with_app": filters.app is None},
    )


def adoption(filters: Filters) -> None:
    """The share of shortcuts by week and by cohort."""
    st.header("Share of shortcuts over time and by cohort", anchor="adoption")
    quiet("adoption", "Uses by shortcut out of all uses of the commands that have one.")
    params = filters.params()
    weeks = adopted(run("shortcuts/adoption", **params).to_pylist(), "week_day")
    cohorts = adopted(run("shortcuts/adoption", **params, by_cohort=True).to_pylist(), "cohort")
    if not weeks and not cohorts:
        with st.container(border=True, key="nothing_adoption"):
            st.text("No command that has a shortcut is named in these recordings, or by too few people.")
        return
    if len(weeks) > 1:
        figure = adoption_by_week(weeks, is_dark=is_dark())
        said = "Line: share of shortcuts by week. " + ". ".join(week.hint for week in weeks)
        st.plotly_chart(figure, key="adoption_weeks", height=WEEKS_PX, config=QUIET_CHART, alt=said)
        chart_foot("adoption", wording.count(len(weeks), "week"), ("shortcuts/adoption",), params)
    figure = adoption_by_cohort(cohorts, is_dark=is_dark())
    said = "Marks: share of shortcuts by cohort. " + ". ".join(cohort.hint for cohort in cohorts)
    st.plotly_chart(
        figure, key="adoption_cohorts", height=cohorts_px(len(cohorts)), config=QUIET_CHART, alt=said
    )
    chart_foot(
        "cohorts",
        wording.count(len(cohorts), "cohort"),
        ("shortcuts/adoption",),
        params | {"by_cohort": True},
    )


def listed(
    key: str, title: str, rows: Sequence[Ranked], empty: str, *, legend: Mapping[str, str] | None = None
) -> None:
    """The first rows, and the rest on demand."""
    ranked(key, title, rows[:LISTED_N], legend=legend, empty=empty)
    if len(rows) > LISTED_N:
        with st.expander(f"{wording.number(len(rows) - LISTED_N)} more", key=f"more_{key}"):
            ranked(f"{key}_rest", f"{title}, the rest", rows[LISTED_N:200])


def with_others(rows: Sequence[dict[str, Any]], count: str, said: str) -> str:
    """What was said, and what is summed because few people stand behind it."""
    few_n = sum(row[count] for row in rows if row["is_other"])
    few = f" · {wording.number(few_n)} more in rows of fewer than {MIN_PEOPLE} people" if few_n else ""
    return said + few


def quiet(key: str, text: str) -> None:
    """A line of small print."""
    with st.container(key=f"quiet_{key}"):
        st.text(text)


def is_dark() -> bool:
    """Whether figures are drawn for the dark theme."""
    return bool(st.context.theme.type == "dark")
