"""Shortcuts: how commands were given, what shortcuts might save, chords, sequences, right clicks, adoption."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from explorer.charts.adoption import WEEKS_PX, adoption_by_cohort, adoption_by_week, cohorts_px
from explorer.charts.dumbbells import Dumbbell, chart_height_px, dumbbells
from explorer.errors import ExplorerError
from explorer.widgets import error_box, shortcut_rows, wording
from explorer.widgets.chart_foot import chart_foot
from explorer.widgets.filter_bar import MIN_PEOPLE, filter_bar, selection, totals_of
from explorer.widgets.keyboard import keyboard
from explorer.widgets.opened import run
from explorer.widgets.ranked import Ranked, ranked
from explorer.widgets.shortcut_answers import Answers, answers
from explorer.widgets.shortcut_words import (
    SHARE_METHOD,
    TIMES_METHOD,
    WAYS,
    difference,
    headline,
    left_out,
    whom,
)
from explorer.widgets.url_state import Filters, current_sort, set_filters

_LISTED_N = 14
_QUIET_CHART = {"displayModeBar": False}


def show() -> None:
    """The page."""
    st.title("Shortcuts", anchor=False)
    filters = filter_bar()
    if not totals_of(filters)["sessions_n"]:
        _nothing(filters)
        return
    found = answers(filters)
    if found.is_refused:
        error_box.show(_too_few())
        return
    _top(found, filters)
    left, right = st.columns([13, 10], gap="medium")
    with left:
        _commands(found, filters)
    with right:
        _chords(filters)
        _sequences(filters)
        _right_clicks(filters)
        _adoption(filters)


def _nothing(filters: Filters) -> None:
    with st.container(border=True, key="nothing"):
        if filters == Filters():
            st.text("This dataset has no sessions yet. Bring recordings in with:")
            st.code("trace-explorer import RECORDING -o DATASET", language=None)
            return
        st.text("No session passes these filters.")
        st.button("Clear all filters", key="drop_all", on_click=set_filters, args=(Filters(),))


def _too_few() -> ExplorerError:
    return ExplorerError(
        f"Fewer than {MIN_PEOPLE} people are in this selection or left out, so nothing is counted over it",
        hint="Choose more sessions, or look at them one by one under Sessions.",
    )


def _top(found: Answers, filters: Filters) -> None:
    with st.container(key="shortcuts_headline"):
        st.text(f"{headline(found)}.")
    if found.times is not None:
        with st.container(key="shortcuts_difference"):
            st.text(f"{difference(found.times.overall, is_people=found.is_people)}.")
    if said := left_out(found):
        _quiet("left_out", " ".join(said))
    with st.popover("How this is measured", type="tertiary", key="shortcuts_method"):
        st.text(SHARE_METHOD)
        st.text(TIMES_METHOD)
    chart_foot(
        "shortcuts",
        f"counted: {whom(found)} – selected: {selection(filters)}",
        ("shortcuts/coverage", "lib/command_rows"),
        filters.params(),
    )


def _commands(found: Answers, filters: Filters) -> None:
    commands = shortcut_rows.commands_of(found)
    timed = shortcut_rows.dumbbells_by_time(found, commands)
    used = shortcut_rows.dumbbells_by_uses(commands)
    if timed:
        st.header("Time by menu and by shortcut", anchor="times")
        _quiet("times", "Commands on top could save most: uses by menu, times the difference.")
        _dumbbells("times", timed, "menu", "seconds")
        people = wording.count(found.times.overall.people_n, "person", "people") if found.times else ""
        chart_foot(
            "times", f"{people} used both ways", ("shortcuts/commands", "shortcuts/times"), filters.params()
        )
    if used:
        st.header("Uses by shortcut and otherwise", anchor="uses")
        saving = (
            "those whose menus took most time come first" if found.times is not None else "most used first"
        )
        _quiet("uses", f"Commands that have a shortcut; {saving}.")
        _dumbbells("uses", used, "menu, context menu, toolbar", "uses")
        chart_foot("uses", whom(found), ("shortcuts/commands",), filters.params())
    st.header("Commands", anchor="commands")
    carried = filters.address() | current_sort().address()
    legend = {way: word for way, word in WAYS.items() if any(way in one.uses for one in commands)}
    rows = shortcut_rows.ranking(found, commands, carried)
    _list("commands", "Commands by uses", rows, _no_commands(found), legend=legend)
    chart_foot("commands", _others(found.commands, "uses_n", whom(found)), ("shortcuts/commands", "shortcuts/moments"),
               filters.params())  # fmt: skip


def _no_commands(found: Answers) -> str:
    if found.counted_n("recorded", "standard", "menu", "context_menu", "toolbar"):
        return f"No command was given in the same way by {MIN_PEOPLE} people or more."
    return "No commands are named in these recordings, and no chord has a name by standard."


def _dumbbells(key: str, rows: Sequence[Dumbbell], other: str, unit: str) -> None:
    figure = dumbbells(rows, other=other, unit=unit, is_dark=_is_dark())
    said = f"Dumbbells: {unit} by shortcut and by {other} for {len(rows)} commands; the list below has the numbers"
    st.plotly_chart(
        figure, key=f"{key}_chart", height=chart_height_px(len(rows)), config=_QUIET_CHART, alt=said
    )


def _chords(filters: Filters) -> None:
    st.header("Chords", anchor="chords")
    rows = run("shortcuts/chords", **filters.params()).to_pylist()
    named = [row for row in rows if not row["is_other"]]
    if named:
        keyboard("keyboard", named)
    empty = f"No chord was pressed by {MIN_PEOPLE} people or more, or none was recorded."
    _list("chords", "Chords by presses", shortcut_rows.chord_rows(rows), empty)
    foot = _others(rows, "presses_n", wording.count(len(named), "chord"))
    chart_foot(
        "chords", foot, ("shortcuts/chords", "lib/shown_chords", "lib/standard_chords"), filters.params()
    )


def _sequences(filters: Filters) -> None:
    st.header("Sequences", anchor="sequences")
    _quiet("sequences", "Two to four commands, each within 10 s of the one before.")
    rows = run("shortcuts/sequences", **filters.params()).to_pylist()
    empty = f"No sequence was done by {MIN_PEOPLE} people or more."
    _list("sequences", "Sequences by how often they came", shortcut_rows.sequence_rows(rows), empty)
    many = f"{wording.count(len(rows), 'sequence')} of at least {MIN_PEOPLE} people"
    chart_foot("sequences", many, ("shortcuts/sequences",), filters.params())


def _right_clicks(filters: Filters) -> None:
    st.header("Right clicks", anchor="right-clicks")
    _quiet("right_clicks", "What followed within 3 s.")
    rows = run("shortcuts/right_clicks", **filters.params(), with_app=filters.app is None).to_pylist()
    empty = f"No right click, or by fewer than {MIN_PEOPLE} people."
    _list("right_clicks", "Right clicks by what followed", shortcut_rows.right_click_rows(rows), empty)
    total = wording.count(sum(row["right_clicks_n"] for row in rows), "right click")
    chart_foot(
        "right-clicks",
        total,
        ("shortcuts/right_clicks",),
        filters.params() | {"with_app": filters.app is None},
    )


def _adoption(filters: Filters) -> None:
    st.header("Share of shortcuts over time and by cohort", anchor="adoption")
    _quiet("adoption", "Uses by shortcut out of all uses of the commands that have one.")
    params = filters.params()
    weeks = shortcut_rows.adopted(run("shortcuts/adoption", **params).to_pylist(), "week_day")
    cohorts = shortcut_rows.adopted(run("shortcuts/adoption", **params, by_cohort=True).to_pylist(), "cohort")
    if not weeks and not cohorts:
        with st.container(border=True, key="nothing_adoption"):
            st.text("No command that has a shortcut is named in these recordings, or by too few people.")
        return
    if len(weeks) > 1:
        figure = adoption_by_week(weeks, is_dark=_is_dark())
        said = "Line: share of shortcuts by week. " + ". ".join(week.hint for week in weeks)
        st.plotly_chart(figure, key="adoption_weeks", height=WEEKS_PX, config=_QUIET_CHART, alt=said)
        chart_foot("adoption", wording.count(len(weeks), "week"), ("shortcuts/adoption",), params)
    figure = adoption_by_cohort(cohorts, is_dark=_is_dark())
    said = "Marks: share of shortcuts by cohort. " + ". ".join(cohort.hint for cohort in cohorts)
    st.plotly_chart(
        figure, key="adoption_cohorts", height=cohorts_px(len(cohorts)), config=_QUIET_CHART, alt=said
    )
    chart_foot(
        "cohorts",
        wording.count(len(cohorts), "cohort"),
        ("shortcuts/adoption",),
        params | {"by_cohort": True},
    )


def _list(
    key: str, title: str, rows: Sequence[Ranked], empty: str, *, legend: Mapping[str, str] | None = None
) -> None:
    """The first rows, and the rest on demand."""
    ranked(key, title, rows[:_LISTED_N], legend=legend, empty=empty)
    if len(rows) > _LISTED_N:
        with st.expander(f"{wording.number(len(rows) - _LISTED_N)} more", key=f"more_{key}"):
            ranked(f"{key}_rest", f"{title}, the rest", rows[_LISTED_N:200])


def _others(rows: Sequence[dict[str, Any]], count: str, said: str) -> str:
    """What was said, and what is summed because few people stand behind it."""
    few_n = sum(row[count] for row in rows if row["is_other"])
    few = f" · {wording.number(few_n)} more in rows of fewer than {MIN_PEOPLE} people" if few_n else ""
    return said + few


def _quiet(key: str, text: str) -> None:
    with st.container(key=f"quiet_{key}"):
        st.text(text)


def _is_dark() -> bool:
    return bool(st.context.theme.type == "dark")
