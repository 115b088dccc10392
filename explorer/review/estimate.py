"""What a review says: the decision with its bounds, and everything that page and report show beside it.

Formulas are in explorer/measures, reasons in docs/decisions/review-statistics.md. Nothing here reads a picture or text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from explorer.measures.agreement import Agreement
from explorer.measures.check_recall import Recall
from explorer.measures.review_decision import Decision, Found, decide
from explorer.measures.sensitivity import most_leaks_by_chance
from explorer.measures.strata_bounds import StratumCount
from explorer.review.figures import (
    PartBounds,
    PlantedKind,
    Touched,
    agreement_again,
    agreement_of_readers,
    channel_bounds,
    found_planted,
    part_bounds,
    planted_kinds,
    recall_of_checks,
    rules_of,
    secrets_in,
    touched_by,
)
from explorer.review.judged import Judged
from explorer.review.plan import ABANDONED, FINISHED, Plan
from explorer.review.tally import Tally, tally


@dataclass(frozen=True, slots=True)
class Estimate:
    """All figures of one review, in moments unless a name says otherwise.

    `decision`: any reader who said leak decides. `adjudicated`: the same after adjudication, where there was any; it
    does not decide. `leak_rate`: without unsure and broken ones; None where nothing was looked at yet.
    `most_by_chance_n`: leaks at most if each one that is looked at is found with the chance `decision.sensitivity_lo`,
    independently (fixed plans). `again`: first readings against those of repeated items; `readers`: first reader
    against second. `recall`: share of leaks that the checks had flagged, where all that was flagged was reviewed.
    """

    plan_id: str
    decision: Decision
    adjudicated: Decision | None
    leak_rate: float | None
    most_by_chance_n: int | None
    strata: tuple[PartBounds, ...]
    channels: tuple[PartBounds, ...]
    planted: tuple[PlantedKind, ...]
    recall: Recall | None
    again: Agreement
    readers: Agreement
    touched: Touched
    items_n: int
    judged_n: int

    @property
    def leak_rate_lo(self) -> float:
        """Share of moments that leak at least (findable leaks)."""
        return self.decision.bounds.leaks_lo_n / max(self.decision.bounds.moments_n, 1)

    @property
    def leak_rate_hi(self) -> float:
        """Share of moments that leak at most (findable leaks)."""
        return self.decision.bounds.leaks_hi_n / max(self.decision.bounds.moments_n, 1)


def estimate(plan: Plan, judged: Sequence[Judged], person_of: Mapping[str, str] | None = None) -> Estimate:
    """The figures of a started plan, from what `Reviews.judged` gives. `person_of`: person of a session, if known."""
    counts = tally(plan, judged, lambda one: one.readings)
    strata = [counts.stratum(one) for one in plan.strata]
    decision = _decision(plan, counts, strata)
    return Estimate(
        plan_id=plan.plan_id,
        decision=decision,
        adjudicated=_adjudicated(plan, judged),
        leak_rate=_leak_rate(strata),
        most_by_chance_n=None if plan.terms.is_peekable else _by_chance(strata, decision),
        strata=tuple(part_bounds(plan, of.name, [one]) for of, one in zip(plan.strata, strata, strict=True)),
        channels=channel_bounds(plan, counts),
        planted=planted_kinds(plan, counts),
        recall=recall_of_checks(plan, strata),
        again=agreement_again(judged),
        readers=agreement_of_readers(counts.drawn),
        touched=touched_by(counts, person_of or {}),
        items_n=len(judged),
        judged_n=sum(one.is_complete for one in judged),
    )


def _decision(plan: Plan, counts: Tally, strata: Sequence[StratumCount]) -> Decision:
    found = found_planted(plan, counts)
    return decide(
        rules_of(plan),
        Found(
            strata=strata,
            secrets_n=secrets_in(counts),
            planted_n=len(found),
            planted_found_n=sum(found.values()),
            is_finished=plan.state == FINISHED,
            is_abandoned=plan.state == ABANDONED,
        ),
    )


def _adjudicated(plan: Plan, judged: Sequence[Judged]) -> Decision | None:
    if not any(one.adjudications for one in judged):
        return None
    counts = tally(plan, judged, lambda one: one.adjudications or one.readings)
    return _decision(plan, counts, [counts.stratum(one) for one in plan.strata])


def _leak_rate(strata: Sequence[StratumCount]) -> float | None:
    """Leaks that the moments looked at speak of, for each moment there is."""
    own = [one for one in strata if one.moments_n]
    if not own or any(not one.drawn_n for one in own):
        return None
    return sum(one.leaks_n / one.drawn_n * one.moments_n for one in own) / sum(one.moments_n for one in own)


def _by_chance(strata: Sequence[StratumCount], decision: Decision) -> int | None:
    if not decision.sensitivity_lo:
        return None
    rest, census = ([one for one in strata if one.is_census is is_census] for is_census in (False, True))
    return most_leaks_by_chance(
        sum(one.counted_n for one in rest), sum(one.drawn_n for one in rest), sum(one.moments_n for one in rest),
        decision.sensitivity_lo, decision.alphas.leaks,
        census=(sum(one.counted_n for one in census), sum(one.moments_n for one in census)),
    )  # fmt: skip
