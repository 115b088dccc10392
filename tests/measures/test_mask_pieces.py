"""What ends a chain of letters beside a mask, and what parts it from the mask."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from explorer.measures.mask_beside import NOTHING, around

FONT = ImageFont.load_default(20)
LEFT, BASE, WIDE = 20, 50, 100


def beside(before="", after="", *, covers_of_last=0.0, top=32, rule=None, rule_colour=225, other=None):
    """What is around a mask between two texts; it may cover a share of the last letter before it."""
    image = Image.new("RGB", (420, 90), "white")
    pen = ImageDraw.Draw(image)
    pen.text((LEFT, BASE), before, fill=0, font=FONT, anchor="ls")
    start = LEFT + round(FONT.getlength(before))
    if covers_of_last:
        start -= round(covers_of_last * FONT.getlength(before[-1]))
    stop = start + WIDE
    pen.text((stop + 1, BASE), after, fill=0, font=FONT, anchor="ls")
    for column in [] if rule is None else [stop + rule]:
        pen.line((column, 0, column, 90), fill=(rule_colour,) * 3)
    taken = np.zeros((90, 420), bool)
    for box in ((start, top, stop, 56), *([(stop, top, stop + 50, 56)] if other else [])):
        pen.rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill=(90, 90, 90))
        taken[box[1] : box[3], box[0] : box[2]] = True
    return around(np.asarray(image), (start, top, stop, 56), taken)


@pytest.mark.parametrize("digit", "3589")
@pytest.mark.parametrize("share", [0.45, 0.55, 0.65, 0.75])
def test_the_ends_of_a_digit_that_a_mask_cuts_are_no_colon(digit, share):
    assert beside(f"XX05419{digit}", covers_of_last=share).left.is_near


@pytest.mark.parametrize(("row", "is_near"), [(36, True), (43, False)], ids=["bar of a cut 7", "dash"])
def test_the_bar_of_a_seven_that_a_mask_cuts_is_no_dash(row, is_near):
    image = Image.new("RGB", (300, 90), "white")
    pen = ImageDraw.Draw(image)
    pen.text((LEFT, BASE), "+44", fill=0, font=FONT, anchor="ls")
    start = LEFT + round(FONT.getlength("+44")) + 8
    pen.rectangle((start, row, start + 4, row + 1), fill=0)
    taken = np.zeros((90, 300), bool)
    taken[32:56, start + 5 : 250] = True
    assert around(np.asarray(image), (start + 5, 32, 250, 56), taken).left.is_near == is_near


@pytest.mark.parametrize(("letter", "share"), [("z", 0.7), ("z", 0.85), ("s", 0.75), ("s", 0.8)])
def test_the_ends_of_a_letter_that_a_mask_cuts_are_no_colon(letter, share):
    assert beside(f"Mr Fo{letter}", covers_of_last=share).left.is_near


@pytest.mark.parametrize("label", ["Name:", "Card:", "E-mail:"])
@pytest.mark.parametrize("top", [32, 38], ids=["high", "as a mask over digits"])
def test_a_colon_after_a_label_parts_it(label, top):
    assert not beside(label, top=top).left.is_near


def with_colon(*marks, word="Card", gap=4):
    """A word, a colon of two dots of three pixels, a gap, a mask; and marks: (left, top, right, bottom, grey)."""
    image = Image.new("RGB", (300, 90), "white")
    pen = ImageDraw.Draw(image)
    pen.text((LEFT, BASE), word, fill=0, font=FONT, anchor="ls")
    end = LEFT + round(FONT.getlength(word)) + 2
    for top in (39, 47):
        pen.rectangle((end, top, end + 2, top + 2), fill=0)
    for left, top, right, bottom, grey in marks:
        pen.rectangle((end + left, top, end + right, bottom), fill=(grey,) * 3)
    mask = (end + 3 + gap, 32, 250, 56)
    taken = np.zeros((90, 300), bool)
    taken[mask[1] : mask[3], mask[0] : mask[2]] = True
    return around(np.asarray(image), mask, taken).left


JOINS = {
    "nothing": (),
    "noise to its word": ((-4, 40, -1, 46, 190),),
    "the foot of a letter": ((-4, 49, -1, 49, 0),),
    "noise to the mask": ((3, 43, 6, 43, 190),),
}


@pytest.mark.parametrize("marks", JOINS.values(), ids=JOINS.keys())
def test_a_colon_is_seen_though_a_codec_or_a_foot_joins_it(marks):
    assert not with_colon(*marks).is_near


def test_two_ends_of_a_letter_are_no_colon_as_they_go_on():
    assert with_colon((-4, 39, -1, 41, 0), (-4, 47, -1, 49, 0)).is_near


def test_three_pixels_beside_a_mask_are_no_letters():
    pixels, taken = np.full((90, 300, 3), 255, np.uint8), np.zeros((90, 300), bool)
    pixels[33:36, 101] = 150
    taken[32:56, 102:250] = True
    assert not around(pixels, (102, 32, 250, 56), taken).left.is_near
    pixels[36:52, 101] = 150
    assert around(pixels, (102, 32, 250, 56), taken).left.is_near


def test_a_colon_within_a_value_parts_nothing_and_one_before_a_text_does():
    assert beside(after=":13d8").right.is_near
    assert not beside(after=": hello").right.is_near


@pytest.mark.parametrize("label", ["Name:", "E-mail:"])
def test_letters_between_a_colon_and_a_mask_are_what_a_label_names_and_the_label_is_apart(label):
    alone, labelled = (beside(text).left for text in ("Ms In", f"{label} Ms In"))
    assert labelled.chain == pytest.approx(alone.chain, abs=2 / 24)
    assert (labelled.end, labelled.is_near) == ("blank", True)
    within = beside("ab:Ms In").left
    assert within.chain > alone.chain + 1, "no room, no label"


@pytest.mark.parametrize("is_steep", [True, False])
def test_the_shades_of_a_photograph_are_no_letters(is_steep):
    luma = np.full((90, 420), 60.0)
    rows, columns = np.mgrid[:90, :420]
    blot = np.hypot((columns - 290) / 2, rows - 62)
    luma += 120 * ((blot < 15) if is_steep else np.clip(1.4 - blot / 20, 0, 1))
    taken = np.zeros((90, 420), bool)
    taken[32:56, 120:280] = True
    found = around(np.repeat(luma[..., None], 3, axis=2).astype(np.uint8), (120, 32, 280, 56), taken)
    assert found.right.is_near == is_steep
    assert found.is_cut == is_steep


def test_a_stop_without_room_beyond_is_part_of_what_follows():
    within, between = (beside(after=text).right for text in (".0164", ". Then"))
    assert within.is_near
    assert not within.has_stop
    assert between.has_stop


def test_a_full_stop_before_a_mask_is_no_dash():
    assert beside("198.51.").left.is_near


@pytest.mark.parametrize("label", ["Phone:", "Card:"])
def test_a_stem_as_high_as_its_mask_is_no_rule(label):
    image = Image.new("RGB", (300, 90), "white")
    ImageDraw.Draw(image).text((LEFT, BASE), label, fill=0, font=FONT, anchor="ls")
    rows = np.flatnonzero((np.asarray(image) < 128).any(axis=(1, 2)))
    mask = (LEFT + round(FONT.getlength(label)) + 4, int(rows[0]), 200, int(rows[-1]) + 1)
    taken = np.zeros((90, 300), bool)
    taken[mask[1] : mask[3], mask[0] : mask[2]] = True
    found = around(np.asarray(image), mask, taken).left
    assert not found.is_near
    assert found.wall == pytest.approx(mask[0] / (mask[3] - mask[1]))


@pytest.mark.parametrize("colour", [225, 120])
def test_letters_behind_a_rule_do_not_belong_to_the_mask_however_faint_it_is(colour):
    assert beside(after=" 2029").right.is_near
    parted = beside(after=" 2029", rule=3, rule_colour=colour).right
    assert not parted.is_near
    assert parted.wall == pytest.approx(3 / 24)


def test_a_wall_is_the_next_rule_or_the_edge_of_the_picture_and_a_mask_that_adjoins():
    assert beside(rule=30).right.wall == pytest.approx(30 / 24)
    assert beside().right.wall == NOTHING
    assert beside(other=True).right.wall == 0
    assert beside().left.wall == pytest.approx(LEFT / 24)


def test_what_stands_first_is_described():
    whole = beside("Mist", covers_of_last=0.0).left.piece
    cut = beside("MistM", covers_of_last=0.5).left.piece
    assert cut.edge > 0.9 > whole.edge
    assert 0 < whole.wide < cut.high <= 1
