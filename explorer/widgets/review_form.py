"""The form of a new plan, with what it would mean beside it, told again at each change."""

from __future__ import annotations

from typing import Any, cast

import streamlit as st

from explorer.charts.operating_curve import HEIGHT_PX, operating_chart
from explorer.errors import ExplorerError
from explorer.review import Draft, Terms
from explorer.review.outlook import outlook
from explorer.review.sentences import percent
from explorer.review.words import ENTITIES
from explorer.widgets import error_box, wording
from explorer.widgets.filter_bar import MIN_PEOPLE, filter_bar, has_few_people
from explorer.widgets.opened import reviews
from explorer.widgets.review_power import (
    allowed_words,
    cost_words,
    curve_hints,
    power_words,
    share_words,
    sizes_words,
)
from explorer.widgets.review_way import NAME, NAME_PX, followed, to_list, to_plan, told
from explorer.widgets.shortcut_side import is_dark
from explorer.widgets.url_state import Filters

_CENSUS = {
    "high": "Severe findings",
    "medium": "Severe and probable findings",
    "low": "All findings",
    None: "None",
}
_READERS = {"one": "One person", "two": "Two readers and an adjudicator"}
_KINDS = {
    False: "Fixed: the answer comes at the end",
    True: "Peekable: the answer may be looked at at any time",
}
_CONFIDENCES = (0.9, 0.95, 0.99)
_USUAL = Terms()


def plan_form() -> None:
    """The page of a new plan."""
    st.title("Plan after a fix" if followed() else "New plan", anchor=False)
    filters = filter_bar()
    left, right = st.columns([9, 11], gap="large")
    with left:
        chosen = _choices()
    with right:
        try:
            draft = reviews().draft(
                Terms(**chosen, **followed(), filters=cast("dict[str, str | int | None]", filters.params()))
            )
            _figures(draft, filters)
        except ExplorerError as error:
            error_box.show(error)
            return
        _commit(draft)


def _choices() -> dict[str, Any]:
    st.header("What is to be shown", anchor=False)
    one, two = st.columns(2)
    rate = one.number_input(
        "Fewer moments leak than (%)", 0.01, 50.0, 1.0, 0.1, format="%.2f", key="plan_rate",
        help="The target. Passing means: fewer than this share of all moments shows personal data.",
    )  # fmt: skip
    confidence = two.selectbox(
        "Confidence", _CONFIDENCES, 1, format_func=lambda share: f"{100 * share:g} %", key="plan_confidence",
        help="How often a statement like this is right, all attempts together.",
    )  # fmt: skip
    one, two = st.columns(2)
    allowed = one.selectbox(
        "Leaks that may be found", range(4), key="plan_allowed",
        help="With more leaks allowed the sample is larger, and a single find does not end the review.",
    )  # fmt: skip
    census = two.selectbox(
        "Reviewed in full", list(_CENSUS), format_func=_CENSUS.__getitem__, key="plan_census",
        help="All moments with such findings of a scan are looked at. Of the others, chance draws.",
    )  # fmt: skip
    st.header("How it is read", anchor=False)
    readers = st.radio("Readers", list(_READERS), format_func=_READERS.__getitem__, key="plan_readers")
    kind = st.radio("Answer", list(_KINDS), format_func=_KINDS.__getitem__, key="plan_peekable")
    return {
        "target_rate": rate / 100, "confidence": confidence, "allowed_leaks": allowed, "census_from": census,
        "readers": readers, "is_peekable": kind, **_details(),
    }  # fmt: skip


def _details() -> dict[str, Any]:
    with st.expander("Tests of the readers, batches, kinds of data"):
        one, two, three = st.columns(3)
        planted = one.number_input(
            "Planted leaks (%)", 0, 50, round(100 * _USUAL.planted_share), key="plan_planted",
            help="Made-up leaks, drawn into real moments when they are shown. They tell how many leaks readers find.",
        )  # fmt: skip
        repeated = two.number_input(
            "Shown twice (%)", 0, 50, round(100 * _USUAL.repeated_share), key="plan_repeated",
            help="The same moment again: how steady verdicts are.",
        )  # fmt: skip
        batch = three.number_input("Items in a batch", 1, 200, _USUAL.batch_size, key="plan_batch")
        names = st.multiselect(
            "Kinds of personal data", list(ENTITIES), list(ENTITIES), format_func=lambda name: ENTITIES[name],
            key="plan_entities",
        )  # fmt: skip
        policy = st.text_input(
            "Version of the redaction policy",
            max_chars=200,
            key="plan_policy",
            placeholder="as the report will name it",
        )
    return {
        "planted_share": planted / 100, "repeated_share": repeated / 100, "batch_size": batch,
        "entities": tuple(names), "policy": policy,
    }  # fmt: skip


def _figures(draft: Draft, filters: Filters) -> None:
    seen = outlook(draft, reviews().spent())
    with st.container(key="review_power"):
        st.text(power_words(draft, seen))
    with st.container(key="quiet_review_population"):
        st.text(_population(draft, filters))
    with st.container(key="review_sizes", gap=None):
        for term, value in sizes_words(draft):
            with st.container(horizontal=True, key=f"size_{term}"):
                st.text(term, width=160)
                st.text(value)
    if draft.population.moments_n:
        figure = operating_chart(
            seen.curve.leak_rate.tolist(), seen.curve.pass_chance.tolist(), draft.terms.target_rate,
            curve_hints(draft, seen.curve), is_dark=is_dark(),
        )  # fmt: skip
        said = f"Chance to pass by the share of moments that truly leak. {power_words(draft, seen)}"
        st.plotly_chart(
            figure, key="plan_curve", height=HEIGHT_PX, config={"displayModeBar": False}, alt=said
        )
    st.text(cost_words(draft, seen))
    with st.container(key="quiet_review_notes"):
        for line in filter(None, (allowed_words(draft, seen), *_notes(draft, seen.sensitivity_lo))):
            st.text(line)


def _population(draft: Draft, filters: Filters) -> str:
    population = draft.population
    people_n = len(set(population.moments["participant_id"].drop_null().to_pylist()))
    parts = [wording.count(population.moments_n, "moment"), wording.count(population.sessions_n, "session")]
    if filters != Filters() and (people_n < MIN_PEOPLE or has_few_people(filters)):
        parts.append(f"fewer than {MIN_PEOPLE} people are in it or left out")
    elif people_n:
        parts.append(wording.count(people_n, "person", "people"))
    if population.units_n < population.moments_n:
        parts.append(f"{wording.number(population.units_n)} different to look at")
    return " · ".join(parts)


def _notes(draft: Draft, sensitivity_lo: float) -> list[str]:
    said = []
    if draft.planted_n:
        said.append(
            f"If all {wording.number(draft.planted_n)} planted leaks are found, readers find at least "
            f"{share_words(sensitivity_lo)} of such leaks; the sample allows for the rest."
        )
    if draft.attempt > 1:
        said.append(
            f"Attempt {draft.attempt} on this data: it may err in {percent(draft.alpha)} of cases, so that all "
            f"attempts together err in at most {share_words(1 - draft.terms.confidence)}."
        )
    if not draft.has_scan:
        said.append(
            "No scan has looked at this dataset: nothing is flagged, and chance draws from everything."
        )
    elif draft.is_scan_stale:
        said.append("The scan speaks of an earlier state of the dataset: run it again before committing.")
    return said


def _commit(draft: Draft) -> None:
    st.header("Commit", anchor=False)
    terms, all_n = draft.terms, wording.count(draft.population.moments_n, "moment")
    st.text(
        f"To be shown: fewer than {share_words(terms.target_rate)} of {all_n} leak, at {100 * terms.confidence:g} % "
        "confidence."
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="review_commit"):
        planner = st.text_input(NAME, max_chars=80, key="plan_planner", width=NAME_PX)
        is_asked = st.button(
            "Commit to this plan", type="primary", key="plan_commit",
            help="Population and plan are hashed and kept. They cannot be changed afterwards.",
        )  # fmt: skip
        st.button("Back", key="plan_back", on_click=to_list)
    if is_asked:
        with told("plan"):
            # What this run was asked with: a callback would have the values of the run before.
            to_plan(reviews().commit(draft.terms, planner=planner).plan_id)
            st.rerun()
