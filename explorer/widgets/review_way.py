"""Where one is in the review, as the address has it: ids and enumerations alone, never a name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from explorer.errors import ExplorerError

PLAN, DO, NEW = "plan", "do", "new"
NAME = "Your name, as it will stand in the log"


@contextmanager
def told(what: str) -> Iterator[None]:
    """Do something; what stood against it is told where it was asked for."""
    try:
        yield
    except ExplorerError as error:
        with st.container(key=f"wrong_{what}"):
            st.text(str(error))


def to_list() -> None:
    """All plans."""
    _go()


def to_new() -> None:
    """The form of a new plan."""
    _go(**{DO: NEW})


def to_plan(plan_id: str) -> None:
    """One plan."""
    _go(**{PLAN: plan_id})


def to_work(plan_id: str, role: str) -> None:
    """The items of a plan, for that role."""
    _go(**{PLAN: plan_id, DO: role})


def _go(**address: str) -> None:
    kept = {name: st.query_params[name] for name in st.query_params if name not in (PLAN, DO)}
    st.query_params.from_dict({**kept, **address})
