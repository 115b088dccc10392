"""What was said of each item: the ground of every figure and of the report. There is no text and no picture here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from explorer.review.desk import Desk
from explorer.review.draw import Item, Planted
from explorer.review.moments import Population
from explorer.review.standing import Reading, Standing

LEAST_TIMES_N = 20


@dataclass(frozen=True)
class Judged:
    """An item with everything that was said of it; `moments` are those drawn, `same_n` others of the same look.

    `shown_id`: the moment that is shown, also of planted and repeated items. `sessions`: those of the drawn moments.
    `app` and the two hashes: of the moment that is shown.
    """

    item_id: str
    kind: str
    stratum: str | None
    unit_id: str
    moments: tuple[str, ...]
    same_n: int
    sessions: tuple[str, ...]
    app: str | None
    readings: tuple[Reading, ...]
    adjudications: tuple[Reading, ...]
    is_complete: bool
    repeats: str | None
    planted: Planted | None
    pixels_sha256: str | None
    sha256: str | None
    shown_id: str

    @property
    def moments_n(self) -> int:
        """Drawn moments that the item stands for; 0 for planted and repeated ones, which carry no weight."""
        return len(self.moments)


@dataclass(frozen=True, slots=True)
class Spent:
    """Time for one item, all people and plans together; None below LEAST_TIMES_N verdicts."""

    role: str
    verdicts_n: int
    median_ms: int | None
    p90_ms: int | None


def judged_of(desk: Desk, standing: Standing, population: Population) -> list[Judged]:
    """All items of a plan in the order of the queue."""
    names = ("moment_id", "session_id", "app", "pixels_sha256", "sha256")
    wanted = {moment for item in desk.items for moment in (item.moment_id, *item.moments)}
    own = population.moments.select(names)
    own = own.filter(pc.is_in(own["moment_id"], pa.array(sorted(wanted), pa.string())))
    rows = {row["moment_id"]: row for row in own.to_pylist()}
    return [_judged(item, desk, standing, rows) for item in desk.items]


def _judged(item: Item, desk: Desk, standing: Standing, rows: dict[str, dict[str, str | None]]) -> Judged:
    shown = rows[item.moment_id]
    return Judged(
        item.item_id, item.kind, item.stratum, item.unit_id, item.moments, item.same_n,
        tuple(sorted({str(rows[moment]["session_id"]) for moment in item.moments})), shown["app"],
        tuple(standing.readings(item.item_id, "reader")), tuple(standing.readings(item.item_id, "adjudicator")),
        desk.is_complete(standing, item.item_id), item.repeats, item.planted, shown["pixels_sha256"], shown["sha256"],
        item.moment_id,
    )  # fmt: skip


def spent_of(role: str, standings: Iterable[Standing]) -> Spent:
    """How long items take in a role."""
    times: Sequence[int] = [
        one.spent_ms for standing in standings for one in standing.by_row.values() if one.role == role
    ]
    if len(times) < LEAST_TIMES_N:
        return Spent(role, len(times), None, None)
    median, p90 = np.quantile(times, (0.5, 0.9))
    return Spent(role, len(times), round(median), round(p90))
