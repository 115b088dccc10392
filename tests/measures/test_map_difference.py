"""Two maps compared: shares by person, what is tested, and what is said where there are too few people."""

from __future__ import annotations

from dataclasses import astuple
from itertools import combinations

import numpy as np
import pytest

from explorer.errors import TooFewPeople
from explorer.measures.map_difference import MapDifference, map_difference
from explorer.measures.squared_t import FLOOR

A_N, B_N, CELLS_N = 6, 8, 12


def counts_of(people_n: int, seed: int, cells_n: int = CELLS_N) -> np.ndarray:
    """People with very different numbers of events, each with favourite places."""
    chance = np.random.default_rng(seed)
    places = chance.dirichlet(np.full(cells_n, 0.7), people_n)
    events_n = chance.lognormal(4, 1.5, people_n).astype(int) + 20
    return np.array([chance.multinomial(n, place) for n, place in zip(events_n, places, strict=True)])


def compared(a: np.ndarray, b: np.ndarray, **given: object) -> MapDifference:
    """Different people on the sides, unless `person` says otherwise; one system, unless `stratum` does."""
    rows_n = len(a) + len(b)
    person, stratum = given.pop("person", np.arange(rows_n)), given.pop("stratum", np.zeros(rows_n))
    return map_difference(np.concatenate([a, b]), np.arange(rows_n) < len(a), person, stratum, **given)  # type: ignore[arg-type]


def same(one: MapDifference, other: MapDifference) -> bool:
    return all(
        np.array_equal(x, y, equal_nan=isinstance(x, np.ndarray) and x.dtype.kind == "f")
        for x, y in zip(astuple(one), astuple(other), strict=True)
    )


def planted(people_n: int, seed: int) -> np.ndarray:
    """The same, but half of what would lie in the first three cells lies in the last one."""
    counts = counts_of(people_n, seed)
    moved = counts[:, :3] // 2
    counts[:, :3] -= moved
    counts[:, -1] += moved.sum(axis=1)
    return counts


def test_maps_are_means_of_shares_whoever_has_more_events() -> None:
    a, b = counts_of(A_N, 1) + 1, counts_of(B_N, 2) + 1
    got = compared(a, b)
    a_share, b_share = ((side / side.sum(axis=1, keepdims=True)).mean(axis=0) for side in (a, b))
    assert got.a_share == pytest.approx(a_share)
    assert got.b_share == pytest.approx(b_share)
    assert got.difference_share == pytest.approx(a_share - b_share)
    assert (got.a_n, got.b_n, got.method) == (A_N, B_N, "welch_permutation")
    assert got.a_share.sum() == pytest.approx(1)
    busier = a * np.array([1, 1000, 1, 1, 30, 1])[:, None]
    assert same(compared(busier, b), got)


def test_p_against_every_labeling_written_out() -> None:
    a, b = planted(A_N, 3) + 1, counts_of(B_N, 4) + 1
    got = compared(a, b, permutations_n=3003)
    shares = np.concatenate([a / a.sum(axis=1, keepdims=True), b / b.sum(axis=1, keepdims=True)])

    def t_of(on_a: tuple[int, ...]) -> np.ndarray:
        one, other = shares[list(on_a)], np.delete(shares, on_a, axis=0)
        error = one.var(axis=0, ddof=1) / A_N + other.var(axis=0, ddof=1) / B_N
        least = FLOOR * shares.var(axis=0, ddof=1) * (1 / A_N + 1 / B_N)
        return (one.mean(axis=0) - other.mean(axis=0)) / np.sqrt(np.maximum(error, least))

    largest = np.array([np.abs(t_of(on_a)).max() for on_a in combinations(range(A_N + B_N), A_N)])
    observed = t_of(tuple(range(A_N)))
    assert (got.is_exact, got.permutations_n, got.p_smallest) == (True, 3003, pytest.approx(1 / 3003))
    assert got.t == pytest.approx(observed)
    assert got.p == pytest.approx([(largest >= abs(t) - 1e-9).mean() for t in observed])
    assert (got.is_distinct == (got.p <= 0.05)).all()


def test_random_permutations_come_close_to_all_of_them() -> None:
    a, b = planted(A_N, 3) + 1, counts_of(B_N, 4) + 1
    exact, drawn = compared(a, b, permutations_n=3003), compared(a, b, permutations_n=3002)
    assert (drawn.is_exact, drawn.permutations_n, drawn.p_smallest) == (False, 3002, 1 / 3003)
    assert np.abs(drawn.p - exact.p).max() < 0.03  # three standard errors at p = 0.5
    assert same(compared(a, b, permutations_n=3002), drawn)
    assert not same(compared(a, b, permutations_n=3002, seed=1), drawn)


def test_the_same_people_on_both_sides_are_compared_with_themselves() -> None:
    a, b = planted(7, 5) + 1, counts_of(7, 6) + 1
    order = np.array([3, 1, 0, 2, 6, 5, 4])
    got = compared(a, b[order], person=np.concatenate([np.arange(7), order]))
    assert (got.method, got.a_n, got.b_n) == ("paired_sign_flip", 7, 7)
    assert (got.is_exact, got.permutations_n, got.p_smallest) == (True, 128, 2 / 128)
    differences = a / a.sum(axis=1, keepdims=True) - b / b.sum(axis=1, keepdims=True)
    assert got.difference_share == pytest.approx(differences.mean(axis=0))
    assert got.t == pytest.approx(differences.mean(axis=0) / (differences.std(axis=0, ddof=1) / np.sqrt(7)))


@pytest.mark.parametrize("is_same_person", [True, False])
def test_a_map_minus_itself_is_exactly_zero(is_same_person: bool) -> None:
    a = counts_of(23, 7)
    person = np.tile(np.arange(23), 2) if is_same_person else np.arange(46)
    got = compared(a, a, person=person, stratum=np.tile(np.arange(23) % 3, 2))
    shown = ~got.is_withheld
    assert got.method == ("paired_sign_flip" if is_same_person else "welch_permutation")
    assert (got.difference_share[shown] == 0).all()
    assert (got.t[shown] == 0).all()
    assert (got.p[shown] == 1).all()
    assert not got.is_distinct.any()


def test_sides_exchanged_turn_the_difference_round() -> None:
    a, b = planted(A_N, 3) + 1, counts_of(B_N, 4) + 1
    one, other = compared(a, b, permutations_n=3003), compared(b, a, permutations_n=3003)
    assert one.difference_share == pytest.approx(-other.difference_share)
    assert one.t == pytest.approx(-other.t)
    assert one.p == pytest.approx(other.p)


def test_systems_that_differ_do_not_look_like_a_difference_of_the_sides() -> None:
    """On one system everybody works at the left, on the other at the right; side A has more of the first."""
    left, right = np.zeros((2, CELLS_N), int)
    left[:4], right[8:] = 40, 40
    a_left = np.arange(20) < 16
    b_left = np.arange(20) < 4
    a, b = (counts_of(20, seed) + np.where(is_left[:, None], left, right) * 50
            for seed, is_left in ((8, a_left), (9, b_left)))  # fmt: skip
    stratum = np.concatenate([a_left, b_left])
    blind, got = compared(a, b), compared(a, b, stratum=stratum)
    assert blind.is_distinct.all(where=(left + right) > 0)
    assert not got.is_distinct.any()
    assert np.abs(got.difference_share).max() < 0.1 < np.abs(got.a_share - got.b_share).max()
    within = [
        [(side / side.sum(axis=1, keepdims=True))[kept].mean(axis=0) for side, kept in ((a, a_on), (b, b_on))]
        for a_on, b_on in ((a_left, b_left), (~a_left, ~b_left))
    ]
    # 16 against 4 people, and 4 against 16: equal weights.
    assert got.difference_share == pytest.approx(
        (within[0][0] - within[0][1] + within[1][0] - within[1][1]) / 2
    )


def test_a_difference_within_systems_is_found_under_a_large_one_between_them() -> None:
    a, b = counts_of(20, 10), counts_of(20, 11)
    is_mac = np.arange(20) < 16, np.arange(20) < 4
    for side, mac in zip((a, b), is_mac, strict=True):
        side[mac, 0] += np.linspace(1, 3, mac.sum()).astype(int) * side[mac].sum(axis=1)
    moved = b[:, 6:] - b[:, 6:] // 4
    b[:, 6:] -= moved
    b[:, 5] += moved.sum(axis=1)
    got = compared(a, b, stratum=np.concatenate(is_mac))
    assert got.is_distinct[5]
    assert not got.is_distinct[:5].any()  # nothing was moved there
    assert got.t[5] < 0 and got.difference_share[5] < 0  # noqa: PT018


def test_too_few_people_to_tell_says_so_and_lights_nothing() -> None:
    """Five people on both sides: a p of 2 in 32 is the smallest there is."""
    a, b = np.tile([90, 10, 50], (5, 1)), np.tile([10, 90, 50], (5, 1))
    got = compared(a, b, person=np.tile(np.arange(5), 2))
    assert (got.p_smallest, got.is_too_few) == (0.0625, True)
    assert got.p.tolist() == [0.0625, 0.0625, 1.0]
    assert not got.is_distinct.any()
    six = compared(np.tile(a[0], (6, 1)), np.tile(b[0], (6, 1)), person=np.tile(np.arange(6), 2))
    assert (six.p_smallest, six.is_too_few) == (2 / 64, False)
    assert six.is_distinct.tolist() == [True, True, False]


def test_one_person_of_each_side_on_every_system_leaves_too_little_to_exchange() -> None:
    a, b = planted(5, 1), counts_of(5, 2)
    got = compared(a, b, stratum=np.tile(np.arange(5), 2))
    assert (got.is_too_few, got.p_smallest, got.permutations_n) == (True, 2 / 32, 32)
    assert not got.is_distinct.any()


def test_people_without_events_are_counted_apart() -> None:
    a, b = counts_of(9, 1), counts_of(7, 2)
    a[[2, 5]] = 0
    got = compared(a, b)
    assert (got.a_n, got.b_n, got.left_out.a_without_events_n) == (7, 7, 2)
    assert same(compared(np.delete(a, [2, 5], axis=0), b), _without_left_out(got))


def _without_left_out(one: MapDifference) -> MapDifference:
    from dataclasses import replace

    return replace(one, left_out=type(one.left_out)())


def test_cells_with_few_people_are_blank_and_no_remainder_tells_them() -> None:
    a, b = counts_of(8, 1) + 5, counts_of(9, 2) + 5
    a[4:, 0] = 0  # four people of A
    a[:, 1] = 0  # nobody of A: that is a figure
    b[1:, 2] = 0  # one person of B
    a[:, 3], b[:, 3] = 0, 0
    got = compared(a, b)
    # The next cell with the fewest people on each side goes with the blank one.
    a_blank, b_blank = np.isnan(got.a_share), np.isnan(got.b_share)
    assert (a_blank[0], a_blank.sum(), b_blank[2], b_blank.sum()) == (True, 2, True, 2)
    assert (got.a_share[1], got.a_share[3], got.difference_share[3], got.p[3]) == (0, 0, 0, 1)
    assert (got.is_withheld == (a_blank | b_blank)).all()
    for values in (got.difference_share, got.t, got.p):
        assert (np.isnan(values) == got.is_withheld).all()
    assert not got.is_distinct[got.is_withheld].any()


def test_a_map_without_a_cell_of_enough_people() -> None:
    got = compared(np.eye(6, 12), np.eye(6, 12, 6))
    assert got.is_withheld.all()
    assert not got.is_distinct.any()


@pytest.mark.parametrize(("a_n", "b_n"), [(4, 9), (9, 4), (0, 9)])
def test_fewer_than_five_people_are_refused(a_n: int, b_n: int) -> None:
    with pytest.raises(TooFewPeople):
        compared(counts_of(a_n, 1) if a_n else np.zeros((0, CELLS_N)), counts_of(b_n, 2))


@pytest.mark.parametrize("wrong", [-1.0, np.nan, np.inf])
def test_counts_that_are_none(wrong: float) -> None:
    a = counts_of(6, 1).astype(float)
    a[0, 0] = wrong
    with pytest.raises(ValueError, match="counts must be"):
        compared(a, counts_of(6, 2))


def test_no_permutation_at_all() -> None:
    with pytest.raises(ValueError, match="at least one"):
        compared(counts_of(6, 1), counts_of(6, 2), permutations_n=0)
