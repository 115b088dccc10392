"""One plan: what was committed to, the start by a second person, the work, the end, the answer."""

from __future__ import annotations

import streamlit as st

from explorer.review import Plan
from explorer.review.words import ABANDON_REASONS
from explorer.widgets import wording
from explorer.widgets.facts import Fact, facts
from explorer.widgets.opened import reviews
from explorer.widgets.review_answer import answer
from explorer.widgets.review_answer_words import STRATA
from explorer.widgets.review_fix import after_a_fix
from explorer.widgets.review_power import share_words
from explorer.widgets.review_way import NAME, to_list, to_work, told
from explorer.widgets.review_words import STATES, target_words, when


def plan_page(plan: Plan) -> None:
    """The page of one plan, as its state has it."""
    with st.container(horizontal=True, key="review_title", vertical_alignment="center"):
        st.title(target_words(plan), anchor=False, width="stretch")
        st.button("All plans", key="review_all", on_click=to_list)
    _changed(plan)
    if plan.state == "committed":
        _start(plan)
    elif plan.state == "started":
        _work(plan)
    if plan.was_started:
        answer(plan)
        after_a_fix(plan)
    _terms(plan)
    if plan.state in ("committed", "started"):
        _abandon(plan)


def _changed(plan: Plan) -> None:
    if plan.state not in ("committed", "started"):
        return
    changed = reviews().changed(plan.plan_id)
    if changed is not None:
        with st.container(border=True, key="review_changed"):
            st.text(
                f"The dataset is not the one that this plan speaks of any more ({changed}). Put it back as it was, or "
                "abandon this plan and make another: no verdict is taken on changed data."
            )


def _start(plan: Plan) -> None:
    st.header("Start with a second person", anchor="start")
    st.text(
        "Read this commitment out to somebody else, or its first and last eight characters, and let them note it. "
        "Then ask them for a number of their choice. The draw follows from both, so neither of you alone could have "
        "chosen it."
    )
    st.code(plan.commitment, language=None, wrap_lines=True)
    with st.container(horizontal=True, vertical_alignment="bottom", key="review_start"):
        name = st.text_input("Name of the second person", max_chars=80, key="start_name")
        number = st.text_input("Their number", max_chars=40, key="start_number", help="Digits, up to 40.")
        is_asked = st.button("Start", type="primary", key="start_go")
    if is_asked:
        with told("start"):
            reviews().start(plan.plan_id, number=number.strip(), given_by=name)
            st.rerun()


def _work(plan: Plan) -> None:
    judged = reviews().judged(plan.plan_id)
    done_n, all_n = sum(one.is_complete for one in judged), len(judged)
    left_n = all_n - done_n
    st.header("Work", anchor="work")
    said = (
        f"{wording.number(left_n)} of {wording.count(all_n, 'item')} left"
        if left_n
        else "Everything is judged"
    )
    st.text(said)
    with st.container(horizontal=True, key="review_work"):
        st.button(
            "Review", type="primary" if left_n else "secondary", key="work_reader", on_click=to_work,
            args=(plan.plan_id, "reader"),
        )  # fmt: skip
        if plan.terms.readers == "two":
            st.button(
                "Adjudicate", key="work_adjudicator", on_click=to_work, args=(plan.plan_id, "adjudicator")
            )
    if plan.terms.readers == "one":
        with st.container(key="quiet_review_mode"):
            st.text("One-person mode: each item is read once. How far readers agree cannot be told from it.")
    if not left_n or plan.terms.is_peekable:
        _finish(plan)


def _finish(plan: Plan) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="review_finish"):
        name = st.text_input(NAME, max_chars=80, key="finish_name")
        said = "The log is signed, and nothing can be judged any more."
        is_asked = st.button("Finish", key="finish_go", help=said)
    if is_asked:
        with told("finish"):
            reviews().finish(plan.plan_id, actor=name)
            st.rerun()


def _abandon(plan: Plan) -> None:
    with st.expander("Abandon this plan"):
        counts = (
            "It was started, so it stays an attempt."
            if plan.was_started
            else "It was not started: no attempt."
        )
        st.text(f"An abandoned plan stays in the list with its reason. {counts}")
        with st.container(horizontal=True, vertical_alignment="bottom", key="review_abandon"):
            reason = st.selectbox(
                "Reason", list(ABANDON_REASONS), format_func=ABANDON_REASONS.__getitem__, key="abandon_reason"
            )
            name = st.text_input(NAME, max_chars=80, key="abandon_name")
            is_asked = st.button("Abandon", key="abandon_go")
        if is_asked:
            with told("abandon"):
                reviews().abandon(plan.plan_id, actor=name, reason=reason)
                st.rerun()


def _terms(plan: Plan) -> None:
    st.header("The plan", anchor="plan")
    terms = plan.terms
    strata = [
        f"{wording.number(one.moments_n)} {STRATA[one.name].lower()}, all reviewed" if one.is_census
        else f"{wording.number(one.sampled_n)} of {wording.number(one.moments_n)} drawn"
        for one in plan.strata if one.moments_n
    ]  # fmt: skip
    facts(
        "review_plan",
        (
            (
                "Committed to",
                (
                    Fact("State", STATES[plan.state]),
                    Fact("Committed", f"{when(plan.committed_utc_us)} by {plan.planner}"),
                    Fact("Population", f"{wording.count(plan.moments_n, 'moment')} in "
                                       f"{wording.count(plan.sessions_n, 'session')}: {', '.join(strata)}"),
                    Fact("Confidence", f"{100 * terms.confidence:g} %",
                         f"attempt {plan.attempt}: may err in {share_words(plan.alpha)} of cases"),
                    Fact("Readers", "two and an adjudicator" if terms.readers == "two" else "one"),
                    Fact("Answer", "may be looked at at any time" if terms.is_peekable else "at the end"),
                    Fact("Planted, repeated", f"{wording.number(plan.planted_n)}, {wording.number(plan.repeated_n)}"),
                    Fact("Policy", terms.policy or "not named"),
                    Fact("Commitment", plan.commitment),
                    Fact("Plan", plan.plan_id),
                ),
            ),
        ),
    )  # fmt: skip
