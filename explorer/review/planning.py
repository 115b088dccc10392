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
from explorer.review.plan import FLAGGED, REST, Draft, Plan, Stratum
from explorer.review.sizes import sizes_of
from explorer.review.terms import Terms
from explorer.scan import folder, registry
from explorer.store.review_rows import PlanRow, now_us


def drafted(engine: Engine, population: Population, terms: Terms, attempt: int) -> tuple[Draft, Kept]:
    """What the terms mean for a population, and the population with its flagged moments."""
    scan = folder.latest(engine)
    rows = np.empty(0, np.int64)
    if scan is not None and not scan.is_stale and terms.census_from is not None:
        rows = flagged(engine, population, scan.findings).at_least(terms.census_from)
    kept = kept_of(population, rows)
    census = kept.part(is_flagged=True)
    rest_n = population.moments_n - len(census)
    alpha = attempt_alpha(terms.confidence, attempt)
    sizes = sizes_of(terms, population.moments_n, rest_n, alpha)
    strata = Stratum(FLAGGED, len(census), len(census), True), Stratum(REST, rest_n, sizes.sampled_n, False)
    looks_n = len({unit for _, unit in census}) + sizes.sampled_n
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
    flagged_ids = [moment_id for moment_id, _ in kept.part(is_flagged=True)]
    return Plan(
        plan_id=secrets.token_hex(16), dataset_id=dataset_id, lineage_id=lineage_id, terms=draft.terms,
        strata=draft.strata, attempt=draft.attempt, alpha=draft.alpha, moments_n=draft.population.moments_n,
        units_n=draft.population.units_n, sessions_n=draft.population.sessions_n,
        population_sha256=draft.population.fingerprint, flagged_sha256=sha256_hex("\n".join(flagged_ids)),
        key_id=key_id(key), planted_n=draft.planted_n, repeated_n=draft.repeated_n, planner=planner,
        versions={"trace-explorer": __version__, "checks": registry.versions()},
        earlier=tuple((one.plan_id, one.commitment) for one in earlier), committed_utc_us=now_us(), commitment="",
    )  # fmt: skip
