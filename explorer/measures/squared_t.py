"""Squared t of every cell under many arrangements of people at once, by products of matrices.

The floor. A cell where nobody differs from their own side has no variance within, and would have an infinite t. So no
squared standard error counts as less than FLOOR of what the variance of all people together, whatever their side,
would give. That has no unit, does not depend on other cells, and is the same under every arrangement, so the test
stays exact; and t can reach sqrt((n - 1) / FLOOR) at most.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FLOOR = 0.1

SquaredT = Callable[[Floats], Floats]


def centred(values: Floats, stratum: Ints) -> Floats:
    """Each value minus the mean of its column over the people of the same stratum; exactly 0 where all are equal."""
    out = np.empty_like(values)
    for one in np.unique(stratum):
        rows = values[stratum == one]
        is_constant = (rows == rows[0]).all(axis=0)
        out[stratum == one] = np.where(is_constant, 0.0, rows - rows.mean(axis=0))
    return out


def welch(values: Floats, a_n: int) -> SquaredT:
    """Squared t of Welch 1947 between two sides, `a_n` people (2 at least) on side A; 0 where nobody differs.

    `values` (people x cells) are centred, so that the sums of the two sides are opposite. The function that is
    returned takes rows of labels (1 on side A, else 0) and gives a row for each, a column for each cell.
    """
    b_n = len(values) - a_n
    squares = values**2
    all_squares = squares.sum(axis=0)
    a_weight, b_weight = 1 / (a_n * (a_n - 1)), 1 / (b_n * (b_n - 1))
    scale = 1 / a_n + 1 / b_n
    floor = FLOOR * scale * all_squares / (len(values) - 1)
    floor[all_squares == 0] = 1.0  # the difference is 0 too

    def squared(labels: Floats) -> Floats:
        # With sums S and -S of the sides: se^2 = Qa/(na(na-1)) + Qb/(nb(nb-1)) - S^2(1/(na^2(na-1)) + 1/(nb^2(nb-1))).
        sums = labels @ values
        np.square(sums, out=sums)
        variance = labels @ squares
        variance *= a_weight - b_weight
        variance += b_weight * all_squares
        variance -= (a_weight / a_n + b_weight / b_n) * sums
        np.maximum(variance, floor, out=variance)
        sums *= scale**2
        sums /= variance
        return sums

    return squared


def paired(differences: Floats) -> SquaredT:
    """Squared t of the mean of people's differences (people x cells; 2 people at least); 0 where all are 0.

    The function that is returned takes rows of signs (1, -1) and gives a row for each, a column for each cell.
    """
    people_n = len(differences)
    all_squares = (differences**2).sum(axis=0)
    floor = FLOOR * all_squares / people_n**2
    floor[all_squares == 0] = 1.0

    def squared(signs: Floats) -> Floats:
        means = signs @ differences
        means /= people_n
        np.square(means, out=means)
        variance = (all_squares / people_n - means) / (people_n - 1)
        np.maximum(variance, floor, out=variance)
        means /= variance
        return means

    return squared
