"""Sessions: find recordings, see their shape at a glance, open one."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import streamlit as st

from explorer.widgets import wording
from explorer.widgets.chart_foot import chart_foot
from explorer.widgets.filter_bar import LABELS, filter_bar, selection, totals_of
from explorer.widgets.opened import run
from explorer.widgets.session_table import ordered, session_table
from explorer.widgets.strips import activity, ribbons
from explorer.widgets.url_state import SORTS, Filters, Sort, current_sort, set_filters, set_sort

LISTED_N = 2000
_COUNTED_N = 100_000


def show() -> None:
    """The page."""
    st.title("Sessions", anchor=False)
    filters = filter_bar()
    rows = ordered(run("sessions/list", **filters.params(), limit_n=_COUNTED_N), current_sort())
    if not rows.num_rows:
        _nothing(filters)
        return
    chart_foot(
        "sessions", selection(filters) + _cut(rows.num_rows), ("sessions/list", "sessions/totals"),
        filters.params() | {"limit_n": _COUNTED_N}, typed={"search": filters.search},
    )  # fmt: skip
    _table(rows.slice(0, LISTED_N), rows.num_rows, filters)


def _cut(rows_n: int) -> str:
    if rows_n <= LISTED_N:
        return ""
    return f" · the first {wording.number(LISTED_N)} are listed: filter to see others"


def _table(rows: pa.Table, all_n: int, filters: Filters) -> None:
    ids, durations_us = rows["session_id"].to_pylist(), rows["duration_us"].to_pylist()
    chosen = filters.params() | {"limit_n": all_n}
    session_table(
        rows,
        activity(run("sessions/density_of_list", **chosen), ids),
        ribbons(run("sessions/ribbon_of_list", **chosen), ids, durations_us),
        filters=filters,
        sort=current_sort(),
        on_sort=_sort_by,
    )


def _sort_by(name: str | None) -> None:
    if name not in SORTS:
        return
    now = current_sort()
    set_sort(Sort(name, not now.is_rising) if now.by == name else Sort(name))


def _nothing(filters: Filters) -> None:
    """Say why the list is empty, and what to do."""
    with st.container(border=True, key="nothing"):
        if filters == Filters():
            st.text("This dataset has no sessions yet. Bring recordings in with:")
            st.code("trace-explorer import RECORDING -o DATASET", language=None)
            return
        ways = _ways_out(filters)
        st.text(_why(ways))
        for label, found_n, fewer in ways:
            found = wording.count(found_n, "session")
            st.button(f"Drop {label} ({found})", key=f"drop_{label}", on_click=set_filters, args=(fewer,))
        if not ways:
            st.button("Clear all filters", key="drop_all", on_click=set_filters, args=(Filters(),))


def _why(ways: Sequence[tuple[str, int, Filters]]) -> str:
    if len(ways) == 1:
        return f"No session is left: it is the {ways[0][0]} filter that leaves none."
    return "No session passes all of these filters together."


def _ways_out(filters: Filters) -> list[tuple[str, int, Filters]]:
    """Filters that, dropped alone, bring sessions back: label, number of sessions, what stays."""
    ways = []
    for names, label in _set_filters(filters):
        fewer = filters.without(*names)
        found_n = totals_of(fewer)["sessions_n"]
        if found_n:
            ways.append((label, found_n, fewer))
    return ways


def _set_filters(filters: Filters) -> list[tuple[tuple[str, ...], str]]:
    """Names and label of each filter that is set; both ends of the weeks are one."""
    grouped: dict[str, list[str]] = {}
    for name in filters.params():
        grouped.setdefault(LABELS[name].lower(), []).append(name)
    return [(tuple(names), label) for label, names in grouped.items()]
