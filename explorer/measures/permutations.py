"""What could as well have happened: labels of whole people drawn anew, and p-values adjusted over many cells.

Nothing here knows what is compared. Every arrangement is a row; where all of them are few, all are listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

PERMUTATIONS_N = 2000
# Two ways to add up the same numbers differ by less than this: such statistics count as equal.
_TIE = 1e-9
# Statistics of so many bytes are held at a time (they stay in a processor's cache).
_BLOCK_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Arrangements:
    """A row for each arrangement and a column for each person.

    `rows`: 1 for side A and 0 for side B, or 1 and -1 for a difference kept and turned round.
    `is_exact`: these are all that there are, the observed one among them; else they are drawn at random.
    `p_smallest`: the smallest p-value that a test on them can give.
    """

    rows: NDArray[np.int8]
    is_exact: bool
    p_smallest: float

    def blocks(self, columns_n: int) -> Iterator[Floats]:
        """The rows as floats, so many at a time that a table of `columns_n` columns for them stays small."""
        step = max(1, _BLOCK_BYTES // (8 * max(columns_n, self.rows.shape[1], 1)))
        for start in range(0, len(self.rows), step):
            yield self.rows[start : start + step].astype(np.float64)


def labelings(is_a: Bools, stratum: Ints, most_n: int, seed: int) -> Arrangements:
    """Labels of people exchanged within strata; each stratum keeps its number on side A.

    All labelings where there are at most `most_n`, else `most_n` random ones.
    """
    places = [np.flatnonzero(stratum == one) for one in np.unique(stratum)]
    taken = [int(np.count_nonzero(is_a[place])) for place in places]
    all_n = prod(comb(len(place), n) for place, n in zip(places, taken, strict=True))
    if all_n > most_n:
        return Arrangements(_random_labels(is_a, places, most_n, seed), False, 1 / (1 + most_n))
    rows = np.zeros((1, len(is_a)), np.int8)
    for place, n in zip(places, taken, strict=True):
        choices = np.array(list(combinations(place, n)), np.int64).reshape(comb(len(place), n), n)
        rows = np.repeat(rows, len(choices), axis=0)
        picked = np.tile(choices, (len(rows) // len(choices), 1))
        np.put_along_axis(rows, picked, 1, axis=1)
    # Sides of equal size in every stratum: each labeling has a mirror image with the same absolute difference.
    is_mirrored = all(2 * n == len(place) for place, n in zip(places, taken, strict=True))
    return Arrangements(rows, True, min(1.0, (2 if is_mirrored else 1) / all_n))


def _random_labels(is_a: Bools, places: list[Ints], most_n: int, seed: int) -> NDArray[np.int8]:
    chance = np.random.default_rng(seed)
    rows = np.empty((most_n, len(is_a)), np.int8)
    for place in places:
        same = np.tile(is_a[place].astype(np.int8), (most_n, 1))
        rows[:, place] = chance.permuted(same, axis=1)
    return rows


def sign_flips(people_n: int, most_n: int, seed: int) -> Arrangements:
    """Each person's difference kept (1) or turned round (-1); all 2^n where there are at most `most_n`."""
    if 2**people_n > most_n:
        chance = np.random.default_rng(seed)
        rows = chance.integers(0, 2, (most_n, people_n), np.int8) * np.int8(2) - np.int8(1)
        return Arrangements(rows, False, 1 / (1 + most_n))
    bits = (np.arange(2**people_n)[:, None] >> np.arange(people_n)) & 1
    return Arrangements((1 - 2 * bits).astype(np.int8), True, min(1.0, 2 / 2**people_n))


def adjusted_p(observed: Floats, arrangements: Arrangements, squared_t: Callable[[Floats], Floats]) -> Floats:
    """p-value of each cell, adjusted for all cells: Westfall & Young 1993, single step, the largest statistic.

    `observed` holds a squared statistic for each cell; `squared_t` gives a row of them for each arrangement.
    p is the share of arrangements whose largest statistic reaches the observed one; among random ones the observed
    arrangement counts too, (1 + b) / (1 + m), so that p is never 0 (Phipson & Smyth 2010).
    """
    largest = np.concatenate([squared_t(block).max(axis=1) for block in arrangements.blocks(len(observed))])
    largest.sort()
    reached_n = len(largest) - np.searchsorted(largest, observed * (1 - _TIE), side="left")
    if arrangements.is_exact:
        return np.asarray(reached_n / len(largest), np.float64)
    return np.asarray((1 + reached_n) / (1 + len(largest)), np.float64)
