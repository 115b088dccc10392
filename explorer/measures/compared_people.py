"""Who is compared when two sides are: each person once, with somebody to be compared with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.measures.enough_people import check_people

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """People who are not compared, by reason; each one is counted once, but for the first two numbers.

    `a_without_events_n`, `b_without_events_n`: on that side without a single event, so without shares.
    `one_side_n`: on one side only, where people who are on both are compared with themselves.
    `both_sides_n`: on both sides, where people who are on one only are compared.
    `unmatched_n`: of a stratum that the other side lacks.
    """

    a_without_events_n: int = 0
    b_without_events_n: int = 0
    one_side_n: int = 0
    both_sides_n: int = 0
    unmatched_n: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """Rows of those who are compared, on A and on B; where `is_paired`, the same person stands at the same place."""

    is_paired: bool
    a_rows: Ints
    b_rows: Ints
    left_out: LeftOut


def compared_people(
    has_events: Bools, is_a: Bools, person: NDArray[np.generic], stratum: NDArray[np.generic], min_people: int
) -> Compared:
    """Those of the rows to compare: people on both sides with themselves, or people on one side only with each other.

    Nobody counts on both sides as if they were two people. So where some are on both sides and some on one, the larger
    of the two groups is compared (of unequal sides the harmonic mean counts, as in the variance of a difference), and
    the others are left out. Rows without events, and strata that one side lacks, are left out first.

    Raises TooFewPeople where fewer than `min_people` remain on a side; ValueError where a person is twice on a side.
    """
    code = np.unique(person, return_inverse=True)[1]
    if len(np.unique(code * 2 + is_a)) < len(code):
        raise ValueError("a person has two rows on one side")
    a_rows, b_rows = (np.flatnonzero(has_events & side) for side in (is_a, ~is_a))
    _, a_place, b_place = np.intersect1d(code[a_rows], code[b_rows], assume_unique=True, return_indices=True)
    a_alone, b_alone = np.delete(a_rows, a_place), np.delete(b_rows, b_place)
    a_kept, b_kept = (
        one[np.isin(stratum[one], stratum[other])] for one, other in ((a_alone, b_alone), (b_alone, a_alone))
    )
    alone_n = len(a_alone) + len(b_alone)
    a_without_n, b_without_n = (int(np.count_nonzero(~has_events & side)) for side in (is_a, ~is_a))
    smaller_n = min(len(a_kept), len(b_kept))
    unpaired_n = 2 / (1 / len(a_kept) + 1 / len(b_kept)) if smaller_n >= min_people else 0.0
    if len(a_place) and len(a_place) >= unpaired_n:
        check_people(len(a_place), min_people, "people with events on both sides")
        return Compared(
            True, a_rows[a_place], b_rows[b_place], LeftOut(a_without_n, b_without_n, one_side_n=alone_n)
        )
    check_people(smaller_n, min_people, "people with events on one side, on a system that both sides have")
    unmatched_n = alone_n - len(a_kept) - len(b_kept)
    return Compared(
        False,
        a_kept,
        b_kept,
        LeftOut(a_without_n, b_without_n, both_sides_n=len(a_place), unmatched_n=unmatched_n),
    )
