"""Figures that stand beside the decision: by stratum and channel, planted items, recall, agreement, where leaks lie."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from explorer.measures.agreement import Agreement, agreement
from explorer.measures.check_recall import Recall, recall_by_census
from explorer.measures.item_verdicts import LEAK
from explorer.measures.peekable_bounds import priors_for
from explorer.measures.review_decision import Rules
from explorer.measures.sensitivity import peekable_sensitivity_lower, sensitivity_lower, split_alpha
from explorer.measures.strata_bounds import LeakBounds, StratumCount, leak_bounds
from explorer.review.draw import REPEATED
from explorer.review.judged import Judged
from explorer.review.plan import CHANGED, FLAGGED, REST, Plan
from explorer.review.standing import Reading
from explorer.review.tally import Tally, beside_planted, is_found
from explorer.review.words import CHANNELS
from explorer.sql import MIN_PEOPLE


@dataclass(frozen=True, slots=True)
class PartBounds:
    """A stratum or a channel by itself. Its bounds are not adjusted for looking at many."""

    name: str
    drawn_n: int
    leaks_n: int
    counted_n: int
    bounds: LeakBounds


@dataclass(frozen=True, slots=True)
class PlantedKind:
    """Planted items of one kind: how many there were, were found, and the share found at least (not adjusted)."""

    leak: str
    planted_n: int
    found_n: int
    found_share_lo: float


@dataclass(frozen=True, slots=True)
class Touched:
    """Where the leaks that were found lie, as found: sessions, and people where at least MIN_PEOPLE are (else None).

    `secrets_n`: items in which somebody saw a secret.
    """

    sessions_n: int
    people_n: int | None
    secrets_n: int


def rules_of(plan: Plan) -> Rules:
    """What the plan fixed."""
    terms = plan.terms
    priors = priors_for(terms.target_rate) if terms.is_peekable else None
    return Rules(terms.target_rate, terms.confidence, plan.attempt, plan.planted_n > 0, priors=priors)


def found_planted(plan: Plan, counts: Tally) -> dict[str, bool]:
    """Whether each planted item was found; in a peekable plan those that were judged, else all of them."""
    return {
        one.item_id: is_found(one, counts.said[one.item_id][0])
        for one in counts.planted if one.is_complete or not plan.terms.is_peekable
    }  # fmt: skip


def planted_kinds(plan: Plan, counts: Tally) -> tuple[PlantedKind, ...]:
    """Planted items by kind."""
    found, kinds = found_planted(plan, counts), defaultdict(list)
    for one in counts.planted:
        if one.planted and one.item_id in found:
            kinds[one.planted.leak].append(found[one.item_id])
    lower = peekable_sensitivity_lower if plan.terms.is_peekable else sensitivity_lower
    alpha = split_alpha(plan.alpha, has_planted=True).sensitivity
    return tuple(
        PlantedKind(leak, len(own), sum(own), lower(sum(own), len(own), alpha))
        for leak, own in sorted(kinds.items())
    )


def channel_bounds(plan: Plan, counts: Tally) -> tuple[PartBounds, ...]:
    """Moments with a leak in each channel. Channels with the same counts, often none, share their bounds."""
    parts: dict[tuple[StratumCount, ...], PartBounds] = {}
    found = []
    for channel in CHANNELS:
        ranks = counts.in_channel(channel)
        strata = tuple(counts.stratum(one, ranks) for one in plan.strata)
        if strata not in parts:
            parts[strata] = part_bounds(plan, channel, strata)
        found.append(replace(parts[strata], name=channel))
    return tuple(found)


def part_bounds(plan: Plan, name: str, strata: Sequence[StratumCount]) -> PartBounds:
    """Counts and bounds of some strata."""
    return PartBounds(
        name=name,
        drawn_n=sum(one.drawn_n for one in strata),
        leaks_n=sum(one.leaks_n for one in strata),
        counted_n=sum(one.counted_n for one in strata),
        bounds=_bounds(plan, strata),
    )


def _bounds(plan: Plan, strata: Sequence[StratumCount]) -> LeakBounds:
    rules = rules_of(plan)
    alpha = split_alpha(plan.alpha, rules.has_planted).leaks
    return leak_bounds(strata, alpha, rules.drawn, rules.priors)


def recall_of_checks(plan: Plan, strata: Sequence[StratumCount]) -> Recall | None:
    """Recall of the checks; None where nothing was flagged."""
    flagged, changed, rest = (
        [count for of, count in zip(plan.strata, strata, strict=True) if of.name == name]
        for name in (FLAGGED, CHANGED, REST)
    )
    if not any(one.moments_n for one in flagged):
        return None
    missed = _bounds(plan, [*changed, *rest])
    return recall_by_census(
        (sum(one.leaks_n for one in flagged), sum(one.counted_n for one in flagged)),
        (missed.leaks_lo_n, missed.leaks_hi_n),
        (
            sum(one.leaks_n for one in rest),
            sum(one.drawn_n for one in rest),
            sum(one.moments_n for one in rest),
        ),
        sum(one.leaks_n for one in changed),
    )


def agreement_again(judged: Sequence[Judged]) -> Agreement:
    """First readings against those of repeated items."""
    by_id = {one.item_id: one for one in judged}
    repeated = [one for one in judged if one.kind == REPEATED and one.repeats]
    return _agreement([(by_id[str(one.repeats)].readings[:1], one.readings[:1]) for one in repeated])


def agreement_of_readers(drawn: Sequence[Judged]) -> Agreement:
    """First reader against second."""
    return _agreement([(one.readings[:1], one.readings[1:2]) for one in drawn])


def _agreement(pairs: Sequence[tuple[Sequence[Reading], Sequence[Reading]]]) -> Agreement:
    """Of pairs that have both readings."""
    said = Counter(
        (a.verdict == "leak", b.verdict == "leak") for first, second in pairs for a in first for b in second
    )
    return agreement(said[True, True], said[True, False], said[False, True], said[False, False])


def touched_by(counts: Tally, person_of: Mapping[str, str]) -> Touched:
    """Where the leaks lie."""
    sessions = {session for one in _leaking(counts) for session in one.sessions}
    people_n = len({person_of[one] for one in sessions if one in person_of})
    return Touched(len(sessions), people_n if people_n >= MIN_PEOPLE else None, secrets_in(counts))


def secrets_in(counts: Tally) -> int:
    """Items in which somebody saw a secret: drawn ones, and planted ones where it is surely not what was planted."""
    drawn = (
        [spot for one in counts.said[item.item_id][0] for spot in one.spots] for item in _leaking(counts)
    )
    planted = (beside_planted(item, counts.said[item.item_id][0]) for item in counts.planted)
    return sum(
        any(one.severity == "secret" and one.verdict == "leak" for one in spots)
        for spots in (*drawn, *planted)
    )


def _leaking(counts: Tally) -> list[Judged]:
    return [counts.drawn[at] for at in np.flatnonzero(counts.ranks == LEAK).tolist()]
