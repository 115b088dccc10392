"""Findings of one place: one line for what many pictures of a session show, and never for what differs."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.scan.finding import as_table
from explorer.scan.listed import Choice, Listed
from explorer.scan.same_place import folded, place_numbers
from tests.found_dataset import box, found

SAME = {"entity": "PERSON", **box(1, 2, 3, 4)}
ROWS = [
    found("a", frame_id="a1", score=0.4, **SAME),
    found("a", frame_id="a2", score=0.9, severity="low", **SAME),
    found("a", frame_id="a3", score=0.5, redaction_id="other", t_us=9, **SAME),
    found("b", frame_id="b1", score=0.8, **SAME),
    found("a", frame_id="a1", **box(1, 2, 3, 5)),
    found("a", "not_burned", frame_id="a1", **SAME),
    found("a", frame_id="a1", **(SAME | {"entity": None})),
    found("a", frame_id="a1"),
    found("a", frame_id="a1"),
    found("a", "readable_text", "url", seq=3, char_start=0, char_end=4),
    found("a", "readable_text", "url", seq=3, char_start=0, char_end=4),
    found("a", "masked_beside", "url", frame_id="a1", char_start=0, **SAME),
    found("a", "masked_beside", "url", frame_id="a2", char_start=0, **SAME),
]


@pytest.fixture
def listed() -> Listed:
    table = as_table(ROWS)
    return Listed(table, [""] * len(ROWS), [f"id{row}" for row in range(len(ROWS))])


def test_only_one_region_of_one_session_and_kind_is_one_place():
    numbers = place_numbers(as_table(ROWS)).tolist()
    assert numbers[0] == numbers[1] == numbers[2]
    assert len(set(numbers)) == len(ROWS) - 2


def test_many_columns_with_many_values_do_not_meet():
    rng = np.random.default_rng(5)
    drawn = rng.integers(0, 4_000, (20_000, 4))
    rows = [
        found(f"s{left % 97}", frame_id="f", **box(*map(int, (left, top, width, height))))
        for left, top, width, height in drawn
    ]
    assert len(set(place_numbers(as_table(rows)).tolist())) == len(np.unique(drawn, axis=0))


def test_nothing_is_folded_in_an_empty_table():
    numbers = place_numbers(as_table([]))
    assert numbers.tolist() == []
    assert [part.tolist() for part in folded(np.array([], np.int64), numbers)] == [[], []]


def test_the_worst_finding_stands_for_its_place_and_says_for_how_many(listed: Listed):
    nothing = listed.dismissed(())
    kept = listed.mask(Choice(), nothing)
    rows, sames = listed.lines(kept, Choice(), nothing)
    told = dict(zip(rows.tolist(), sames.tolist(), strict=True))
    assert told.pop(2) == 3
    assert set(told.values()) == {1}
    assert sum(told.values()) + 3 == len(ROWS)
    assert rows.tolist() == [row for row in listed.rows(kept).tolist() if row in (*told, 2)]
    every = Choice(has_repeats=True)
    assert [part.tolist() for part in listed.lines(kept, every, nothing)] == [
        listed.rows(kept).tolist(),
        [1] * len(ROWS),
    ]


def test_a_choice_counts_only_its_own(listed: Listed):
    nothing, choice = listed.dismissed(()), Choice(severity="low")
    low = listed.mask(choice, nothing)
    assert [part.tolist() for part in listed.lines(low, choice, nothing)] == [[1], [1]]
    left = listed.mask(Choice(), listed.dismissed(("id2",)))
    assert listed.of_same_places([0], left).tolist() == [0, 1]
    assert listed.of_same_places([], left).tolist() == []


# A session that is off as a whole, one that is sound, and masks of both that are told one by one.
EDGE = {"kind": "ink_at_edge", "severity": "low"}
WHOLE = [
    found("off", "masks_moved", frame_id="f1", score=0.5, rows_n=9),
    found("off", frame_id="f1", **EDGE, **box(1, 2, 3, 4)),
    found("off", frame_id="f2", **EDGE, **box(1, 2, 3, 4)),
    found("off", frame_id="f1", **EDGE, **box(9, 2, 3, 4)),
    found("off", frame_id="f1", score=0.4, **box(9, 2, 3, 4)),
    found("sound", frame_id="g1", **EDGE, **box(1, 2, 3, 4)),
]
IDS = [f"id{row}" for row in range(len(WHOLE))]


@pytest.mark.parametrize(
    ("choice", "dismissed", "rows", "singles"),
    [
        (Choice(), [], [0, 4, 5], [3, 0, 0]),
        (Choice(has_repeats=True), [], [0, 4, 1, 3, 5, 2], [3, 0, 0, 0, 0, 0]),
        (Choice(severity="high"), [], [0, 4], [3, 0]),
        (Choice(severity="low"), [], [1, 3, 5], [0, 0, 0]),
        (Choice(kind="ink_at_edge", session_id="off"), [], [1, 3], [0, 0]),
        # What was dismissed as a whole leaves each mask to be judged.
        (Choice(), ["id0"], [4, 1, 3, 5], [0, 0, 0, 0]),
        (Choice(state="all"), ["id0"], [0, 4, 1, 3, 5], [3, 0, 0, 0, 0]),
        (Choice(state="dismissed"), ["id0", "id1"], [0, 1], [1, 0]),
        # Single masks that were dismissed are no part of what is open.
        (Choice(), ["id1", "id2"], [0, 4, 5], [1, 0, 0]),
        (Choice(state="dismissed"), ["id1", "id2"], [1], [0]),
        (Choice(state="all"), ["id1", "id2"], [0, 4, 5], [3, 0, 0]),
    ],
)
def test_masks_of_a_session_that_is_off_are_counted_under_it(choice, dismissed, rows, singles):
    table = as_table(WHOLE)
    listed = Listed(table, [""] * len(WHOLE), IDS)
    marks = listed.dismissed(dismissed)
    lines = listed.lines(listed.mask(choice, marks), choice, marks)[0].tolist()
    assert sorted(lines) == sorted(rows)
    assert lines[0] == rows[0]
    told = dict(zip(lines, listed.singles_n(lines, choice, marks), strict=True))
    assert [told[row] for row in rows] == singles


def test_each_finding_has_the_line_that_stands_for_it():
    listed = Listed(as_table(WHOLE), [""] * len(WHOLE), IDS)
    assert [listed.line_of(row, np.array([4, 0, 5])) for row in range(len(WHOLE))] == [1, 1, 1, 1, 0, 2]
    assert [listed.line_of(row, np.array([3, 2, 1])) for row in range(len(WHOLE))] == [
        None,
        2,
        1,
        0,
        None,
        None,
    ]
    assert listed.line_of(2, np.array([5, 1])) == 1
    assert listed.line_of(2, np.array([], np.int64)) is None
    assert listed.singles_n([], Choice(), listed.dismissed(())) == []
