"""Each failure of the redaction pass leaves what its name says; a working mask leaves nothing."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

BOX_PX = (40, 30, 200, 50)
INK, PAPER = 20, 250


@pytest.fixture
def page() -> np.ndarray:
    """A light page with one line of text in the box."""
    image = Image.new("RGB", (280, 90), (PAPER, PAPER, PAPER))
    ImageDraw.Draw(image).text(
        (42, 32), "juniper.vale@example.com", fill=(INK, INK, INK), font=ImageFont.load_default(13)
    )
    return np.asarray(image).copy()


@pytest.fixture
def box(recorder):
    return recorder("masks").Box(*BOX_PX)


def cut(pixels: np.ndarray) -> np.ndarray:
    left, top, right, bottom = BOX_PX
    return pixels[top:bottom, left:right]


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    """Correlation of two cuts in grey."""
    return float(np.corrcoef(one.mean(axis=-1).ravel(), other.mean(axis=-1).ravel())[0, 1])


def test_a_fill_is_one_colour_and_touches_nothing_else(recorder, page, box):
    before = page.copy()
    mask = recorder("masks").fill(page, box)
    assert (cut(page) == recorder("masks").FILL).all()
    assert mask.method == "fill"
    assert mask.box == box
    cut(page)[:] = cut(before)
    assert (page == before).all()


@pytest.mark.parametrize("kind", ["missed", "neighbour"])
def test_a_missed_value_is_as_drawn_and_not_declared(recorder, page, box, kind):
    before = page.copy()
    assert recorder("masks").FAILURES[kind](page, box) is None
    assert (page == before).all()


def test_a_blurred_value_keeps_its_shape_without_hard_edges(recorder, page, box):
    before = page.copy()
    assert recorder("masks").blurred(page, box).method == "blur"
    assert likeness(cut(before), cut(page)) > 0.4
    steps = [np.abs(np.diff(cut(pixels).astype(int), axis=1)).max() for pixels in (before, page)]
    assert steps[1] < steps[0] / 2


def test_a_pixelated_value_has_constant_blocks_and_still_correlates(recorder, page, box):
    before = page.copy()
    block_px = recorder("masks").BLOCK_PX
    assert recorder("masks").pixelated(page, box).method == "pixelate"
    region = cut(page)
    for top in range(0, region.shape[0], block_px):
        for left in range(0, region.shape[1], block_px):
            block = region[top : top + block_px, left : left + block_px].reshape(-1, 3)
            assert (block == block[0]).all()
    assert likeness(cut(before), region) > 0.3
    assert len(np.unique(region)) > 5


def test_a_translucent_value_looks_filled_and_comes_back_when_stretched(recorder, page, box):
    before = page.copy()
    mask = recorder("masks").translucent(page, box)
    region = cut(page).astype(float)
    assert mask.method == "fill"
    assert np.ptp(region[..., 0]) < 0.2 * np.ptp(cut(before)[..., 0])
    stretched = (region - region.min(axis=(0, 1))) / np.ptp(region, axis=(0, 1)) * 255
    assert likeness(cut(before), stretched) > 0.99


@pytest.mark.parametrize("kind", ["shifted", "too_small"])
def test_a_misplaced_mask_leaves_ink_at_its_edge(recorder, page, box, kind):
    before = page.copy()
    mask = recorder("masks").FAILURES[kind](page, box)
    assert mask.box != box
    assert (
        page[mask.box.top : mask.box.bottom, mask.box.left : mask.box.right] == recorder("masks").FILL
    ).all()
    strip = page[box.top : box.bottom, mask.box.left - 14 : mask.box.left]
    assert (strip.mean(axis=-1) < 150).mean() > 0.05
    open_part = (slice(box.top, box.bottom), slice(box.left, mask.box.left))
    assert (page[open_part] == before[open_part]).all()


def test_a_shifted_mask_stays_in_the_picture(recorder, page):
    at_edge = recorder("masks").Box(200, 30, 280, 50)
    mask = recorder("masks").shifted(page, at_edge)
    assert mask.box.right <= page.shape[1]


def test_masking_draws_failures_first_and_declares_what_was_burned(recorder, page, box):
    made = recorder("redactor").masked_picture(
        page,
        [(box, "EMAIL_ADDRESS")],
        {0: recorder("masks").translucent},
        [recorder("masks").Box(40, 60, 200, 80)],
    )
    assert [(method, entity) for _, method, entity in made] == [("fill", "EMAIL_ADDRESS"), ("fill", "PERSON")]
    assert (page[60:80, 40:200] == recorder("masks").FILL).all()


def test_a_working_mask_covers_more_than_the_letters(recorder, page, box):
    [(burned, _, _)] = recorder("redactor").masked_picture(page, [(box, "EMAIL_ADDRESS")], {})
    assert burned.left < box.left
    assert burned.bottom > box.bottom
    assert (page == PAPER).all(axis=-1)[:, :30].all()
