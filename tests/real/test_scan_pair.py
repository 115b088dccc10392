"""A real screenshot before and after a redaction pass: its bars are solid, and what they hide is not without them."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer.measures.codec import stored
from explorer.measures.rectangles import rectangles
from explorer.scan import weak_mask
from explorer.scan.views import Mask, View

pytestmark = pytest.mark.real


def pixels_of(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


@pytest.fixture(scope="module")
def pair(real: Path) -> tuple[bytes, bytes]:
    folder = real / "redaction_pairs"
    return tuple((folder / f"openadapt_privacy_{name}.png").read_bytes() for name in ("original", "scrubbed"))


@pytest.fixture(scope="module")
def masks(pair) -> tuple[Mask, ...]:
    """Bars of the scrubbed picture: rectangles of the commonest colour that the pass put in."""
    before, after = map(pixels_of, pair)
    changed = (before != after).any(axis=-1)
    colours, counts = np.unique(after[changed], axis=0, return_counts=True)
    bars = rectangles((after == colours[counts.argmax()]).all(axis=-1), 12, 6)
    return tuple(Mask(str(at), *box, "PERSON", "fill") for at, box in enumerate(bars))


def view(content: bytes, masks: tuple[Mask, ...]) -> View:
    return View("s", "s-0000000", 0, None, pixels_of(content), stored(content), masks)


def test_its_bars_are_solid(pair, masks):
    assert len(masks) >= 3
    assert list(weak_mask.look(view(pair[1], masks))) == []


def test_the_same_masks_on_the_original_are_not_burned_in(pair, masks):
    before, after = map(pixels_of, pair)
    told = {one.redaction_id for one in weak_mask.look(view(pair[0], masks))}
    covering = set()
    for one in masks:
        area = slice(one.top, one.bottom), slice(one.left, one.right)
        if (before != after)[area].any() and np.ptp(before[area].reshape(-1, 3), axis=0).max() > 0:
            covering.add(one.redaction_id)
    assert covering
    assert told == covering


@pytest.mark.parametrize(("name", "settings"), [("JPEG", {"quality": 70}), ("JPEG", {"quality": 92, "subsampling": 0}),
                                                ("WEBP", {"quality": 80})])  # fmt: skip
def test_its_bars_are_solid_when_it_is_stored_with_loss(pair, masks, name, settings):
    written = io.BytesIO()
    Image.fromarray(pixels_of(pair[1])).save(written, name, **settings)
    assert list(weak_mask.look(view(written.getvalue(), masks))) == []
