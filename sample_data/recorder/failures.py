"""Where the redaction pass fails: chosen by seed from all the places where it could.

A moment is a picture with all rows up to the next one. Failures share moments where they can, so that the share of
moments that leak stays near what a bad day of a real pass looks like.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from recorder import masks
from recorder.film import Place, Shot
from recorder.take import Take
from recorder.values import spans, typed_values

TEXT_CHANNELS = ("window_title", "url", "clipboard", "typed", "element_name")
OVER = "over"
LEAK_SHARE = 0.025
PER_PICTURE_KIND_N, PER_TEXT_CHANNEL_N, OVER_N = 2, 8, 4
CLIPBOARD = ("copy", "cut", "paste")
# A smaller box holds too little of a value to be read.
SMALLEST_PX = (24, 10)
_OVER_BELOW_PX = 44


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure, or the chance of one while `kind` is empty.

    `place` is the row's place in the log, or the picture's index; `item` the value's index in that picture.
    """

    session: int
    moments: tuple[int, ...]
    channel: str
    place: int
    entity: str
    item: int = 0
    kind: str = ""
    box: tuple[int, int, int, int] | None = None
    is_alone: bool = False  # no neighbouring picture shows the same value at the same place


def chances(take: Take) -> Iterator[Failure]:
    """All that could go wrong in one session."""
    yield from _picture_chances(take)
    yield from _text_chances(take)
    yield from _typed_chances(take)


def chosen(found: Iterable[Failure], moments_n: int, seed: int) -> list[Failure]:
    """The failures of the pass: every kind as often as promised, other pictures until the share is reached."""
    rng = Random(f"{seed}/redactor")
    shuffled = sorted(found, key=_rank)
    rng.shuffle(shuffled)
    texts = _texts([chance for chance in shuffled if chance.channel in TEXT_CHANNELS and chance.entity])
    over = [chance for chance in shuffled if chance.kind == OVER]
    pictures = [chance for chance in shuffled if chance.channel == "frame" and chance.kind != OVER]
    leaks = _pictures(texts, pictures, round(LEAK_SHARE * moments_n))
    leaking = leaking_moments(leaks)
    kept = [chance for chance in over if (chance.session, chance.moments[0]) not in leaking]
    by_channel = [
        [chance for chance in kept if chance.channel == name][:OVER_N] for name in ("frame", "element_name")
    ]
    return [*leaks, *by_channel[0], *by_channel[1]]


def _rank(chance: Failure) -> tuple[int, str, int, int, str]:
    """An order that does not depend on the one in which sessions were read."""
    return chance.session, chance.channel, chance.place, chance.item, chance.kind


def leaking_moments(failures: Iterable[Failure]) -> set[tuple[int, int]]:
    """Session and index of every moment in which something can be read."""
    return {moment for one in failures if one.kind != OVER for moment in _moments(one)}


def _texts(found: Sequence[Failure]) -> list[Failure]:
    """Failures in text, one a channel and stretch of moments, in as few moments as possible."""
    pool: dict[int, dict[tuple[tuple[int, ...], str], Failure]] = {}
    for chance in found:
        pool.setdefault(chance.session, {}).setdefault((chance.moments, chance.channel), chance)
    missing = dict.fromkeys(TEXT_CHANNELS, PER_TEXT_CHANNEL_N)
    taken: list[Failure] = []
    leaking: set[tuple[int, int]] = set()
    while offers := [
        (_cost(one, own.values(), missing, leaking), session, place)
        for session, own in pool.items()
        for place, one in own.items()
        if missing[one.channel]
    ]:
        _, session, place = min(offers, key=lambda offer: offer[0])
        best = pool[session].pop(place)
        missing[best.channel] -= 1
        leaking |= _moments(best)
        taken.append(replace(best, kind="missed"))
    return taken


def _cost(
    one: Failure, own: Iterable[Failure], missing: Mapping[str, int], leaking: set[tuple[int, int]]
) -> float:
    """Moments that begin to leak with it, for each channel that can then fail in the same ones."""
    new_n = len(_moments(one) - leaking)
    if not new_n:
        return 0
    inside = set(one.moments)
    return new_n / len(
        {other.channel for other in own if missing[other.channel] and inside.issuperset(other.moments)}
    )


def _moments(one: Failure) -> set[tuple[int, int]]:
    return {(one.session, moment) for moment in one.moments}


def _pictures(texts: list[Failure], found: Sequence[Failure], budget_n: int) -> list[Failure]:
    """Failures in pictures, in moments of their own while the budget lasts, then where text leaks already."""
    leaks = list(texts)
    pool = list(found)
    kinds = [kind for kind in masks.FAILURES for _ in range(PER_PICTURE_KIND_N)]
    while kinds or len(leaking_moments(leaks)) < budget_n:
        kind = kinds.pop() if kinds else list(masks.FAILURES)[len(leaks) % len(masks.FAILURES)]
        busy = leaking_moments(leaks)
        has_room = len(busy) < budget_n
        chance = next(
            (one for one in pool if _suits(one, kind) and ((one.session, one.place) in busy) != has_room),
            None,
        )
        chance = chance or next((one for one in pool if _suits(one, kind)), None)
        if chance is None:
            return leaks
        leaks.append(replace(chance, kind=kind))
        # One failure a picture: what is found in it is then that one.
        pool = [one for one in pool if (one.session, one.place) != (chance.session, chance.place)]
    return leaks


def _suits(chance: Failure, kind: str) -> bool:
    if kind == "neighbour":
        return not chance.is_alone
    return chance.is_alone if kind == "missed" else True


def _picture_chances(take: Take) -> Iterator[Failure]:
    session = take.shift.number
    for at, shot in enumerate(take.shots):
        near = {
            (*_corner(place), place.text) for other in _neighbours(take.shots, at) for place in other.places
        }
        for item, place in enumerate(shot.places):
            box = masks.Box(place.left, place.top, place.right, place.bottom)
            if box.width < SMALLEST_PX[0] or box.height < SMALLEST_PX[1] or _is_covered(box, item, shot):
                continue
            is_alone = (*_corner(place), place.text) not in near
            yield Failure(session, (at,), "frame", at, place.entity, item, box=_edges(box), is_alone=is_alone)
            over = over_box(place)
            if not any(_touches(over, other) for other in shot.places):
                yield Failure(session, (at,), "frame", at, "", item, kind=OVER, box=_edges(over))


def over_box(place: Place) -> masks.Box:
    """A box near a value that holds none: what a pass covers that masks too much."""
    return masks.Box(place.left, place.top + _OVER_BELOW_PX, place.right, place.bottom + _OVER_BELOW_PX)


def _text_chances(take: Take) -> Iterator[Failure]:
    session = take.shift.number
    for place, row in enumerate(take.log):
        at = _moment(take.shots, place)
        for channel, text in text_channels(row):
            found = spans(text)
            if channel in ("window_title", "url") and found:
                last = _moment(take.shots, _next_title(take, place) - 1)
                yield Failure(session, tuple(range(at, last + 1)), channel, place, found[0].entity)
            elif found and (channel != "element_name" or row["type"] == "mousedown"):
                yield Failure(session, (at,), channel, place, found[0].entity)
            elif channel == "element_name" and row["type"] == "mousedown" and text and not found:
                yield Failure(session, (at,), channel, place, "", kind=OVER)


def _typed_chances(take: Take) -> Iterator[Failure]:
    """Values whose keys were pressed while a picture shows them, masked."""
    for typed in typed_values(take.log):
        first, last = (_moment(take.shots, place) for place in (typed.places[0], typed.places[-1]))
        shown = {place.text for shot in take.shots[first : last + 2] for place in shot.places}
        if any(typed.text in text for text in shown):
            moments = tuple(range(first, last + 1))
            yield Failure(take.shift.number, moments, "typed", typed.places[0], typed.entity)


def text_channels(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Texts of a log row by channel."""
    if "title" in row:
        yield "window_title", row["title"]
        yield "url", row["url"]
    if row["type"] in CLIPBOARD:
        yield "clipboard", row["text"]
    if "element" in row:
        yield "element_name", row["element"]["name"]


def _next_title(take: Take, place: int) -> int:
    """Where the next title is noted: until then, rows carry this one."""
    return next((at for at in range(place + 1, len(take.log)) if "title" in take.log[at]), len(take.log))


def _moment(shots: Sequence[Shot], place: int) -> int:
    return max(0, sum(shot.order <= place for shot in shots) - 1)


def _neighbours(shots: Sequence[Shot], at: int) -> list[Shot]:
    return [shots[other] for other in (at - 1, at + 1) if 0 <= other < len(shots)]


def _corner(place: Place) -> tuple[int, int]:
    return place.left, place.top


def _edges(box: masks.Box) -> tuple[int, int, int, int]:
    return box.left, box.top, box.right, box.bottom


def _is_covered(box: masks.Box, item: int, shot: Shot) -> bool:
    """True where the mask of another value would hide the failure."""
    return any(_touches(box, other) for at, other in enumerate(shot.places) if at != item)


def _touches(box: masks.Box, place: Place) -> bool:
    return (
        box.left < place.right
        and place.left < box.right
        and box.top < place.bottom
        and place.top < box.bottom
    )
