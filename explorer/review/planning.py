"""From terms to a plan: strata and sizes as the dataset is now, and what the plan commits to."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import numpy as np

from explorer._version import __version__
from explorer.engine import Engine
from explorer.measures.sensitivity import attempt_alpha
from explorer.review.changes import Kept, kept_of
from explorer.review.flagged import flagged
from explorer.review.keys import key_id, sha256_hex
from explorer.review.moments import Population
from explorer.review.plan import CHANGED, FLAGGED, REST, Draft, Plan, Stratum
from explorer.review.sizes import sizes_of
from explorer.review.terms import Terms
from explorer.scan import folder, registry
from explorer.store.review_rows import PlanRow, now_us


def drafted(
    engine: Engine, population: Population, terms: Terms, attempt: int, before: Kept | None
) -> tuple[Draft, Kept]:
    """What the terms mean for a population, and the population with its flagged moments.

    before: what the plan committed to that this one follows; what is other since is reviewed in full.
    """
    scan = folder.latest(engine)
    rows = np.empty(0, np.int64)
    if scan is not None and not scan.is_stale and terms.census_from is not None:
        rows = flagged(engine, population, scan.findings).at_least(terms.census_from)
    kept = kept_of(population, rows, before)
    census = {name: kept.part(name) for name in ((FLAGGED,) if before is None else (FLAGGED, CHANGED))}
    rest_n = population.moments_n - sum(map(len, census.values()))
    alpha = attempt_alpha(terms.confidence, attempt)
    sizes = sizes_of(terms, population.moments_n, rest_n, alpha)
    in_full = (Stratum(name, len(own), len(own), True) for name, own in census.items())
    strata = *in_full, Stratum(REST, rest_n, sizes.sampled_n, False)
    looks_n = len({unit for own in census.values() for _, unit in own}) + sizes.sampled_n
    draft = Draft(
        terms, population, strata, attempt, alpha, looks_n + sizes.planted_n + sizes.repeated_n, sizes.planted_n,
        sizes.repeated_n, scan is not None, scan is not None and scan.is_stale,
    )  # fmt: skip
    return draft, kept


def planned(
    draft: Draft,
    kept: Kept,
    *,
    key: bytes,
    dataset_id: str,
    lineage_id: str,
    planner: str,
    earlier: Sequence[PlanRow],
) -> Plan:
    """A plan that commits to what was drafted, and to every plan that was there before."""
    flagged_ids = [moment_id for moment_id, _ in kept.part(FLAGGED)]
    changed = None if draft.terms.follows is None else sha256_hex("\n".join(kept.changed_ids()))
    return Plan(
        plan_id=secrets.token_hex(16), dataset_id=dataset_id, lineage_id=lineage_id, terms=draft.terms,
        strata=draft.strata, attempt=draft.attempt, alpha=draft.alpha, moments_n=draft.population.moments_n,
        units_n=draft.population.units_n, sessions_n=draft.population.sessions_n,
        population_sha256=draft.population.fingerprint, flagged_sha256=sha256_hex("\n".join(flagged_ids)),
        key_id=key_id(key), planted_n=draft.planted_n, repeated_n=draft.repeated_n, planner=planner,
        versions={"trace-explorer": __version__, "checks": registry.versions()},
        earlier=tuple((one.plan_id, one.commitment) for one in earlier), committed_utc_us=now_us(), commitment="",
        changed_sha256=changed,
    )  # fmt: skip
