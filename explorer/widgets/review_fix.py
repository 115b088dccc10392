"""What a fix means for an ended plan, and the way to the one that follows it."""

from __future__ import annotations

import streamlit as st

from explorer.review import Plan, sentences
from explorer.widgets.opened import reviews
from explorer.widgets.review_way import to_following, told

_SAID = {None: "Not said yet", False: "No", True: "Yes"}


def after_a_fix(plan: Plan) -> None:
    """Say what changed since an ended plan, what its sample is still worth, and lead to the next plan."""
    if plan.state not in ("finished", "abandoned") or reviews().changed(plan.plan_id) is None:
        return
    st.header("After a fix", anchor="fix")
    is_prompted = st.radio(
        "Did this sample lead to the fix?", list(_SAID), format_func=_SAID.__getitem__, key="fix_prompted",
        horizontal=True, help="A sample that led to the fix says nothing of what is left. The answer is committed to.",
    )  # fmt: skip
    with told("fix"):
        found = reviews().after_fix(plan.plan_id, is_prompted=is_prompted)
        for line in sentences.after_a_fix(found):
            st.text(line)
    is_asked = st.button("Plan what follows", type="primary", key="fix_new", disabled=is_prompted is None)
    if is_asked and is_prompted is not None:
        to_following(plan.plan_id, is_prompted=is_prompted)
        st.rerun()
