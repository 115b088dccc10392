"""Findings: what the scan for left-behind personal data found, where, and what was dismissed."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from explorer.scan.finding import UNREAD
from explorer.scan.reading import Kept
from explorer.widgets import wording
from explorer.widgets.copy_link import copy_link
from explorer.widgets.finding_way import finding_of
from explorer.widgets.finding_words import (
    headline,
    looked_at,
    not_looked_at,
    nothing_found,
    scan_time,
    stale,
    unread_n,
)
from explorer.widgets.findings_list import filters_of_others, findings_list
from explorer.widgets.findings_state import Judged, address_of, can_scan, choice_of, findings
from explorer.widgets.opened import engine, run
from explorer.widgets.scan_box import scan_box
from explorer.widgets.url_state import Filters, current_filters

_COMMAND = "trace-explorer scan DATASET"


def show() -> None:
    """The page."""
    st.title("Findings", anchor=False)
    judged = findings()
    kept = judged.found.reading.kept
    if kept is None:
        _no_scan(judged)
        return
    _head(judged, kept)
    if not len(judged.found.listed):
        _nothing(judged, kept)
        return
    findings_list(judged, choice_of(st.query_params), finding_of(st.query_params))


def _head(judged: Judged, kept: Kept) -> None:
    with st.container(horizontal=True, key="findings_head", vertical_alignment="center", gap="small"):
        with st.container(key="findings_headline", width="stretch"):
            st.text(headline(judged))
        copy_link("link_findings")
    parts_n = judged.found.reading.parts_n
    if said := stale(kept):
        with st.container(horizontal=True, key="findings_stale", vertical_alignment="center", gap="small"):
            with st.container(key="wrong_stale", width="stretch"):
                st.text(said + (" A new scan was begun and is not whole yet." if parts_n else ""))
            if can_scan(engine().dataset.root):
                scan_box("Go on" if parts_n else "Scan again", width="content")
    with st.container(horizontal=True, key="findings_scope", vertical_alignment="center", gap="small"):
        with st.container(key="quiet_looked_at", width="content"):
            st.text(looked_at(kept) + _left(judged))
        _gaps(kept)
        _unread(judged)


def _left(judged: Judged) -> str:
    parts = []
    if judged.found.gone_n:
        gone = wording.count(judged.found.gone_n, "finding")
        parts.append(f" {gone} of sessions or channels that consent does not cover now are left out.")
    filters = current_filters()
    if filters.without("app") != Filters():
        parts.append(" The filters of other pages are kept, and do not count here.")
    return "".join(parts)


def _gaps(kept: Kept) -> None:
    """What the scan does not cover is one press away, never left unsaid."""
    said = not_looked_at(kept)
    if not said:
        return
    label = f"{wording.count(len(said), 'thing')} not looked at"
    with st.popover(label, type="tertiary", key="findings_gaps"):
        st.text("The scan did not look at:")
        for line in said:
            st.text(f"– {line}")


def _unread(judged: Judged) -> None:
    n = unread_n(judged)
    if n:
        label = f"{wording.count(n, 'place')} could not be read"
        st.button(label, type="tertiary", key="findings_unread", on_click=_show_unread)


def _show_unread() -> None:
    choice = replace(choice_of({}), kind=UNREAD)
    st.query_params.from_dict({**filters_of_others(), **address_of(choice)})


def _nothing(judged: Judged, kept: Kept) -> None:
    with st.container(border=True, key="nothing"):
        if judged.found.gone_n:
            st.text("What the scan found is of sessions or channels that consent does not cover now.")
        else:
            st.text(f"{looked_at(kept)} The checks found nothing there.")
            st.text(nothing_found(kept))
        for line in not_looked_at(kept):
            st.text(f"– not looked at: {line}")


def _no_scan(judged: Judged) -> None:
    reading = judged.found.reading
    with st.container(border=True, key="nothing"):
        if reading.problem:
            st.text(f"{reading.problem} Scan again:")
        elif reading.parts_n:
            st.text("A scan was begun and is not whole yet. It goes on where it was:")
        else:
            st.text("This dataset was not scanned yet. A scan looks for what redaction left behind.")
        sessions = run("scan/sessions").to_pylist()
        if not sessions:
            st.text("There are no sessions that can be shown, so there is nothing to scan.")
            return
        if not can_scan(engine().dataset.root):
            st.text("Parquet of others that is read in place cannot be scanned: import it first.")
            return
        with st.container(key="quiet_scan_time"):
            st.text(f"To look at: {scan_time(sessions)}")
        scan_box("Go on" if reading.parts_n else "Scan now")
        with st.container(key="quiet_scan_command"):
            st.text("The same in the terminal, where it takes all processors:")
        st.code(_COMMAND, language=None)
