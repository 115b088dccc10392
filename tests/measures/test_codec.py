"""Masks that are even before a codec has them are called solid, and recoverable ones are not; each WebP way is one."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from explorer.measures.codec import Rewritten, stored
from explorer.measures.mask_fill import fill_of

BOX = (40, 30, 200, 56)


def picture(opacity: float) -> Image.Image:
    """A line of text, part of it under a bar of that opacity."""
    image = Image.new("RGB", (260, 90), (250, 250, 248))
    ImageDraw.Draw(image).text((12, 50), "Customer Rosemary Thyme, since May", fill=20,
                               font=ImageFont.load_default(18), anchor="ls")  # fmt: skip
    cut = np.asarray(image.crop(BOX)) * (1 - opacity) + np.array((40, 60, 90)) * opacity
    image.paste(Image.fromarray(cut.round().astype(np.uint8)), BOX[:2])
    return image


def webp(image: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    image.save(written, "WEBP", quality=quality)
    return written.getvalue()


@pytest.mark.parametrize("quality", [40, 70, 90])
def test_lossy_webp_tells_solid_from_translucent(quality):
    for opacity, is_solid in ((1.0, True), (0.9, False)):
        content = webp(picture(opacity), quality)
        pixels = np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))
        assert fill_of(pixels, BOX, stored(content)).is_weak != is_solid


def test_the_masks_of_a_rewritten_picture_are_of_one_colour_and_the_rest_is_what_it_was():
    content = webp(picture(0.8), 80)
    pixels = np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))
    rewritten = Rewritten(pixels, [BOX], stored(content))
    ways = [rewritten.way(number) for number in range(4)]
    left, top, right, bottom = BOX
    for one in ways:
        assert one is not None
        assert one[top + 6 : bottom - 6, left + 6 : right - 6].std(axis=(0, 1)).max() < 3
        assert np.abs(one[:20].astype(int) - pixels[:20]).mean() < 6
    assert rewritten.way(4) is None
    assert rewritten.way(0) is ways[0]
