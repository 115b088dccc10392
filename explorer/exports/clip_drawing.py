"""Pointer, clicks and trail, drawn on a picture. Marks are drawn larger and shrunk, so that their edges are smooth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import floor

from PIL import Image, ImageColor, ImageDraw

from explorer.exports.clip_moments import Ring, Shot
from explorer.exports.clip_space import Space

Colour = tuple[int, int, int]
Drawer = Callable[[ImageDraw.ImageDraw], None]

# The same colours as in the app (explorer/charts/palette.py), on light.
COLOURS = {
    "move": "#8A8F98", "click": "#1F6FEB", "right_click": "#C2560C", "shortcut": "#6B3FD4", "ink": "#1B1F24",
    "quiet": "#5B6573", "paper": "#FFFFFF", "ground": "#F5F6F8", "line": "#DDE1E6", "mark": "#C62828",
}  # fmt: skip
FINE = 4
_ARROW = ((0, 0), (0, 17.2), (4.1, 13.4), (6.9, 19.9), (9.9, 18.6), (7.1, 12.3), (12.6, 12.3))
_ARROW_SCALE = 1.1
_HALO_PX, _OUTLINE_PX = 15, 1.5
_RING_FROM_PX, _RING_TO_PX, _RING_WIDE_PX = 10, 28, 3


def colour(name: str) -> Colour:
    """Red, green and blue of a colour by its name."""
    return ImageColor.getrgb(COLOURS[name])[:3]


def of_button(button: str) -> Colour:
    """Colour of a button's marks."""
    return colour("right_click" if button == "right" else "click")


def draw_marks(picture: Image.Image, shot: Shot, space: Space) -> None:
    """Trail, clicks, and the pointer with a halo, in the colour of the button that is held."""
    tip = None if shot.at is None else space.point(*shot.at)
    if tip is not None:
        held = of_button(shot.buttons[0]) if shot.buttons else None
        _paste(picture, _halo(space.unit, held), *tip, _reach(space.unit))
    if len(shot.trail) > 1:
        _draw_trail(picture, shot, space)
    for ring in shot.rings:
        _draw_ring(picture, ring, space)
    if tip is not None:
        _paste(picture, _arrow(space.unit), *tip, _reach(space.unit))


def fine(size: tuple[int, int], draw: Drawer) -> Image.Image:
    """A clear RGBA picture that was drawn on FINE times as large: `draw` counts in those pixels."""
    large = Image.new("RGBA", (size[0] * FINE, size[1] * FINE))
    draw(ImageDraw.Draw(large))
    # Weighted by how much is seen: the clear ground must not darken the edges.
    return large.convert("RGBa").resize(size, Image.Resampling.BOX).convert("RGBA")


def _reach(unit: float) -> int:
    """Half the side of the square in which a mark around a point lies."""
    return int(32 * unit) + 2


def _paste(picture: Image.Image, mark: Image.Image, x: float, y: float, reach: int) -> None:
    picture.paste(mark, (floor(x) - reach, floor(y) - reach), mark)


@lru_cache(maxsize=8)
def _arrow(unit: float) -> Image.Image:
    reach, size = _reach(unit), unit * _ARROW_SCALE * FINE
    tip = (reach + 0.5) * FINE
    points = [(tip + x * size, tip + y * size) for x, y in _ARROW]

    def draw(pen: ImageDraw.ImageDraw) -> None:
        for wide, ink in ((2 * _OUTLINE_PX + 1.2, (17, 20, 24, 90)), (2 * _OUTLINE_PX, (255, 255, 255, 255))):
            pen.line([*points, points[0], points[1]], ink, round(wide * unit * FINE), joint="curve")
        pen.polygon(points, (22, 25, 29, 255))

    return fine((2 * reach + 1, 2 * reach + 1), draw)


@lru_cache(maxsize=16)
def _halo(unit: float, held: Colour | None) -> Image.Image:
    """A soft disc around the tip: yellow, or the colour of the button that is held."""
    reach = _reach(unit)
    middle, radius = (reach + 0.5) * FINE, _HALO_PX * unit * FINE
    ink = (*held, 90) if held else (255, 214, 10, 96)
    box = (middle - radius, middle - radius, middle + radius, middle + radius)
    return fine((2 * reach + 1, 2 * reach + 1), lambda pen: pen.ellipse(box, ink))


def _draw_ring(picture: Image.Image, ring: Ring, space: Space) -> None:
    """A ring that widens and fades, with a light edge; dashed for the right button."""
    unit, reach = space.unit, _reach(space.unit)
    middle = (reach + 0.5) * FINE
    radius = (_RING_FROM_PX + (_RING_TO_PX - _RING_FROM_PX) * (1 - (1 - ring.age) ** 2)) * unit * FINE
    alpha = round(255 * (1 - ring.age**2))
    dashes = [(turn, turn + 27) for turn in range(0, 360, 45)] if ring.button == "right" else [(0, 360)]

    def draw(pen: ImageDraw.ImageDraw) -> None:
        for more, ink in ((1.25, (255, 255, 255, alpha)), (0, (*of_button(ring.button), alpha))):
            outer = radius + (_RING_WIDE_PX / 2 + more) * unit * FINE
            box = (middle - outer, middle - outer, middle + outer, middle + outer)
            for start, end in dashes:
                pen.arc(box, start, end, ink, round((_RING_WIDE_PX + 2 * more) * unit * FINE))

    _paste(picture, fine((2 * reach + 1, 2 * reach + 1), draw), *space.point(*ring.at), reach)


def _draw_trail(picture: Image.Image, shot: Shot, space: Space) -> None:
    """The way of the pointer, thinner and fainter with age."""
    points = [space.point(*at) for at, _ in shot.trail]
    pad = 4 * space.unit
    left = floor(max(0, min(x for x, _ in points) - pad))
    top = floor(max(0, min(y for _, y in points) - pad))
    right = min(space.width_px, max(x for x, _ in points) + pad)
    bottom = min(space.height_px, max(y for _, y in points) + pad)
    if right <= left or bottom <= top:
        return
    lines = [((x - left) * FINE, (y - top) * FINE) for x, y in points]
    ages = [age for _, age in shot.trail]
    size = (floor(right) - left + 1, floor(bottom) - top + 1)
    mark = fine(size, lambda pen: _draw_lines(pen, lines, ages, space.unit))
    picture.paste(mark, (left, top), mark)


def _draw_lines(
    pen: ImageDraw.ImageDraw, points: Sequence[tuple[float, float]], ages: Sequence[float], unit: float
) -> None:
    for is_edge in (True, False):
        for (start, end), age in zip(pairwise(points), ages[1:], strict=True):
            fresh = 1 - age
            wide = (1 + 2 * fresh + (1.6 if is_edge else 0)) * unit * FINE
            ink = (255, 255, 255, round(110 * fresh)) if is_edge else (*colour("click"), round(200 * fresh))
            pen.line((start, end), ink, round(wide))
            radius = wide / 2
            pen.ellipse((end[0] - radius, end[1] - radius, end[0] + radius, end[1] + radius), ink)
