"""Words become lines: joined where they belong together, apart where a mask or a gap lies between."""

from __future__ import annotations

import pytest

from explorer.measures.read_lines import Word, lines, spread

from .drawn_lines import line, masked, run


def texts(runs, *masks):
    return [one.text for one in lines(runs, masked(*masks))]


def test_a_card_number_in_four_runs_is_one_line():
    groups = [
        run(group, left, 40) for group, left in (("4111", 10), ("1111", 64), ("1111", 118), ("1111", 172))
    ]
    assert texts(groups) == ["4111 1111 1111 1111"]
    assert texts(groups[::-1]) == ["4111 1111 1111 1111"]


@pytest.mark.parametrize(
    ("left", "top", "is_joined"),
    [(110, 40, True), (114, 44, True), (160, 40, False), (110, 58, False), (92, 40, True), (30, 40, False)],
    ids=["beside", "a little lower", "far", "next row", "touching", "over it"],
)
def test_runs_are_joined_only_side_by_side(left, top, is_joined):
    runs = [run("John", 60, 40), run("Smith", left, top)]
    assert (len(texts(runs)) == 1) == is_joined


def test_what_lies_under_a_mask_is_no_part_and_parts_what_is_beside_it():
    told = run("I told Juniper Vale about it", 10, 40)
    assert texts([told]) == ["I told Juniper Vale about it"]
    left, right = told[2].box[0] - 2, told[3].box[2] + 2
    assert texts([told], (left, 36, right, 64)) == ["I told", "about it"]


def test_a_mask_between_two_words_parts_them_though_it_covers_neither():
    assert texts([run("4111 1111", 10, 40, gap=30)], (55, 36, 75, 64)) == ["4111", "1111"]
    assert texts([run("4111 1111", 10, 40, gap=30)], (55, 70, 75, 90)) == ["4111 1111"]


def test_a_word_is_dropped_when_half_of_it_is_masked():
    assert texts([run("secret", 10, 40)], (10, 40, 42, 60)) == []
    assert texts([run("secret", 10, 40)], (10, 40, 36, 60)) == ["secret"]


def test_the_box_is_that_of_the_words_that_hold_the_characters():
    one = line("Card 4111 1111 now", 10, 40)
    start = one.text.index("4111")
    assert one.box_of(start, start + 9) == (one.words[1].box[0], 40, one.words[2].box[2], 60)
    assert one.box_of(start, start + 1) == one.words[1].box


def test_words_outside_of_the_picture_or_of_no_size_are_borne():
    odd = [[Word("a", (-9, -9, -2, -2)), Word("b", (5, 5, 5, 5)), Word(" ", (0, 0, 9, 9))],
           [Word("c", (5_000, 5_000, 5_010, 5_010))], []]  # fmt: skip
    assert sorted(one.text for one in lines(odd, masked())) == ["a", "b", "c"]


def test_words_without_rectangles_are_spread_over_that_of_their_run():
    assert spread("Card 4111", (10, 40, 100, 60)) == [
        Word("Card", (10, 40, 50, 60)),
        Word("4111", (60, 40, 100, 60)),
    ]
    assert spread(" ", (10, 40, 100, 60)) == []
