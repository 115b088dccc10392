"""Drawing: everything that chance decides follows from the seed, so that anybody can repeat it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar

FLAGGED, CHANGED, RANDOM, PLANTED, REPEATED = "flagged", "changed", "random", "planted", "repeated"
IN_FULL = (FLAGGED, CHANGED)  # kinds, and strata of the same names, of which every moment is reviewed
# A peekable plan may go on through the whole rest; more than this nobody looks at.
MOST_PEEKED = 20_000
_NEAR = 10  # a repetition this near to its first showing would be noticed

_T = TypeVar("_T")
Pair = tuple[str, str]  # a moment and its unit


@dataclass(frozen=True, slots=True)
class Planted:
    """A made-up leak: its kind and channel, what it looks like, and where it is put.

    `box` (left, top, width, height) in picture pixels; `column` of a text. What it says follows from the seed.
    """

    leak: str
    channel: str
    entity: str
    box: tuple[int, int, int, int] | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One look: the moment that is shown, and the drawn moments that it stands for."""

    item_id: str
    kind: str
    stratum: str | None
    unit_id: str
    moment_id: str
    moments: tuple[str, ...]
    same_n: int = 0  # moments of the unit in this stratum that were not drawn
    repeats: str | None = None
    planted: Planted | None = None


def rank(seed: str, what: str, name: str) -> str:
    """Where chance puts a name: names in order of their ranks are in random order."""
    return hashlib.sha256(f"{seed}:{what}:{name}".encode()).hexdigest()


def in_order(seed: str, what: str, things: Iterable[_T], name: Callable[[_T], str] = str) -> list[_T]:
    """The things in random order."""
    return sorted(things, key=lambda one: rank(seed, what, name(one)))


def drawn_items(
    seed: str, stratum: str, kind: str, moments: Iterable[tuple[str, str]], units_n: Mapping[str, int]
) -> list[Item]:
    """One item for each unit of the drawn moments (id and unit), in their order; a unit stands for all of its moments.

    units_n: moments of each unit in the stratum, drawn or not.
    """
    units: dict[str, list[str]] = {}
    for moment_id, unit_id in moments:
        units.setdefault(unit_id, []).append(moment_id)
    return [
        Item(
            _item_id(seed, kind, unit_id),
            kind,
            stratum,
            unit_id,
            own[0],
            tuple(own),
            units_n[unit_id] - len(own),
        )
        for unit_id, own in units.items()
    ]


def sampled(
    seed: str,
    flagged: Iterable[Pair],
    rest: Iterable[Pair],
    sampled_n: int,
    changed: Iterable[Pair] = (),
) -> tuple[list[Item], list[Pair]]:
    """Items of all that is flagged or changed, and of `sampled_n` of the rest; and its others, in the draw's order."""
    flagged, changed, rest = (
        in_order(seed, "draw", part, lambda one: one[0]) for part in (flagged, changed, rest)
    )
    items = [
        *drawn_items(seed, FLAGGED, FLAGGED, flagged, Counter(unit for _, unit in flagged)),
        *drawn_items(seed, CHANGED, CHANGED, changed, Counter(unit for _, unit in changed)),
        *drawn_items(seed, "rest", RANDOM, rest[:sampled_n], Counter(unit for _, unit in rest)),
    ]
    return items, rest[sampled_n:]


def repeated_items(seed: str, items: Sequence[Item], repeated_n: int) -> list[Item]:
    """Some of the items once more."""
    chosen = in_order(seed, "repeat", items, lambda one: one.item_id)[:repeated_n]
    return [
        replace(one, item_id=_item_id(seed, REPEATED, one.item_id), kind=REPEATED, stratum=None, moments=(), same_n=0,
                repeats=one.item_id)
        for one in chosen
    ]  # fmt: skip


def planted_item(seed: str, moment_id: str, planted: Planted) -> Item:
    """A made-up leak in a moment."""
    item_id = _item_id(seed, PLANTED, moment_id)
    return Item(item_id, PLANTED, None, item_id * 2, moment_id, (), planted=planted)


def mixed(seed: str, items: Sequence[Item]) -> list[Item]:
    """All items in one order that does not tell their kinds; random ones stay in the order in which they were drawn."""
    order = in_order(seed, "queue", items, lambda one: one.item_id)
    drawn = iter([one for one in items if one.kind == RANDOM])
    order = [next(drawn) if one.kind == RANDOM else one for one in order]
    places = {one.item_id: at for at, one in enumerate(order)}
    near = min(_NEAR, len(order) // 4)
    for one in [
        one for one in order if one.repeats and abs(places[one.item_id] - places[one.repeats]) < near
    ]:
        order.remove(one)
        order.insert((places[str(one.repeats)] + len(order) // 2) % (len(order) + 1), one)
    return order


def packed(items: Sequence[Item]) -> bytes:
    """The items as they are kept."""
    return json.dumps([asdict(one) for one in items], separators=(",", ":")).encode()


def sha256_of(content: bytes) -> str:
    """sha256 of items as they are kept."""
    return hashlib.sha256(content).hexdigest()


def unpacked(content: bytes) -> list[Item]:
    """The items that were kept."""
    return [_item(one) for one in json.loads(content)]


def _item(row: dict[str, Any]) -> Item:
    planted = row["planted"]
    if planted:
        planted = Planted(**{**planted, "box": tuple(planted["box"]) if planted["box"] else None})
    return Item(**{**row, "moments": tuple(row["moments"]), "planted": planted})


def _item_id(seed: str, kind: str, name: str) -> str:
    return rank(seed, f"item:{kind}", name)[:16]
