"""The one place where an error becomes visible: what failed, where, and what to do."""

from __future__ import annotations

import streamlit as st

from explorer.errors import ExplorerError


def show(error: ExplorerError) -> None:
    """Show an error that the reader can act on. Its words are shown as text: file names are not ours."""
    head = f"{error.where}: {error.what}" if error.where else error.what
    _box(head, error.hint)


def show_unexpected(error_id: str) -> None:
    """Show that something failed that should not have; the log names the place beside the same id."""
    _box(
        f"Something went wrong here (error {error_id})",
        "The terminal names the place beside the same number. Reload the page to try again.",
    )


def _box(head: str, hint: str) -> None:
    with st.container(border=True, key="error_box", gap=None):
        st.text(head)
        if hint:
            with st.container(key="error_hint"):
                st.text(hint)
