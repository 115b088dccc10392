"""Who is compared: nobody twice, and nobody without a counterpart."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.errors import TooFewPeople
from explorer.measures.compared_people import Compared, LeftOut, compared_people


def chosen(a: str, b: str, *, idle: str = "", strata: str = "", min_people: int = 5) -> Compared:
    """Letters are people, on side A and on side B; `idle` ones have no events on A; `strata` by row, A then B."""
    person = np.array(list(a + b))
    is_a = np.arange(len(person)) < len(a)
    has_events = ~(is_a & np.isin(person, list(idle)))
    return compared_people(has_events, is_a, person, np.array(list(strata or "x" * len(person))), min_people)


def names(one: Compared, a: str, b: str) -> tuple[str, str]:
    return tuple("".join((a + b)[row] for row in rows) for rows in (one.a_rows, one.b_rows))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("a", "b", "is_paired", "kept", "left_out"),
    [
        ("abcde", "fghijk", False, ("abcde", "fghijk"), LeftOut()),
        ("abcdef", "fedcba", True, ("abcdef", "abcdef"), LeftOut()),
        # Six on both sides against 5 and 5 on one: those on both are more.
        ("abcdef12345", "abcdef67890", True, ("abcdef", "abcdef"), LeftOut(one_side_n=10)),
        # Five against five: those on both sides, each their own counterpart.
        ("abcde12345", "abcde67890", True, ("abcde", "abcde"), LeftOut(one_side_n=10)),
        # Five on both, 6 and 7 on one side only.
        ("abcde123456", "abcdeABCDEFG", False, ("123456", "ABCDEFG"), LeftOut(both_sides_n=5)),
        # Many on one side do not help where the other has few: 2 / (1/5 + 1/20) is 8, fewer than 9.
        ("abcdefghi12345", "abcdefghiABCDEFGHIJKLMNOPQRST", True, ("abcdefghi",) * 2, LeftOut(one_side_n=25)),
        # Too few on one side only: they cannot be compared, however few are on both.
        ("abcde1234", "abcdeABCDEFGHIJ", True, ("abcde", "abcde"), LeftOut(one_side_n=14)),
    ],
)
def test_the_larger_group_is_compared(
    a: str, b: str, is_paired: bool, kept: tuple[str, str], left_out: LeftOut
) -> None:
    got = chosen(a, b)
    assert (got.is_paired, names(got, a, b), got.left_out) == (is_paired, kept, left_out)


def test_who_has_no_events_on_a_side_is_not_on_it() -> None:
    got = chosen("abcdefg", "abcdefg", idle="cg")
    assert names(got, "abcdefg", "abcdefg") == ("abdef", "abdef")
    assert got.left_out == LeftOut(a_without_events_n=2, one_side_n=2)


def test_a_system_that_one_side_lacks_is_left_out() -> None:
    got = chosen("abcdefg", "ABCDEF", strata="xxxxxmm" + "xxxxxl")
    assert names(got, "abcdefg", "ABCDEF") == ("abcde", "ABCDE")
    assert got.left_out == LeftOut(unmatched_n=3)


@pytest.mark.parametrize(
    ("a", "b", "strata"),
    [
        ("abcd", "ABCDE", ""),
        ("abcde", "ABCD", ""),
        ("abcd", "abcd", ""),
        ("abcde", "abcdA", ""),
        ("abcde", "ABCDE", "xxxxyxxxxx"),
        ("abcde", "ABCDE", "xxxxxyyyyy"),
        ("", "ABCDE", ""),
        ("", "", ""),
    ],
)
def test_too_few_are_refused(a: str, b: str, strata: str) -> None:
    with pytest.raises(TooFewPeople, match="fewer than 5 people"):
        chosen(a, b, strata=strata)


def test_a_person_twice_on_a_side_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="two rows on one side"):
        chosen("abcdea", "ABCDE")


def test_the_least_number_of_people_cannot_be_lowered() -> None:
    with pytest.raises(ValueError, match="may not go below 5"):
        chosen("abcd", "ABCD", min_people=4)
