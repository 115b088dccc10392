"""The picture that most agree on."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from explorer.charts.median_picture import fitted, median_picture, webp


def test_what_is_one_persons_own_goes() -> None:
    pictures = []
    for place in range(5):
        picture = Image.new("RGB", (100, 150), (240, 240, 240))
        picture.paste((0, 0, 200), (0, 0, 100, 20))
        picture.paste((255, 0, 0), (20 * place, 60, 20 * place + 20, 90))  # each one's own, in another place
        pictures.append(picture)
    found = np.asarray(median_picture(pictures))
    assert (found[:20] == (0, 0, 200)).all()
    assert (found[20:] == (240, 240, 240)).all()


def test_the_median_is_that_of_numpy() -> None:
    chance = np.random.default_rng(3)
    stack = chance.integers(0, 256, (7, 70, 11, 3), np.uint8)
    found = median_picture([Image.fromarray(one) for one in stack])
    assert (np.asarray(found) == np.median(stack, axis=0)).all()


def test_no_pictures_have_no_median() -> None:
    with pytest.raises(ValueError, match="no pictures"):
        median_picture([])


def test_a_part_is_cut_out_and_scaled() -> None:
    picture = Image.new("RGBA", (400, 200), (9, 9, 9, 255))
    picture.paste((200, 0, 0), (100, 50, 200, 100))
    part = fitted(picture, (100, 50, 100, 50), (10, 5))
    assert part is not None
    assert part.size == (10, 5)
    assert (np.asarray(part) == (200, 0, 0)).all()


@pytest.mark.parametrize("box", [(-200, 0, 400, 200), (0, 0, 0, 10), (0, 0, 400, 800), (1e6, 0, 10, 10)])
def test_a_picture_that_does_not_show_the_part_is_not_used(box: tuple[float, float, float, float]) -> None:
    assert fitted(Image.new("RGB", (400, 200)), box, (10, 5)) is None


def test_webp_keeps_to_its_size() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (200, 300, 3), np.uint8)
    picture = Image.fromarray(noise)
    small, large = webp(picture, 30_000), webp(picture, 10**9)
    assert len(small) <= 30_000 < len(large)
    with Image.open(io.BytesIO(small)) as read:
        assert read.size == (300, 200)
