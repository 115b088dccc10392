"""The moments behind verdicts, and the way to each of them in the replay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from explorer.review import Judged, Reading, Spot
from explorer.review.tally import beside_planted
from explorer.review.words import ENTITIES, REASONS, SEVERITIES, worst
from explorer.widgets import wording
from explorer.widgets.loader import mount
from explorer.widgets.opened import reviews
from explorer.widgets.player import moment_of, replay_way
from explorer.widgets.review_words import CHANNELS, VERDICT_WORDS

LISTED_N = 200
_BAD_FIRST = ("leak", "unsure", "broken", "over_redacted")
_DRAWN = ("flagged", "changed", "random")
_Row = tuple[str, str, str]  # verdict, words, moment


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
    """List the items that somebody did not call clean, the worst first; how many there are.

    What was said of an item that was shown again belongs to the moment that it shows. Of planted items those are
    listed in which something else than what was planted was marked.
    """
    shown = [*_drawn(judged), *_beside_planted(judged)]
    shown.sort(key=lambda row: _BAD_FIRST.index(row[0]))
    ways = ways_of(moment_id for _, _, moment_id in shown[:LISTED_N])
    rows = [
        [verdict, VERDICT_WORDS[verdict], words, ways.get(moment_id, "")]
        for verdict, words, moment_id in shown[:LISTED_N]
    ]
    mount("review_moments", '<ol class="behind"></ol>\n', key="review_moments", data={"rows": rows})
    return len(shown)


def _drawn(judged: Sequence[Judged]) -> Iterator[_Row]:
    readings = {one.item_id: list(one.readings) for one in judged if one.kind in _DRAWN}
    for one in judged:
        if one.repeats in readings:
            readings[one.repeats] += one.readings
    for one in judged:
        verdict = worst_verdict(readings.get(one.item_id, ()))
        if verdict in _BAD_FIRST:
            spots = [spot for reading in readings[one.item_id] for spot in reading.spots]
            stands = f" · stands for {wording.count(one.moments_n, 'moment')}" if one.moments_n > 1 else ""
            yield verdict, _said(spots) + stands, one.shown_id


def _beside_planted(judged: Sequence[Judged]) -> Iterator[_Row]:
    for one in judged:
        if spots := beside_planted(one, one.readings):
            verdict = worst(tuple(spot.verdict for spot in spots))
            yield verdict, f"{_said(spots)} · beside a planted leak, so in no rate", one.shown_id


def _said(spots: Sequence[Spot]) -> str:
    """Where and what readers saw, in words of ours."""
    return "; ".join(list(dict.fromkeys(_spot(spot) for spot in spots))[:4]) or "No place named"


def _spot(spot: Spot) -> str:
    """A place in words: Window title: name (names a person or reaches one, not masked at all)."""
    where = CHANNELS.get(spot.channel, spot.channel)
    what = ENTITIES.get(spot.entity, spot.entity) if spot.entity else ""
    more = [SEVERITIES[spot.severity].partition(":")[0]] if spot.severity else []
    more += [REASONS[spot.reason]] if spot.reason else []
    said = f"{what} ({', '.join(more)})" if what and more else what or ", ".join(more)
    return f"{where}: {said}" if said else where
