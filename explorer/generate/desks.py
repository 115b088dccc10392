"""Where people sit: the displays of each leg, and where the windows of the applications lie on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.generate.apps import APPS
from explorer.generate.arrays import Bools, Floats, Ints
from explorer.generate.people import SCREENS, SECOND, People

PRIMARY, OTHER = 0, 1
DISPLAY_NAMES = ("primary", "second")
# Left, top, width and height as shares of a display; the lowest strip is the taskbar's.
WINDOWS = np.array(
    [(0, 0, 1, 0.96), (0, 0, 1, 0.96), (0, 0, 0.5, 0.96), (0.5, 0, 0.5, 0.96), (0.08, 0.06, 0.72, 0.8),
     (0.2, 0.1, 0.74, 0.78)]
)  # fmt: skip
# These applications go to the second display, where there is one.
_ASIDE = np.array([app.name in ("Chat", "Browser") for app in APPS])


@dataclass(frozen=True, slots=True)
class Rectangles:
    """One rectangle an entry, in desktop pixels."""

    left: Ints
    top: Ints
    width: Ints
    height: Ints

    def __getitem__(self, chosen: Ints | Bools | tuple[Ints, Ints]) -> Rectangles:
        return Rectangles(self.left[chosen], self.top[chosen], self.width[chosen], self.height[chosen])

    def hold(self, x: Floats, y: Floats) -> Bools:
        """Whether each point lies in its rectangle."""
        inside: Bools = (x >= self.left) & (x < self.left + self.width)
        return inside & (y >= self.top) & (y < self.top + self.height)

    def nearest(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """The points, moved into their rectangles."""
        right, bottom = self.left + self.width - 1, self.top + self.height - 1
        return np.clip(x, self.left, right), np.clip(y, self.top, bottom)


@dataclass(frozen=True, slots=True)
class Desks:
    """Displays by (leg, PRIMARY or OTHER), of width 0 where there is none; windows by (leg, application)."""

    displays: Rectangles
    windows: Rectangles
    window_display: Ints


def desks_of(people: People, person: Ints) -> Desks:
    """The desk of the person of each leg."""
    size = np.array([(screen.width_px, screen.height_px) for screen in SCREENS])[people.screen[person]]
    side = people.side[person]
    left = np.where(side < 0, -SECOND.width_px, size[:, 0])
    width = np.where(side != 0, SECOND.width_px, 0)
    zero = np.zeros(len(person), np.int64)
    displays = Rectangles(
        left=_pair(zero, left),
        top=_pair(zero, (size[:, 1] - SECOND.height_px) // 2),
        width=_pair(size[:, 0], width),
        height=_pair(size[:, 1], np.full(len(person), SECOND.height_px)),
    )
    display = (_ASIDE & (side != 0)[:, None]).astype(np.int64)
    own = displays[np.arange(len(person))[:, None], display]
    place = WINDOWS[people.windows[person]]
    windows = Rectangles(
        left=own.left + _pixels(place[..., 0] * own.width),
        top=own.top + _pixels(place[..., 1] * own.height),
        width=_pixels(place[..., 2] * own.width),
        height=_pixels(place[..., 3] * own.height),
    )
    return Desks(displays, windows, display)


def _pair(first: Ints, second: Ints) -> Ints:
    return np.column_stack([first, second])


def _pixels(values: Floats) -> Ints:
    return np.round(values).astype(np.int64)
