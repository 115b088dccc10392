"""Two heatmaps side by side: where they differ by more than chance.

The unit is the person. A map is the mean over people of their own shares (events in a cell / all their events), so
that nobody counts more for having more events. Where cells differ is told by a permutation test over whole people,
adjusted for all cells (Westfall & Young 1993): if the two sides do not differ at all, one cell or more is called
distinguishable in at most 5 % of comparisons, however people's events cluster.
docs/decisions/comparing-groups.md has the reasons and what was measured.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.measures import permutations, squared_t
from explorer.measures.compared_people import Compared, LeftOut, compared_people
from explorer.measures.permutations import PERMUTATIONS_N, Arrangements, adjusted_p
from explorer.measures.small_cells import withheld_cells
from explorer.sql import MIN_PEOPLE

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Named = NDArray[np.generic]

ALPHA = 0.05
Method = Literal["welch_permutation", "paired_sign_flip"]


@dataclass(frozen=True, slots=True)
class MapDifference:
    """Two maps and their difference; every array has an entry for each cell.

    `a_share`, `b_share`: mean share of the people compared, 0 to 1. `difference_share`: A minus B within strata
    (a_share - b_share where there is one stratum, or the same people on both sides; else the difference within each
    stratum, averaged with weights na * nb / (na + nb)). `t`: its t, signed. `p`: adjusted for all cells.
    NaN in a withheld cell: in `a_share` or `b_share` on the side with too few people there, in the others on either.
    `is_withheld`: on either side. `is_distinct`: p is at most ALPHA, and neither side is withheld.
    `a_n`, `b_n`: people compared. `left_out`: the others, by reason.
    `permutations_n`: arrangements compared; `is_exact`: these are all there are. `p_smallest`: the smallest p there
    could be. `method`: `welch_permutation` (labels exchanged within strata) or `paired_sign_flip` (the same people on
    both sides, each one's difference turned round).
    """

    method: Method
    a_share: Floats
    b_share: Floats
    difference_share: Floats
    t: Floats
    p: Floats
    is_distinct: Bools
    is_withheld: Bools
    a_n: int
    b_n: int
    left_out: LeftOut
    permutations_n: int
    is_exact: bool
    p_smallest: float

    @property
    def is_too_few(self) -> bool:
        """Too few people to tell: whatever they had done, no cell could have been distinguishable."""
        return self.p_smallest > ALPHA


def map_difference(
    counts: ArrayLike,
    is_a: ArrayLike,
    person: ArrayLike,
    stratum: ArrayLike,
    *,
    permutations_n: int = PERMUTATIONS_N,
    seed: int = 0,
    min_people: int = MIN_PEOPLE,
) -> MapDifference:
    """Compare the maps of side A and side B. The same rows in the same order with the same seed give the same result.

    counts: events (0 or more), a row for each person on a side, a column for each cell
    is_a: whether the row is on side A
    person: who it is, ids or codes; the same on both sides where it is the same person, once at most on each side
    stratum: operating system of the row; one value for all where the sides are operating systems themselves
    permutations_n: random arrangements; where there are at most so many, all of them are taken instead

    Raises TooFewPeople where fewer than `min_people` can be compared on either side.
    """
    table, strata = np.asarray(counts, np.float64), np.asarray(stratum)
    if not (np.isfinite(table) & (table >= 0)).all():
        raise ValueError("counts must be 0 or more")
    if permutations_n < 1:
        raise ValueError("at least one permutation is needed")
    sums = table.sum(axis=1)
    who = compared_people(sums > 0, np.asarray(is_a, np.bool_), np.asarray(person), strata, min_people)
    a, b = (table[rows] / sums[rows, None] for rows in (who.a_rows, who.b_rows))
    if who.is_paired:
        test = _paired(a, b, permutations_n, seed)
    else:
        test = _welch(a, b, strata[np.concatenate([who.a_rows, who.b_rows])], permutations_n, seed)
    return _result(who, a, b, test, min_people)


@dataclass(frozen=True, slots=True)
class _Test:
    """Difference of each cell, what it is tested with, and the arrangement that was observed."""

    difference_share: Floats
    values: Floats  # people x cells
    is_there: Bools  # people x cells: whether they have events there, on either side
    squared_t: Callable[[Floats], squared_t.SquaredT]
    observed: Floats
    arrangements: Arrangements


def _paired(a: Floats, b: Floats, permutations_n: int, seed: int) -> _Test:
    there = (a > 0) | (b > 0)
    flips = permutations.sign_flips(len(a), permutations_n, seed)
    return _Test(a.mean(axis=0) - b.mean(axis=0), a - b, there, squared_t.paired, np.ones(len(a)), flips)


def _welch(a: Floats, b: Floats, stratum: Named, permutations_n: int, seed: int) -> _Test:
    """The statistic is of shares centred within strata: what strata differ in must not hide what the sides differ in.

    Its numerator is the difference within each stratum with weights na * nb / (na + nb), up to one factor for all.
    """
    shares, is_a = np.concatenate([a, b]), np.arange(len(a) + len(b)) < len(a)
    codes = np.unique(stratum, return_inverse=True)[1]
    sides = [(is_a & (codes == one), ~is_a & (codes == one)) for one in np.unique(codes)]
    weights = np.array([1 / (1 / one.sum() + 1 / other.sum()) for one, other in sides])
    within = np.array([shares[one].mean(axis=0) - shares[other].mean(axis=0) for one, other in sides])
    return _Test(
        difference_share=(weights / weights.sum()) @ within,
        values=squared_t.centred(shares, codes),
        is_there=shares > 0,
        squared_t=partial(squared_t.welch, a_n=len(a)),
        observed=is_a.astype(np.float64),
        arrangements=permutations.labelings(is_a, codes, permutations_n, seed),
    )


def _result(who: Compared, a: Floats, b: Floats, test: _Test, min_people: int) -> MapDifference:
    a_withheld, b_withheld = (withheld_cells(side > 0, min_people) for side in (a, b))
    is_withheld = a_withheld | b_withheld
    t, p = _t_and_p(test, min_people)
    return MapDifference(
        method="paired_sign_flip" if who.is_paired else "welch_permutation",
        a_share=np.where(a_withheld, np.nan, a.mean(axis=0)),
        b_share=np.where(b_withheld, np.nan, b.mean(axis=0)),
        difference_share=np.where(is_withheld, np.nan, test.difference_share),
        t=np.where(is_withheld, np.nan, t),
        p=np.where(is_withheld, np.nan, p),
        is_distinct=(p <= ALPHA) & ~is_withheld,
        is_withheld=is_withheld,
        a_n=len(a),
        b_n=len(b),
        left_out=who.left_out,
        permutations_n=len(test.arrangements.rows),
        is_exact=test.arrangements.is_exact,
        p_smallest=test.arrangements.p_smallest,
    )


def _t_and_p(test: _Test, min_people: int) -> tuple[Floats, Floats]:
    """Signed t and adjusted p; cells with fewer than `min_people` people, on whichever side, are not tested.

    That choice does not depend on who is on which side, so it leaves the test as exact as it is.
    """
    is_tested = np.count_nonzero(test.is_there, axis=0) >= min_people
    t_squared, p = np.zeros(len(is_tested)), np.ones(len(is_tested))
    if is_tested.any():
        squared = test.squared_t(test.values[:, is_tested])
        t_squared[is_tested] = squared(test.observed[None])[0]
        p[is_tested] = adjusted_p(t_squared[is_tested], test.arrangements, squared)
    return np.sign(test.difference_share) * np.sqrt(t_squared), p
