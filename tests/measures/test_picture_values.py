"""Values among lines: by their form, however a reader set their spaces; one place is told once, by the surest sign."""

from __future__ import annotations

import pytest

from explorer.measures import personal
from explorer.measures.mask_columns import Hidden
from explorer.measures.picture_values import values

from .drawn_lines import line


def told(lines, masks=()):
    found = values(lines, masks, personal.found, {"order"})
    return [(one.kind, own.text[one.start : one.end], because) for own, one, because in found]


@pytest.mark.parametrize("number", ["4111 1111 1111 1111", "41111111 1111 1111", "4111 111111111111",
                                    "4111-1111-1111-1111", "4 1 1 1 1111 1111 1111"])  # fmt: skip
def test_a_card_however_its_groups_were_read(number):
    assert told([line(f"Her card {number} was refused", 10, 10)]) == [("CREDIT_CARD", number, "form")]


def test_a_street_whose_space_was_lost():
    assert told([line("The new address is 44Example Street, from 12Mock Terrace on", 10, 10)]) == [
        ("LOCATION", "44Example Street", "form"),
        ("LOCATION", "12Mock Terrace", "form"),
    ]


def test_a_number_with_a_wrong_check_digit_counts_only_under_its_label():
    bare = line("4532-1234-5678-9012", 20, 40)
    assert told([line("Order", 10, 10), bare]) == []
    assert told([line("Card:", 10, 10), bare]) == [("CREDIT_CARD", "4532-1234-5678-9012", "label")]


def test_a_place_is_told_once():
    masks = [Hidden((8, top, 300, top + 24), "EMAIL_ADDRESS") for top in (60, 100, 180)]
    assert told([line("E-mail", 10, 10), line("fern@example.com", 10, 142)], masks) == [
        ("EMAIL_ADDRESS", "fern@example.com", "form")
    ]
