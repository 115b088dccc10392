"""t of many cells under many arrangements, against published values and the formulas written out."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.measures.squared_t import FLOOR, centred, paired, welch

# Hours of sleep that ten people gained by two drugs: "Student", The probable error of a mean, 1908.
FIRST = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
SECOND = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])


def test_published_values() -> None:
    both = np.concatenate([FIRST, SECOND])[:, None]
    labels = np.repeat([1.0, 0.0], 10)[None]
    assert np.sqrt(welch(both - both.mean(), 10)(labels)) == pytest.approx(1.8608, abs=5e-5)
    assert np.sqrt(paired((FIRST - SECOND)[:, None])(np.ones((1, 10)))) == pytest.approx(4.0621, abs=5e-5)


def test_every_cell_and_labeling_as_the_formula_says() -> None:
    chance = np.random.default_rng(3)
    values = centred(chance.gamma(1.0, 1.0, (13, 6)), np.zeros(13, np.int64))
    labels = np.array([chance.permutation(np.arange(13) < 5) for _ in range(40)])
    got = welch(values, 5)(labels.astype(np.float64))
    for row, label in zip(got, labels, strict=True):
        a, b = values[label], values[~label]
        error = np.maximum(
            a.var(axis=0, ddof=1) / 5 + b.var(axis=0, ddof=1) / 8,
            FLOOR * values.var(axis=0, ddof=1) * (1 / 5 + 1 / 8),
        )
        assert row == pytest.approx((a.mean(axis=0) - b.mean(axis=0)) ** 2 / error)


def test_every_cell_and_flip_as_the_formula_says() -> None:
    chance = np.random.default_rng(4)
    differences, signs = chance.normal(0.3, 1.0, (9, 7)), chance.choice([-1.0, 1.0], (30, 9))
    got = paired(differences)(signs)
    for row, sign in zip(got, signs, strict=True):
        turned = differences * sign[:, None]
        error = np.maximum(turned.var(axis=0, ddof=1) / 9, FLOOR * (turned**2).mean(axis=0) / 9)
        assert row == pytest.approx(turned.mean(axis=0) ** 2 / error)


def test_no_variance_within_the_sides_gives_a_finite_t() -> None:
    values = np.repeat([0.25, 0.0], [5, 7])[:, None]
    labels = np.repeat([1.0, 0.0], [5, 7])[None]
    for scale in (1.0, 1e-6):  # the floor has no unit
        t = np.sqrt(welch(centred(scale * values, np.zeros(12, np.int64)), 5)(labels))
        assert t == pytest.approx(np.sqrt(11 / FLOOR))
    assert np.sqrt(paired(np.full((6, 1), 0.1))(np.ones((1, 6)))) == pytest.approx(np.sqrt(6 / FLOOR))


def test_a_cell_where_nobody_differs_has_t_0() -> None:
    same = np.full((12, 1), 1 / 3)
    assert welch(centred(same, np.zeros(12, np.int64)), 5)(np.repeat([1.0, 0.0], [5, 7])[None]) == 0
    assert paired(np.zeros((6, 1)))(np.ones((1, 6))) == 0


def test_values_are_centred_within_each_stratum() -> None:
    got = centred(np.array([[1.0, 0.1], [3.0, 0.1], [10.0, 7.0], [30.0, 8.0]]), np.array([0, 0, 1, 1]))
    assert got.tolist() == [[-1.0, 0.0], [1.0, 0.0], [-10.0, -0.5], [10.0, 0.5]]
