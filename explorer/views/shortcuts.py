"""Shortcuts: how commands were given, what shortcuts might save, chords, sequences, right clicks, adoption."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from explorer.charts.dumbbells import Dumbbell, chart_height_px, dumbbells
from explorer.errors import ExplorerError
from explorer.widgets import error_box, shortcut_rows, wording
from explorer.widgets.chart_foot import chart_foot
from explorer.widgets.filter_bar import MIN_PEOPLE, filter_bar, selection, totals_of
from explorer.widgets.opened import run
from explorer.widgets.shortcut_answers import Answers, answers
from explorer.widgets.shortcut_side import (
    QUIET_CHART,
    adoption,
    chords,
    is_dark,
    listed,
    quiet,
    right_clicks,
    sequences,
    with_others,
)
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

_BY, _APP = "by", "app"


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
        adoption(filters)
    with right:
        chords(filters)
        sequences(filters)
        right_clicks(filters)


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
        quiet("left_out", " ".join(said))
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
        quiet("times", "Commands on top could save most: uses by menu, times the difference.")
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
        quiet("uses", f"Commands that have a shortcut; {saving}.")
        _dumbbells("uses", used, "menu, context menu, toolbar", "uses")
        chart_foot("uses", whom(found), ("shortcuts/commands",), filters.params())
    _ranking(found, commands, filters)


def _ranking(found: Answers, commands: Sequence[shortcut_rows.Command], filters: Filters) -> None:
    st.header("Commands", anchor="commands")
    if filters.app is None and _is_by_app():
        _by_app(filters)
        return
    carried = filters.address() | current_sort().address()
    legend = {way: word for way, word in WAYS.items() if any(way in one.uses for one in commands)}
    rows = shortcut_rows.ranking(found, commands, carried)
    listed("commands", "Commands by uses", rows, _no_commands(found), legend=legend)
    said = with_others(found.commands, "uses_n", whom(found))
    chart_foot("commands", said, ("shortcuts/commands", "shortcuts/moments"), filters.params())


def _is_by_app() -> bool:
    """Whether commands are told apart by application; the choice stands in the address."""
    is_asked = bool(st.query_params.get(_BY) == _APP)
    st.session_state[_BY] = is_asked
    st.checkbox("Apart by app", key=_BY, on_change=_choose_by)
    return is_asked


def _choose_by() -> None:
    others = {name: st.query_params[name] for name in st.query_params if name != _BY}
    st.query_params.from_dict({**others, **({_BY: _APP} if st.session_state.get(_BY) else {})})


def _by_app(filters: Filters) -> None:
    params = filters.params() | {"with_app": True}
    rows = run("shortcuts/commands", **params).to_pylist()
    legend = {way: word for way, word in WAYS.items() if any(row["via"] == way for row in rows)}
    empty = f"No command was given in the same way and app by {MIN_PEOPLE} people or more."
    listed("commands", "Commands by app and uses", shortcut_rows.ranking_by_app(rows), empty, legend=legend)
    apps = wording.count(len({row["app"] for row in rows if not row["is_other"]}), "app")
    chart_foot("commands", with_others(rows, "uses_n", apps), ("shortcuts/commands",), params)


def _no_commands(found: Answers) -> str:
    if found.counted_n("recorded", "standard", "menu", "context_menu", "toolbar"):
        return f"No command was given in the same way by {MIN_PEOPLE} people or more."
    return "No commands are named in these recordings, and no chord has a name by standard."


def _dumbbells(key: str, rows: Sequence[Dumbbell], other: str, unit: str) -> None:
    figure = dumbbells(rows, other=other, unit=unit, is_dark=is_dark())
    said = f"Dumbbells: {unit} by shortcut and by {other} for {len(rows)} commands; the list below has the numbers"
    st.plotly_chart(
        figure, key=f"{key}_chart", height=chart_height_px(len(rows)), config=QUIET_CHART, alt=said
    )
