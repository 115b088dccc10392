"""How much of what is there reviewers find, and what that means for the leaks they did not find.

All attempts on one lineage, and both statements of each (how many leaks, how many of them are found), share one alpha.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, log

from explorer.measures.leak_bounds import binomial_lower, hypergeometric_upper, thinned_upper
from explorer.measures.peekable_bounds import Prior, peekable_rate_lower
from explorer.measures.tail_chances import binomial_at_most

# Of a plan with planted items: one fifth of alpha for the sensitivity. To halve alpha costs some 70 looks at a target
# of 1 % for the leaks, and 7 planted items.
_SENSITIVITY_PART = Fraction(1, 5)
# Of the leaks' alpha, what is for those missed in strata that were reviewed in full.
_CENSUS_PART = 0.05
# Reviewers are expected to find nearly all: 30 of 30 then mean 0.884 in a peekable plan, 0.905 in a fixed one, at 5 %.
_FOUND = Prior(10, 0.5)
_TIE = 1e-12


@dataclass(frozen=True, slots=True)
class AlphaShares:
    """How often the bound of the leaks may be wrong, and how often the one of the sensitivity."""

    leaks: float
    sensitivity: float


def attempt_alpha(confidence: float, attempt: int) -> float:
    """Alpha of the attempt (1 is the first): (1 - confidence) / 2^attempt. All attempts add up to 1 - confidence."""
    if not 0.5 < confidence < 1:
        raise ValueError("confidence must be above 0.5 and below 1")
    if attempt < 1:
        raise ValueError("attempts count from 1")
    return float((1 - _as_written(confidence)) / 2**attempt)


def split_alpha(alpha: float, has_planted: bool) -> AlphaShares:
    """Both statements of an attempt hold together with confidence 1 - alpha (Bonferroni)."""
    part = float(alpha * _SENSITIVITY_PART) if has_planted else 0.0
    return AlphaShares(alpha - part, part)


def limit_n(target_rate: float, moments_n: int) -> int:
    """Largest number of leaks below the target: 9 at 1 % of 1,000 moments, -1 of no moments."""
    if not 0 < target_rate < 1:
        raise ValueError("a target rate must be above 0 and below 1")
    return ceil(_as_written(target_rate) * moments_n) - 1


def sensitivity_lower(found_n: int, planted_n: int, alpha: float) -> float:
    """Share of planted items that reviewers find at least (Clopper-Pearson): 0.905 for 30 of 30 at 5 %; 0 of none."""
    return binomial_lower(found_n, planted_n, alpha)


def peekable_sensitivity_lower(found_n: int, planted_n: int, alpha: float) -> float:
    """The same where reviewers may stop at any time."""
    return peekable_rate_lower(found_n, planted_n, alpha, _FOUND)


def planted_to_show(sensitivity: float, alpha: float) -> int:
    """Smallest number of planted items that show this sensitivity when all are found (in a fixed plan)."""
    if not 0 < sensitivity < 1:
        raise ValueError("a sensitivity to show must be above 0 and below 1")
    return ceil(log(alpha) / log(sensitivity) * (1 - _TIE))


def most_leaks(findable_n: int, sensitivity: float, moments_n: int) -> int:
    """Leaks there are at most, if reviewers find at least this share of what is there, and would find `findable_n`."""
    if sensitivity * moments_n <= findable_n:
        return moments_n
    return floor(findable_n / sensitivity * (1 + _TIE))


def most_leaks_by_chance(
    k: int, drawn_n: int, of_n: int, sensitivity: float, alpha: float, *, census: tuple[int, int] = (0, 0)
) -> int:
    """Leaks there are at most, if each that is looked at is found with at least this chance, independently.

    k, drawn_n, of_n: counted as leaks, drawn and there are, outside the census, in one draw
    census: counted as leaks and there are, in the strata reviewed in full
    """
    found_n, census_n = census
    if sensitivity >= 1:
        return found_n + hypergeometric_upper(k, drawn_n, of_n, alpha)
    part = _CENSUS_PART * alpha if census_n else 0.0
    most = found_n
    while most < census_n and binomial_at_most(found_n, most + 1, sensitivity) > part:
        most += 1
    chance = sensitivity * drawn_n / of_n if of_n else 1.0
    return most + thinned_upper(k, drawn_n, of_n, chance, alpha - part)


def _as_written(number: float) -> Fraction:
    """0.07 as seven hundredths: 0.07 * 100 is more than 7 in floats."""
    return Fraction(repr(float(number)))
