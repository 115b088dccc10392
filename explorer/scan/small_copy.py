"""The small copy that the dataset keeps of each picture: made before masks were burned in, it shows what they hide."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PIL import Image

from explorer.scan.finding import Finding
from explorer.scan.views import View

NAME, VERSION = "small_copy", 1
_LEAST_WIDTH_PX, _LEAST_HEIGHT_PX = 4, 2
_LEVELS, _SHARE = 40, 0.25  # so many pixels of a bar differ by so much at no quality of a JPEG


def look(view: View) -> Iterator[Finding]:
    """A finding for each mask that the small copy does not have."""
    if view.thumb is None or not view.shown:
        return
    height, width = view.thumb.shape[:2]
    across, down = view.pixels.shape[1] / width, view.pixels.shape[0] / height
    picture = Image.fromarray(view.pixels)
    for mask in view.shown:
        left, right = round(max(0, mask.left) / across), min(width, round(mask.right / across))
        top, bottom = round(max(0, mask.top) / down), min(height, round(mask.bottom / down))
        if right - left < _LEAST_WIDTH_PX or bottom - top < _LEAST_HEIGHT_PX:
            continue
        box = left * across, top * down, right * across, bottom * down
        small = picture.resize((right - left, bottom - top), Image.Resampling.BILINEAR, box=box)
        copy = view.thumb[top:bottom, left:right].astype(np.int16)
        apart = np.abs(np.asarray(small).astype(np.int16) - copy).max(axis=-1)
        if (apart > _LEVELS).mean() > _SHARE:
            yield Finding(
                **view.place, **mask.place, kind="small_copy", severity="high", score=0.8, detector=NAME,
                detector_version=VERSION, redaction_id=mask.redaction_id, entity=mask.entity,
            )  # fmt: skip
