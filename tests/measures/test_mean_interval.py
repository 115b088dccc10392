"""Means over people with intervals: the same resampled people for all columns, and how often the ends hold."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from explorer.measures.mean_interval import MeanIntervals, _draws, mean_intervals
from explorer.measures.student import t_quantile

Shape = tuple[int, int]


def ends(one: MeanIntervals) -> np.ndarray:
    return np.array([one.mean, one.lo, one.hi])


def test_means_and_people() -> None:
    values = np.array([[1.0, np.nan], [2.0, 5.0], [3.0, 6.0], [4.0, 7.0], [10.0, 8.0]])
    got = mean_intervals(values)
    assert got.people_n.tolist() == [5, 4]
    assert got.mean[0] == 4.0
    assert got.lo[0] < 4.0 < got.hi[0]
    assert np.isnan(ends(got)[:, 1]).all()  # four people are too few


def test_each_end_is_that_of_student_or_wider() -> None:
    values = np.random.default_rng(0).gamma(1.0, 1.0, (12, 30))
    got = mean_intervals(values)
    reach = t_quantile(0.975, 11) * values.std(axis=0, ddof=1) / np.sqrt(12)
    assert (got.lo <= got.mean - reach + 1e-12).all()
    assert (got.hi >= got.mean + reach - 1e-12).all()
    # Where values are skewed the bootstrap-t is the wider one, on the side of the long tail.
    assert np.mean(got.hi > got.mean + 1.01 * reach) > 0.8
    turned = mean_intervals(-values)
    assert np.mean(turned.lo < turned.mean - 1.01 * reach) > 0.8


def test_the_bootstrap_t_written_out() -> None:
    values = np.random.default_rng(1).gamma(0.5, 1.0, 9)
    got = mean_intervals(values[:, None], draws_n=4000)
    chance = np.random.default_rng(99)
    drawn = values[chance.integers(0, 9, (40_000, 9))]
    variance = np.maximum(drawn.var(axis=1, ddof=1), 0.05 * values.var(ddof=1))
    t = (drawn.mean(axis=1) - values.mean()) / np.sqrt(variance / 9)
    farthest = values.mean() - np.quantile(t, 0.025) * values.std(ddof=1) / 3
    assert got.hi[0] == pytest.approx(farthest, rel=0.1)


def test_draws_with_fewer_than_two_of_the_people_do_not_count() -> None:
    """Five of forty people have a value: one draw in thirty holds none of them, or one only."""
    values = np.full((40, 1), np.nan)
    values[3:8, 0] = [0.0, 0.1, 0.3, 1.0, 4.0]
    own = values[3:8, 0]
    t = []
    for times in np.concatenate(list(_draws(40, 2000, 0)))[:, 3:8].astype(int):
        drawn = np.repeat(own, times)
        if len(drawn) >= 2:
            variance = max(drawn.var(ddof=1), 0.05 * own.var(ddof=1))
            t.append((drawn.mean() - own.mean()) / np.sqrt(variance / len(drawn)))
    assert 1850 < len(t) < 2000
    got = mean_intervals(values)
    lowest, highest = np.sort(t)[[int(0.025 * (len(t) - 1)), int(0.975 * (len(t) - 1)) + 1]]
    error, reach = own.std(ddof=1) / np.sqrt(5), t_quantile(0.975, 4)
    assert got.lo[0] == pytest.approx(own.mean() - max(highest, reach) * error)
    assert got.hi[0] == pytest.approx(own.mean() - min(lowest, -reach) * error)


def test_the_same_people_are_drawn_for_every_column() -> None:
    values = np.random.default_rng(2).normal(size=(20, 1))
    got = mean_intervals(np.column_stack([values, 3 * values + 1, -values]))
    assert ends(got)[:, 1] == pytest.approx(3 * ends(got)[:, 0] + 1)
    assert ends(got)[[0, 2, 1], 2] == pytest.approx(
        -ends(got)[:, 0], rel=0.02
    )  # quantiles lie between two draws
    alone = mean_intervals(values)
    assert ends(alone)[:, 0] == pytest.approx(ends(got)[:, 0], abs=1e-12)


def test_the_same_seed_gives_the_same_whatever_is_held_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(3).normal(size=(15, 4))
    got = mean_intervals(values, seed=5)
    assert np.array_equal(ends(got), ends(mean_intervals(values, seed=5)))
    assert not np.array_equal(ends(got), ends(mean_intervals(values, seed=6)))
    monkeypatch.setattr("explorer.measures.mean_interval._BLOCK_N", 100)
    assert ends(mean_intervals(values, seed=5)) == pytest.approx(ends(got))


def test_people_who_are_all_the_same() -> None:
    got = mean_intervals(np.full((6, 1), 0.1))
    assert ends(got)[:, 0] == pytest.approx([0.1, 0.1, 0.1])


def test_no_columns_and_no_people() -> None:
    assert mean_intervals(np.zeros((7, 0))).mean.shape == (0,)
    assert np.isnan(ends(mean_intervals(np.zeros((0, 2))))).all()


def test_the_least_number_of_people_cannot_be_lowered() -> None:
    with pytest.raises(ValueError, match="may not go below 5"):
        mean_intervals(np.zeros((4, 1)), min_people=4)


MADE: dict[str, tuple[Callable[[np.random.Generator, Shape], np.ndarray], float, float]] = {
    "bell": (lambda chance, shape: chance.normal(0.8, 1.0, shape), 0.8, 0.94),
    "heavy tails": (lambda chance, shape: chance.standard_t(3, shape), 0.0, 0.94),
    "skewed": (lambda chance, shape: chance.gamma(2.0, 1.0, shape), 2.0, 0.93),
    "half of them at nothing": (
        lambda chance, shape: (chance.random(shape) < 0.5) * chance.lognormal(0, 0.7, shape)
        + chance.normal(0, 0.02, shape), 0.5 * float(np.exp(0.245)), 0.92),
    "very skewed": (lambda chance, shape: chance.lognormal(0, 1, shape), float(np.exp(0.5)), 0.88),
}  # fmt: skip


@pytest.mark.parametrize("people_n", [5, 8, 12, 20, 50])
@pytest.mark.parametrize("which", MADE)
def test_intervals_hold(which: str, people_n: int) -> None:
    """Of 1,000 intervals. The last number of each kind is what was measured at worst, less two standard errors."""
    make, truth, least = MADE[which]
    got = mean_intervals(make(np.random.default_rng(people_n), (people_n, 1000)), draws_n=1000)
    assert np.mean((got.lo <= truth) & (truth <= got.hi)) >= least


@pytest.mark.parametrize("people_n", [5, 12])
def test_intervals_of_commands_that_few_people_use_hold_too(people_n: int) -> None:
    chance = np.random.default_rng(people_n)
    values = chance.gamma(2.0, 1.0, (100, 800))
    values[chance.random(values.shape).argsort(axis=0).argsort(axis=0) >= people_n] = np.nan
    got = mean_intervals(values, draws_n=1000)
    assert (got.people_n == people_n).all()
    assert np.mean((got.lo <= 2.0) & (got.hi >= 2.0)) >= 0.93
