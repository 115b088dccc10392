"""Review: plans, the work of readers and adjudicators, and the answer."""

from __future__ import annotations

import streamlit as st

from explorer.errors import ParameterError, ReviewError
from explorer.review.words import ROLES
from explorer.widgets import error_box
from explorer.widgets.opened import reviews
from explorer.widgets.review_form import plan_form
from explorer.widgets.review_list import plan_list
from explorer.widgets.review_plan import plan_page
from explorer.widgets.review_stage import review_stage
from explorer.widgets.review_way import DO, NEW, PLAN, to_list


def show() -> None:
    """The page: the list, the form of a new plan, a plan, or the work on one, as the address says."""
    plan_id, work = st.query_params.get(PLAN, ""), st.query_params.get(DO, "")
    if not plan_id:
        plan_form() if work == NEW else plan_list()
        return
    try:
        plan = reviews().plan(plan_id)
    except (ParameterError, ReviewError) as error:
        error_box.show(error)
        st.button("All plans", on_click=to_list)
        return
    if work in ROLES and plan.state == "started":
        review_stage(plan, work)
    else:
        plan_page(plan)
