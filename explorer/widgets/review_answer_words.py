"""The answer of a review in sentences, each with its numbers and how sure they are. Pure, no Streamlit."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.measures.agreement import Agreement, Interval
from explorer.measures.check_recall import Recall
from explorer.review import Plan
from explorer.review.estimate import Estimate
from explorer.review.figures import PartBounds
from explorer.review.sentences import answer, percent
from explorer.review.sentences import rests_on as taken_from
from explorer.sql import MIN_PEOPLE
from explorer.widgets import wording
from explorer.widgets.review_power import share_words

UNADJUSTED = "Each bound by itself: not adjusted for looking at many."
STRATA = {"flagged": "Flagged by checks", "changed": "Changed by the fix", "rest": "Drawn by chance"}


def sentence(plan: Plan, found: Estimate) -> str:
    """The answer in one sentence, as the report says it too."""
    return f"{found.decision.outcome}: {answer(found.decision, plan.terms)}"


def next_words(found: Estimate) -> str:
    """What to do where the answer is that too much leaks; else empty."""
    if found.decision.outcome != "FAIL":
        return ""
    return (
        "What now: the moments below show where it leaks. Once that is fixed in the data, this page tells what changed "
        "and leads to the plan that follows. Write the report before that."
    )


def left_words(found: Estimate) -> str:
    """How many items a plan lacks that was ended or looked at before all were judged; else empty."""
    left_n = found.items_n - found.judged_n
    if not left_n:
        return ""
    return f"{wording.number(left_n)} of {wording.count(found.items_n, 'item')} are not judged."


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
        got = wording.number(sum(kind.found_n for kind in found.planted))
        least = share_words(found.decision.sensitivity_lo)
        said.append(
            f"Planted leaks: {got} of {wording.number(planted_n)} found, at least {least} of such leaks."
        )
    said.append(taken_from(found.decision))
    said.append(
        f"Attempt {plan.attempt}: this answer may err in {percent(plan.alpha)} of cases, all attempts together in "
        f"{share_words(1 - plan.terms.confidence)}."
    )
    if plan.terms.readers == "one":
        said.append("One-person mode: each item was read once.")
    if found.adjudicated is not None:
        said.append(
            f"After adjudication it would be {found.adjudicated.outcome}: "
            f"{answer(found.adjudicated, plan.terms)} That stands beside it and does not decide."
        )
    return said


def _doubts(part: PartBounds) -> str:
    doubts_n = part.counted_n - part.leaks_n
    return f", {wording.number(doubts_n)} unsure, broken or not judged" if doubts_n else ""


def part_words(part: PartBounds) -> tuple[str, str]:
    """Leaks that were found in a stratum or channel, and how many it has at least and at most."""
    least, most, all_n = map(
        wording.number, (part.bounds.leaks_lo_n, part.bounds.leaks_hi_n, part.bounds.moments_n)
    )
    looked = (
        f"{wording.count(part.leaks_n, 'leak')} in {wording.number(part.drawn_n)} looked at{_doubts(part)}"
    )
    if part.drawn_n == part.bounds.moments_n and part.counted_n == part.leaks_n:
        return looked, "all were looked at"
    return looked, f"at least {least}, at most {most} of {all_n}"


def agreement_words(found: Agreement, what: str) -> str:
    """Agreement of two readings on what is a leak."""
    if not found.items_n:
        return f"No item was {what}."
    if found.positive is None:
        said = f"{wording.count(found.items_n, 'item')} {what}"
        return f"{said}; no reading said leak, so agreement on leaks cannot be told."
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
