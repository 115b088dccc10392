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
    copy = view.thumb.astype(np.int16)
    height, width = copy.shape[:2]
    small = Image.fromarray(view.pixels).resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2.0)
    apart = np.abs(np.asarray(small).astype(np.int16) - copy).max(axis=-1)
    across, down = width / view.pixels.shape[1], height / view.pixels.shape[0]
    for mask in view.shown:
        box = apart[round(max(0, mask.top) * down) : round(mask.bottom * down),
                    round(max(0, mask.left) * across) : round(mask.right * across)]  # fmt: skip
        if (
            box.shape[0] >= _LEAST_HEIGHT_PX
            and box.shape[1] >= _LEAST_WIDTH_PX
            and (box > _LEVELS).mean() > _SHARE
        ):
            yield Finding(
                **view.place, **mask.place, kind="small_copy", severity="high", score=0.8, detector=NAME,
                detector_version=VERSION, redaction_id=mask.redaction_id, entity=mask.entity,
            )  # fmt: skip
