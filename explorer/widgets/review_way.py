"""Where one is in the review, as the address has it: ids and enumerations alone, never a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from explorer.errors import ExplorerError

PLAN, DO, NEW = "plan", "do", "new"
FOLLOWS, PROMPTED = "follows", "prompted"
_OWN = (PLAN, DO, FOLLOWS, PROMPTED)
_PLAN_ID = re.compile("[0-9a-f]{32}")
NAME = "Your name, as it will stand in the log"
NAME_PX = 288  # a narrow page has room for it, and its button then goes below


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


def to_following(plan_id: str, *, is_prompted: bool) -> None:
    """The form of a plan that follows a fix, with what was said of the sample before it."""
    _go(**{DO: NEW, FOLLOWS: plan_id, PROMPTED: "yes" if is_prompted else "no"})


def followed() -> dict[str, Any]:
    """What the address says a new plan follows, as terms of it; empty where it follows none."""
    plan_id, said = (st.query_params.get(name, "") for name in (FOLLOWS, PROMPTED))
    if not _PLAN_ID.fullmatch(plan_id) or said not in ("yes", "no"):
        return {}
    return {"follows": plan_id, "is_prompted": said == "yes"}


def to_plan(plan_id: str) -> None:
    """One plan."""
    _go(**{PLAN: plan_id})


def to_work(plan_id: str, role: str) -> None:
    """The items of a plan, for that role."""
    _go(**{PLAN: plan_id, DO: role})


def _go(**address: str) -> None:
    kept = {name: st.query_params[name] for name in st.query_params if name not in _OWN}
    st.query_params.from_dict({**kept, **address})
