"""Masked in one picture, bare in the one before or after it, while everything around is unchanged.

A field that is empty shows a hint, and another page shows other words at the same place. Neither is what the mask was
made for: a value begins and ends where its mask does, with the same margin at both ends, and does not go on beyond it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from explorer.scan.finding import Finding
from explorer.scan.views import Box, Mask, View

NAME, VERSION = "bare_in_neighbour", 2
_LEAST_RING_PX, _RING, _SAME_SHARE = 10, 2.5, 0.99  # the ring is that many heights of the mask wide
_SAME_LEVELS = 24  # what a codec makes of the same pixels in two pictures
_INK_LEVELS, _LEAST_INK_SHARE = 48, 0.01
_COVERED = 0.5
_PADDING, _EVEN_PX, _BESIDE = 0.45, 3, 0.5


def look(view: View) -> Iterator[Finding]:
    """Findings in this picture and in the one before it, each at the picture that shows what the other masks."""
    before = view.before
    if before is None or before.pixels.shape != view.pixels.shape:
        return
    for masked, bare in ((before, view), (view, before)):
        for mask in masked.shown:
            box = _within(mask, masked)
            if (
                is_covered(box, bare)
                or not has_ink(box, masked, bare)
                or not is_same_around(box, masked, bare)
            ):
                continue
            if (fits := is_filled(box, masked, bare)) is not None:
                yield Finding(
                    **bare.place, **mask.place, kind="bare_in_neighbour", severity="medium" if fits else "low",
                    score=0.9 if fits else 0.3, detector=NAME, detector_version=VERSION,
                    redaction_id=mask.redaction_id, entity=mask.entity,
                )  # fmt: skip


def _within(mask: Mask, view: View) -> Box:
    height, width = view.pixels.shape[:2]
    return max(0, mask.left), max(0, mask.top), min(width, mask.right), min(height, mask.bottom)


def is_covered(box: Box, view: View) -> bool:
    """Whether the masks of a picture cover half of the box."""
    left, top, right, bottom = box
    covered = np.zeros((bottom - top, right - left), bool)
    for mask in view.shown:
        covered[max(0, mask.top - top) : max(0, mask.bottom - top),
                max(0, mask.left - left) : max(0, mask.right - left)] = True  # fmt: skip
    return bool(covered.mean() >= _COVERED)


def is_same_around(box: Box, one: View, other: View) -> bool:
    """Whether a ring around the box shows the same in both, apart from what either masks."""
    left, top, right, bottom = box
    height, width = one.pixels.shape[:2]
    ring = max(_LEAST_RING_PX, round(_RING * (bottom - top)))
    x, y = max(0, left - ring), max(0, top - ring)
    place = slice(y, min(height, bottom + ring)), slice(x, min(width, right + ring))
    first, second = one.pixels[place].astype(np.int16), other.pixels[place]
    counts = np.ones(first.shape[:2], bool)
    for mask in (*one.shown, *other.shown):
        counts[
            max(0, mask.top - y) : max(0, mask.bottom - y), max(0, mask.left - x) : max(0, mask.right - x)
        ] = False
    if not counts.any():
        return False
    is_same = np.abs(first - second).max(axis=-1) <= _SAME_LEVELS
    return bool(is_same[counts].mean() >= _SAME_SHARE)


def has_ink(box: Box, masked: View, bare: View) -> bool:
    """Whether the bare picture shows something there that the masked one does not: no mask, no empty field."""
    left, top, right, bottom = box
    shown = bare.pixels[top:bottom, left:right].astype(np.int16)
    hidden = masked.pixels[top:bottom, left:right]
    if np.abs(shown - hidden).max(initial=0) <= _SAME_LEVELS:
        return False
    return bool(_ink(shown).mean() >= _LEAST_INK_SHARE)


def is_filled(box: Box, masked: View, bare: View) -> bool | None:
    """Whether what is bare fills the mask evenly; False where the mask has room at both ends, as one of a whole cell.

    None where it is another text: it goes on beyond the mask, or has the mask's margin at one end only.
    """
    left, top, right, bottom = box
    height = bottom - top
    columns = np.flatnonzero(_ink(bare.pixels[top:bottom, left:right].astype(np.int16)).any(axis=0))
    if not columns.size or _goes_on(box, masked, bare):
        return None
    before, after = int(columns[0]), right - left - 1 - int(columns[-1])
    if max(before, after) <= _PADDING * height:
        return True if abs(before - after) <= _EVEN_PX else None
    return None if min(before, after) <= _PADDING / 2 * height else False


def _goes_on(box: Box, masked: View, bare: View) -> bool:
    """Whether beside the mask, too, the bare picture shows what the masked one does not."""
    left, top, right, bottom = box
    beside = max(2, round(_BESIDE * (bottom - top)))
    for columns in (slice(max(0, left - beside), left), slice(right, right + beside)):
        place = slice(top, bottom), columns
        differs = (
            np.abs(bare.pixels[place].astype(np.int16) - masked.pixels[place]).max(axis=-1) > _INK_LEVELS
        )
        if (differs & ~masked.taken[place] & ~bare.taken[place]).any():
            return True
    return False


def _ink(shown: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Pixels off the ground; the outermost lines may belong to something beside."""
    ground = np.median(shown.reshape(-1, 3), axis=0)
    is_ink: NDArray[np.bool_] = np.abs(shown - ground).max(axis=-1) > _INK_LEVELS
    if min(shown.shape[:2]) > 4:
        is_ink[[0, -1]] = is_ink[:, [0, -1]] = False
    return is_ink
