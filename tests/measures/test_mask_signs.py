"""What a mask and its surroundings say for themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explorer.measures.mask_beside import NOTHING, Around, Beside, Piece
from explorer.measures.mask_edge import EdgeInk
from explorer.measures.mask_evidence import chance
from explorer.measures.mask_signs import Peer, own_signs
from explorer.measures.mask_weights import WEIGHTS
from explorer.measures.mask_word import Word

BARE = Around((100, 40, 180, 60), Beside(), Beside(), NOTHING, is_cut=False)
LETTERS = Beside(3, 0.15, 2.0, "blank", is_text=True, above=0.2, below=0.2, piece=Piece(0.3, 0.6, 0.3, 0.0))


def signs(around, entity="PERSON"):
    return own_signs(Peer(around, entity), 20.0)


def total(around, entity="PERSON"):
    return sum(WEIGHTS[name] * value for name, value in signs(around, entity).items())


def cut(lines_n, wide_px, runs_n, gap_px=0):
    ink = EdgeInk("top", gap_px, lines_n * wide_px // 2, lines_n, wide_px, runs_n)
    return replace(BARE, is_cut=True, cut=(ink,))


def test_letters_above_say_more_than_a_border_s_corners():
    letters, corners = cut(9, 60, 8), cut(1, 4, 2, gap_px=1)
    assert total(letters) > total(corners) + 3
    assert signs(corners)["cut in a thin line"] == signs(corners)["cut in few places"] == 1
    assert signs(letters)["cut in a thin line"] == signs(letters)["cut in few places"] == 0


def test_a_narrow_mask_before_a_wall_may_hide_a_value_that_ends_there():
    open_end = signs(BARE, "EMAIL_ADDRESS")
    at_wall = signs(replace(BARE, right=Beside(wall=0.8)), "EMAIL_ADDRESS")
    followed = signs(replace(BARE, right=replace(LETTERS, wall=0.8)), "EMAIL_ADDRESS")
    assert open_end["narrow for its kind"] == followed["narrow for its kind"] > 0
    assert at_wall["narrow for its kind"] == 0


def test_a_capital_within_a_sentence_before_a_name_says_more_than_one_that_begins_it():
    word = Word(is_capital=True)
    within, first = (
        replace(BARE, left=replace(LETTERS, word=replace(word, is_first=is_first)))
        for is_first in (False, True)
    )
    assert total(within) > total(first)


def test_a_long_line_of_words_says_less_than_one_long_word():
    line = replace(LETTERS, chain=6.0)
    word = replace(line, word=Word(is_alone=True))
    assert signs(replace(BARE, right=line))["a long line"] == 1
    assert signs(replace(BARE, right=word))["a long line"] == 0
    assert total(replace(BARE, right=word)) > total(replace(BARE, right=line))


def test_digits_beside_say_most_where_a_number_is_hidden():
    around = replace(BARE, left=replace(LETTERS, word=Word(is_number=True)))
    assert total(around, "PHONE_NUMBER") > total(around, "PERSON")


def test_what_is_large_and_filled_is_a_picture():
    face = replace(BARE, left=replace(LETTERS, piece=Piece(1.2, 1.0, 0.8, 0.0)))
    assert signs(face)["a picture beside"] == 1
    assert signs(replace(BARE, left=LETTERS))["a picture beside"] == 0


def test_a_chance_is_one_half_where_signs_weigh_as_much_as_the_base():
    assert chance({"cut without a gap": -WEIGHTS["base"] / WEIGHTS["cut without a gap"]}) == pytest.approx(
        0.5
    )
