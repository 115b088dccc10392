"""The ground around masks: photographs are made even, pages are left as they are, and letters stand out on both."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from explorer.measures.mask_beside import around
from explorer.measures.mask_ground import evened

HEIGHT = 20
MASK = (180, 60, 300, 80)
FONT = ImageFont.load_default(15)
SHAPE = (140, 400)


def photograph(seed=1):
    """Rock: coarse and fine differences, 20 levels each, and one half brighter than the other."""
    dice = np.random.default_rng(seed)
    coarse = np.kron(dice.normal(0, 20, (20, 50)), np.ones((7, 8)))
    return np.clip(95 + coarse + dice.normal(0, 20, SHAPE) + np.where(np.arange(400) > 200, 60, 0), 0, 255)


def page():
    image = Image.new("L", (SHAPE[1], SHAPE[0]), 250)
    pen = ImageDraw.Draw(image)
    for base in range(18, SHAPE[0], 22):
        pen.text(
            (4, base), "A page of text has many letters in each of its lines", fill=20, font=FONT, anchor="ls"
        )
    return np.asarray(image, float)


def masked(luma, text="", grey=255):
    """With a mask, and a text that ends at it."""
    image = Image.fromarray(luma.astype(np.uint8))
    ImageDraw.Draw(image).text((MASK[0], 76), text, fill=grey, font=FONT, anchor="rs")
    pixels = np.asarray(image.convert("RGB")).copy()
    pixels[MASK[1] : MASK[3], MASK[0] : MASK[2]] = 200
    taken = np.zeros(SHAPE, bool)
    taken[MASK[1] : MASK[3], MASK[0] : MASK[2]] = True
    return pixels, taken


@pytest.mark.parametrize("luma", [page(), np.full(SHAPE, 30.0)], ids=["page", "plain"])
def test_an_even_ground_is_left_as_it_is(luma):
    assert evened(luma, np.zeros(SHAPE, bool), HEIGHT) is luma


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_a_photograph_shows_beside_a_mask_is_no_ink(seed):
    luma = photograph(seed)
    pixels, taken = masked(luma)
    found = around(pixels, MASK, taken)
    assert not found.is_cut
    assert not found.near
    assert found.is_on_picture
    off = np.abs(evened(luma, taken, HEIGHT) - 128)
    assert (off > 40).mean() < 0.002
    assert (off[taken] == 0).all()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_letters_on_a_photograph_stand_out(seed):
    pixels, taken = masked(photograph(seed), "Oliver Ston")
    assert around(pixels, MASK, taken).left.is_near


def test_an_area_of_one_colour_that_a_mask_overlaps_is_no_letter():
    luma = np.full(SHAPE, 240.0)
    luma[70:, 260:] = 60
    pixels, taken = masked(luma)
    assert not around(pixels, MASK, taken).is_cut
    luma[70:, 268:] = 240  # the stem of a letter
    pixels, taken = masked(luma)
    assert around(pixels, MASK, taken).is_cut


def test_where_masks_cover_all_there_is_nothing():
    luma = photograph()
    assert evened(luma, np.ones(SHAPE, bool), HEIGHT) is luma
