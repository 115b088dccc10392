"""How much time a command takes by its shortcut and by other ways, compared within the same person and command.

Only people who used both ways for the same command say anything about the two ways; who uses shortcuts at all does
not matter. It is a difference between two ways, not of people.

Within a person and command the medians are compared: one phone call in the middle of a menu does not move them. A
person's difference is the mean over their commands, the figure is the mean over people, everybody with equal weight.
A median over people would bear a person far out, but it and its interval would be the times of single people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.measures.enough_people import check_people
from explorer.measures.mean_interval import DRAWS_N, MeanIntervals, mean_intervals
from explorer.sql import MIN_PEOPLE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Named = NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class WayDifference:
    """Two ways over all commands: seconds by shortcut, by other ways, and the difference of the two.

    `difference_s` is other minus shortcut: above 0 where the shortcut took less time; with its interval of 95 %.
    `people_n` people used both ways of some command, in `pairs_n` pairs of person and command.
    """

    shortcut_s: float
    other_s: float
    difference_s: float
    difference_lo_s: float
    difference_hi_s: float
    people_n: int
    pairs_n: int


@dataclass(frozen=True, slots=True)
class WayDifferences:
    """`overall`, and the same by command: an entry for each command of at least `min_people` people, in their order.

    Each interval is one of 95 % for itself. `few_people_n` more commands have both ways from fewer people.
    """

    overall: WayDifference
    command: Named
    shortcut_s: Floats
    other_s: Floats
    difference_s: Floats
    difference_lo_s: Floats
    difference_hi_s: Floats
    people_n: Ints
    few_people_n: int


def way_differences(
    person: ArrayLike,
    command: ArrayLike,
    is_shortcut: ArrayLike,
    duration_s: ArrayLike,
    *,
    draws_n: int = DRAWS_N,
    seed: int = 0,
    min_people: int = MIN_PEOPLE,
) -> WayDifferences:
    """Compare the two ways from single uses, a row for each: who, which command, whether by shortcut, seconds.

    The order of rows does not matter. Raises TooFewPeople where fewer than `min_people` used both ways of the same
    command, ValueError for seconds below 0 or not finite.
    """
    people_n, commands, shortcut_s, other_s = _medians(
        np.asarray(person),
        np.asarray(command),
        np.asarray(is_shortcut, np.bool_),
        np.asarray(duration_s, np.float64),
    )
    check_people(people_n, min_people, "people who used a command both by its shortcut and otherwise")
    # The first column is all commands of a person, so it is drawn with the same people as each command is.
    ways = [np.column_stack([np.nanmean(way, axis=1), way]) for way in (shortcut_s, other_s)]
    many = mean_intervals(ways[1] - ways[0], draws_n=draws_n, seed=seed, min_people=min_people)
    return _result([np.nanmean(way, axis=0) for way in ways], many, commands, people_n)


def _result(ways_s: list[Floats], many: MeanIntervals, commands: Named, people_n: int) -> WayDifferences:
    """The first column of all is the whole, the others are commands."""
    has_enough = ~np.isnan(many.mean[1:])
    shortcut_s, other_s, mean_s, lo_s, hi_s = (
        (float(column[0]), column[1:][has_enough]) for column in (*ways_s, many.mean, many.lo, many.hi)
    )
    pairs_n = int(many.people_n[1:].sum())
    return WayDifferences(
        overall=WayDifference(shortcut_s[0], other_s[0], mean_s[0], lo_s[0], hi_s[0], people_n, pairs_n),
        command=commands[has_enough],
        shortcut_s=shortcut_s[1],
        other_s=other_s[1],
        difference_s=mean_s[1],
        difference_lo_s=lo_s[1],
        difference_hi_s=hi_s[1],
        people_n=many.people_n[1:][has_enough],
        few_people_n=int(np.count_nonzero(~has_enough)),
    )


def _medians(
    person: Named, command: Named, is_shortcut: NDArray[np.bool_], duration_s: Floats
) -> tuple[int, Named, Floats, Floats]:
    """People and commands with both ways, and the median seconds of each way, people x commands.

    NaN where that person did not use both ways of that command.
    """
    if not (np.isfinite(duration_s) & (duration_s >= 0)).all():
        raise ValueError("seconds must be 0 or more")
    people, who = np.unique(person, return_inverse=True)
    commands, which = np.unique(command, return_inverse=True)
    group = (who * len(commands) + which) * 2 + is_shortcut
    order = np.lexsort((duration_s, group))
    groups, first, count = np.unique(group[order], return_index=True, return_counts=True)
    rising_s = duration_s[order]
    medians = np.full((len(people) * len(commands), 2), np.nan)
    medians.reshape(-1)[groups] = (rising_s[first + (count - 1) // 2] + rising_s[first + count // 2]) / 2
    medians[np.isnan(medians).any(axis=1)] = np.nan
    other_s, shortcut_s = (medians[:, way].reshape(len(people), len(commands)) for way in (0, 1))
    has_pair = ~np.isnan(shortcut_s)
    rows, columns = has_pair.any(axis=1), has_pair.any(axis=0)
    kept = np.ix_(rows, columns)
    return int(rows.sum()), commands[columns], shortcut_s[kept], other_s[kept]
