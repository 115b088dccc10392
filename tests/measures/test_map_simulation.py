"""Comparing maps again and again: sides that do not differ, and sides that do.

docs/decisions/comparing-groups.md has the same simulations with more runs.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from explorer.measures.map_difference import MapDifference, map_difference

from .cohorts import CELLS_N, FROM, TO, Ints, people

RUNS_N = 200
# Lit in at most 5 % of runs. Of 200 runs that are more than 20 only once in 300 times, where it is exactly 5 %.
MOST_LIT_N = 20

Made = tuple[Ints, Ints]  # events by person and cell, and the system of each person


def _side(chance: np.random.Generator, first_n: int, second_n: int = 0, *, moved_share: float = 0.0) -> Made:
    system = np.repeat([0, 1], [first_n, second_n])
    return people(chance, system, moved_share=moved_share), system


def _with_an_extreme_person(chance: np.random.Generator) -> tuple[Made, Made]:
    a, b = _side(chance, 12), _side(chance, 12)
    a[0][0] = chance.multinomial(3_000_000, np.eye(CELLS_N)[chance.integers(CELLS_N)] * 0.9 + 0.1 / CELLS_N)
    return a, b


NOTHING: dict[str, Callable[[np.random.Generator], tuple[Made, Made]]] = {
    "equal sizes": lambda chance: (_side(chance, 15), _side(chance, 15)),
    "as few as there may be": lambda chance: (_side(chance, 5), _side(chance, 5)),
    "unequal sizes": lambda chance: (_side(chance, 6), _side(chance, 30)),
    "one extreme person": _with_an_extreme_person,
    "other systems": lambda chance: (_side(chance, 14, 3), _side(chance, 4, 15)),
}


def compared(a: Made, b: Made, seed: int) -> MapDifference:
    (a_counts, a_system), (b_counts, b_system) = a, b
    is_a = np.arange(len(a_system) + len(b_system)) < len(a_system)
    return map_difference(
        np.concatenate([a_counts, b_counts]), is_a, np.arange(len(is_a)), np.concatenate([a_system, b_system]),
        permutations_n=199, seed=seed,
    )  # fmt: skip


@pytest.mark.parametrize("which", NOTHING)
def test_sides_that_do_not_differ_are_rarely_told_apart(which: str) -> None:
    lit_n = sum(_is_lit(which, run) for run in range(RUNS_N))
    assert lit_n <= MOST_LIT_N


def _is_lit(which: str, run: int) -> bool:
    a, b = NOTHING[which](np.random.default_rng([run, 1]))
    return bool(compared(a, b, run).is_distinct.any())


def test_the_same_people_twice_are_rarely_told_apart() -> None:
    lit_n = 0
    for run in range(RUNS_N):
        chance = np.random.default_rng([run, 2])
        own = 20 * chance.dirichlet(np.full(CELLS_N, 0.3), 12) + 1e-6
        places = [chance.gamma(own) for _ in range(2)]
        counts = [chance.poisson(200 * one / one.sum(axis=1, keepdims=True)) for one in places]
        got = map_difference(np.concatenate(counts), np.arange(24) < 12, np.tile(np.arange(12), 2),
                             np.zeros(24), permutations_n=199, seed=run)  # fmt: skip
        assert got.method == "paired_sign_flip"
        lit_n += got.is_distinct.any()
    assert lit_n <= MOST_LIT_N


def test_these_people_would_fool_a_test_that_counts_events() -> None:
    """The simulation is a hard one: a test of two proportions in each cell, with Bonferroni, nearly always errs."""
    fooled_n = 0
    for run in range(20):
        (a, _), (b, _) = NOTHING["equal sizes"](np.random.default_rng([run, 1]))
        of_a, of_b = a.sum(axis=0), b.sum(axis=0)
        share = (of_a + of_b) / (of_a.sum() + of_b.sum())
        error = np.sqrt(share * (1 - share) * (1 / of_a.sum() + 1 / of_b.sum()))
        z = np.abs(of_a / of_a.sum() - of_b / of_b.sum()) / np.maximum(error, 1e-12)
        fooled_n += z.max() > 3.34  # 0.05 / 60 cells, two-sided
    assert fooled_n >= 19


def test_these_systems_would_fool_a_test_that_knows_none() -> None:
    fooled_n = 0
    for run in range(20):
        (a, _), (b, _) = NOTHING["other systems"](np.random.default_rng([run, 1]))
        fooled_n += compared((a, np.zeros(len(a))), (b, np.zeros(len(b))), run).is_distinct.any()
    assert fooled_n >= 12  # 16 expected


@pytest.mark.parametrize(
    ("a_n", "b_n", "moved_share", "least_n"),
    # Of 50 runs; measured in 1,000 runs: 0.96, 0.74, 0.54. Less three standard errors.
    [(20, 20, 0.5, 42), (40, 40, 0.25, 27), (8, 40, 0.5, 16)],
)
def test_a_shift_is_found_where_it_is(a_n: int, b_n: int, moved_share: float, least_n: int) -> None:
    found_n = elsewhere_n = 0
    for run in range(50):
        chance = np.random.default_rng([run, 3])
        got = compared(_side(chance, a_n), _side(chance, b_n, moved_share=moved_share), run)
        found_n += got.is_distinct[TO].any() or got.is_distinct[FROM].any()
        elsewhere = np.setdiff1d(np.flatnonzero(got.is_distinct), np.concatenate([TO, FROM]))
        elsewhere_n += len(elsewhere) > 0
        assert (got.t[TO][got.is_distinct[TO]] < 0).all()
        assert (got.t[FROM][got.is_distinct[FROM]] > 0).all()
    assert found_n >= least_n
    assert elsewhere_n <= 9  # 2.5 expected at most
