"""Arrangements of people: all or at random, within strata; and p-values adjusted over many cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import product

import numpy as np
import pytest

from explorer.measures.permutations import Arrangements, adjusted_p, labelings, sign_flips


@pytest.mark.parametrize(
    ("is_a", "stratum", "labelings_n", "p_smallest"),
    [
        ("1100", "xxxx", 6, 2 / 6),
        ("11000", "xxxxx", 10, 1 / 10),  # sides of unequal size have no mirror image
        ("1010", "xxyy", 4, 2 / 4),
        ("110010", "xxxxyy", 12, 2 / 12),
        ("11000100", "xxxxxyyy", 30, 1 / 30),
        ("1111100000", "xxxxxxxxxx", 252, 2 / 252),
        ("1100", "xxyy", 1, 1.0),  # a stratum on one side leaves nothing to exchange
    ],
)
def test_all_labelings_where_they_are_few(
    is_a: str, stratum: str, labelings_n: int, p_smallest: float
) -> None:
    got = labelings(np.array(list(is_a)) == "1", np.array([ord(one) for one in stratum]), 252, seed=0)
    every = [row for row in product("01", repeat=len(is_a)) if _on_a(row, stratum) == _on_a(is_a, stratum)]
    rows = ["".join(map(str, row)) for row in got.rows.tolist()]
    assert got.is_exact
    assert sorted(rows) == sorted(map("".join, every))
    assert (len(rows), got.p_smallest) == (labelings_n, pytest.approx(p_smallest))


def _on_a(labels: Iterable[str], stratum: str) -> Counter[str]:
    return Counter(one for label, one in zip(labels, stratum, strict=True) if label == "1")


def test_random_labelings_keep_every_stratum_and_repeat_for_a_seed() -> None:
    is_a, stratum = np.arange(60) % 3 == 0, np.arange(60) // 25
    got = labelings(is_a, stratum, 500, seed=4)
    assert (got.is_exact, got.rows.shape, got.p_smallest) == (False, (500, 60), 1 / 501)
    for one in range(3):
        assert (got.rows[:, stratum == one].sum(axis=1) == is_a[stratum == one].sum()).all()
    # Each person is on side A as often as the stratum says: 1 in 3, with a standard error of 0.02.
    assert np.abs(got.rows.mean(axis=0) - 1 / 3).max() < 0.1
    assert (labelings(is_a, stratum, 500, seed=4).rows == got.rows).all()
    assert (labelings(is_a, stratum, 500, seed=5).rows != got.rows).any()


def test_one_labeling_more_than_asked_for_means_random_ones() -> None:
    is_a, one = np.arange(10) < 5, np.zeros(10, np.int64)
    assert labelings(is_a, one, 252, 0).is_exact
    assert not labelings(is_a, one, 251, 0).is_exact


def test_sign_flips() -> None:
    all_of_them = sign_flips(5, 32, seed=0)
    assert all_of_them.is_exact
    assert {tuple(row) for row in all_of_them.rows.tolist()} == set(product((1, -1), repeat=5))
    assert all_of_them.p_smallest == 2 / 32
    drawn = sign_flips(11, 2000, seed=1)
    assert (drawn.is_exact, drawn.p_smallest) == (False, 1 / 2001)
    assert set(np.unique(drawn.rows)) == {-1, 1}
    assert np.abs(drawn.rows.mean(axis=0)).max() < 0.1  # standard error 0.022
    assert (sign_flips(11, 2000, seed=1).rows == drawn.rows).all()


def test_p_counts_the_largest_cell_of_each_arrangement() -> None:
    statistics = np.array([[9.0, 1.0], [2.0, 4.0], [3.0, 1.0], [0.0, 0.5]])  # largest: 9, 4, 3, 0.5
    rows = np.arange(4, dtype=np.int8)[:, None]

    def looked_up(block: np.ndarray) -> np.ndarray:
        return statistics[block[:, 0].astype(int)]

    exact = adjusted_p(np.array([9.0, 3.5]), Arrangements(rows, True, 0.25), looked_up)
    assert exact.tolist() == [1 / 4, 2 / 4]
    drawn = adjusted_p(np.array([10.0, 9.0, 3.0, 0.0]), Arrangements(rows, False, 0.2), looked_up)
    assert drawn.tolist() == [1 / 5, 2 / 5, 4 / 5, 5 / 5]


def test_statistics_that_differ_by_rounding_alone_are_equal() -> None:
    rows = np.zeros((1, 1), np.int8)
    p = adjusted_p(np.array([0.3]), Arrangements(rows, True, 1.0), lambda _: np.array([[0.1 + 0.2]]) - 1e-16)
    assert p.tolist() == [1.0]


def test_blocks_hold_every_row_once_in_order() -> None:
    given = sign_flips(12, 3000, seed=0)
    blocks = list(given.blocks(5000))
    assert len(blocks) > 1
    assert max(len(block) for block in blocks) * 5000 * 8 <= 4_000_000
    assert (np.concatenate(blocks) == given.rows).all()
