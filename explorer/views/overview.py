"""Overview: what was announced, what is here, from how many people, and what can be done next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import streamlit as st

from explorer.widgets import overview_ledger, overview_people, overview_still, wording
from explorer.widgets.chart_foot import chart_foot
from explorer.widgets.facts import facts
from explorer.widgets.made_up import is_made_up
from explorer.widgets.opened import engine, run
from explorer.widgets.overview_announced import Announced, announced_of, listed
from explorer.widgets.overview_beyond import Row, compared, findings
from explorer.widgets.overview_figures import figures, in_people
from explorer.widgets.overview_findings import show_findings
from explorer.widgets.overview_next import next_steps
from explorer.widgets.url_state import Filters, current_filters

_TELLING = ("sessions/", "participants/")
_HEADS = ("Announced", "Here", "Sessions with it")


def show() -> None:
    """The page."""
    _title()
    [totals] = run("collection/totals").to_pylist()
    if not totals["sessions_n"]:
        _nothing()
        return
    told = announced_of(engine().dataset.announced)
    here = {
        "channels": run("collection/channels").to_pylist(),
        "apps": _compared("apps", told.apps) if totals["apps_n"] else [],
        "regions": _compared("regions", told.regions) if totals["region_sessions_n"] else [],
    }
    found = findings(told, **here, totals=totals, today=datetime.now(UTC).date())
    left, right = st.columns([10, 13], gap="medium")
    with left:
        figures(totals, here["apps"], _notes())
        chart_foot("numbers", f"whole collection · {in_people(totals)}", ("collection/totals",), {})
    with right:
        _still(totals)
    st.header("Announced and here", anchor="announced")
    with st.container(key="quiet_announced"):
        st.text(compared(told, found))
    show_findings(found)
    _ledgers(told, here, totals)
    _people(told, totals)
    st.header("What can be done next", anchor="next")
    next_steps()


def _compared(things: str, told: tuple[str, ...] | None) -> list[Row]:
    rows: list[Row] = run(f"collection/{things}", announced=listed(told)).to_pylist()
    return rows


def _title() -> None:
    with st.container(horizontal=True, key="overview_title", vertical_alignment="center", gap="small"):
        st.title("Overview", anchor=False, width="content")
        with st.container(key="overview_dataset", width="content"):
            st.text(wording.shortened(engine().dataset.title, 80))
        if is_made_up():
            st.badge("Synthetic", color="gray", help="Made by a program: no real person was recorded.")


def _nothing() -> None:
    with st.container(border=True, key="nothing"):
        st.text("This dataset has no sessions that can be shown. Bring recordings in with:")
        st.code("trace-explorer import RECORDING -o DATASET", language=None)


def _notes() -> list[str]:
    """What limits every number of the page."""
    bad_n = len(engine().quarantined())
    notes = []
    if bad_n:
        verb = "is" if bad_n == 1 else "are"
        notes.append(f"{wording.count(bad_n, 'damaged file')} {verb} left out of every number.")
    if current_filters() != Filters():
        notes.append(
            "The filters you chose are kept for the other pages. This page is about the whole collection."
        )
    return notes


def _still(totals: dict[str, Any]) -> None:
    shown = overview_still.still_of(totals)
    overview_still.still(shown)
    if shown.session_id:
        params = {"session_id": shown.session_id}
        chart_foot("still", overview_still.said(shown), overview_still.QUERIES, params)


def _ledgers(told: Announced, here: dict[str, list[Row]], totals: dict[str, Any]) -> None:
    sessions_n = totals["sessions_n"]
    left, right = st.columns(2, gap="medium")
    with left:
        lines = overview_ledger.channel_lines(here["channels"], told)
        overview_ledger.ledger("channels", _HEADS, [("Channel", lines)])
        chart_foot("channels", f"of {wording.count(sessions_n, 'session')}", ("collection/channels",), {})
    with right:
        groups = (
            ("App", overview_ledger.app_lines(here["apps"], told, sessions_n)),
            ("Region", overview_ledger.region_lines(here["regions"], told, sessions_n)),
        )
        empty = "The recordings name neither applications nor regions."
        overview_ledger.ledger("apps", _HEADS, groups, empty)
        known = f"region known for {wording.number(totals['region_sessions_n'])}"
        names = ("collection/apps", "collection/regions")
        sessions = f"of {wording.count(sessions_n, 'session')} · {known}"
        chart_foot("apps", sessions, names, {"announced": listed(told.apps)})


def _people(told: Announced, totals: dict[str, Any]) -> None:
    st.header("People", anchor="people")
    is_whole = not any(bad.file.startswith(_TELLING) for bad in engine().quarantined())
    groups = overview_people.cohorts(run("collection/cohorts").to_pylist())
    agreed = run("collection/consent").to_pylist()
    consent = overview_people.consent(
        agreed,
        engine().withdrawn_n,
        unknown_sessions_n=totals["unknown_people_sessions_n"],
        is_whole=is_whole,
    )
    blocks = (("Groups", groups), ("Consent", consent), ("What people were told", overview_people.told(told)))
    for column, block in zip(st.columns(3, gap="medium"), blocks, strict=True):
        with column:
            facts(f"overview_{block[0]}", (block,))
    chart_foot(
        "people", f"whole collection · {in_people(totals)}", ("collection/cohorts", "collection/consent"), {}
    )
