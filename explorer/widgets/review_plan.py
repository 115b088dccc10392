"""One plan: what was committed to, the start by a second person, the work, the end, the answer."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from explorer.review import Judged, Plan
from explorer.review.sentences import percent
from explorer.review.words import ABANDON_REASONS
from explorer.widgets import wording
from explorer.widgets.facts import Fact, facts
from explorer.widgets.opened import reviews
from explorer.widgets.review_answer import answer
from explorer.widgets.review_answer_words import STRATA
from explorer.widgets.review_way import NAME, NAME_PX, to_list, to_work, told
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
        name = st.text_input("Name of the second person", max_chars=80, key="start_name", width=NAME_PX)
        number = st.text_input(
            "Their number", max_chars=40, key="start_number", help="Digits, up to 40.", width=NAME_PX
        )
        is_asked = st.button("Start", type="primary", key="start_go")
    if is_asked:
        with told("start"):
            reviews().start(plan.plan_id, number=number.strip(), given_by=name)
            st.rerun()


def _work(plan: Plan) -> None:
    judged = reviews().judged(plan.plan_id)
    left = [one for one in judged if not one.is_complete]
    needs_reader = any(len(one.readings) < plan.terms.readings_n for one in left)
    st.header("Work", anchor="work")
    st.text(_left(left, len(judged), plan.terms.readings_n))
    with st.container(horizontal=True, key="review_work"):
        _to_work(plan, "Review", "reader", is_next=needs_reader)
        if plan.terms.readers == "two":
            _to_work(plan, "Adjudicate", "adjudicator", is_next=bool(left) and not needs_reader)
    if plan.terms.readers == "one":
        with st.container(key="quiet_review_mode"):
            st.text("One-person mode: each item is read once. How far readers agree cannot be told from it.")
    if not left or plan.terms.is_peekable:
        _finish(plan, is_next=not left)


def _to_work(plan: Plan, label: str, role: str, *, is_next: bool) -> None:
    st.button(
        label, type="primary" if is_next else "secondary", key=f"work_{role}", on_click=to_work,
        args=(plan.plan_id, role),
    )  # fmt: skip


def _left(left: Sequence[Judged], all_n: int, readings_n: int) -> str:
    """How many items are left, and who they wait for: not how many wait for whom, which would tell of leaks."""
    if not left:
        return "Everything is judged"
    said = f"{wording.number(len(left))} of {wording.count(all_n, 'item')} left"
    if readings_n == 1:
        return said
    waits = {len(one.readings) < readings_n for one in left}
    who = {
        (True,): "Each is read by two people.",
        (False,): "An adjudicator decides, who has not read them.",
        (False, True): "Some need another reader, some an adjudicator, who has not read them.",
    }
    return f"{said}. {who[tuple(sorted(waits))]}"


def _finish(plan: Plan, *, is_next: bool) -> None:
    with st.container(key="quiet_review_finish"):
        does = "signs the log" if plan.terms.is_peekable else "signs the log and tells the answer"
        st.text(f"Finishing {does}. After that nothing can be judged any more.")
    with st.container(horizontal=True, vertical_alignment="bottom", key="review_finish"):
        name = st.text_input(NAME, max_chars=80, key="finish_name", width=NAME_PX)
        is_asked = st.button("Finish", type="primary" if is_next else "secondary", key="finish_go")
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
            name = st.text_input(NAME, max_chars=80, key="abandon_name", width=NAME_PX)
            is_asked = st.button("Abandon", key="abandon_go")
        if is_asked:
            with told("abandon"):
                reviews().abandon(plan.plan_id, actor=name, reason=reason)
                st.rerun()


def _terms(plan: Plan) -> None:
    st.header("The plan", anchor="plan")
    terms = plan.terms
    facts(
        "review_plan",
        (
            (
                "Committed to",
                (
                    Fact("State", STATES[plan.state]),
                    Fact("Committed", f"{when(plan.committed_utc_us)} by {plan.planner}"),
                    Fact("Population", _population(plan)),
                    Fact("Confidence", f"{100 * terms.confidence:g} %",
                         f"attempt {plan.attempt}: may err in {percent(plan.alpha)} of cases"),
                    Fact("Readers", "two and an adjudicator" if terms.readers == "two" else "one"),
                    Fact("Answer", "may be looked at at any time" if terms.is_peekable else "at the end"),
                    Fact("Planted, repeated", f"{wording.number(plan.planted_n)}, {wording.number(plan.repeated_n)}"),
                    *_follows(plan),
                    Fact("Policy", terms.policy or "not named"),
                    Fact("Commitment", plan.commitment),
                    Fact("Plan", plan.plan_id),
                ),
            ),
        ),
    )  # fmt: skip


def _follows(plan: Plan) -> list[Fact]:
    """What a plan follows after a fix, and what was said of that one's sample."""
    if plan.terms.follows is None:
        return []
    led = "led to the fix" if plan.terms.is_prompted else "did not lead to the fix"
    return [
        Fact("After a fix, follows", f"plan {plan.terms.follows[:8]}", f"its sample {led}, said the planner")
    ]


def _population(plan: Plan) -> str:
    """What is reviewed: all of it, what of it in full, and how many are drawn."""
    strata = [
        f"{wording.number(one.moments_n)} {STRATA[one.name].lower()}, all reviewed" if one.is_census
        else f"{wording.number(one.sampled_n)} of {wording.number(one.moments_n)} drawn"
        for one in plan.strata if one.moments_n
    ]  # fmt: skip
    of = f"{wording.count(plan.moments_n, 'moment')} in {wording.count(plan.sessions_n, 'session')}"
    return f"{of}: {', '.join(strata)}"
