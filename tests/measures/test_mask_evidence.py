"""What stands beside a mask, and what the other masks of a session make of it."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from explorer.measures.mask_beside import Around, Beside, around
from explorer.measures.mask_evidence import WEIGHTS, Peer, Peers, chance
from explorer.scan.ink_at_edge import LEAST_CHANCE

FONT = ImageFont.load_default(16)


def surroundings(texts, cuts):
    """Lines of text 40 pixels apart, each with a mask from one column to another."""
    image = Image.new("RGB", (420, 40 * len(texts) + 40), "white")
    pen = ImageDraw.Draw(image)
    boxes = []
    for row, (text, (start, end)) in enumerate(zip(texts, cuts, strict=True)):
        top = 20 + 40 * row
        pen.text((20, top + 15), text, fill=0, font=FONT, anchor="ls")
        boxes.append((start, top, end, top + 19))
    taken = np.zeros((image.height, image.width), bool)
    for left, top, right, bottom in boxes:
        pen.rectangle((left, top, right - 1, bottom - 1), fill=(60, 60, 60))
        taken[top:bottom, left:right] = True
    return [around(np.asarray(image), box, taken) for box in boxes]


def width(text):
    return round(FONT.getlength(text))


def test_letters_that_a_mask_cuts_touch_it_and_words_stand_apart():
    cut, apart, alone = surroundings(
        ["Rosemary Thyme", "Name Rosemary", "Rosemary"],
        [(20 + width("Rosem") + 3, 220), (20 + width("Name "), 220), (18, 24 + width("Rosemary"))],
    )
    assert cut.left.is_near
    assert cut.left.gap_px == 0
    assert apart.left.is_near
    assert 2 <= apart.left.gap_px <= 8
    assert alone.near == ()
    assert not cut.right.is_near


def test_a_border_is_no_letter_and_ends_what_is_looked_at():
    pixels = np.full((60, 200, 3), 255, np.uint8)
    pixels[5:50, 58:60] = 120
    taken = np.zeros((60, 200), bool)
    taken[20:36, 60:140] = True
    found = around(pixels, (60, 20, 140, 36), taken)
    assert not found.left.is_near
    assert found.left.end == "rule"


def test_a_dash_or_a_colon_parts_what_stands_beside_from_the_value():
    parted, label, glued, letter = surroundings(
        ["Customers - Rosemary", "Name: Rosemary", "555-0172", "Kiri Thyme"],
        [(20 + width(before), 260) for before in ("Customers - ", "Name: ", "555-", "Kiri")],
    )
    assert not parted.left.is_near
    assert not label.left.is_near
    assert glued.left.is_near
    assert letter.left.is_near


def test_masks_at_the_edges_of_tiny_pictures_can_be_looked_at():
    for height, width_px in ((1, 1), (2, 300), (300, 2), (16, 16)):
        pixels, taken = np.zeros((height, width_px, 3), np.uint8), np.ones((height, width_px), bool)
        found = around(pixels, (0, 0, width_px, height), taken)
        assert found.near == ()
        assert 0 <= chance(Peers([Peer(found, None)]).signs(Peer(found, None))) <= 1


def mask(left, gap, *, width_px=120, top=0, entity="PERSON"):
    side = Beside(gap, gap / 16, 6.0, "edge", is_text=gap < 8, above=0.2, below=0.2)
    return Peer(Around((left, top, left + width_px, top + 16), side, Beside(), 9.0, is_cut=False), entity)


def test_a_gap_that_all_masks_of_a_session_have_says_less_than_one_that_only_this_mask_has():
    own = mask(100, 3)
    usual = [mask(90 + 20 * at, 3, top=30 * at + 30) for at in range(6)]
    rare = [mask(90 + 20 * at, 99, top=30 * at + 30) for at in range(6)]
    scores = [chance(Peers([own, *others]).signs(own)) for others in (usual, rare)]
    assert scores[0] < scores[1]


def test_a_cut_mask_and_one_too_narrow_for_its_kind_stand_out():
    others = [mask(90 + 20 * at, 4, top=30 * at + 30, entity="CREDIT_CARD") for at in range(6)]
    sound = mask(100, 4, entity="CREDIT_CARD")
    narrow, cut = mask(100, 4, width_px=50, entity="CREDIT_CARD"), mask(100, 0, entity="CREDIT_CARD")
    scores = [chance(Peers([one, *others]).signs(one)) for one in (sound, narrow, cut)]
    assert scores[0] < LEAST_CHANCE < min(scores[1:])


def test_every_sign_has_a_weight_and_every_weight_a_sign():
    one = mask(100, 3)
    assert set(Peers([one]).signs(one)) | {"base"} == set(WEIGHTS)


def test_the_same_place_in_many_pictures_is_one_peer():
    own, other = mask(100, 0), mask(100, 0, top=40)
    alone, often = Peers([own, other]), Peers([own, *([other] * 50)])
    assert alone.signs(own) == often.signs(own)
