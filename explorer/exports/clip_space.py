"""Where things lie in a clip: desktop pixels to pixels of its pictures. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from explorer.engine.replay_rows import UNKNOWN_PX, ReplayRows
from explorer.exports.clip_request import LEAST_PX, MOST_PX

Box = tuple[float, float, float, float]
_UNKNOWN_DESKTOP: Box = (0, 0, 1920, 1080)


@dataclass(frozen=True, slots=True)
class Space:
    """Size of a clip's pictures [px], the desktop pixel at their upper left corner, and pixels per desktop pixel."""

    width_px: int
    height_px: int
    left: float
    top: float
    scale: float

    @property
    def unit(self) -> float:
        """How large marks are drawn; 1 in a picture of 960 pixels."""
        return min(2.0, max(0.75, self.width_px / 960))

    def point(self, x_px: float, y_px: float) -> tuple[float, float]:
        """Place of the middle of a desktop pixel."""
        return (x_px + 0.5 - self.left) * self.scale, (y_px + 0.5 - self.top) * self.scale

    def place(self, box: Box) -> tuple[int, int, int, int]:
        """Left, top, right and bottom [px] of a box of the desktop; at least one pixel."""
        left, top = round((box[0] - self.left) * self.scale), round((box[1] - self.top) * self.scale)
        right, bottom = round((box[2] - self.left) * self.scale), round((box[3] - self.top) * self.scale)
        return left, top, max(left + 1, right), max(top + 1, bottom)


def space_of(boxes: Sequence[Box], natural: float, most_px: int | None, usual_px: int) -> Space:
    """The space around boxes of the desktop, at most as large as it is stored, unless a width is asked for.

    `natural`: stored pixels per desktop pixel. Sizes are even, as video wants them.
    """
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    wide, tall = max(box[2] for box in boxes) - left, max(box[3] for box in boxes) - top
    wanted = most_px or min(usual_px, max(LEAST_PX, wide * natural))
    scale = min(wanted / wide, MOST_PX / tall)
    return Space(_even(wide * scale), _even(tall * scale), left, top, scale)


def _even(length: float) -> int:
    return max(2, 2 * round(length / 2))


def frame_box(frame: dict[str, Any]) -> Box:
    """Desktop box of a screenshot; scales that are not known count as 1, as in the player."""
    left, top = frame["capture_left_px"] or 0, frame["capture_top_px"] or 0
    wide, tall = (frame[f"{side}_px"] / _scale(frame[name]) for side, name in
                  (("width", "scale_x"), ("height", "scale_y")))  # fmt: skip
    return left, top, left + wide, top + tall


def natural_scale(frame: dict[str, Any]) -> float:
    """Stored pixels per desktop pixel, the larger one of both directions."""
    return max(_scale(frame["scale_x"]), _scale(frame["scale_y"]))


def _scale(value: float | None) -> float:
    return value if value and 0 < value < float("inf") else 1.0


def plain_boxes(displays: Sequence[dict[str, Any]], rows: ReplayRows) -> list[Box]:
    """What a stage without screenshots shows: displays, else where the pointer was, else a usual desktop."""
    sides = ("left_px", "top_px", "width_px", "height_px")
    sizes = [[row[side] for side in sides] for row in displays]
    known = [(x, y, x + w, y + h) for x, y, w, h in (s for s in sizes if None not in s) if w > 0 and h > 0]
    pointed = rows.x != UNKNOWN_PX
    if known or not pointed.any():
        return known or [_UNKNOWN_DESKTOP]
    x, y = rows.x[pointed].astype(np.int64), rows.y[pointed].astype(np.int64)
    return [(int(x.min()) - 40, int(y.min()) - 40, int(x.max()) + 41, int(y.max()) + 41)]
