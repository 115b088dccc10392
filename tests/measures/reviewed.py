"""Made-up collections and reviews of them, many at a time, for tests and benchmarks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from explorer.measures.review_decision import Found, Rules, decide
from explorer.measures.strata_bounds import StratumCount

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Collection:
    """Moments: session, app and unit of each, and whether the checks flagged it."""

    session: Ints
    app: Ints
    unit: Ints
    is_flagged: Bools


def collection(moments_n: int = 600) -> Collection:
    """30 sessions, apps from a third of all moments down to a fiftieth, one unit in ten merged; a 15th flagged."""
    at = np.arange(moments_n)
    bounds = (np.cumsum([0.34, 0.3, 0.2, 0.14]) * moments_n).astype(np.int64)
    unit = np.where(at % 50 < 5, at // 50 * 50, at)
    return Collection(at * 30 // moments_n, np.searchsorted(bounds, at, side="right"), unit, at % 15 == 7)


# Where all leaks of the moments that were not flagged lie. Each gives an order in which moments come to leak.
PLACES: dict[str, Callable[[Collection], Ints]] = {
    "anywhere": lambda of: np.random.default_rng(1).permutation(len(of.unit)),
    "the smallest app": lambda of: np.argsort(-of.app, kind="stable"),
    "one session": lambda of: np.argsort(of.session != 17, kind="stable"),
    "merged units": lambda of: np.argsort(-np.unique(of.unit, return_inverse=True, return_counts=True)[2][
        np.unique(of.unit, return_inverse=True)[1]], kind="stable"),
}  # fmt: skip


def leaking(of: Collection, place: str, leaks_n: int) -> Bools:
    """So many moments that leak, none of them flagged."""
    order = PLACES[place](of)
    leaks = np.zeros(len(order), np.bool_)
    leaks[order[~of.is_flagged[order]][:leaks_n]] = True
    return leaks


def counted_draws(chance: np.random.Generator, is_leak: Bools, drawn_n: int, runs_n: int) -> Ints:
    """Leaks among the first `drawn_n` of random orders of moments, for each run."""
    order = chance.random((runs_n, len(is_leak))).argpartition(max(0, drawn_n - 1), axis=1)[:, :drawn_n]
    return np.asarray(is_leak[order].sum(axis=1), np.int64)


class Decider:
    """Outcomes of one plan, by what was found; each is decided once."""

    def __init__(self, rules: Rules, census_n: int, rest_n: int, drawn_n: int, planted_n: int = 0) -> None:
        census = StratumCount(census_n, census_n, 0, 0, is_census=True)

        def outcome(k: int, planted_found_n: int) -> str:
            strata = [census, StratumCount(rest_n, drawn_n, k, k)]
            return decide(rules, Found(strata, 0, planted_n, planted_found_n, is_finished=True)).outcome

        self._outcome = cache(outcome)

    def are(self, outcome: str, counted_n: Ints, planted_found_n: Ints | None = None) -> Bools:
        """Which runs end like this."""
        planted = np.zeros_like(counted_n) if planted_found_n is None else planted_found_n
        pairs, place = np.unique(np.stack([counted_n, planted]), axis=1, return_inverse=True)
        decided = np.array([self._outcome(int(k), int(found_n)) == outcome for k, found_n in pairs.T])
        return np.asarray(decided[place.ravel()], np.bool_)
