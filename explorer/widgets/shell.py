"""The frame around every page: what is open, its state, the way to the pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st
from PIL import Image, ImageDraw

from explorer.engine import Engine
from explorer.widgets import wording
from explorer.widgets.assets import assets
from explorer.widgets.made_up import is_made_up
from explorer.widgets.url_state import current_filters, current_sort

ACCENT = "#1F6FEB"


def page_icon() -> Image.Image:
    """The tab's icon, drawn here: a named icon would be fetched from elsewhere."""
    picture = Image.new("RGBA", (64, 64))
    pen = ImageDraw.Draw(picture)
    pen.line([(8, 48), (24, 28), (36, 40), (54, 14)], fill=ACCENT, width=8, joint="curve")
    pen.ellipse([46, 6, 62, 22], outline=ACCENT, width=5)
    return picture


def style() -> None:
    """Spacing that the theme's options do not reach."""
    sheet, _ = assets().files["widgets/shell.css"]
    st.html(f"<style>{sheet.decode()}</style>")


def sidebar(engine: Engine, pages: Sequence[Any]) -> None:
    """What is open and whether it is sound, then the pages; links keep the filters."""
    carried = current_filters().address() | current_sort().address()
    with st.sidebar:
        with st.container(key="dataset", gap=None):
            with st.container(key="dataset_title"):
                st.text(wording.shortened(engine.dataset.title, 80))
            _states(engine)
        with st.container(key="pages", gap="xsmall"):
            for page in pages:
                st.page_link(page, query_params=carried, width="stretch")


def _states(engine: Engine) -> None:
    kind = ("Synthetic", "Made by a program: no real person was recorded.")
    if not is_made_up():
        kind = ("Real", "People were recorded: treat every screen as private.")
    with st.container(horizontal=True, key="dataset_states", gap="small"):
        st.badge(kind[0], color="gray", help=kind[1])
        _check_state(engine)
        if not engine.are_rollups_fresh:
            said = "All figures are right, but pages open slowly until someone runs: trace-explorer rollup DATASET"
            st.badge("Opens slowly", color="gray", help=said)


def _check_state(engine: Engine) -> None:
    bad = engine.quarantined()
    if not bad and not engine.is_verified:
        st.badge(
            "Read in place",
            color="gray",
            help="Files of others, read through a mapping: no hash vouches for them.",
        )
        return
    if not bad:
        st.badge("Verified", color="green", help="Every file matches the hash in the dataset's manifest.")
        return
    with st.popover(wording.count(len(bad), "damaged file"), type="tertiary", key="damaged"):
        st.text("These files are left out of every page:")
        for file in bad:
            st.text(f"{file.file}: {file.reason}")
        st.text("Run trace-explorer check for details.")
