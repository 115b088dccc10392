"""The answer of a review in sentences, each with its numbers and how sure they are. Pure, no Streamlit."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.measures.agreement import Agreement, Interval
from explorer.measures.check_recall import Recall
from explorer.review import Plan
from explorer.review.estimate import Estimate
from explorer.review.figures import PartBounds
from explorer.sql import MIN_PEOPLE
from explorer.widgets import wording
from explorer.widgets.review_power import share_words

UNADJUSTED = "Each bound by itself: not adjusted for looking at many."
STRATA = {"flagged": "Flagged by checks", "rest": "Drawn by chance"}


def sentence(plan: Plan, found: Estimate) -> str:
    """The answer in one sentence."""
    decision, moments = found.decision, wording.count(plan.moments_n, "moment")
    sure = f"at {100 * plan.terms.confidence:g} % confidence"
    if decision.reason == "secret":
        return f"FAIL: {wording.count(found.touched.secrets_n, 'item shows', 'items show')} a secret, and one is too many."
    if decision.reason == "too_many":
        least = wording.number(decision.bounds.leaks_lo_n)
        return f"FAIL: at least {least} of {moments} show personal data, {sure}; {_target(plan)}."
    if decision.reason == "abandoned":
        return "UNDECIDED: the plan was abandoned before it could tell."
    if decision.reason == "unfinished":
        left_n = found.items_n - found.judged_n
        still = (
            f"{wording.number(left_n)} of {wording.count(found.items_n, 'item')} left, and"
            if left_n
            else "all is judged;"
        )
        return f"UNDECIDED: {still} the plan is not finished."
    most = (
        f"at most {wording.number(decision.most_n)} of {moments} show personal data, {sure}{_if_found(found)}"
    )
    if decision.outcome == "PASS":
        return f"PASS: {most}."
    return f"UNDECIDED: {most}; {_target(plan)}."


def _if_found(found: Estimate) -> str:
    if not sum(kind.planted_n for kind in found.planted):
        return ", if these readers find all there is"
    return f", if reviewers find at least {share_words(found.decision.sensitivity_lo)} of what is there"


def _target(plan: Plan) -> str:
    return f"the target was fewer than {share_words(plan.terms.target_rate)}"


def more_words(plan: Plan, found: Estimate) -> str:
    """How many more would decide; empty where the outcome stands."""
    decision = found.decision
    if decision.reason != "not_told":
        return ""
    if decision.more_n is None:
        return "No number of further clean moments would bring a pass with what was found here."
    more = wording.count(decision.more_n, "more clean moment" if plan.terms.is_peekable else "clean moment")
    if plan.terms.is_peekable:
        return f"{more} would bring a pass."
    return f"A fixed plan must not go on. {more} in another attempt would bring a pass."


def rests_on(plan: Plan, found: Estimate) -> list[str]:
    """What the answer stands on, and what it does not."""
    strata = [
        f"{wording.number(one.drawn_n)} {STRATA.get(one.name, one.name).lower()}, {wording.count(one.leaks_n, 'leak')}"
        f"{_doubts(one)}"
        for one in found.strata if one.bounds.moments_n
    ]  # fmt: skip
    said = [
        f"Looked at: {'; '.join(strata)}. Unsure and broken ones count as leaks for the upper bound, and whoever said "
        "leak decides."
    ]
    planted_n = sum(kind.planted_n for kind in found.planted)
    if planted_n:
        got = sum(kind.found_n for kind in found.planted)
        said.append(
            f"Planted leaks: {wording.number(got)} of {wording.number(planted_n)} found, so readers find at least "
            f"{share_words(found.decision.sensitivity_lo)} of such leaks. Whether they find real ones as often cannot be "
            "tested here."
        )
    else:
        said.append("No leaks were planted: the figures speak of what these readers call a leak.")
    said.append(
        f"Attempt {plan.attempt}: this answer may err in {share_words(plan.alpha)} of cases, all attempts together in "
        f"{share_words(1 - plan.terms.confidence)}."
    )
    if plan.terms.readers == "one":
        said.append("One-person mode: each item was read once.")
    if found.adjudicated is not None:
        said.append(
            f"After adjudication it would be {found.adjudicated.outcome}. That stands beside it and does not decide."
        )
    return said


def _doubts(part: PartBounds) -> str:
    doubts_n = part.counted_n - part.leaks_n
    return f", {wording.number(doubts_n)} unsure, broken or not judged" if doubts_n else ""


def part_words(part: PartBounds) -> str:
    """Counts and bounds of a stratum or channel."""
    bounds = part.bounds
    return (
        f"{wording.count(part.leaks_n, 'leak')} in {wording.number(part.drawn_n)} looked at; "
        f"{wording.number(bounds.leaks_lo_n)} to {wording.number(bounds.leaks_hi_n)} of {wording.number(bounds.moments_n)}"
    )


def agreement_words(found: Agreement, what: str) -> str:
    """Agreement of two readings on what is a leak."""
    if not found.items_n:
        return f"No item was {what}."
    if found.positive is None:
        return f"{wording.count(found.items_n, 'item')} {what}; no reading said leak, so agreement on leaks cannot be told."
    parts = [f"positive agreement {_interval(found.positive)}"]
    if found.kappa is not None:
        parts.append(f"kappa {_interval(found.kappa)}")
    of = f"{wording.number(found.either_n)} a leak in either reading"
    return f"{wording.count(found.items_n, 'item')} {what}, {of}: {', '.join(parts)}."


def _interval(found: Interval) -> str:
    return f"{found.value:.2f} (95 %: {found.lo:.2f} to {found.hi:.2f})"


def recall_words(recall: Recall | None) -> str:
    """What share of the leaks the checks had flagged."""
    if recall is None:
        return "The checks had flagged nothing that was reviewed in full, so their recall cannot be told."
    if recall.rate is None:
        return "No leak was found, so the recall of the checks cannot be told."
    return (
        f"The checks had flagged {share_words(recall.rate)} of the leaks ({share_words(recall.rate_lo)} to "
        f"{share_words(recall.rate_hi)}, each end by itself)."
    )


def touched_words(found: Estimate) -> str:
    """Where the leaks that were found lie."""
    touched = found.touched
    if not touched.sessions_n:
        return "No leak was found in what was looked at."
    people = (
        f"{wording.count(touched.people_n, 'person', 'people')}"
        if touched.people_n is not None
        else f"fewer than {MIN_PEOPLE} people, or people that are not known"
    )
    return f"As found, not estimated: leaks in {wording.count(touched.sessions_n, 'session')}, of {people}."


def parts_seen(parts: Sequence[PartBounds]) -> list[PartBounds]:
    """Parts in which there is something to say: those with a moment."""
    return [part for part in parts if part.bounds.moments_n]
