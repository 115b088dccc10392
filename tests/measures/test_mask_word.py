"""The word next to a mask: the rest of a name or a number, or a word of the sentence."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from explorer.measures.mask_beside import around

SIZES = (14, 16, 20)


def beside(before, after, size, *, up=0, colours=((255, 255, 255), (0, 0, 0))):
    """What stands around a mask between two pieces of text; it lies `up` pixels above where it should."""
    font = ImageFont.load_default(size)
    ground, ink = colours
    image = Image.new("RGB", (40 * size, 4 * size), ground)
    pen = ImageDraw.Draw(image)
    left, base = 2 * size, 2 * size
    pen.text((left, base), before, fill=ink, font=font, anchor="ls")
    start = left + round(font.getlength(before + " "))
    stop = start + 7 * size
    pen.text((stop + round(font.getlength(" ")), base), after, fill=ink, font=font, anchor="ls")
    box = (start, base - size - up, stop, base + size // 4 - up)
    pen.rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill=(120, 120, 120))
    taken = np.zeros((image.height, image.width), bool)
    taken[box[1] : box[3], box[0] : box[2]] = True
    return around(np.asarray(image), box, taken)


@pytest.mark.parametrize("size", SIZES)
def test_a_word_with_a_capital_is_told_from_one_with_an_ascender(size):
    for word in ("Marsh", "Rosemary", "Zinnia", "Poppy", "Oakhurst"):
        assert beside(f"we have told {word}", "", size).left.word.is_capital, word
        assert beside("told", f"{word} about it", size).right.word.is_capital, word
    for word in ("before", "home", "have", "do", "was", "most"):
        assert not beside(f"we have told {word}", "", size).left.word.is_capital, word
        assert not beside("told", f"{word} about order", size).right.word.is_capital, word


@pytest.mark.parametrize("size", SIZES)
def test_digits_are_told_from_words(size):
    for word in ("5550", "203.0", "4000"):
        assert beside(f"please call {word}", "", size).left.word.is_number, word
        assert beside("call", f"{word} before noon", size).right.word.is_number, word
    for word in ("if", "from", "call", "and", "was"):
        assert not beside(f"please call {word}", "", size).left.word.is_number, word


def test_dark_ground_is_the_same():
    found = beside("we have told Marsh", "", 16, colours=((20, 20, 20), (240, 240, 240)))
    assert found.left.word.is_capital


@pytest.mark.parametrize("size", SIZES)
def test_a_mask_that_lies_too_high_has_more_room_above_the_line(size):
    by = size // 3
    sound, moved = (beside("we have told him", "", size, up=up).left.word.off_px for up in (0, by))
    assert moved - sound == 2 * by


def test_a_line_without_small_letters_does_not_say_where_it_lies():
    assert beside("HILL EILEEN", "", 16).left.word.off_px is None


@pytest.mark.parametrize("size", SIZES)
def test_a_long_word_is_alone_and_words_of_a_sentence_are_not(size):
    for word in ("hawksworth66", "6011-0009", "example.org"):
        assert beside("", word, size).right.word.is_alone, word
    # Spaces of this font are narrower than the room that fonts of one width leave at an i.
    assert not beside("", "sent  to  Marsh", size).right.word.is_alone
