"""The measure tells what can be had from a weak mask from what the codec has destroyed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from .boxes import Box
from .encoding import Encoding, encoding
from .items import Item, Recovery
from .looks import layout, look
from .page import Page
from .pictures import made
from .recovery import LEAST_LIKENESS, Inside, recovery
from .screens import page_of
from .seeds import dice
from .weak import WEAK, Weak, _over

PNG = Encoding("png", "", None)
MOST_N = 200
CODECS = (Encoding("jpeg", "4:2:0", 60), Encoding("jpeg", "4:4:4", 90), Encoding("webp", "lossy", 60), PNG)


@pytest.fixture(scope="module")
def page() -> Page:
    """A light form at scale 1."""
    chance = dice("tuning", "recovery")
    return page_of("tuning", layout("tuning", chance, "form", scale=1.0), look(chance, "light", 1.0))


def under(opacity: float, page: Page) -> Inside:
    """A black mask of that opacity over the first value that stands in a field."""
    slot = next(slot for slot in page.slots if slot.ground == "field")
    mask: Weak = lambda pixels: _over(pixels, (0, 0, 0), np.float64(opacity))  # noqa: E731
    return Inside(page, slot, slot.box.grown(3, 2), page.image, mask)


def measured(case: Inside, stored: Encoding, text: str | None = None) -> Recovery:
    """The measure for a picture with the slot's own value, or with another text."""
    image = case.beneath.copy()
    image.paste(case.picture(text or case.slot.value.text), case.box.edges[:2])
    return recovery(case, stored.encoded(image), stored)


def test_what_a_mask_lets_through_is_recoverable_until_the_codec_ends_it(page: Page):
    found = [measured(under(opacity, page), CODECS[0]) for opacity in (0.5, 0.8, 0.95, 0.999)]
    assert [one.is_recoverable for one in found] == [True, True, True, False]
    assert found[0].likeness > 0.8 > found[-1].likeness


def test_without_loss_two_levels_of_difference_are_enough(page: Page):
    assert measured(under(0.992, page), PNG).is_recoverable
    assert measured(under(0.992, page), PNG).likeness > 0.7


@pytest.mark.parametrize("stored", CODECS, ids=lambda one: one.name)
def test_a_solid_mask_gives_nothing_away(page: Page, stored: Encoding):
    found = measured(under(1.0, page), stored)
    assert found.likeness < 0.1 < LEAST_LIKENESS
    assert not found.is_recoverable


@pytest.mark.parametrize("stored", CODECS, ids=lambda one: one.name)
def test_the_measure_is_about_this_value(page: Page, stored: Encoding):
    case = under(0.7, page)
    wrong = [measured(case, stored, page.other(case.slot, dice("tuning", n))).likeness for n in range(5)]
    assert measured(case, stored).likeness > 0.75
    assert np.mean(wrong) < 0.5
    assert max(wrong) < measured(case, stored).likeness


def test_a_value_beside_the_mask_does_not_count(page: Page):
    case = under(0.999, page)
    nothing = replace(case, box=Box(10, case.box.top, 10 + case.box.width, case.box.bottom))
    assert not measured(nothing, PNG).is_recoverable


@pytest.mark.parametrize("kind", sorted(WEAK))
def test_without_loss_all_weak_masks_are_recoverable(by_kind: dict[str, list[Item]], kind: str):
    lossless = [item for item in by_kind[kind] if item.encoding in ("png", "webp lossless")]
    assert lossless
    assert all(item.recovery is not None and item.recovery.is_recoverable for item in lossless)


@pytest.mark.parametrize("kind", ["translucent", "near_black"])
def test_of_jpegs_some_are_recoverable_and_some_are_not(kind: str):
    found: dict[bool, Item] = {}
    jpegs = (n for n in range(MOST_N) if encoding(dice("tuning", n), n).format == "jpeg")
    while len(found) < 2:
        item = made("tuning", kind, next(jpegs))
        assert item.encoding.startswith("jpeg")
        found[item.is_leak] = item
    assert all(item.recovery and item.recovery.is_recoverable is is_leak for is_leak, item in found.items())


def test_only_weak_masks_are_measured(tuning: tuple[Item, ...]):
    assert {item.kind for item in tuning if item.recovery is not None} == set(WEAK)
