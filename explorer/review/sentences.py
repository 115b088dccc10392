"""What a review says, in sentences: the same on the page and in the report."""

from __future__ import annotations

from math import floor

from explorer.measures.review_decision import Decision
from explorer.review.terms import Terms

OUTCOMES = {"PASS": "Pass", "FAIL": "Fail", "UNDECIDED": "Undecided"}


def answer(decision: Decision, terms: Terms) -> str:
    """The answer in one sentence, with its numbers."""
    is_blind = decision.reason == "not_told" and not decision.sensitivity_lo
    bounds, said = decision.bounds, _BLIND if is_blind else _REASONS[decision.reason]
    return said.format(
        lo=f"{bounds.leaks_lo_n:,}", hi=f"{decision.most_n:,}", all=f"{bounds.moments_n:,}",
        limit=f"{decision.limit_n:,}", target=percent(terms.target_rate), sure=percent(1 - decision.alpha),
        found=_if_found(decision),
    )  # fmt: skip


_BLIND = "No planted leak was found, so nothing can be said of what else was missed."
_REASONS = {
    "secret": "At least one moment shows a secret (password, key or card): the collection fails, whatever the rate.",
    "too_many": "At least {lo} of {all} moments leak at {sure} confidence; a target of {target} allows {limit}.",
    "below_target": "At most {hi} of {all} moments leak at {sure} confidence{found}; that is below {target}.",
    "not_told": "At most {hi} of {all} moments leak at {sure} confidence{found}; a target of {target} allows {limit}, "
    "so it cannot be told yet.",
    "unfinished": "Not all items of the plan were judged, so there is no answer yet.",
    "abandoned": "The plan was given up, so it has no answer.",
}


def _if_found(decision: Decision) -> str:
    if decision.sensitivity_lo >= 1:
        return ""
    return f", if reviewers find at least {percent(decision.sensitivity_lo, 1)} of what is there"


def rests_on(decision: Decision) -> str:
    """What the share of leaks that reviewers find is taken from."""
    if decision.sensitivity_lo >= 1:
        return "Nothing was planted, so how much reviewers miss is not known: these are leaks that they would call so."
    return "The share that reviewers find is taken from planted leaks; real ones may be harder to see."


def more(decision: Decision, terms: Terms) -> str:
    """What would decide; empty where the outcome stands or nothing is known to."""
    if decision.more_n is None:
        return ""
    if terms.is_peekable:
        return f"{decision.more_n:,} more clean moments would decide."
    return f"A next attempt would have to draw {decision.more_n:,} moments and find them clean."


def percent(share: float, digits: int = 4) -> str:
    """A share of 0 to 1 in per cent, cut (never rounded up) to so many decimals: 1 %, 98.75 %."""
    unit = 10**digits
    return f"{floor(100 * share * unit + 1e-6) / unit:.{digits + 3}g} %"
