"""What stands under every chart and table: of how many, the SQL, the rows to take away, the link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa
import streamlit as st

from explorer import shared_steps, sql
from explorer.exports.results import encoded
from explorer.widgets.copy_link import NOTHING_TYPED, copy_link
from explorer.widgets.opened import run

_FILES = {"CSV": ("csv", "text/csv"), "Parquet": ("parquet", "application/vnd.apache.parquet")}


def chart_foot(
    anchor: str,
    denominator: str,
    queries: Sequence[str],
    params: Mapping[str, object],
    *,
    files: Sequence[str] = ("CSV",),
    typed: Mapping[str, str | None] = NOTHING_TYPED,
    png: Callable[[], bytes] | None = None,
    rows: Callable[[], pa.Table] | None = None,
) -> None:
    """Show `denominator`, the text of `queries`, the first one's rows as files, and a link to `anchor`.

    `rows` makes other rows to take away, `png` the chart's picture. `typed` holds what may be typed on the page: it
    enters a link only by a button of its own.
    """
    with st.container(horizontal=True, key=f"foot_{anchor}", vertical_alignment="center", gap="small"):
        with st.container(key=f"denominator_{anchor}"):
            st.text(denominator)
        with st.popover("SQL", type="tertiary", key=f"sql_{anchor}"):
            for name in queries:
                st.code(shared_steps.whole(sql.load(name).path), language="sql")
        for label in files:
            stem = anchor if rows else queries[0].replace("/", "-")
            _download(label, anchor, stem, rows or (lambda: run(queries[0], **params)))
        if png is not None:
            st.download_button(
                "PNG",
                png,
                f"{anchor}.png",
                "image/png",
                type="tertiary",
                key=f"png_{anchor}",
                on_click="ignore",
            )
        copy_link(f"link_{anchor}", anchor=anchor, typed=dict.fromkeys(typed))
        if any(typed.values()):
            word = "search" if list(typed) == ["search"] else "text"
            copy_link(f"search_link_{anchor}", f"Copy link with {word}", anchor=anchor, typed=typed)


def _download(label: str, anchor: str, stem: str, rows: Callable[[], pa.Table]) -> None:
    ending, media_type = _FILES[label]
    st.download_button(
        label,
        # Asked when it is wanted: most visitors take nothing away.
        data=lambda: encoded(rows(), ending),
        file_name=f"{stem}.{ending}",
        mime=media_type,
        type="tertiary",
        key=f"{ending}_{anchor}",
        on_click="ignore",
    )
