"""The moments behind verdicts, and the way to each of them in the replay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from explorer.review import Judged, Reading, Spot
from explorer.review.words import ENTITIES, REASONS, SEVERITIES
from explorer.widgets import wording
from explorer.widgets.loader import mount
from explorer.widgets.opened import reviews
from explorer.widgets.player import moment_of, replay_way
from explorer.widgets.review_words import CHANNELS, VERDICT_WORDS

LISTED_N = 200
_BAD_FIRST = ("leak", "unsure", "broken", "over_redacted")
_DRAWN = ("flagged", "changed", "random")


def ways_of(moment_ids: Iterable[str]) -> dict[str, str]:
    """Address of each moment in the replay; moments that the dataset does not have now are left out."""
    wanted = pa.array(sorted(set(moment_ids)), pa.string())
    moments = reviews().population().moments
    found = moments.filter(pc.is_in(moments["moment_id"], wanted))
    ways = {}
    for row in found.select(["moment_id", "session_id", "frame_id", "t_us"]).to_pylist():
        place = {"frame": row["frame_id"]} if row["frame_id"] else {}
        if not place and row["t_us"] is not None and row["t_us"] >= 0:
            place = {"t": moment_of(row["t_us"])}
        ways[row["moment_id"]] = replay_way(row["session_id"], **place)
    return ways


def worst_verdict(readings: Sequence[Reading]) -> str | None:
    """The worst that was said of an item; None while nothing was."""
    said = {reading.verdict for reading in readings}
    return next((verdict for verdict in _BAD_FIRST if verdict in said), "clean" if said else None)


def moments_behind(judged: Sequence[Judged]) -> int:
    """List the drawn items that somebody did not call clean, the worst first; how many there are.

    What was said of an item that was shown again belongs to the moment that it shows.
    """
    readings = {one.item_id: list(one.readings) for one in judged if one.kind in _DRAWN}
    for one in judged:
        if one.repeats in readings:
            readings[one.repeats] += one.readings
    found = [(worst_verdict(readings[one.item_id]), one) for one in judged if one.item_id in readings]
    shown = [(verdict, one) for verdict, one in found if verdict in _BAD_FIRST]
    shown.sort(key=lambda pair: _BAD_FIRST.index(pair[0]))
    ways = ways_of(one.moments[0] for _, one in shown[:LISTED_N])
    rows = [
        [verdict, VERDICT_WORDS[verdict], _said(one, readings[one.item_id]), ways.get(one.moments[0], "")]
        for verdict, one in shown[:LISTED_N]
    ]
    mount("review_moments", '<ol class="behind"></ol>\n', key="review_moments", data={"rows": rows})
    return len(shown)


def _said(item: Judged, readings: Sequence[Reading]) -> str:
    """Where and what readers saw, in words of ours."""
    spots = [spot for reading in readings for spot in reading.spots]
    parts = list(dict.fromkeys(_spot(spot) for spot in spots))
    stands = f" · stands for {wording.count(item.moments_n, 'moment')}" if item.moments_n > 1 else ""
    return ("; ".join(parts[:4]) or "No place named") + stands


def _spot(spot: Spot) -> str:
    """A place in words: Window title: name (names a person or reaches one, not masked at all)."""
    where = CHANNELS.get(spot.channel, spot.channel)
    what = ENTITIES.get(spot.entity, spot.entity) if spot.entity else ""
    more = [SEVERITIES[spot.severity].partition(":")[0]] if spot.severity else []
    more += [REASONS[spot.reason]] if spot.reason else []
    said = f"{what} ({', '.join(more)})" if what and more else what or ", ".join(more)
    return f"{where}: {said}" if said else where
