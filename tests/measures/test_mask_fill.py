"""Masks that are solid and masks that are not, in pictures without loss, JPEG and lossy WebP."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from explorer.measures.codec import Rewritten, stored, webp_quality
from explorer.measures.mask_fill import fill_of

BOX = 37, 21, 171, 43  # across the blocks of JPEG and WebP
FORMATS = {
    "png": {"format": "PNG"}, "webp without loss": {"format": "WEBP", "lossless": True},
    **{f"jpeg {q} {s}": {"format": "JPEG", "quality": q, "subsampling": s} for q in (50, 75, 95) for s in (0, 2)},
    **{f"webp {q}": {"format": "WEBP", "quality": q, "method": m} for q, m in ((60, 1), (80, 4), (95, 6))},
}  # fmt: skip
COLOURS = [(0, 0, 0), (74, 83, 97), (255, 255, 255), (185, 28, 28)]


def page() -> Image.Image:
    image = Image.new("RGB", (240, 80), (246, 247, 249))
    pen = ImageDraw.Draw(image)
    for row in range(6):
        pen.text((6, 2 + 13 * row), "Dear 4000 0000 0000 0002 and more words of a letter", fill=(30, 32, 36))
    return image


def masked(
    mask: Callable[[Image.Image], Image.Image], settings: dict[str, object]
) -> tuple[np.ndarray, bytes]:
    image = page()
    image.paste(mask(image.crop(BOX)), BOX[:2])
    written = io.BytesIO()
    image.save(written, **settings)
    return np.asarray(Image.open(written).convert("RGB")), written.getvalue()


def solid(colour: tuple[int, int, int]) -> Callable[[Image.Image], Image.Image]:
    return lambda cut: Image.new("RGB", cut.size, colour)


def over(colour: tuple[int, int, int], opacity: float) -> Callable[[Image.Image], Image.Image]:
    return lambda cut: Image.blend(cut, Image.new("RGB", cut.size, colour), opacity)


@pytest.mark.parametrize("settings", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("colour", COLOURS)
def test_one_colour_is_solid(settings, colour):
    pixels, content = masked(solid(colour), settings)
    fill = fill_of(pixels, BOX, stored(content))
    is_lossy_webp = (
        settings["format"] == "WEBP" and "quality" in settings
    )  # its noise may look like a faint value
    assert not fill.is_weak if is_lossy_webp else fill.is_solid, fill
    assert np.abs(np.array(fill.colour) - colour).max() <= 8


@pytest.mark.parametrize("settings", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize(
    "mask",
    [
        lambda cut: cut,
        lambda cut: cut.filter(ImageFilter.GaussianBlur(4)),
        lambda cut: cut.resize((22, 4), Image.Resampling.BOX).resize(cut.size, Image.Resampling.NEAREST),
        over((0, 0, 0), 0.85),
        over((37, 99, 235), 0.9),
    ],
    ids=["bare", "blurred", "pixelated", "translucent black", "translucent blue"],
)
def test_what_lets_something_through_is_not(settings, mask):
    pixels, content = masked(mask, settings)
    fill = fill_of(pixels, BOX, stored(content))
    assert fill.is_weak
    assert not fill.is_solid


@pytest.mark.parametrize("name", ["png", "webp without loss", "jpeg 95 0"])
def test_a_bar_that_looks_black_is_not(name):
    pixels, content = masked(over((8, 8, 8), 0.985), FORMATS[name])
    assert pixels[BOX[1] + 2 : BOX[3] - 2, BOX[0] + 2 : BOX[2] - 2].max() < 16
    assert not fill_of(pixels, BOX, stored(content)).is_solid


@pytest.mark.parametrize("quality", [60, 77, 93])
@pytest.mark.parametrize("subsampling", [0, 2])
def test_a_jpeg_bar_so_low_that_no_block_lies_within_is_judged_by_its_edges(quality, subsampling):
    low = 37, 25, 171, 39
    for opacity in (1.0, 0.95):
        image = page()
        image.paste(over((8, 8, 8), opacity)(image.crop(low)), low[:2])
        written = io.BytesIO()
        image.save(written, "JPEG", quality=quality, subsampling=subsampling)
        pixels = np.asarray(Image.open(io.BytesIO(written.getvalue())).convert("RGB"))
        assert fill_of(pixels, low, stored(written.getvalue())).is_weak == (opacity < 1)


@pytest.mark.parametrize(("across", "is_solid"), [(True, True), (False, False)])
def test_of_a_lossy_webp_what_goes_on_along_the_rows_is_its_noise_and_what_changes_there_is_not(
    across, is_solid
):
    _, content = masked(solid((90, 90, 90)), FORMATS["webp 80"])
    pixels = np.full((80, 240, 3), 90, np.uint8)
    stripes = np.arange(30) // 3 % 2 * 4
    pixels[20:50, 20:50] += (stripes[:, None] if across else stripes[None, :])[:, :, None].astype(np.uint8)
    assert fill_of(pixels, (20, 20, 50, 50), stored(content)).is_solid == is_solid


@pytest.mark.parametrize(("disturbed_n", "is_solid"), [(0, False), (1, False), (2, True), (4, True)])
def test_what_one_colour_varies_by_as_well_in_two_ways_of_storing_is_noise(disturbed_n, is_solid):
    _, content = masked(solid((90, 90, 90)), FORMATS["webp 80"])
    how, box = stored(content), (20, 20, 60, 50)
    pixels, elsewhere = (np.full((80, 240, 3), 90, np.uint8) for _ in range(2))
    pixels[20:50, 28:31] += 3
    elsewhere[20:50, 45:48] += 3  # so far off that no weight meets it

    class Again(Rewritten):
        def way(self, number: int) -> np.ndarray | None:
            return (elsewhere if number < disturbed_n else np.full_like(pixels, 90)) if number < 4 else None

    assert fill_of(pixels, box, how, Again(pixels, [box], how)).is_solid == is_solid


def test_the_lower_limit_is_below_the_one_above_which_a_mask_is_weak():
    for opacity in (1.0, 0.995, 0.99, 0.98, 0.9):
        pixels, content = masked(over((90, 90, 90), opacity), FORMATS["webp 80"])
        fill = fill_of(pixels, BOX, stored(content))
        assert fill.doubt >= fill.excess
        assert not (fill.is_weak and fill.is_solid)


@pytest.mark.parametrize("box", [(0, 0, 240, 80), (0, 0, 3, 3), (232, 70, 240, 80), (36, 20, 37, 44)])
@pytest.mark.parametrize("name", ["png", "jpeg 50 2", "webp 60"])
def test_boxes_at_the_border_and_tiny_ones(name, box):
    pixels, content = masked(solid((0, 0, 0)), FORMATS[name])
    assert fill_of(pixels, box, stored(content)).excess >= 0


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_other_jpegs_are_compared_as_well(mode):
    written = io.BytesIO()
    image = page()
    image.paste((0, 0, 0), BOX)
    image.convert(mode).save(written, "JPEG", quality=80)
    pixels = np.asarray(Image.open(written).convert("RGB"))
    how = stored(written.getvalue())
    assert fill_of(pixels, BOX, how).excess < fill_of(pixels, (37, 45, 171, 67), how).excess


@pytest.mark.parametrize("quality", [10, 50, 60, 75, 80, 90, 95])
def test_the_quality_of_a_webp_is_read_from_its_head(quality):
    written = io.BytesIO()
    page().save(written, "WEBP", quality=quality, method=1)
    how = stored(written.getvalue())
    assert how.settings is not None
    assert abs(how.settings["quality"] - quality) <= 3
    assert webp_quality(0) == 100


@pytest.mark.parametrize("cut", [30, 40, 60, 100])
def test_a_webp_that_is_cut_short_is_no_error(cut):
    from explorer.measures.codec import webp_quantiser

    written = io.BytesIO()
    page().save(written, "WEBP", quality=70)
    assert webp_quantiser(written.getvalue()[:cut]) is None or cut >= 84
