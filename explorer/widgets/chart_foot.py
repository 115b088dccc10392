"""What stands under every chart: of how many, the SQL, the rows as CSV, the link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from explorer import sql
from explorer.exports.results import csv_text
from explorer.widgets.copy_link import copy_link
from explorer.widgets.opened import run


def chart_foot(
    anchor: str,
    denominator: str,
    queries: Sequence[str],
    params: Mapping[str, object],
    *,
    search: str | None = None,
) -> None:
    """Show `denominator`, the text of `queries`, the first one's rows as CSV, and a link to `anchor`.

    `search` is text that was typed: it enters a link only by a button of its own.
    """
    with st.container(horizontal=True, key=f"foot_{anchor}", vertical_alignment="center", gap="small"):
        with st.container(key=f"denominator_{anchor}"):
            st.text(denominator)
        with st.popover("SQL", type="tertiary", key=f"sql_{anchor}"):
            for name in queries:
                st.code(sql.load(name).path.read_text("utf-8"), language="sql")
        st.download_button(
            "CSV",
            data=lambda: csv_text(run(queries[0], **params)).encode(),
            file_name=f"{queries[0].replace('/', '-')}.csv",
            mime="text/csv",
            type="tertiary",
            key=f"csv_{anchor}",
            on_click="ignore",
        )
        copy_link(f"link_{anchor}", anchor=anchor)
        if search is not None:
            copy_link(f"search_link_{anchor}", "Copy link with search", anchor=anchor, search=search)
