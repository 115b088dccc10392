"""Values and masks in pictures that were not drawn here: noise for a start, real screenshots where they are."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from .encoding import decoded
from .injection import inject
from .items import KINDS, Item
from .kinds import OPEN
from .weak import WEAK, Pixels

SCREENSHOTS = (
    "pc_tracker/events_example/screenshot/20241126_161524_3.png",
    "pc_tracker/events_example/screenshot/20241126_161519_1.png",
    "agentnet_traj/images/3.png",
    "redaction_pairs/openadapt_privacy_original.png",
)


def stored(pixels: Pixels) -> bytes:
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "PNG")
    return content.getvalue()


@pytest.fixture(scope="module")
def photograph() -> bytes:
    """No flat spot anywhere."""
    return stored(np.random.default_rng(1).integers(0, 200, (300, 480, 3), dtype=np.uint8))


@pytest.fixture(scope="module")
def wall() -> bytes:
    """One colour everywhere."""
    return stored(np.full((300, 480, 3), 90, np.uint8))


def covers(item: Item) -> None:
    """Nothing of the values put in is left, whichever they were."""
    assert all(truth.open_share == 0 for picture in item.pictures for truth in picture.truths)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_in_pictures_with_and_without_flat_spots(kind: str, photograph: bytes, wall: bytes):
    for number, content in enumerate((photograph, wall)):
        item = inject(content, kind, "tuning", number)
        assert (item.kind, item.screen) == (kind, "real")
        assert decoded(item.pictures[0].content).shape == (300, 480, 3)
        assert len(item.pictures[0].truths) >= 1
        assert (item.recovery is not None) == (kind in WEAK)


@pytest.mark.parametrize("number", range(6))
def test_sound_masks_hide_the_values(number: int, photograph: bytes, wall: bytes):
    for content in (photograph, wall):
        one, other = (inject(content, "sound", "tuning", number, other_values=swap) for swap in (False, True))
        covers(one)
        assert [picture.content for picture in one.pictures] == [
            picture.content for picture in other.pictures
        ]
        assert one.pictures[0].truths[0].text != other.pictures[0].truths[0].text


def test_a_picture_that_is_too_small_is_refused():
    with pytest.raises(ValueError, match="too small"):
        inject(stored(np.zeros((60, 90, 3), np.uint8)), "missed", "tuning", 0)


@pytest.mark.real
@pytest.mark.parametrize("name", SCREENSHOTS)
def test_values_in_real_screenshots(real: Path, name: str):
    content = (real / name).read_bytes()
    before = decoded(content)
    number = next(n for n in range(20) if inject_is_png(n))
    item = inject(content, "missed", "measuring", number)
    after = decoded(item.pictures[0].content)
    assert after.shape == before.shape
    changed = np.argwhere((before != after).any(axis=-1))
    assert 0 < len(changed) < 0.1 * before.shape[0] * before.shape[1]
    truth = item.pictures[0].truths[item.pictures[0].subject or 0]
    assert (before[truth.box.area] != after[truth.box.area]).any()
    assert item == inject(content, "missed", "measuring", number)


def inject_is_png(number: int) -> bool:
    from .encoding import encoding
    from .seeds import dice

    return encoding(dice("measuring", "x"), number).format == "png"


@pytest.mark.real
def test_masks_in_real_screenshots(real: Path):
    content = (real / SCREENSHOTS[3]).read_bytes()
    for number in range(4):
        pair = [inject(content, "sound", "measuring", number, other_values=swap) for swap in (False, True)]
        assert pair[0].pictures[0].content == pair[1].pictures[0].content
        covers(pair[0])
        item = inject(content, "shifted", "measuring", number)
        truth = item.pictures[0].truths[item.pictures[0].subject or 0]
        assert OPEN[0] <= truth.open_share <= OPEN[1]
        weak = inject(content, "blurred", "measuring", number)
        assert weak.recovery is not None
        assert weak.recovery.is_recoverable
