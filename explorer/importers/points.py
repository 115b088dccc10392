"""Pointer positions: what is a position at all, on which display it lies, in which cell, in whole pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from explorer.importers.columns import integers, words
from explorer.importers.recording import MOVE_BITS, Bools, Floats, Ints, Recording
from explorer.trace.displays import Display, Placement, estimate_size, place
from explorer.trace.grid import NO_CELL, cells
from explorer.trace.schema import FARTHEST_PX

_ESTIMATED_ID = "estimated"


@dataclass(frozen=True, slots=True)
class Points:
    """Usable positions (NaN elsewhere), and the bits of what was found."""

    x: Floats
    y: Floats
    t_us: Ints
    placement: Placement
    flags: Ints


def usable(recording: Recording, x: Floats, y: Floats) -> Bools:
    """True where a position is one: finite, on a desktop that can exist, and not the format's word for none."""
    with np.errstate(invalid="ignore"):
        is_usable = (np.abs(x) <= FARTHEST_PX) & (np.abs(y) <= FARTHEST_PX)
        for value in recording.sentinels:
            is_usable &= (x != value) & (y != value)
    return np.asarray(is_usable)


def displays_of(recording: Recording) -> list[Display]:
    """The recorded displays, or one estimated from all positions; empty when neither is known."""
    if recording.displays is not None:
        return list(recording.displays)
    x = np.concatenate([recording.moves.x, recording.events.x])
    y = np.concatenate([recording.moves.y, recording.events.y])
    is_usable = usable(recording, x, y)
    size = estimate_size(x[is_usable], y[is_usable])
    if size is None:
        return []
    space = recording.coordinate_space
    return [Display(_ESTIMATED_ID, 0, 0, *size, is_estimated=True, coordinate_space=space)]


def points(
    recording: Recording,
    displays: Sequence[Display],
    t_us: Ints,
    x: Floats,
    y: Floats,
    *,
    has_point: Bools | None = None,
) -> Points:
    """Sort out the positions of some rows; `has_point` None: every row has one."""
    is_usable = usable(recording, x, y)
    is_lost = ~is_usable if has_point is None else has_point & ~is_usable
    if not is_usable.all():
        x, y = np.where(is_usable, x, np.nan), np.where(is_usable, y, np.nan)
    placement = place(displays, t_us, x, y)
    flags = np.where(is_lost, MOVE_BITS["sentinel_xy"], 0)
    flags |= np.where(is_usable & ~placement.has_geometry, MOVE_BITS["no_geometry"], 0)
    is_off = is_usable & placement.has_geometry & (placement.display < 0)
    flags |= np.where(is_off, MOVE_BITS["off_screen"], 0)
    return Points(x, y, t_us, placement, flags)


def point_columns(
    found: Points, displays: Sequence[Display], windows: Mapping[str, Floats] | None
) -> dict[str, Any]:
    """Columns x_px, y_px, display_id, cell and window_cell; `windows` has left, top, width, height of each row."""
    rect = _edges(found, displays)
    columns: dict[str, Any] = {
        "x_px": _whole_pixels(found.x, rect[0], rect[2]),
        "y_px": _whole_pixels(found.y, rect[1], rect[3]),
        "display_id": words(found.placement.display, [display.display_id for display in displays]),
        "cell": _cell_column(found.placement.cell),
    }
    if windows is not None:
        columns["window_cell"] = _cell_column(cells(found.x, found.y, **windows))
    return columns


def _edges(found: Points, displays: Sequence[Display]) -> list[Floats]:
    """First and last pixel (left, top, right, bottom) of the display under each point; infinite where there is none."""
    index = found.placement.display
    table = np.array(
        [
            (d.left_px, d.top_px, d.left_px + d.width_px - 1, d.top_px + d.height_px - 1)
            for d in displays
        ] + [(-np.inf, -np.inf, np.inf, np.inf)]
    )  # fmt: skip
    return [table[index, side] for side in range(4)]


def _whole_pixels(values: Floats, low: Floats, high: Floats) -> pa.Array:
    """Rounded half up, but never off the display that the exact point lies on."""
    rounded = np.clip(np.floor(values + 0.5), low, high)
    return integers(rounded, np.isnan(rounded), pa.int32())


def _cell_column(found: Ints) -> pa.Array | None:
    is_null = found == NO_CELL
    return None if is_null.all() else integers(found, is_null, pa.int16())
