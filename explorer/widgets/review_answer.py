"""The answer of a review: one sentence first, then what it rests on. No reader is ranked or timed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from explorer.review import Judged, Plan
from explorer.review.estimate import Estimate, estimate
from explorer.review.report import report_of, written
from explorer.review.report_html import page_of
from explorer.review.sentences import more
from explorer.widgets import wording
from explorer.widgets.facts import Fact, facts
from explorer.widgets.opened import reviews
from explorer.widgets.review_answer_words import (
    STRATA,
    UNADJUSTED,
    agreement_words,
    left_words,
    next_words,
    part_words,
    parts_seen,
    recall_words,
    rests_on,
    sentence,
    touched_words,
)
from explorer.widgets.review_fix import after_a_fix
from explorer.widgets.review_moments import LISTED_N, moments_behind
from explorer.widgets.review_power import share_words
from explorer.widgets.review_words import CHANNELS

_ENDED = ("finished", "abandoned")
_REMEMBERED_N = 64
_LEAKS = {
    "missed": "Not masked", "blurred": "Blurred", "pixelated": "Pixelated", "translucent": "Translucent mask",
    "shifted": "Mask beside it", "too_small": "Mask too small",
}  # fmt: skip


def answer(plan: Plan) -> None:
    """Show the answer, or that it is hidden until the end."""
    st.header("Answer", anchor="answer")
    if not is_told(plan):
        st.text("Hidden until the plan is finished: in a fixed plan nobody looks before the end.")
        return
    was_changed = reviews().changed(plan.plan_id) is not None
    judged = (reviews().recalled if was_changed else reviews().judged)(plan.plan_id)
    found = estimate(plan, judged, _people(plan))
    with st.container(key="review_answer"):
        st.text(sentence(plan, found))
    what_now = next_words(found) if plan.state in _ENDED and not was_changed else ""
    for line in filter(None, (more(found.decision, plan.terms), left_words(found), what_now)):
        st.text(line)
    if was_changed:
        st.text("The dataset was changed since. A report is written while it is as it was reviewed.")
    else:
        _report(plan)
    with st.container(key="quiet_review_rests"):
        for line in rests_on(plan, found):
            st.text(line)
    # Before all that is behind the answer: where something was fixed, this is what comes next.
    after_a_fix(plan)
    _parts(found)
    _quality(plan, found)
    _moments(judged)


def _report(plan: Plan) -> None:
    """The report without a pixel or a word of content, made when it is asked for."""
    name = f"review-{plan.plan_id[:8]}"
    with st.container(key="review_report", horizontal=True):
        st.download_button(
            "Report", lambda: page_of(report_of(reviews(), plan.plan_id)), f"{name}.html", "text/html",
            key="report_html", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            "Report to verify (JSON)", lambda: written(report_of(reviews(), plan.plan_id)), f"{name}.json",
            "application/json", key="report_json", on_click="ignore",
        )  # fmt: skip


def is_told(plan: Plan) -> bool:
    """Whether the answer may be looked at now."""
    return plan.was_started and (plan.terms.is_peekable or plan.state in _ENDED)


def outcome_words(plan: Plan) -> str:
    """PASS, FAIL or UNDECIDED of a plan that has ended; empty for others."""
    if not plan.was_started or plan.state not in _ENDED:
        return ""
    return _outcome(plan.plan_id)


@lru_cache(maxsize=_REMEMBERED_N)
def _outcome(plan_id: str) -> str:
    # What has ended cannot change any more.
    return str(estimate(reviews().plan(plan_id), reviews().recalled(plan_id)).decision.outcome)


def _people(plan: Plan) -> dict[str, str]:
    """Person of each session, where known."""
    moments = reviews().population(plan.terms.filters).moments
    pairs = zip(moments["session_id"].to_pylist(), moments["participant_id"].to_pylist(), strict=True)
    return {session: person for session, person in pairs if person is not None}


def _parts(found: Estimate) -> None:
    st.header("By channel and by stratum", anchor="parts")
    with st.container(key="quiet_review_parts"):
        st.text(UNADJUSTED)
    # What a scan reads beside the moments (files) nobody has looked at here.
    seen = [one for one in parts_seen(found.channels) if one.name in CHANNELS]
    channels = [Fact(CHANNELS[one.name], *part_words(one), is_found=one.leaks_n > 0) for one in seen]
    strata = [
        Fact(STRATA.get(one.name, one.name), *part_words(one), is_found=one.leaks_n > 0)
        for one in parts_seen(found.strata)
    ]
    left, right = st.columns(2, gap="medium")
    with left:
        facts("review_channels", (("Channel", channels),))
    with right:
        facts("review_strata", (("Stratum", strata),))


def _quality(plan: Plan, found: Estimate) -> None:
    st.header("How well readers and checks find leaks", anchor="quality")
    planted = [
        Fact(_LEAKS.get(kind.leak, kind.leak.replace("_", " ")),
             f"{wording.number(kind.found_n)} of {wording.number(kind.planted_n)} found",
             f"at least {share_words(kind.found_share_lo)} of such leaks")
        for kind in found.planted
    ]  # fmt: skip
    if planted:
        with st.container(key="quiet_review_planted_note"):
            st.text(UNADJUSTED)
        facts("review_planted", (("Planted leaks", planted),))
    st.text(agreement_words(found.again, "shown twice"))
    if plan.terms.readers == "two":
        st.text(agreement_words(found.readers, "read by two"))
    st.text(recall_words(found.recall))
    st.text(touched_words(found))


def _moments(judged: Sequence[Judged]) -> None:
    st.header("Moments behind the verdicts", anchor="moments")
    found_n = moments_behind(judged)
    with st.container(key="quiet_review_moments"):
        if not found_n:
            st.text("Every drawn item was called clean.")
        elif found_n > LISTED_N:
            st.text(f"The first {wording.number(LISTED_N)} of {wording.count(found_n, 'item')}.")
