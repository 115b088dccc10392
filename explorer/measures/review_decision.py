"""What a review says in the end: pass, fail, or that it cannot be told yet, and what would tell.

Exact rules in docs/decisions/review-statistics.md. PASS is wrong in at most 1 - confidence of lineages, however many
attempts they take; so is FAIL, unless a secret was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from explorer.measures.peekable_bounds import Priors
from explorer.measures.sample_size import Aim, clean_items_to_pass, smallest_sample
from explorer.measures.sensitivity import (
    AlphaShares,
    attempt_alpha,
    limit_n,
    most_leaks,
    peekable_sensitivity_lower,
    sensitivity_lower,
    split_alpha,
)
from explorer.measures.strata_bounds import Drawn, LeakBounds, StratumCount, leak_bounds

Outcome = Literal["PASS", "FAIL", "UNDECIDED"]
Reason = Literal["secret", "too_many", "abandoned", "unfinished", "below_target", "not_told"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What the plan fixed: `priors` for a peekable plan, None for a fixed one."""

    target_rate: float
    confidence: float
    attempt: int
    has_planted: bool
    drawn: Drawn = "together"
    priors: Priors | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What the review found so far. Planted items count as found where the upper bound would count them."""

    strata: Sequence[StratumCount]
    secrets_n: int
    planted_n: int
    planted_found_n: int
    is_finished: bool
    is_abandoned: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome with what it rests on.

    `bounds`: findable leaks. `sensitivity_lo`: share of leaks that reviewers find at least, from planted items; 1 where
    there were none, and the figures then speak of what these reviewers would call a leak. `most_n`: leaks at most, if
    that share holds; at confidence 1 - alpha. `limit_n`: the largest number below the target.
    `more_n`: clean moments that would bring a pass: to go on with in a peekable plan (None: no number would), to draw
    in the next attempt in a fixed one. None unless it was not told: an unfinished plan has items of its own first.
    """

    outcome: Outcome
    reason: Reason
    bounds: LeakBounds
    alpha: float
    alphas: AlphaShares
    sensitivity_lo: float
    most_n: int
    limit_n: int
    more_n: int | None


def decide(rules: Rules, found: Found) -> Decision:
    """The outcome, by the first rule that applies: secret, too many, abandoned, unfinished, below target, not told."""
    alpha = attempt_alpha(rules.confidence, rules.attempt)
    alphas = split_alpha(alpha, rules.has_planted)
    bounds = leak_bounds(found.strata, alphas.leaks, rules.drawn, rules.priors)
    share = _sensitivity(rules, found, alphas)
    most, limit = (
        most_leaks(bounds.leaks_hi_n, share, bounds.moments_n),
        limit_n(rules.target_rate, bounds.moments_n),
    )
    outcome, reason = _outcome(rules, found, bounds.leaks_lo_n, most, limit)
    more = _more(rules, found, alphas, share) if reason == "not_told" else None
    return Decision(outcome, reason, bounds, alpha, alphas, share, most, limit, more)


def _outcome(rules: Rules, found: Found, least: int, most: int, limit: int) -> tuple[Outcome, Reason]:
    if found.secrets_n:
        return "FAIL", "secret"
    if least > max(limit, 0):
        return "FAIL", "too_many"
    if found.is_abandoned:
        return "UNDECIDED", "abandoned"
    if not found.is_finished and rules.priors is None:
        return "UNDECIDED", "unfinished"
    return ("PASS", "below_target") if most <= limit else ("UNDECIDED", "not_told")


def _sensitivity(rules: Rules, found: Found, alphas: AlphaShares) -> float:
    if not rules.has_planted:
        return 1.0
    lower = peekable_sensitivity_lower if rules.priors else sensitivity_lower
    return lower(found.planted_found_n, found.planted_n, alphas.sensitivity)


def _more(rules: Rules, found: Found, alphas: AlphaShares, share: float) -> int | None:
    rest = [one for one in found.strata if not one.is_census]
    counted_n, seen_n = sum(one.counted_n for one in rest), sum(one.drawn_n for one in rest)
    if share == 0:
        return None
    aim = Aim(
        moments_n=sum(one.moments_n for one in found.strata),
        rest_n=sum(one.moments_n for one in rest),
        target_rate=rules.target_rate,
        alpha=alphas.leaks if rules.priors else alphas.leaks / 2,
        sensitivity=share,
        census_leaks_n=sum(one.counted_n for one in found.strata if one.is_census),
        prior=rules.priors.upper if rules.priors else None,
    )
    return clean_items_to_pass(aim, counted_n, seen_n) if rules.priors else smallest_sample(aim)
