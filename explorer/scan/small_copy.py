"""The small copy that the dataset keeps of each picture: made before masks were burned in, it shows what they hide.

A small JPEG keeps one colour for four pixels, so that a bright bar of a few pixels is another colour in it: the copy is
held against the picture made small, as it is and as such a JPEG would have it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
from PIL import Image

from explorer.scan.finding import Finding
from explorer.scan.views import Box, Mask, Pixels, View

NAME, VERSION = "small_copy", 2
_LEAST_WIDTH_PX, _LEAST_HEIGHT_PX = 4, 2
_LEVELS, _SHARE = 40, 0.25  # so many pixels of a bar differ by so much at no quality of a JPEG
_QUALITY = 50


def look(view: View) -> Iterator[Finding]:
    """A finding for each mask that the small copy does not have."""
    if view.thumb is None or not view.shown:
        return
    small = Image.fromarray(view.pixels).resize(view.thumb.shape[1::-1], Image.Resampling.BILINEAR)
    apart = [(mask, box) for mask, box in _masks(view) if is_apart(small, view.thumb, box)]
    coarse = _as_jpeg(small) if apart else small
    for mask, box in apart:
        if is_apart(coarse, view.thumb, box):
            yield Finding(
                **view.place, **mask.place, kind="small_copy", severity="high", score=0.8, detector=NAME,
                detector_version=VERSION, redaction_id=mask.redaction_id, entity=mask.entity,
            )  # fmt: skip


def _masks(view: View) -> Iterator[tuple[Mask, Box]]:
    """The masks that are large enough in the small copy, with their places there."""
    assert view.thumb is not None
    height, width = view.thumb.shape[:2]
    across, down = view.pixels.shape[1] / width, view.pixels.shape[0] / height
    for mask in view.shown:
        left, right = round(max(0, mask.left) / across), min(width, round(mask.right / across))
        top, bottom = round(max(0, mask.top) / down), min(height, round(mask.bottom / down))
        if right - left >= _LEAST_WIDTH_PX and bottom - top >= _LEAST_HEIGHT_PX:
            yield mask, (left, top, right, bottom)


def is_apart(small: Image.Image, copy: Pixels, box: Box) -> bool:
    """Whether the small copy shows something else there than the picture made small."""
    left, top, right, bottom = box
    shown = copy[top:bottom, left:right].astype(np.int16)
    apart = np.abs(np.asarray(small.crop(box)).astype(np.int16) - shown).max(axis=-1)
    return bool((apart > _LEVELS).mean() > _SHARE)


def _as_jpeg(small: Image.Image) -> Image.Image:
    content = io.BytesIO()
    small.save(content, "JPEG", quality=_QUALITY)
    return Image.open(content).convert("RGB")
