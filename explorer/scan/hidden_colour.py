"""Colours under transparent pixels: a mask that only took the opacity away left the picture beneath."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from explorer.scan.finding import Finding
from explorer.scan.views import PictureFile, Pixels
from explorer.trace.pictures import FORMATS, MOST_PIXELS

NAME, VERSION = "hidden_colour", 1
_LEVELS = 8  # of a channel; less is what rounding leaves
_LEAST_PX = 4
_LEAST_ELSEWHERE_PX = 64


def look(file: PictureFile) -> Iterator[Finding]:
    """A finding for each mask with colours beneath, and one of medium severity for invisible ones elsewhere."""
    pixels = with_opacity(file.content)
    if pixels is None or pixels[..., 3].min(initial=255) == 255:
        return
    taken = np.zeros(pixels.shape[:2], bool)
    for mask in file.masks:
        box = slice(max(0, mask.top), max(0, mask.bottom)), slice(max(0, mask.left), max(0, mask.right))
        taken[box] = True
        part = pixels[box]
        if differ(part[part[..., 3] < 255], _LEAST_PX):
            yield _finding(
                file, "high", 0.95, **mask.place, redaction_id=mask.redaction_id, entity=mask.entity
            )
    is_hidden = (pixels[..., 3] == 0) & ~taken
    if differ(pixels[is_hidden], _LEAST_ELSEWHERE_PX):
        rows, columns = np.flatnonzero(is_hidden.any(axis=1)), np.flatnonzero(is_hidden.any(axis=0))
        yield _finding(
            file, "medium", 0.5, left_px=int(columns[0]), top_px=int(rows[0]),
            width_px=int(columns[-1] - columns[0]) + 1, height_px=int(rows[-1] - rows[0]) + 1,
        )  # fmt: skip


def differ(colours: NDArray[np.uint8], least_n: int) -> bool:
    """Whether so many pixels (n x 4) have colours that differ from the usual one among them."""
    if len(colours) < least_n:
        return False
    own = colours[:, :3].astype(np.int16)
    return int((np.abs(own - np.median(own, axis=0)).max(axis=1) > _LEVELS).sum()) >= least_n


def with_opacity(content: bytes) -> Pixels | None:
    """Pixels as height x width x RGBA; None where the picture has no opacity, or is not one of bearable size."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(content), formats=tuple(FORMATS))
            has_opacity = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
            if not has_opacity or picture.width * picture.height > MOST_PIXELS:
                return None
            made: Pixels = np.asarray(picture.convert("RGBA"))
            return made
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning):
        return None


def _finding(file: PictureFile, severity: str, score: float, **more: Any) -> Finding:
    return Finding(
        **file.place, kind="hidden_colour", severity=severity, score=score, detector=NAME, detector_version=VERSION,
        **more,
    )  # fmt: skip
