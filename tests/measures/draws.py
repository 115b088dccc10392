"""Chances of draws counted out in whole numbers, for tests: nothing here is shared with the code under test."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb

import numpy as np

Chances = dict[int, Fraction]


def counted_out(drawn_n: int, of_n: int, leaks_n: int) -> Chances:
    """Chance of each number of leaks among those drawn."""
    ways = comb(of_n, drawn_n)
    return {
        k: Fraction(comb(leaks_n, k) * comb(of_n - leaks_n, drawn_n - k), ways)
        for k in range(max(0, drawn_n + leaks_n - of_n), min(drawn_n, leaks_n) + 1)
    }


def together(parts: list[Chances]) -> Chances:
    """Chance of each total of independent draws."""
    total: Chances = {}
    for combination in product(*(part.items() for part in parts)):
        chance = Fraction(1)
        for _, one in combination:
            chance *= one
        k = sum(k for k, _ in combination)
        total[k] = total.get(k, Fraction(0)) + chance
    return total


def at_most(k: int, chances: Chances) -> Fraction:
    return sum((chance for one, chance in chances.items() if one <= k), Fraction(0))


def most_in_runs(share: float, runs_n: int) -> int:
    """So many of `runs_n` runs err, where each does with chance `share`, or fewer: with a chance of 99.9 %.

    By the normal approximation with a continuity correction; used with 50 expected errors and more.
    """
    return int(np.ceil(share * runs_n + 3.1 * np.sqrt(share * (1 - share) * runs_n) + 0.5))
