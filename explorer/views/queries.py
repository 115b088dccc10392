"""Queries: the library, one query's header as documentation and form, its result."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st

from explorer import sql
from explorer.charts.suggested import suggested
from explorer.errors import ExplorerError, QueryTimeout
from explorer.widgets import error_box, wording
from explorer.widgets.app_palette import palette
from explorer.widgets.chart_foot import chart_foot
from explorer.widgets.filter_bar import LABELS, MIN_PEOPLE, has_few_people, selection
from explorer.widgets.opened import timed
from explorer.widgets.query_fields import Reading, is_offered
from explorer.widgets.query_form import NAME, query_form, typed
from explorer.widgets.query_list import query_head, query_list
from explorer.widgets.result_table import SHOWN_N, result_table
from explorer.widgets.url_state import Filters, current_filters

_CARRIED = "session_id"


def show() -> None:
    """The page."""
    st.title("Queries", anchor=False)
    name = st.query_params.get(NAME, "")
    left, right = st.columns([3, 10], gap="medium")
    with left:
        carried = current_filters().address()
        if _CARRIED in st.query_params:
            carried[_CARRIED] = st.query_params[_CARRIED]
        query_list(name or None, carried)
    with right:
        if name:
            _query(sql.load(name))
        else:
            _introduction()


def _introduction() -> None:
    with st.container(border=True, key="nothing"):
        st.text("Choose a query. Each is one SQL file: its header is its documentation and its form.")
        with st.container(key="quiet_ways"):
            st.text("The same queries run in the terminal and from Python, and on other engines:")
        st.code("trace-explorer query sessions/totals DATASET", language=None)
        st.code('explorer.open("DATASET").run("sessions/totals").to_pandas()', language="python")


def _query(query: sql.Query) -> None:
    if not is_offered(query):
        raise ExplorerError(
            "is not shown here: it names people or exact times",
            where=query.name,
            hint="It serves exports: run it in the terminal where that is allowed.",
        )
    query_head(query)
    reading = query_form(query)
    _unused_filters(query)
    if reading.is_complete:
        _result(query, reading)
    elif not reading.wrong:
        with st.container(key="quiet_missing"):
            st.text(f"Give {' and '.join(reading.missing)}, then choose Run.")


def _unused_filters(query: sql.Query) -> None:
    """A filter that came with the address and means nothing here is said, not dropped in silence."""
    taken = {param.name for param in query.params}
    labels = dict.fromkeys(
        LABELS[name].lower() for name in current_filters().params() if name not in taken and name != "search"
    )
    if labels:
        with st.container(key="quiet_unused"):
            st.text(f"Not part of this query: the {', '.join(labels)} filter.")


def _result(query: sql.Query, reading: Reading) -> None:
    try:
        filters = _filters(query, reading)
        if _is_sum(query) and has_few_people(filters):
            error_box.show(_too_few())
            return
        rows, took_ms = timed(query.name, **reading.params)
        said = _said(query, rows, took_ms, filters)
    except QueryTimeout:
        _too_slow(query)
    except ExplorerError as error:
        error_box.show(error)
    else:
        _shown(query, reading, rows, said)


def _shown(query: sql.Query, reading: Reading, rows: pa.Table, said: str) -> None:
    chart_foot(
        "result", said, (query.name,), reading.params, files=("CSV", "Parquet"), typed=typed(query, reading)
    )
    if not rows.num_rows:
        with st.container(border=True, key="nothing"):
            st.text("No row fits. Change or clear a field above.")
        return
    figure = suggested(rows, palette(), is_dark=st.context.theme.type == "dark")
    if figure is not None:
        words = f"Chart of {query.name}; the table below has its numbers"
        st.plotly_chart(figure, key="result_chart", config={"displayModeBar": False}, alt=words)
    result_table(query, rows)


def _said(query: sql.Query, rows: pa.Table, took_ms: float, filters: Filters) -> str:
    """How many rows, how long it took, and over what."""
    parts = [f"{wording.count(rows.num_rows, 'row')} in {wording.milliseconds(took_ms)}"]
    if rows.num_rows > SHOWN_N:
        more = wording.number(rows.num_rows - SHOWN_N)
        parts.append(f"the first {wording.number(SHOWN_N)} are shown, {more} more in CSV and Parquet")
    parts.append("one session" if _takes(query, "session_id") else f"over {selection(filters)}")
    return " · ".join(parts)


def _takes(query: sql.Query, name: str) -> bool:
    return any(param.name == name for param in query.params)


def _filters(query: sql.Query, reading: Reading) -> Filters:
    names = Filters.__dataclass_fields__.keys() & reading.params.keys()
    return Filters(**{name: reading.params[name] for name in names})  # type: ignore[arg-type]


def _is_sum(query: sql.Query) -> bool:
    """Whether rows join several sessions, and so several people."""
    return not _takes(query, "session_id") and all(column.name != "session_id" for column in query.columns)


def _too_few() -> ExplorerError:
    return ExplorerError(
        f"Fewer than {MIN_PEOPLE} people are in this selection or left out, so nothing is summed over it",
        hint="Choose more sessions, or look at them one by one under Sessions.",
    )


def _too_slow(query: sql.Query) -> None:
    with st.container(border=True, key="error_box", gap=None):
        st.text("This took too long and was stopped, so that others do not wait.")
        with st.container(key="error_hint"):
            st.text("Narrow it down with the fields above, or prepare the dataset once:")
            st.code("trace-explorer rollup DATASET", language=None)
            st.text("Python waits as long as you say:")
            st.code(f'explorer.open("DATASET", time_limit_ms=600_000).run("{query.name}")', language="python")
