"""What a plan can show, and what it costs, in sentences. Pure, no Streamlit."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.measures.sample_size import OperatingCurve
from explorer.review import Draft
from explorer.review.outlook import Outlook
from explorer.widgets import wording

_NEAR = 0.2  # the power is told at a fifth of the target
_SURE = 0.9995
_IN_FULL = {"flagged": "Found by checks", "changed": "Changed by the fix"}


def power_words(draft: Draft, seen: Outlook) -> str:
    """Passes a true leak rate of 0.2 % in 55 % of cases; or that, and why, it cannot pass."""
    if not draft.population.moments_n:
        return "There is nothing to review."
    clean = seen.powers[0].pass_chance
    if clean == 0:
        return "This plan cannot pass, even if nothing leaks: raise the target, or plant more leaks."
    below = [one for one in seen.powers[1:] if one.leak_rate < draft.terms.target_rate]
    if not below:
        return f"Passes if nothing leaks, in {chance_words(clean)} of cases: one leak is more than the target allows."
    near_rate = _NEAR * draft.terms.target_rate
    near = min(below, key=lambda one: abs(one.leak_rate - near_rate))
    sure = "" if clean > _SURE else f", and one without a leak in {chance_words(clean)}"
    chance = chance_words(near.pass_chance)
    return f"Passes a true leak rate of {share_words(near.leak_rate)} in {chance} of cases{sure}."


def curve_hints(draft: Draft, curve: OperatingCurve) -> list[str]:
    """What is said over each point of the curve."""
    of = wording.number(draft.population.moments_n)
    return [
        f"{wording.number(leaks)} of {of} moments leak ({share_words(rate)}): passes in {chance_words(chance)} of cases"
        for leaks, rate, chance in zip(
            curve.leaks_n.tolist(), curve.leak_rate.tolist(), curve.pass_chance.tolist(), strict=True
        )
    ]


def allowed_words(draft: Draft, seen: Outlook) -> str:
    """What a plan would draw that survives a leak or more; empty where the number is chosen, or nothing would do."""
    # Each takes more than the one before; where none would do, none of those after it would.
    draws = [one for one in seen.sample_n[1:] if one is not None]
    if (
        draft.terms.allowed_leaks
        or draft.terms.is_peekable
        or not draws
        or draws[0] <= draft.strata[-1].sampled_n
    ):
        return ""
    counts, sizes = map(" or ".join, ((str(1 + at) for at in range(len(draws))), map(wording.number, draws)))
    return (
        "One leak among what chance draws, and this plan does not pass. "
        f"To pass with {counts} it would have to draw {sizes} moments."
    )


def cost_words(draft: Draft, seen: Outlook) -> str:
    """Person-minutes by this team's own measured times: reading, second reading, adjudication."""
    cost = seen.minutes
    if cost is None:
        readings = wording.count(draft.items_n * draft.terms.readings_n, "reading")
        is_two = draft.terms.readers == "two"
        third, what = (", and adjudication", "readings and adjudications") if is_two else ("", "verdicts")
        return f"{readings}{third}. How long that takes is not known: too few {what} of this team were measured yet."
    parts = [wording.count(cost.readings_n, "reading")]
    if cost.adjudicated_n:
        parts.append(f"about {wording.number(cost.adjudicated_n)} to adjudicate")
    return (
        f"About {minutes_words(cost.median_min)} of work in all, {minutes_words(cost.slow_min)} at this team's slower "
        f"pace: {', '.join(parts)}."
    )


def sizes_words(draft: Draft) -> Sequence[tuple[str, str]]:
    """What would be looked at, as terms and values."""
    rows = []
    for stratum in draft.strata:
        if stratum.is_census and not stratum.moments_n:
            continue
        if stratum.is_census:
            rows.append(
                (_IN_FULL[stratum.name], f"{wording.count(stratum.moments_n, 'moment')}, all reviewed")
            )
        else:
            of = f"{wording.number(stratum.sampled_n)} of {wording.count(stratum.moments_n, 'moment')}"
            rows.append(("Drawn by chance", f"up to {of}" if draft.terms.is_peekable else of))
    rows += [
        ("Planted leaks", wording.number(draft.planted_n)),
        ("Shown twice", wording.number(draft.repeated_n)),
    ]
    return [*rows, ("Items to judge", f"{wording.number(draft.items_n)} at most")]


def share_words(share: float) -> str:
    """A share as a percentage, with as many digits as tell it from zero: 0.2 %, 12 %."""
    percent = 100 * share
    if percent == 0 or percent >= 10:
        return f"{percent:.0f} %"
    return f"{percent:.1f}".removesuffix(".0") + " %" if percent >= 1 else f"{percent:.2g} %"


def chance_words(chance: float) -> str:
    """A chance in whole percent; never rounded to certainty."""
    if 0.995 <= chance < 0.99995:
        return "over 99 %"
    if 0 < chance < 0.005:
        return "under 1 %"
    return f"{100 * chance:.0f} %"


def minutes_words(minutes: float) -> str:
    """A length of work: 25 minutes, 3.5 hours."""
    if minutes < 1:
        return "a minute"
    return f"{minutes:.0f} minutes" if minutes < 120 else f"{minutes / 60:.1f} hours"
