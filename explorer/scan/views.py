"""What checks look at: one picture with its masks, one text, the presses of one session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.measures.codec import Rewritten, Stored
from explorer.measures.mask_beside import Around, around
from explorer.measures.mask_fill import Fill, fill_of
from explorer.measures.picture_parts import Parts, parts_of

Pixels = NDArray[np.uint8]
Box = tuple[int, int, int, int]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Mask:
    """A mask as declared, in picture pixels; `right` and `bottom` lie just outside of it."""

    redaction_id: str
    left: int
    top: int
    right: int
    bottom: int
    entity: str | None
    method: str | None

    @property
    def place(self) -> dict[str, Any]:
        """The rectangle as findings have it."""
        return {"left_px": self.left, "top_px": self.top, "width_px": self.right - self.left,
                "height_px": self.bottom - self.top}  # fmt: skip

    @property
    def edges(self) -> Box:
        return self.left, self.top, self.right, self.bottom


@dataclass(frozen=True, eq=False)
class View:
    """One picture: decoded pixels (height x width x RGB), how it was stored, masks, and the picture before it.

    `thumb` is the small copy that the dataset keeps of it, decoded; None where there is none.
    """

    session_id: str
    frame_id: str
    seq: int
    t_us: int | None
    pixels: Pixels
    stored: Stored
    masks: tuple[Mask, ...]
    before: View | None = field(default=None, repr=False)
    thumb: Pixels | None = field(default=None, repr=False)
    _fills: dict[Box, Fill] = field(default_factory=dict, repr=False)
    _around: dict[Box, Around] = field(default_factory=dict, repr=False)

    def fill(self, box: Box) -> Fill:
        """The fill of a box within the picture, computed once."""
        if box not in self._fills:
            self._fills[box] = fill_of(self.pixels, box, self.stored, self.rewritten)
        return self._fills[box]

    @cached_property
    def rewritten(self) -> Rewritten:
        """The picture as its codec would have it with masks of one colour."""
        return Rewritten(self.pixels, [self.within(one) for one in self.shown], self.stored)

    def within(self, mask: Mask) -> Box:
        """The part of a mask that lies in the picture."""
        height, width = self.pixels.shape[:2]
        return max(0, mask.left), max(0, mask.top), min(width, mask.right), min(height, mask.bottom)

    def around(self, mask: Mask) -> Around:
        """What is around a mask that covers a part of the picture, found once."""
        box = self.within(mask)
        if box not in self._around:
            self._around[box] = around(self.pixels, box, self.taken)
        return self._around[box]

    @cached_property
    def taken(self) -> NDArray[np.bool_]:
        """Height x width: pixels that a mask covers."""
        covered = np.zeros(self.pixels.shape[:2], bool)
        for mask in self.shown:
            covered[max(0, mask.top) : mask.bottom, max(0, mask.left) : mask.right] = True
        return covered

    @cached_property
    def planes(self) -> Pixels:
        """The pixels as channel x height x width: one channel at a time is read several times as fast like this."""
        return np.ascontiguousarray(np.moveaxis(self.pixels, -1, 0))

    @cached_property
    def shown(self) -> tuple[Mask, ...]:
        """The masks that cover at least one pixel of the picture."""
        height, width = self.pixels.shape[:2]
        return tuple(one for one in self.masks if one.left < min(one.right, width) and one.top < min(one.bottom, height)
                     and one.right > 0 and one.bottom > 0)  # fmt: skip

    @property
    def place(self) -> dict[str, Any]:
        """The picture as findings have it."""
        return {
            "session_id": self.session_id, "frame_id": self.frame_id, "seq": self.seq, "t_us": self.t_us,
            "source_table": "frames", "channel": "frame",
        }  # fmt: skip


@dataclass(frozen=True, eq=False)
class PictureFile:
    """One picture as it is stored, decoded or not: `place` are the columns of findings that say where it is."""

    content: bytes
    place: Mapping[str, Any]
    masks: tuple[Mask, ...] = ()

    @cached_property
    def parts(self) -> Parts | None:
        """Its chunks or segments; None where it is no picture that is known."""
        return parts_of(self.content)


@dataclass(frozen=True, slots=True)
class Text:
    """One distinct text of a session; `place` are the columns of findings that say where it stands.

    `hint` is what the check's own sift found possible, all bits where nothing was sifted.
    """

    text: str
    channel: str
    place: Mapping[str, Any]
    hint: int = 255


def mask_of(row: Mapping[str, Any]) -> Mask | None:
    """The mask of a row of scan/masks; None where it has no rectangle."""
    left, top, width, height = (row[f"frame_{name}_px"] for name in ("left", "top", "width", "height"))
    if None in (left, top, width, height):
        return None
    return Mask(row["redaction_id"], left, top, left + width, top + height, row["entity"], row["method"])
