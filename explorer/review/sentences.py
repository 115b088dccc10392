"""What a review says, in sentences: the same on the page and in the report."""

from __future__ import annotations

from math import floor

from explorer.measures.review_decision import Decision
from explorer.review.after_fix import AfterFix, EarlierSample
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


def after_a_fix(found: AfterFix) -> tuple[str, str, str]:
    """What changed since the earlier plan, what its sample is still worth, and what the next plan does."""
    return changed_since(found), earlier_sample(found.sample), next_plan(found)


def changed_since(found: AfterFix) -> str:
    """How many moments are other than they were."""
    if found.is_same:
        return f"All {_moments(found.unchanged_n)} are as plan {found.plan_id[:8]} had them: nothing changed since."
    counts = ((found.changed_n, "changed"), (found.new_n, "new"), (found.gone_n, "gone"))
    told = ", ".join(f"{count:,} {how}" for count, how in counts)
    same = f"{found.unchanged_n:,} as they were, by picture, masks and texts"
    return f"Moments since plan {found.plan_id[:8]}: {told}; {same}."


SPENT = {
    "leak": "{leaks} of its moments {leak_is} found to leak, so it is spent",
    "doubt": "{doubts} of its moments {doubt_is} unsure or broken, which counts as leaking, so it is spent",
    "unfinished": "its plan was not reviewed to its end",
    "changed": "{changed} of its moments changed or went away",
    "prompted": "it led to the fix, so what was fixed was chosen by it",
    "undeclared": "nobody has said yet whether it led to the fix",
    "empty": "chance drew nothing in it",
}


def earlier_sample(sample: EarlierSample) -> str:
    """Whether the earlier sample may still speak, and of what; or why not."""
    if sample.most_n is not None:
        share = sample.sensitivity_lo
        if_found = "" if share >= 1 else f", if reviewers find at least {percent(share, 1)} of what is there"
        return (
            f"The earlier sample stays valid: {_moments(sample.drawn_n)}, none with a leak, none changed, and it did "
            f"not lead to the fix. Of the {_moments(sample.part_n)} of its part that are as they were, at most "
            f"{sample.most_n:,} leak at {percent(1 - sample.alpha)} confidence{if_found}."
        )
    why = "; ".join(SPENT[name] for name in sample.reasons).format(
        leaks=f"{sample.leaks_n:,}", leak_is=_was(sample.leaks_n), doubts=f"{sample.doubts_n:,}",
        doubt_is=_was(sample.doubts_n), changed=f"{sample.changed_n:,}",
    )  # fmt: skip
    return f"The earlier sample ({_moments(sample.drawn_n)}) no longer counts: {why}."


def next_plan(found: AfterFix) -> str:
    """What a plan does that follows."""
    looks = f"{found.in_full_units_n:,} {'look' if found.in_full_units_n == 1 else 'looks'}"
    in_full = (
        f"reviews in full the {_moments(found.in_full_n)} that changed, are new, or look like one of these ({looks})"
        if found.in_full_n
        else "has nothing to review in full for the fix"
    )
    return (
        f"A plan that follows {in_full}, and draws anew from the other {found.rest_n:,}, of which flagged ones are "
        "reviewed in full too. Its answer rests on these alone, never on the earlier sample."
    )


def _moments(count: int) -> str:
    return f"{count:,} {'moment' if count == 1 else 'moments'}"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
