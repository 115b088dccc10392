"""The set is as large and as varied as promised, and every picture can be read."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from PIL import Image

from . import looks
from .encoding import decoded, encoding
from .fonts import faces
from .items import KINDS, LEAKS, Item
from .kinds import SOUND
from .pictures import items_n, made
from .seeds import dice

SIXTY = 60


def test_a_set_of_sixty_has_sixty_of_each_kind_and_three_hundred_sound_ones():
    assert {kind: items_n(kind, SIXTY) for kind in KINDS if kind != "sound"} == dict.fromkeys(
        KINDS[:-1], SIXTY
    )
    assert items_n("sound", SIXTY) == 300
    assert len(KINDS) == 15
    assert len(SOUND) * SIXTY // 10 <= 300


def test_every_kind_is_there_as_often_as_asked(tuning: tuple[Item, ...]):
    counted = Counter(item.kind for item in tuning)
    assert counted["missed"] == 3
    assert counted == {kind: items_n(kind, 3) for kind in KINDS}
    assert {item.variant for item in tuning if item.kind == "sound"} == set(SOUND)
    assert {item.kind for item in tuning if item.is_leak} == set(LEAKS)


def test_formats_themes_scales_screens_and_fonts_vary(tuning: tuple[Item, ...]):
    for name in ("png", "jpeg 4:2:0", "jpeg 4:4:4", "webp lossless", "webp lossy"):
        assert any(item.encoding.startswith(name) for item in tuning), name
    for kind in KINDS:
        assert len({item.pictures[0].format for item in tuning if item.kind == kind}) == 3
    assert {item.theme for item in tuning} == set(looks.THEMES)
    assert {item.scale for item in tuning} == set(looks.SCALES)
    assert {item.screen for item in tuning} == set(looks.SCREENS)
    assert len({item.font for item in tuning}) >= min(6, len(faces()))


def test_encodings_in_turn_have_all_formats_and_qualities():
    made_of = [encoding(dice("tuning", n), n) for n in range(400)]
    names = Counter((one.format, one.detail) for one in made_of)
    assert set(names) == {
        ("png", ""),
        ("jpeg", "4:2:0"),
        ("jpeg", "4:4:4"),
        ("webp", "lossy"),
        ("webp", "lossless"),
    }
    assert min(names.values()) >= 40
    lossy = [one.quality for one in made_of if one.quality is not None]
    assert (min(lossy), max(lossy)) == (50, 95)


def test_values_of_other_scripts_are_among_them(tuning: tuple[Item, ...]):
    letters = "".join(truth.text for item in tuning for picture in item.pictures for truth in picture.truths)
    assert any("Ͱ" <= letter <= "Ͽ" for letter in letters)
    assert any("Ѐ" <= letter <= "ӿ" for letter in letters)
    assert any("À" <= letter <= "ſ" for letter in letters)


def test_every_picture_decodes_to_its_size_and_places_lie_in_it(tuning: tuple[Item, ...]):
    for item in tuning:
        for picture in item.pictures:
            image = Image.open(io.BytesIO(picture.content))
            assert (image.format or "").lower() == picture.format
            assert decoded(picture.content).shape == (picture.height_px, picture.width_px, 3)
            boxes = [mask.box for mask in picture.masks] + [truth.box for truth in picture.truths]
            assert all(box == box.within((picture.width_px, picture.height_px)) for box in boxes)
            assert all(box.width and box.height for box in boxes)


def test_a_smaller_set_is_the_beginning_of_a_larger_one(tuning: tuple[Item, ...]):
    third = next(item for item in tuning if item.kind == "shifted" and item.number == 2)
    assert made("tuning", "shifted", 2) == third


@pytest.mark.parametrize("kind", KINDS)
def test_one_font_is_enough(kind: str, monkeypatch: pytest.MonkeyPatch):
    only = faces()[:1]
    monkeypatch.setattr(looks, "faces", lambda: only)
    item = made("tuning", kind, 1)
    assert item.font == "Pillow"
    assert decoded(item.pictures[0].content).std() > 1
