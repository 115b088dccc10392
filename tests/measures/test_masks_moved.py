"""Masks that would cover text if they were moved or scaled alike, on a page of bars that stand for words."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.measures.masks_moved import Votes, ink_of
from explorer.measures.rectangles import ragged_rectangles, rectangles

WORDS = [(60 + 14 * at % 90, 60 + 40 * at, 130 + 31 * at % 60) for at in range(9)]  # left, top, right


def page() -> np.ndarray:
    """Words of strokes three pixels apart, 12 pixels high."""
    pixels = np.full((480, 640, 3), 240, np.uint8)
    for left, top, right in WORDS:
        for x in range(left, right, 3):
            pixels[top : top + 12, x] = 20
    return pixels


def masked(place):
    """The votes for masks around the words, each put elsewhere."""
    pixels, votes = page(), Votes()
    boxes = [place(left - 2, top - 2, right + 2, top + 14) for left, top, right in WORDS]
    taken = np.zeros(pixels.shape[:2], bool)
    for left, top, right, bottom in boxes:
        taken[top:bottom, left:right] = True
    pixels[taken] = 90
    votes.count(ink_of(pixels, taken), boxes)
    return votes


def test_masks_in_their_places_are_not_off():
    votes = masked(lambda *box: box)
    assert votes.scale is None
    assert votes.distance is None


@pytest.mark.parametrize("by", [0.5, 0.8, 1.25])
def test_one_scale_is_told(by):
    votes = masked(lambda *box: tuple(round(edge * by) for edge in box))
    assert votes.scale == f"scale {by:.3g}"


@pytest.mark.parametrize(("across", "down"), [(0, 20), (-30, -18), (40, 0)])
def test_one_distance_is_told_to_within_the_margin(across, down):
    votes = masked(lambda a, b, c, d: (a + across, b + down, c + across, d + down))
    assert votes.scale is None
    assert votes.distance is not None
    told = [int(part) for part in votes.distance.removeprefix("distance ").removesuffix(" px").split(", ")]
    assert np.abs(np.array(told) - (across, down)).max() <= 6


def test_masks_that_are_off_each_by_its_own_are_not_off_alike():
    dice = np.random.default_rng(3)
    votes = masked(lambda a, b, c, d: tuple(np.array([a, b, c, d]) + np.tile(dice.integers(-35, 36, 2), 2)))
    assert votes.scale is None
    assert votes.distance is None


def test_boxes_beyond_the_picture_are_no_votes():
    votes = Votes()
    votes.count(ink_of(page(), np.zeros((480, 640), bool)), [(-50, -9, 2000, 3000), (639, 479, 640, 480)])
    assert votes.scale is None
    assert votes.distance is None
    small = np.zeros((9, 9), bool)
    votes.count(ink_of(np.zeros((9, 9, 3), np.uint8), small), [(0, 0, 9, 9)])
    assert votes.distance is None


def test_frayed_bars_are_one_rectangle_each():
    is_colour = np.zeros((40, 80), bool)
    is_colour[5:20, 10:60] = True
    is_colour[7, 10:12] = is_colour[9, 57:60] = False
    is_colour[25:28, 10:60] = True
    assert ragged_rectangles(is_colour, 20, 7, 4) == [(10, 5, 60, 20)]
    assert rectangles(is_colour, 20, 7) == [(10, 10, 60, 20)]
    assert ragged_rectangles(np.zeros((3, 3), bool), 2, 2, 1) == []
