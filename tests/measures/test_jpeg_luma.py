"""The coefficients of a JPEG are those that its file has, also where decoded pixels end at black and white."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from explorer.measures.codec import stored
from explorer.measures.jpeg_luma import DCT, Luma, blocks

WHOLE = slice(0, 80), slice(0, 240)


def page() -> Image.Image:
    """Black letters on white: at their edges a JPEG goes beyond both."""
    image = Image.new("L", (240, 80), 255)
    pen = ImageDraw.Draw(image)
    for row in range(6):
        pen.text((6, 2 + 13 * row), "Dear 4000 0000 0000 0002 and more words", fill=0)
    pen.rectangle((40, 30, 170, 42), fill=0)
    return image


def luma(image: Image.Image, quality: int) -> Luma:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality)
    found = stored(written.getvalue()).luma
    assert found is not None
    return found


def of_the_original(image: Image.Image, steps: np.ndarray) -> np.ndarray:
    exact = DCT @ (blocks(np.asarray(image)).astype(float) - 128) @ DCT.T
    return np.asarray(np.round(exact / steps) * steps)


@pytest.mark.parametrize("quality", [30, 50, 65])
def test_coefficients_are_those_of_the_original_where_pixels_are_cut_off(quality):
    found = luma(page(), quality)
    right = of_the_original(page(), found.steps)
    from_pixels = of_the_original(Image.fromarray(found.pixels), found.steps)
    assert (
        found.coefficients(*WHOLE) == right
    ).mean() > 0.997  # the coder transforms in whole numbers, and ties fall either way
    assert (from_pixels == right).mean() < 0.99


@pytest.mark.parametrize("quality", [80, 95])
def test_with_small_steps_they_say_at_least_what_is_shown(quality):
    found = luma(page(), quality)
    made = DCT.T @ found.coefficients(*WHOLE) @ DCT + 128
    assert np.abs(np.clip(made, 0, 255) - blocks(found.pixels)).max() < 4


def test_what_is_not_cut_off_needs_no_second_look():
    grey = Image.fromarray((np.asarray(page()) // 3 + 80).astype(np.uint8))
    found = luma(grey, 70)
    assert np.array_equal(
        found.coefficients(*WHOLE), of_the_original(Image.fromarray(found.pixels), found.steps)
    )
    assert "_halved" not in vars(found)


@pytest.mark.parametrize("lost", [b"", b"\xff\xdb"])
def test_a_file_whose_tables_are_not_found_is_read_from_its_pixels(lost):
    found = luma(page(), 50)
    if lost:
        found = Luma(found.pixels, found.steps * 3, found.content)  # not the table that the file has
        assert found._halved is None
    assert found.coefficients(*WHOLE).shape == (300, 8, 8)


def test_tables_of_two_bytes_are_halved_as_well():
    written = io.BytesIO()
    page().save(written, "JPEG", qtables=[[300] * 64])
    found = stored(written.getvalue()).luma
    assert found is not None
    if found.steps.max() > 255:
        assert found._halved is not None
        assert found._halved[1].max() == 150
