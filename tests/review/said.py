"""Plans and items made by hand, with what readers said of them; no dataset behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count

from explorer.review import Judged, Plan, Planted, Reading, Spot, Stratum, Terms
from explorer.review.draw import FLAGGED, PLANTED, RANDOM, REPEATED
from explorer.review.plan import FINISHED

_ROWS = count(1)


def plan(*, flagged_n: int, rest_n: int, drawn_n: int, planted_n: int = 0, **terms: object) -> Plan:
    """A finished plan of the first attempt."""
    strata = Stratum("flagged", flagged_n, flagged_n, True), Stratum("rest", rest_n, drawn_n, False)
    return Plan(
        plan_id="p", dataset_id="d", lineage_id="d", terms=Terms(**{"target_rate": 0.05, **terms}), strata=strata,  # type: ignore[arg-type]
        attempt=1, alpha=0.025, moments_n=flagged_n + rest_n, units_n=flagged_n + rest_n, sessions_n=4,
        population_sha256="", flagged_sha256="", key_id="", planted_n=planted_n, repeated_n=0, planner="Ana",
        versions={}, earlier=(), committed_utc_us=0, commitment="", state=FINISHED, was_started=True, seed="5eed",
    )  # fmt: skip


def reading(verdict: str = "clean", *spots: Spot, reader: str = "Cid", role: str = "reader") -> Reading:
    """One verdict; a leak without a place is one in the picture."""
    if verdict in ("leak", "unsure") and not spots:
        spots = (Spot("frame", verdict),)
    return Reading(next(_ROWS), "", "", reader, role, 1, verdict, spots, 1500)


def item(
    name: str, readings: Sequence[Reading], *, moments_n: int = 1, same_n: int = 0, **other: object
) -> Judged:
    """A random item, complete where somebody judged it."""
    moments = tuple(f"{name}-{at}" for at in range(moments_n))
    one = Judged(
        item_id=name,
        kind=RANDOM,
        stratum="rest",
        unit_id=name,
        moments=moments,
        same_n=same_n,
        sessions=(f"s-{name}",),
        app="Mail",
        readings=tuple(readings),
        adjudications=(),
        is_complete=bool(readings),
        repeats=None,
        planted=None,
        pixels_sha256=None,
        sha256=None,
        shown_id=moments[0] if moments else name,
    )
    return replace(one, **other)  # type: ignore[arg-type]


def flagged(name: str, readings: Sequence[Reading], **other: object) -> Judged:
    return item(name, readings, kind=FLAGGED, stratum="flagged", **other)


def again(of: str, readings: Sequence[Reading]) -> Judged:
    return item(f"again-{of}", readings, moments_n=0, kind=REPEATED, stratum=None, repeats=of, sessions=())


def planted(name: str, readings: Sequence[Reading], at: Planted | None = None) -> Judged:
    at = at or Planted("missed", "frame", "EMAIL_ADDRESS", (10, 10, 50, 20))
    return item(name, readings, moments_n=0, kind=PLANTED, stratum=None, planted=at, sessions=())


def clean(names: Iterable[int], **other: object) -> list[Judged]:
    return [item(f"i{name}", [reading()], **other) for name in names]
