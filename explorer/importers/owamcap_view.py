"""What a captured picture shows: the whole screen, or one window, at which scale. Pure functions."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.importers.owamcap_messages import Rows, Screen, Size, Window
from explorer.trace.displays import COVERED_SHARE, STANDARD_SIZES, Display, estimate_size

DISPLAY_ID = "0"
# Encoders pad pictures to multiples of 2, 8 or 16 pixels.
_MOST_PADDING_PX = 15
# Windows counts an invisible border into a window's rectangle; a captured picture does not show it.
_MOST_BORDER_PX, _USUAL_BORDER_PX = 32, 8
_WINDOWS_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class View:
    """The part of the desktop that a picture shows, padding included; None where it is unknown."""

    left_px: int | None
    top_px: int | None
    width_px: int
    height_px: int
    is_window: bool = False
    display_id: str | None = None


def display_of(rows: Rows) -> Display | None:
    """The display: recorded when the pictures show all of it, else estimated; None when nothing tells its size."""
    return _recorded_display(rows) or _estimated_display(rows)


def _recorded_display(rows: Rows) -> Display | None:
    sizes = Counter(screen.source for screen in rows.screens if screen.source)
    if not sizes:
        return None
    size = sizes.most_common(1)[0][0]
    places = [place for window in rows.windows if (place := _captured(window, size))]
    if any(place != (0, 0) for place in places):
        return None
    if size in STANDARD_SIZES or places or (rows.windows and _covers_points(size, rows)):
        return Display(DISPLAY_ID, 0, 0, *size)
    return None


def view_of(screen: Screen, picture: Size, windows: Sequence[Window], display: Display | None) -> View:
    """The view of one picture, whose own `picture` size counts more than what the message says."""
    width, height = _seen(picture, screen)
    own = screen.source or (width, height)
    if display is not None and not display.is_estimated and own == (display.width_px, display.height_px):
        return View(0, 0, width, height, display_id=display.display_id)
    place = _window_place(screen.order, own, windows)
    if place is None:
        return View(None, None, width, height)
    return View(*place, width, height, is_window=True)


def _seen(picture: Size, screen: Screen) -> Size:
    """Desktop pixels that the picture spans, from its own size and the scale that the message tells."""
    source, shape = screen.source or screen.shape, screen.shape or screen.source
    if source is None or shape is None:
        return picture
    if all(0 <= own - said <= _MOST_PADDING_PX for own, said in zip(picture, shape, strict=True)):
        width, height = (
            round(p * whole / said) for p, whole, said in zip(picture, source, shape, strict=True)
        )
        return max(1, width), max(1, height)
    return source


def _window_place(order: int, size: Size, windows: Sequence[Window]) -> tuple[int, int] | None:
    """Where the window of that size stood: as last told before the picture, else as first told after it."""
    now = bisect_right(windows, order, key=lambda window: window.order)
    for window in (*reversed(windows[:now]), *windows[now:]):
        place = _captured(window, size)
        if place is not None:
            return place
    return None


def _captured(window: Window, size: Size) -> tuple[int, int] | None:
    """Left and top of a picture of this size, if it shows this window; its border is at the left, right and bottom."""
    left, top, width, height = window.rect
    spare_x, spare_y = width - size[0], height - size[1]
    # A padded picture may be a little larger than its window.
    if not (
        -_MOST_PADDING_PX <= spare_x <= _MOST_BORDER_PX and -_MOST_PADDING_PX <= spare_y <= _MOST_BORDER_PX
    ):
        return None
    border = max(0, spare_x // 2)
    return left + border, top + max(0, spare_y - border)


def _covers_points(size: Size, rows: Rows) -> bool:
    x, y = np.array(rows.move_x), np.array(rows.move_y)
    is_inside = (x >= 0) & (y >= 0) & (x < size[0]) & (y < size[1])
    return bool(len(x) and np.count_nonzero(is_inside) >= COVERED_SHARE * len(x))


def _estimated_display(rows: Rows) -> Display | None:
    """The smallest standard size that covers the points, and the windows most of the time; windows are told at 1 Hz."""
    points = [(event["x"], event["y"]) for event in rows.events if "x" in event]
    x = np.concatenate([np.array(rows.move_x), [point[0] for point in points]])
    y = np.concatenate([np.array(rows.move_y), [point[1] for point in points]])
    least = estimate_size(x, y)
    if least is None or not rows.windows:
        return None
    right, bottom = np.array([_last_pixel(window) for window in rows.windows]).T
    for width, height in sorted(STANDARD_SIZES, key=lambda size: size[0] * size[1]):
        covered_n = np.count_nonzero((right < width) & (bottom < height))
        if width >= least[0] and height >= least[1] and covered_n >= _WINDOWS_SHARE * len(right):
            return Display("estimated", 0, 0, width, height, is_estimated=True)
    return None


def _last_pixel(window: Window) -> tuple[int, int]:
    left, top, width, height = window.rect
    return left + width - 1 - _USUAL_BORDER_PX, top + height - 1 - _USUAL_BORDER_PX
