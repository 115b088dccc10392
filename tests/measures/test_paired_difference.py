"""Two ways of the same command by the same person: medians, equal weights, and who says nothing about it."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest

from explorer.errors import TooFewPeople
from explorer.measures.mean_interval import mean_intervals
from explorer.measures.paired_difference import WayDifferences, way_differences

Row = tuple[str, str, bool, float]


def found(rows: list[Row], **given: int) -> WayDifferences:
    person, command, is_shortcut, duration_s = zip(*rows, strict=True)
    return way_differences(person, command, is_shortcut, duration_s, **given)


def pair(person: str, command: str, shortcut_s: float, other_s: float) -> list[Row]:
    return [(person, command, True, shortcut_s), (person, command, False, other_s)]


def people(command: str, *seconds: tuple[float, float]) -> list[Row]:
    return [
        row for who, ways in zip("abcdefghij", seconds, strict=False) for row in pair(who, command, *ways)
    ]


FIVE = ((1.0, 2.0), (1.0, 3.0), (2.0, 2.5), (1.0, 1.5), (1.5, 3.0))


def test_medians_within_a_person_and_command() -> None:
    rows = people("copy", *FIVE)
    # A break in the middle of a menu, and an even number of uses: 0.5, 1, 1.2, 2 have a median of 1.1.
    rows += [("a", "copy", False, 600.0), ("a", "copy", False, 1.9)]
    rows += [("b", "copy", True, 0.5), ("b", "copy", True, 1.2), ("b", "copy", True, 2.0)]
    got = found(rows).overall
    assert got.shortcut_s == pytest.approx((1.0 + 1.1 + 2.0 + 1.0 + 1.5) / 5)
    assert got.other_s == pytest.approx((2.0 + 3.0 + 2.5 + 1.5 + 3.0) / 5)
    assert got.difference_s == pytest.approx(got.other_s - got.shortcut_s)
    assert got.difference_lo_s < got.difference_s < got.difference_hi_s
    assert (got.people_n, got.pairs_n) == (5, 5)


def test_commands_count_the_same_within_a_person_and_people_among_each_other() -> None:
    rows = people("copy", *FIVE) + pair("a", "paste", 1.0, 9.0) + pair("a", "paste", 1.0, 9.0)
    got = found(rows)
    assert got.overall.difference_s == pytest.approx(((1.0 + 8.0) / 2 + 2.0 + 0.5 + 0.5 + 1.5) / 5)
    assert (got.overall.people_n, got.overall.pairs_n) == (5, 6)
    # One person alone is no figure.
    assert (got.command.tolist(), got.few_people_n) == (["copy"], 1)
    assert got.difference_s == pytest.approx([1.1])


def test_who_used_one_way_only_says_nothing_about_the_two() -> None:
    rows = people("copy", *FIVE)
    alone: list[Row] = [("x", "copy", True, 0.1), ("y", "copy", False, 99.0), ("x", "save", False, 50.0)]
    assert same(found(rows + alone), found(rows))


def same(one: WayDifferences, other: WayDifferences) -> bool:
    return all(np.array_equal(x, y) for x, y in zip(astuple(one), astuple(other), strict=True))


def test_the_order_of_rows_does_not_matter() -> None:
    chance = np.random.default_rng(0)
    rows = [(str(chance.integers(9)), ["copy", "paste", "save"][chance.integers(3)], bool(chance.random() < 0.5),
             float(chance.lognormal())) for _ in range(400)]  # fmt: skip
    got = found(rows)
    assert got.command.tolist() == ["copy", "paste", "save"]
    assert same(found([rows[place] for place in chance.permutation(400)]), got)
    assert same(found(rows, seed=0), got)
    assert not same(found(rows, seed=1), got)


def test_intervals_are_those_of_the_people() -> None:
    more = (*FIVE, (1.0, 1.2), (3.0, 2.0))
    got = found(people("copy", *more) + people("undo", *FIVE[::-1]))
    expected = mean_intervals(np.array([[other_s - shortcut_s] for shortcut_s, other_s in more]))
    assert got.people_n.tolist() == [7, 5]
    assert (got.difference_lo_s[0], got.difference_hi_s[0]) == pytest.approx((expected.lo[0], expected.hi[0]))


def test_fewer_than_five_people_with_both_ways_are_refused() -> None:
    rows = (
        people("copy", *FIVE[:4])
        + people("paste", *FIVE[:4])
        + [("e", "copy", True, 1.0), ("e", "paste", False, 1.0)]
    )
    with pytest.raises(TooFewPeople, match="both by its shortcut and otherwise: fewer than 5 people"):
        found(rows)
    with pytest.raises(TooFewPeople):
        way_differences([], [], [], [])


def test_different_commands_of_few_people_each_have_an_overall_figure_alone() -> None:
    rows = [
        row for who, command in zip("abcde", "vwxyz", strict=True) for row in pair(who, command, 1.0, 2.0)
    ]
    got = found(rows)
    assert (got.overall.difference_s, got.overall.people_n) == (1.0, 5)
    assert (got.command.size, got.difference_s.size, got.few_people_n) == (0, 0, 5)


@pytest.mark.parametrize("wrong", [-1.0, np.nan, np.inf])
def test_seconds_that_are_none(wrong: float) -> None:
    with pytest.raises(ValueError, match="seconds must be"):
        found([*people("copy", *FIVE), ("a", "copy", True, wrong)])


@pytest.mark.parametrize("people_n", [5, 12, 30])
def test_the_interval_holds_for_times_as_people_have_them(people_n: int) -> None:
    """Three commands, three uses of each way, log-normal times. Measured 0.93 or more; 200 runs are off by 0.04."""
    held_n, truth_s = 0, _true_difference_s()
    for run in range(200):
        seconds = _made(np.random.default_rng([run, people_n]), people_n)
        person, command, way, _ = np.indices(seconds.shape)
        got = way_differences(
            person.ravel(), command.ravel(), way.ravel() == 1, seconds.ravel(), draws_n=400
        ).overall
        held_n += got.difference_lo_s <= truth_s <= got.difference_hi_s
    assert held_n >= 178


def _made(chance: np.random.Generator, people_n: int) -> np.ndarray:
    """Seconds by person, command, way (other, shortcut) and use."""
    pace = chance.lognormal(0, 0.4, (people_n, 1, 1, 1)) * chance.lognormal(0, 0.4, (people_n, 3, 1, 1))
    return pace * np.array([1.6, 1.0])[:, None] * chance.lognormal(0, 0.6, (people_n, 3, 2, 3))


def _true_difference_s() -> float:
    medians_s = np.median(_made(np.random.default_rng(0), 100_000), axis=3)
    return float((medians_s[:, :, 0] - medians_s[:, :, 1]).mean())
