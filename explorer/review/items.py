"""The items of a plan: drawn from its population by its seed, with planted and repeated ones among them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from explorer.review import planted_texts
from explorer.review.changes import Kept
from explorer.review.draw import Item, in_order, mixed, planted_item, repeated_items, sampled
from explorer.review.plan import CHANGED, FLAGGED, REST, Plan
from explorer.review.planted_pictures import LEAKS
from explorer.review.sight import Sight

_TRIES, _IN_VAIN = 20, 2
_LEAKS = (*((leak, "frame") for leak in LEAKS), *(("missed", channel) for channel in planted_texts.COLUMNS))


def items_of(plan: Plan, kept: Kept, sight: Sight, seed: str) -> list[Item]:
    """All items in the order of the queue; the same for the same plan, population and seed."""
    items, others = sampled(
        seed, kept.part(FLAGGED), kept.part(REST), plan.rest.sampled_n, kept.part(CHANGED)
    )
    shown = {one.unit_id for one in items}
    free = [moment_id for moment_id, unit in others if unit not in shown]
    # In a small population all moments are items; then planted ones stand on these.
    carriers = [
        *in_order(seed, "carrier", free),
        *in_order(seed, "carrier", (moment_id for one in items for moment_id in one.moments)),
    ]
    planted = list(_planted(plan, sight, seed, iter(carriers)))
    return mixed(seed, [*items, *planted, *repeated_items(seed, items, plan.repeated_n)])


def _planted(plan: Plan, sight: Sight, seed: str, carriers: Iterator[str]) -> Iterator[Item]:
    """Leaks of all kinds in turn, each in a moment of its own that has room for it."""
    kinds = in_order(seed, "leak", _LEAKS, lambda one: f"{one[0]} {one[1]}")
    left: list[str] = []
    in_vain_n = 0
    for number in range(plan.planted_n):
        leak, channel = kinds[number % len(kinds)]
        offered = [*left, *islice(carriers, max(0, _TRIES - len(left)))]
        made = None
        for moment_id in offered if channel != "frame" or in_vain_n < _IN_VAIN else ():
            if made := sight.planted(sight.moment(moment_id), leak, channel):
                break
        else:
            # No picture here has room: a text always has.
            in_vain_n += channel == "frame"
            channel = in_order(seed, f"text {number}", planted_texts.COLUMNS)[0]
            moment_id = offered[0] if offered else ""
            made = sight.planted(sight.moment(moment_id), "missed", channel) if offered else None
        left = [one for one in offered if one != moment_id]
        if made:
            yield planted_item(seed, moment_id, made)
