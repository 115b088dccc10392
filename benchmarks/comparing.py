"""Comparing groups of people: processor time of permutations and intervals, against their products of matrices."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from benchmarks.ground_floor import Measure
from explorer.measures.map_difference import map_difference
from explorer.measures.mean_interval import mean_intervals
from explorer.measures.paired_difference import way_differences
from explorer.measures.share_interval import share_intervals

PEOPLE, CELLS, PERMUTATIONS = 200, 48 * 27, 2000
MANY_PEOPLE, COMMANDS, DRAWS = 1000, 300, 2000
USES = 500_000


def measures() -> list[Measure]:
    """All measures of the statistics; nothing is read or written."""
    chance = np.random.default_rng(1)
    return [*_maps(chance), *_intervals(chance)]


def _maps(chance: np.random.Generator) -> list[Measure]:
    counts = chance.poisson(chance.gamma(0.5, 2.0, (PEOPLE, CELLS)))
    is_a, one = np.arange(PEOPLE) % 2 == 0, np.zeros(PEOPLE)
    labels, shares = chance.random((PERMUTATIONS, PEOPLE)), counts / counts.sum(axis=1, keepdims=True)
    products_s = _cpu_s(lambda: (labels @ shares, labels @ shares**2))
    found = []
    for words, person in (("other people", np.arange(PEOPLE)), ("the same people", np.arange(PEOPLE) // 2)):
        cpu_s = _cpu_s(lambda person=person: map_difference(counts, is_a, person, one))
        found.append(
            Measure(
                f"two maps, {words}: {PEOPLE} x {CELLS:,} cells x {PERMUTATIONS:,}", cpu_s, "s", 1.0,
                f"{cpu_s / products_s:.1f} x its two matrix products, all at once ({products_s:.3f} s)",
            )
        )  # fmt: skip
    return found


def _intervals(chance: np.random.Generator) -> list[Measure]:
    values = chance.gamma(1.0, 1.0, (MANY_PEOPLE, COMMANDS))
    values[chance.random(values.shape) < 0.5] = np.nan
    there = ~np.isnan(values) * 1.0
    draws = chance.random((DRAWS, MANY_PEOPLE))
    products_s = _cpu_s(lambda: [draws @ there for _ in range(3)])
    means_s = _cpu_s(lambda: mean_intervals(values, draws_n=DRAWS))
    possible = chance.poisson(5.0, values.shape)
    used = chance.binomial(possible, 0.6)
    uses = (chance.integers(0, MANY_PEOPLE, USES), chance.integers(0, COMMANDS, USES),
            chance.random(USES) < 0.5, chance.lognormal(0, 1, USES))  # fmt: skip
    size = f"{MANY_PEOPLE:,} people x {COMMANDS} commands"
    return [
        Measure(f"means with intervals, {size} x {DRAWS:,}", means_s, "s", 1.0,
                f"{means_s / products_s:.1f} x three matrix products ({products_s:.3f} s)"),
        Measure(f"shares with intervals, {size}", _cpu_s(lambda: share_intervals(used, possible)), "s", 0.1),
        Measure(f"two ways from {USES:,} uses, {size}", _cpu_s(lambda: way_differences(*uses)), "s", 2.0),
    ]  # fmt: skip


def _cpu_s(work: Callable[[], object]) -> float:
    """Processor seconds of all threads; the better one of two runs."""
    took = []
    for _ in range(2):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took)
