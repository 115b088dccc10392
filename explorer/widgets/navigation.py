"""Ways between pages. Views do not know each other: they name a page, the entry script has registered it."""

from __future__ import annotations

from typing import Any, NoReturn

import streamlit as st

from explorer.widgets.url_state import Filters, Sort

_PAGES = "pages"


def register(pages: dict[str, Any]) -> None:
    """Make pages known by name for this run."""
    st.session_state[_PAGES] = pages


def page(name: str) -> Any:
    """The page registered under that name."""
    return st.session_state[_PAGES][name]


def go_to(name: str, filters: Filters, sort: Sort, **ids: str) -> NoReturn:
    """Open a page; filters and order go with it."""
    st.switch_page(page(name), query_params={**filters.address(), **sort.address(), **ids})
    raise AssertionError("the page was switched")
