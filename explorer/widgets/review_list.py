"""All plans of the dataset's lineage, the newest first: also those that were given up."""

from __future__ import annotations

import streamlit as st

from explorer.review import Plan
from explorer.widgets import wording
from explorer.widgets.opened import reviews
from explorer.widgets.review_answer import outcome_words
from explorer.widgets.review_power import share_words
from explorer.widgets.review_way import to_new, to_plan
from explorer.widgets.review_words import STATES, when


def plan_list() -> None:
    """The page without a plan."""
    plans = reviews().plans()
    with st.container(horizontal=True, key="review_title", vertical_alignment="center"):
        st.title("Review", anchor=False, width="stretch")
        if plans:
            st.button("New plan", type="primary", on_click=to_new, key="review_new")
    if not plans:
        _nothing()
        return
    with st.container(key="quiet_review_list"):
        st.text(
            "A plan is committed to before anything is drawn, and never changed. Plans that were given up stay here, "
            "and count as attempts once they were started."
        )
    for plan in sorted(plans, key=lambda one: one.committed_utc_us, reverse=True):
        _row(plan)


def _nothing() -> None:
    with st.container(border=True, key="nothing"):
        st.text(
            "Nothing has been reviewed yet. A review draws an honest sample of moments, people judge them one by one, "
            "and the answer is how much personal data the collection shows at most, and how sure that is."
        )
        st.button("New plan", type="primary", on_click=to_new, key="review_new")


def _row(plan: Plan) -> None:
    with st.container(border=True, key=f"plan_{plan.plan_id}", horizontal=True, vertical_alignment="center"):
        with st.container(gap=None, width="stretch"):
            st.text(f"{_headline(plan)}")
            with st.container(key=f"quiet_plan_{plan.plan_id}"):
                st.text(_facts(plan))
        said = f"Open the plan of {when(plan.committed_utc_us)}"
        st.button("Open", key=f"open_{plan.plan_id}", on_click=to_plan, args=(plan.plan_id,), help=said)


def _headline(plan: Plan) -> str:
    target = (
        f"fewer than {share_words(plan.terms.target_rate)} of {wording.count(plan.moments_n, 'moment')} leak"
    )
    return f"{outcome_words(plan) or STATES[plan.state]} · target: {target}"


def _facts(plan: Plan) -> str:
    parts = [when(plan.committed_utc_us), f"attempt {plan.attempt}"]
    parts += [
        f"{100 * plan.terms.confidence:g} % confidence",
        "peekable" if plan.terms.is_peekable else "fixed",
        "two readers" if plan.terms.readers == "two" else "one-person mode",
        f"id {plan.plan_id[:8]}",
    ]
    return " · ".join(parts)
