"""A plan: what was committed to before anything was drawn, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from explorer.errors import StoreError
from explorer.review.keys import sha256_hex
from explorer.review.moments import Population
from explorer.review.terms import Terms, terms_of
from explorer.store.review_log import canonical
from explorer.store.review_rows import PlanRow

FLAGGED, CHANGED, REST = "flagged", "changed", "rest"
COMMITTED, STARTED, FINISHED, ABANDONED = "committed", "started", "finished", "abandoned"


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the population: all of it is reviewed, or `sampled_n` moments that chance draws."""

    name: str
    moments_n: int
    sampled_n: int
    is_census: bool


@dataclass(frozen=True)
class Draft:
    """What terms would mean now; nothing of it is kept. `items_n`: looks at most, with planted and repeated ones."""

    terms: Terms
    population: Population = field(repr=False)
    strata: tuple[Stratum, ...]
    attempt: int
    alpha: float
    items_n: int
    planted_n: int
    repeated_n: int
    has_scan: bool
    is_scan_stale: bool


@dataclass(frozen=True)
class Plan:
    """A plan. `earlier`: id and commitment of each plan that was there before in its lineage.

    `changed_sha256`: of a plan that follows a fix, over the ids of the moments that are not as they were.
    """

    plan_id: str
    dataset_id: str
    lineage_id: str
    terms: Terms
    strata: tuple[Stratum, ...]
    attempt: int
    alpha: float
    moments_n: int
    units_n: int
    sessions_n: int
    population_sha256: str
    flagged_sha256: str
    key_id: str
    planted_n: int
    repeated_n: int
    planner: str
    versions: Mapping[str, str]
    earlier: tuple[tuple[str, str], ...]
    committed_utc_us: int
    commitment: str
    state: str = COMMITTED
    was_started: bool = False
    seed: str | None = None
    items_n: int = 0
    changed_sha256: str | None = None

    @property
    def rest(self) -> Stratum:
        """The stratum from which chance draws."""
        return next(one for one in self.strata if one.name == REST)


_KEPT_APART = ("commitment", "state", "was_started", "seed", "items_n")


def document_of(plan: Plan) -> str:
    """The canonical JSON that a plan commits to."""
    content = {name: value for name, value in vars(plan).items() if name not in _KEPT_APART}
    if plan.changed_sha256 is None:
        del content["changed_sha256"]
    return canonical(
        {
            **content,
            "terms": plan.terms.as_json(),
            "strata": [asdict(one) for one in plan.strata],
            "versions": dict(plan.versions),
            "earlier": [list(one) for one in plan.earlier],
        }
    )


def plan_of(row: PlanRow, where: str) -> Plan:
    """The plan that was kept, as it was committed. Raises StoreError where it is not what its commitment says."""
    if sha256_hex(row.document) != row.commitment:
        raise StoreError("holds a plan that was changed outside of this program", where=where,
                         hint="Restore the store from a backup")  # fmt: skip
    content: dict[str, Any] = json.loads(row.document)
    return Plan(
        **{
            **content,
            "terms": terms_of(content["terms"]),
            "strata": tuple(Stratum(**one) for one in content["strata"]),
            "earlier": tuple((one, other) for one, other in content["earlier"]),
            "commitment": row.commitment,
        }
    )
