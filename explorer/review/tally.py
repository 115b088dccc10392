"""From everything that was said to counts: one verdict an item, and what it stands for in moments.

Rules of docs/decisions/review-statistics.md: the worst reading decides, readings of a repetition count for the item
that it repeats, and what is not judged is counted for the upper bound. In a peekable plan only the longest judged run
from the start of the draw counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.measures.item_verdicts import (
    LEAK,
    NOT_JUDGED,
    RANKS,
    is_counted,
    judged_prefix_n,
    worst_by_item,
)
from explorer.measures.strata_bounds import StratumCount
from explorer.review.draw import IN_FULL, PLANTED, RANDOM, REPEATED, rank
from explorer.review.judged import Judged
from explorer.review.plan import Plan, Stratum
from explorer.review.standing import Reading
from explorer.review.verdict import Spot

Ints = NDArray[np.int64]
Ranks = NDArray[np.int8]
# What was said of an item, and whether that is all that the plan wants to be said.
Said = tuple[Sequence[Reading], bool]

_SEEN = frozenset({"leak", "unsure"})


@dataclass(frozen=True)
class Tally:
    """Drawn items with their weights, and planted ones; an entry of each array for each item of `drawn`.

    `weight`: moments of the draw that count. `same`: moments known through them that do not. `said`: by item id.
    """

    drawn: Sequence[Judged]
    planted: Sequence[Judged]
    said: dict[str, Said]
    ranks: Ranks
    weight: Ints
    same: Ints

    def stratum(self, of: Stratum, ranks: Ranks | None = None) -> StratumCount:
        """Counts of a stratum, from these ranks where they are other than the items' own."""
        own = self.ranks if ranks is None else ranks
        is_here = np.fromiter((one.stratum == of.name for one in self.drawn), np.bool_, len(self.drawn))
        is_leak, is_in_doubt = own == LEAK, is_counted(own)

        def moments(is_so: NDArray[np.bool_], of_each: Ints) -> int:
            return int(of_each[is_here & is_so].sum())

        return StratumCount(
            moments_n=of.moments_n,
            drawn_n=moments(np.ones_like(is_leak), self.weight),
            leaks_n=moments(is_leak, self.weight),
            counted_n=moments(is_in_doubt, self.weight),
            is_census=of.is_census,
            same_leaks_n=moments(is_leak, self.same),
            same_clean_n=moments(~is_in_doubt, self.same),
        )

    def in_channel(self, channel: str) -> Ranks:
        """Ranks of the items by what was said of one channel. A doubt without a place is one about every channel."""
        ranks = self.ranks.copy()
        # Whatever is clean, or not judged, is so in every channel.
        for at in np.flatnonzero(ranks > RANKS["clean"]).tolist():
            ranks[at] = _in_channel(channel, *self.said[self.drawn[at].item_id])
        return ranks


def tally(plan: Plan, judged: Sequence[Judged], said_of: Callable[[Judged], Sequence[Reading]]) -> Tally:
    """Count what `said_of` gives for each item: what readers said, or what is left after adjudication."""
    drawn = [one for one in judged if one.kind in (*IN_FULL, RANDOM)]
    planted = [one for one in judged if one.kind == PLANTED]
    said: dict[str, Said] = {one.item_id: (list(said_of(one)), one.is_complete) for one in (*drawn, *planted)}
    for one in judged:
        if one.kind == REPEATED and one.repeats:
            readings, is_complete = said[one.repeats]
            said[one.repeats] = ([*readings, *said_of(one)], is_complete)
    ranks = _ranks([said[one.item_id] for one in drawn])
    weight = np.array([one.moments_n for one in drawn], np.int64)
    same = np.array([one.same_n for one in drawn], np.int64)
    if plan.terms.is_peekable:
        counted = _prefix(plan, drawn, ranks)
        same, weight = same + weight - counted, counted
    return Tally(drawn, planted, said, ranks, weight, same)


def _ranks(said: Sequence[Said]) -> Ranks:
    """Worst rank of each item. What is not complete is a leak where somebody said so, else not judged."""
    item = [at for at, (readings, _) in enumerate(said) for _ in readings]
    worst = worst_by_item(item, [RANKS[one.verdict] for readings, _ in said for one in readings], len(said))
    is_complete = np.fromiter((complete for _, complete in said), np.bool_, len(said))
    return np.asarray(np.where(is_complete | (worst == LEAK), worst, NOT_JUDGED), np.int8)


def _prefix(plan: Plan, drawn: Sequence[Judged], ranks: Ranks) -> Ints:
    """Moments of each item that count in a peekable plan: all of a census, and the judged run of the draw."""
    seed = str(plan.seed)
    order = sorted(
        (rank(seed, "draw", moment), at)
        for at, one in enumerate(drawn) if one.kind == RANDOM for moment in one.moments
    )  # fmt: skip
    places = np.array([at for _, at in order], np.int64)
    is_complete = np.fromiter((one.is_complete for one in drawn), np.bool_, len(drawn))
    waits = np.where(is_complete, ranks, NOT_JUDGED)
    counted = np.bincount(places[: judged_prefix_n(places, waits)], minlength=len(drawn))
    return np.where([one.kind in IN_FULL for one in drawn], [one.moments_n for one in drawn], counted)


def _in_channel(channel: str, readings: Iterable[Reading], is_complete: bool) -> int:
    worst = NOT_JUDGED
    for reading in readings:
        here = [one.verdict for one in reading.spots if one.channel == channel]
        if reading.verdict in ("unsure", "broken") and not any(one.verdict in _SEEN for one in reading.spots):
            here.append(reading.verdict)
        worst = max(worst, RANKS["clean"], *(RANKS[one] for one in here))
    return worst if is_complete or worst == LEAK else NOT_JUDGED


def is_found(one: Judged, readings: Iterable[Reading]) -> bool:
    """Whether somebody saw a planted item where it is: right channel, and a region, if one was drawn, that meets it."""
    at = one.planted
    return at is not None and any(
        spot.verdict in _SEEN and spot.channel == at.channel and _meets(spot, at.box)
        for reading in readings for spot in reading.spots
    )  # fmt: skip


def beside_planted(one: Judged, readings: Iterable[Reading]) -> list[Spot]:
    """Places that somebody marked in a planted item and that are surely no part of what was planted.

    They lie in another channel, or in the picture farther from the planted box than its own size.
    """
    at = one.planted
    if at is None:
        return []
    around = None
    if at.box is not None:
        left, top, width, height = at.box
        around = left - width, top - height, 3 * width, 3 * height
    spots = (spot for reading in readings for spot in reading.spots)
    return [one for one in spots if one.channel != at.channel or not _meets(one, around)]


def _meets(spot: object, box: tuple[int, int, int, int] | None) -> bool:
    left, top, width, height = (
        getattr(spot, name) for name in ("left_px", "top_px", "width_px", "height_px")
    )
    if box is None or left is None:
        return True
    is_beside = left + width < box[0] or box[0] + box[2] < left
    return not (is_beside or top + height < box[1] or box[1] + box[3] < top)
