"""What stands in the gap of a column of masks is told; heads, feet and other lines beside the rhythm are not."""

from __future__ import annotations

import pytest

from explorer.measures.mask_columns import Hidden, in_gaps
from explorer.measures.read_lines import UNREAD

from .drawn_lines import line

STEP = 40


def column(*places, entity="PERSON"):
    """Masks at so many steps from the top."""
    return [Hidden((8, 100 + STEP * at - 2, 150, 100 + STEP * at + 22), entity) for at in places]


def told(masks, *lines, fits=lambda entity, text: True):
    return [(one.text, entity) for one, entity in in_gaps(lines, masks, fits)]


@pytest.mark.parametrize("gap", [0, 2, 4])
def test_a_gap_within_and_at_the_ends(gap):
    masks = column(*(at for at in range(5) if at != gap))
    assert told(masks, line("Juniper Vale", 10, 100 + STEP * gap)) == [("Juniper Vale", "PERSON")]


@pytest.mark.parametrize(
    ("left", "top"), [(10, 100 + STEP * 2 + 20), (60, 100 + STEP * 2), (10, 100 - 4 * STEP), (10, 100 + STEP)],
    ids=["between the rows", "not aligned", "far above", "on a mask"],
)  # fmt: skip
def test_what_does_not_stand_in_the_gap(left, top):
    assert told(column(0, 1, 3, 4), line("Juniper Vale", left, top)) == []


def test_two_masks_are_no_column_nor_are_masks_of_several_kinds_or_without_rhythm():
    bare = line("Juniper Vale", 10, 100 + STEP)
    assert told(column(0, 2), bare) == []
    assert told([*column(0, 2), *column(3, entity="CREDIT_CARD")], bare) == []
    assert told([*column(0, 2), Hidden((8, 313, 150, 337), "PERSON")], bare) == []


def test_a_text_that_cannot_be_the_value_is_asked_for_and_letters_nobody_could_read_are_not():
    def never(entity, text):
        return False

    masks = column(0, 1, 3)
    assert told(masks, line("Customer", 10, 100 + 2 * STEP), fits=never) == []
    assert told(masks, line(UNREAD, 10, 100 + 2 * STEP), fits=never) == [(UNREAD, "PERSON")]


def test_thousands_of_masks_on_one_place_are_borne():
    assert told(column(*([0] * 20_000)), line("Juniper Vale", 10, 140)) == []
