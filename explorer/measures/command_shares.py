"""Shares of shortcuts, from how often each person gave each command in each way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.measures.share_interval import ShareInterval, ShareIntervals, share_interval, share_intervals


@dataclass(frozen=True, slots=True)
class CommandShares:
    """The share of shortcuts over all commands, and by command: an entry of `each` for each in `command`.

    `shortcut_people_n` and `other_people_n` are the people who used each of the two ways.
    """

    overall: ShareInterval
    command: NDArray[np.generic]
    each: ShareIntervals
    shortcut_people_n: NDArray[np.int64]
    other_people_n: NDArray[np.int64]


def command_shares(
    person: ArrayLike, command: ArrayLike, is_shortcut: ArrayLike, uses_n: ArrayLike, *, min_people: int = 5
) -> CommandShares:
    """Shares from rows of person, command, whether by shortcut, and how often; several rows of the same are added.

    Raises TooFewPeople where fewer than `min_people` people gave any of the commands, also where there is no row.
    """
    people, who = np.unique(np.asarray(person), return_inverse=True)
    commands, which = np.unique(np.asarray(command), return_inverse=True)
    counts = np.asarray(uses_n, np.float64)
    shape = (len(people), len(commands))
    possible, used = np.zeros(shape), np.zeros(shape)
    np.add.at(possible, (who, which), counts)
    np.add.at(used, (who, which), counts * np.asarray(is_shortcut, np.bool_))
    overall = share_interval(used.sum(axis=1), possible.sum(axis=1), min_people=min_people)
    return CommandShares(
        overall,
        commands,
        share_intervals(used, possible, min_people=min_people),
        np.count_nonzero(used, axis=0).astype(np.int64),
        np.count_nonzero(possible > used, axis=0).astype(np.int64),
    )
