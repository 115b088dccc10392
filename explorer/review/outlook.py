"""What a planner sees before the start: sample sizes, how likely a review passes, and how long it takes this team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from explorer.measures.peekable_bounds import prior_for
from explorer.measures.sample_size import Aim, OperatingCurve, operating_curve, pass_chances, smallest_sample
from explorer.measures.sensitivity import (
    AlphaShares,
    peekable_sensitivity_lower,
    sensitivity_lower,
    split_alpha,
)
from explorer.review.judged import Spent
from explorer.review.plan import REST, Draft
from explorer.review.terms import MOST_ALLOWED

# True rates, as parts of the target, for which the chance of passing is told.
PARTS_OF_TARGET = (0.0, 0.05, 0.1, 0.2, 0.5, 1.0)
_TURNS = 12


@dataclass(frozen=True, slots=True)
class Power:
    """Chance of passing, 0 to 1, if `leaks_n` moments of the rest leak, and none of the census."""

    leaks_n: int
    leak_rate: float
    pass_chance: float


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes of all people together, from what this team took so far: at its median, and at its slow tenth.

    `items_n`: looks, planted and repeated ones included; in a peekable plan up to the first that may pass.
    `adjudicated_n`: items that a third person will look at, by the share that needed it so far; 0 with one reader.
    """

    median_min: float
    slow_min: float
    items_n: int
    readings_n: int
    adjudicated_n: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the terms promise.

    `sensitivity_lo`: what finding all planted items would show; 1 without them. In a peekable plan: at the first look
    that may pass; it grows from there, so that later passes are likelier than told. `sample_n`: for 0, 1, 2 and 3
    allowed leaks, how many moments to draw, or (peekable) the look that passes; None where none would do. `minutes`:
    None where too few verdicts were timed.
    """

    alphas: AlphaShares
    sensitivity_lo: float
    sample_n: tuple[int | None, ...]
    powers: tuple[Power, ...]
    curve: OperatingCurve
    minutes: Minutes | None


def outlook(draft: Draft, spent: Sequence[Spent] = ()) -> Outlook:
    """What a draft would mean. `spent`: times of this team so far, of readers and adjudicators."""
    terms = draft.terms
    alphas = split_alpha(draft.alpha, draft.planted_n > 0)
    rest = next(one for one in draft.strata if one.name == REST)
    prior = prior_for(terms.target_rate) if terms.is_peekable else None
    aim = Aim(
        sum(one.moments_n for one in draft.strata),
        rest.moments_n,
        terms.target_rate,
        alphas.leaks,
        prior=prior,
    )
    aim = replace(aim, sensitivity=_shown(draft, aim, alphas))
    at_target_n = terms.target_rate * aim.moments_n
    leaks = sorted({min(rest.moments_n, round(part * at_target_n)) for part in PARTS_OF_TARGET})
    chances = pass_chances(aim, rest.sampled_n, np.array(leaks)).tolist()
    return Outlook(
        alphas=alphas,
        sensitivity_lo=aim.sensitivity,
        sample_n=tuple(smallest_sample(aim, allowed_n) for allowed_n in range(MOST_ALLOWED + 1)),
        powers=tuple(
            Power(n, n / max(aim.moments_n, 1), chance) for n, chance in zip(leaks, chances, strict=True)
        ),
        curve=operating_curve(aim, rest.sampled_n),
        minutes=_minutes(draft, _items_n(draft, aim), spent),
    )


def _shown(draft: Draft, aim: Aim, alphas: AlphaShares) -> float:
    """Sensitivity that is shown if all planted items are found; in a peekable plan by the first look that may pass."""
    if not draft.planted_n:
        return 1.0
    if aim.prior is None:
        return sensitivity_lower(draft.planted_n, draft.planted_n, alphas.sensitivity)
    base_n = max(1, draft.items_n - draft.planted_n - draft.repeated_n)
    shown = 1.0
    for _ in range(_TURNS):
        look = smallest_sample(replace(aim, sensitivity=shown)) or aim.rest_n
        planted_n = min(draft.planted_n, max(1, look * draft.planted_n // base_n))
        before, shown = shown, peekable_sensitivity_lower(planted_n, planted_n, alphas.sensitivity)
        if shown == before:
            break
    return shown


def _items_n(draft: Draft, aim: Aim) -> int:
    first = smallest_sample(aim) if aim.prior else None
    if first is None:
        return draft.items_n
    base_n = max(1, draft.items_n - draft.planted_n - draft.repeated_n)
    census_n = aim.moments_n - aim.rest_n
    return min(draft.items_n, ceil(draft.items_n * min(1.0, (census_n + first) / base_n)))


def _minutes(draft: Draft, items_n: int, spent: Sequence[Spent]) -> Minutes | None:
    times = {one.role: one for one in spent}
    reader, third = times.get("reader"), times.get("adjudicator")
    if reader is None or reader.median_ms is None or reader.p90_ms is None:
        return None
    readings_n = items_n * draft.terms.readings_n
    median_ms, slow_ms, adjudicated_n = readings_n * reader.median_ms, readings_n * reader.p90_ms, 0
    if draft.terms.readings_n > 1:
        if third is None or third.median_ms is None or third.p90_ms is None:
            return None
        adjudicated_n = min(items_n, round(readings_n * third.verdicts_n / reader.verdicts_n))
        median_ms, slow_ms = (
            median_ms + adjudicated_n * third.median_ms,
            slow_ms + adjudicated_n * third.p90_ms,
        )
    return Minutes(median_ms / 60_000, slow_ms / 60_000, items_n, readings_n, adjudicated_n)
