"""Tiles cover a picture of any size, are small enough, and every word belongs to one of them and lies in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from explorer.measures.tiles import LARGEST_PX, OVERLAP_PX, tiles

SIZES = st.integers(1, 9_000)


def test_a_usual_screen_is_one_tile():
    for size in ((64, 40), (1440, 900), (1920, 1080), LARGEST_PX):
        assert [one.box for one in tiles(*size)] == [(0, 0, *size)]


@given(SIZES, SIZES)
def test_tiles_lie_in_the_picture_and_are_small_enough(width, height):
    for one in tiles(width, height):
        left, top, right, bottom = one.box
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
        assert right - left <= LARGEST_PX[0]
        assert bottom - top <= LARGEST_PX[1]


@given(
    SIZES,
    SIZES,
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
    st.integers(1, OVERLAP_PX - 2),
    st.integers(1, 60),
)
def test_a_word_belongs_to_one_tile_in_which_it_lies_whole(width, height, place, wide, high):
    wide, high = min(wide, width), min(high, height)
    left, top = int(place[0] * (width - wide)), int(place[1] * (height - high))
    word = left, top, left + wide, top + high
    owners = [one for one in tiles(width, height) if one.owns(word)]
    assert len(owners) == 1
    box = owners[0].box
    assert box[0] <= word[0] < word[2] <= box[2]
    assert box[1] <= word[1] < word[3] <= box[3]
