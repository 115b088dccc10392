"""Bars so low that no block of a JPEG lies within: solid ones are told from those that let something through."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from explorer.measures.codec import stored
from explorer.measures.jpeg_bar import Bar, bar

BOX = (12, 33, 152, 46)
GROUNDS = {"dark": (35, 56, 58), "white": (255, 255, 255)}


def seen(image: Image.Image, opacity: float, quality: int, floor: int = 12) -> Bar:
    cut = image.crop(BOX)
    ink = (226, 229, 234) if sum(image.getpixel((0, 0))) < 384 else (30, 32, 36)
    ImageDraw.Draw(cut).text(
        (2, 11), "Rosemary Thyme-Birchall", fill=ink, font=ImageFont.load_default(11), anchor="ls"
    )
    image = image.copy()
    image.paste(Image.blend(cut, Image.new("RGB", cut.size, (floor,) * 3), opacity), BOX[:2])
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality)
    luma = stored(written.getvalue()).luma
    assert luma is not None
    found = bar(luma, BOX)
    assert found is not None
    return found


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=GROUNDS)
@pytest.mark.parametrize("quality", [50, 65, 80, 93])
def test_blocks_side_by_side_on_even_ground_are_alike_where_the_bar_is_solid(ground, quality):
    page = Image.new("RGB", (176, 80), ground)
    solid, weak = seen(page, 1, quality), seen(page, 0.95, quality)
    assert solid.within is None
    assert solid.apart_share == 0
    assert solid.at_edge < 0.015
    assert weak.apart_share > 0.25 or weak.at_edge > 0.1


def test_stripes_of_a_table_are_even_ground_and_a_gradient_is_none():
    rows = np.full((80, 176, 3), 250, np.uint8)
    rows[25:55] = 243
    assert seen(Image.fromarray(rows), 1, 60).apart_share == 0
    assert seen(Image.fromarray(rows), 0.96, 60).apart_share > 0.25
    across = np.broadcast_to(np.linspace(90, 60, 176).astype(np.uint8)[None, :, None], (80, 176, 3))
    assert seen(Image.fromarray(np.ascontiguousarray(across)), 1, 60).apart_share == 0


def test_letters_beside_a_solid_bar_do_not_make_it_weak():
    page = Image.new("RGB", (176, 80), GROUNDS["white"])
    pen = ImageDraw.Draw(page)
    for row in (18, 31, 60):
        pen.text((2, row), "Dear 4000 0000 0000 0002 gypsy", fill=(30, 32, 36), anchor="ls")
    solid, weak = seen(page, 1, 60), seen(page, 0.93, 60)
    assert (solid.at_edge < 0.015, solid.apart_share < 0.25) == (True, True)
    assert weak.at_edge > 0.1


@pytest.mark.parametrize("box", [(0, 0, 176, 5), (0, 75, 176, 80), (3, 3, 6, 6), (170, 30, 176, 43)])
def test_bars_at_the_border_have_no_ground_beyond(box):
    written = io.BytesIO()
    Image.new("RGB", (176, 80), (40, 40, 40)).save(written, "JPEG", quality=60)
    luma = stored(written.getvalue()).luma
    assert luma is not None
    found = bar(luma, box)
    assert found is not None
    assert (found.within, found.apart_share) == (None, 0.0)
    assert found.at_edge < 1e-9
