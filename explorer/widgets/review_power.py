"""What a plan can show, and what it costs, in figures and sentences. Pure, no Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from explorer.measures.peekable_bounds import priors_for
from explorer.measures.sample_size import Aim, OperatingCurve, allowed_leaks, operating_curve, pass_chance
from explorer.measures.sensitivity import limit_n, sensitivity_lower, split_alpha
from explorer.review import Draft, Spent
from explorer.review.judged import LEAST_TIMES_N
from explorer.widgets import wording

_NEAR = 5  # the power is told at a fifth of the target


@dataclass(frozen=True, slots=True)
class Power:
    """`allowed_n`: moments counted as leaks with which the sample still passes; -1: it cannot pass."""

    curve: OperatingCurve
    allowed_n: int
    sensitivity_lo: float
    near_n: int
    near_chance: float
    clean_chance: float


def power_of(draft: Draft) -> Power:
    """The power of a draft, if readers find every planted leak, and nothing is found in what is reviewed in full."""
    terms, sampled_n = draft.terms, _rest(draft)[1]
    shares = split_alpha(draft.alpha, draft.planted_n > 0)
    planted_n = draft.planted_n
    sensitivity = sensitivity_lower(planted_n, planted_n, shares.sensitivity) if planted_n else 1.0
    moments_n = draft.population.moments_n
    prior = priors_for(terms.target_rate).upper if terms.is_peekable else None
    aim = Aim(moments_n, _rest(draft)[0], terms.target_rate, shares.leaks, sensitivity, prior=prior)
    near_n = min(aim.rest_n, max(1, round(moments_n * terms.target_rate / _NEAR)))
    return Power(
        operating_curve(aim, sampled_n), allowed_leaks(aim, sampled_n) if prior is None else 0, sensitivity, near_n,
        pass_chance(aim, sampled_n, near_n), pass_chance(aim, sampled_n, 0),
    )  # fmt: skip


def power_words(draft: Draft, power: Power) -> str:
    """Passes a true 0.2 % in 55 % of cases; or that, and why, it cannot pass."""
    moments_n = draft.population.moments_n
    if not moments_n:
        return "There is nothing to review."
    if limit_n(draft.terms.target_rate, moments_n) < 0 or power.clean_chance == 0:
        return "This plan cannot pass, even if nothing leaks: choose a higher target, lower confidence, or more planted items."
    rate = share_words(power.near_n / moments_n)
    sure = (
        ""
        if power.clean_chance > 0.9995
        else f", and one without a leak in {chance_words(power.clean_chance)}"
    )
    return f"Passes a true {rate} in {chance_words(power.near_chance)} of cases{sure}."


def curve_hints(draft: Draft, curve: OperatingCurve) -> list[str]:
    """What is said over each point of the curve."""
    of = wording.number(draft.population.moments_n)
    return [
        f"{wording.number(leaks)} of {of} moments leak ({share_words(rate)}): passes in {chance_words(chance)} of cases"
        for leaks, rate, chance in zip(
            curve.leaks_n.tolist(), curve.leak_rate.tolist(), curve.pass_chance.tolist(), strict=True
        )
    ]


def cost_words(draft: Draft, measured: Sequence[Spent]) -> str:
    """Person-minutes by this team's own measured times: reading, second reading, adjudication."""
    spent = {one.role: one for one in measured if one.median_ms is not None}
    reader = spent.get("reader")
    readings_n = draft.items_n * draft.terms.readings_n
    if reader is None or reader.median_ms is None:
        return (
            f"{wording.count(readings_n, 'reading')}. How long that takes is not known: fewer than {LEAST_TIMES_N} "
            "verdicts of this team were measured."
        )
    minutes = readings_n * reader.median_ms / 60_000
    said = f"About {minutes_words(minutes)} of reading: {wording.count(readings_n, 'reading')} at the median of " \
           f"{seconds_words(reader.median_ms)} over {wording.count(reader.verdicts_n, 'verdict')}."  # fmt: skip
    return f"{said} {_adjudication(draft, spent)}".strip()


def _adjudication(draft: Draft, spent: Mapping[str, Spent]) -> str:
    if draft.terms.readers != "two":
        return ""
    both, reader = spent.get("adjudicator"), spent["reader"]
    if both is None or both.median_ms is None:
        return "Adjudication comes on top; how long it takes is not known yet."
    share = min(1.0, both.verdicts_n / max(1.0, reader.verdicts_n / 2))
    minutes = share * draft.items_n * both.median_ms / 60_000
    return f"Adjudication adds about {minutes_words(minutes)}, if it needs as large a share as before."


def sizes_words(draft: Draft) -> Sequence[tuple[str, str]]:
    """What would be looked at, as terms and values."""
    rows = []
    for stratum in draft.strata:
        if stratum.is_census and not stratum.moments_n:
            continue
        if stratum.is_census:
            rows.append(("Found by checks", f"{wording.count(stratum.moments_n, 'moment')}, all reviewed"))
        else:
            of = f"{wording.number(stratum.sampled_n)} of {wording.count(stratum.moments_n, 'moment')}"
            rows.append(("Drawn by chance", f"up to {of}" if draft.terms.is_peekable else of))
    rows += [
        ("Planted leaks", wording.number(draft.planted_n)),
        ("Shown twice", wording.number(draft.repeated_n)),
    ]
    return [*rows, ("Items to judge", f"{wording.number(draft.items_n)} at most")]


def _rest(draft: Draft) -> tuple[int, int]:
    """Moments that chance draws from, and how many it draws."""
    rest = [stratum for stratum in draft.strata if not stratum.is_census]
    return sum(one.moments_n for one in rest), sum(one.sampled_n for one in rest)


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


def seconds_words(ms: float) -> str:
    """A time for one item: 6.2 s."""
    return f"{ms / 1000:.1f} s"
