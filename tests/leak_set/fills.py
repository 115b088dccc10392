"""Masks that hide everything: opaque, whatever they look like. None of them reads what lies beneath."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw

from .boxes import Box
from .looks import Colour
from .page import Slot

COLOURS: tuple[Colour, ...] = (
    (0, 0, 0), (17, 17, 17), (51, 51, 51), (74, 83, 97), (128, 128, 128), (200, 204, 210), (255, 255, 255),
    (37, 99, 235), (185, 28, 28), (250, 204, 21), (6, 95, 70),
)  # fmt: skip
NEAR_BLACKS: tuple[Colour, ...] = ((0, 0, 0), (8, 8, 10), (14, 15, 18), (20, 20, 22))


@dataclass(frozen=True, slots=True)
class Style:
    """How one redaction pass covers: its colour, and how far beyond the letters, in pixels."""

    colour: Colour
    across_px: int
    along_px: int
    covers_cells: bool  # the whole field or cell of a value, where it has one

    def box(self, slot: Slot, size: tuple[int, int]) -> Box:
        """What the pass covers for a slot, in a picture of that size."""
        if self.covers_cells and slot.cell is not None and slot.cell.holds(slot.box):
            return slot.cell.within(size)
        return self.close(slot, size)

    def close(self, slot: Slot, size: tuple[int, int]) -> Box:
        """The letters and what the pass adds around them."""
        return slot.box.grown(self.across_px, self.along_px).within(size)


def style(dice: Random, scale: float) -> Style:
    """The style of one pass."""
    across, along = (round(dice.uniform(low, high) * scale) for low, high in ((1, 4), (1, 3)))
    return Style(dice.choice(COLOURS), across, along, dice.random() < 0.35)


Fill = Callable[[Image.Image, Box, Colour, str], None]


def solid(image: Image.Image, box: Box, colour: Colour, entity: str) -> None:
    """One colour."""
    image.paste(colour, box.edges)


def hatched(image: Image.Image, box: Box, colour: Colour, entity: str) -> None:
    """Slanted lines, as on placeholders of design programs."""
    cut, pen = _cut(box, colour)
    for at in range(-box.height, box.width, 7):
        pen.line((at, box.height, at + box.height, 0), fill=_beside(colour, 38), width=2)
    image.paste(cut, box.edges[:2])


def labelled(image: Image.Image, box: Box, colour: Colour, entity: str) -> None:
    """The entity's name, as text redactors write it."""
    from .fonts import faces

    cut, pen = _cut(box, colour)
    font = faces()[0].sized(max(8, round(box.height * 0.55)))
    pen.text(
        (box.width / 2, box.height / 2), f"<{entity}>", fill=_beside(colour, 120), font=font, anchor="mm"
    )
    image.paste(cut, box.edges[:2])


def dotted(image: Image.Image, box: Box, colour: Colour, entity: str) -> None:
    """Eight dots, as in a field for a password."""
    cut, pen = _cut(box, colour)
    radius, middle = max(1.5, box.height * 0.11), box.height / 2
    for n in range(8):
        at = (n + 1) * radius * 3.2
        pen.ellipse((at - radius, middle - radius, at + radius, middle + radius), fill=_beside(colour, 130))
    image.paste(cut, box.edges[:2])


def rounded(image: Image.Image, box: Box, colour: Colour, entity: str) -> None:
    """One colour, the corners cut off; they lie beyond the letters."""
    edges = box.left, box.top, box.right - 1, box.bottom - 1
    ImageDraw.Draw(image).rounded_rectangle(edges, max(2, min(5, box.height // 5)), fill=colour)


def framed(image: Image.Image, box: Box, colour: Colour, entity: str) -> None:
    """One colour with a line around it."""
    edges = box.left, box.top, box.right - 1, box.bottom - 1
    ImageDraw.Draw(image).rectangle(edges, fill=colour, outline=_beside(colour, 60))


def mosaic(image: Image.Image, box: Box, colour: Colour, entity: str) -> None:
    """Blocks of chance: like a coarse picture of something, and made of nothing."""
    chance = Random(f"{box.width}x{box.height}")
    cut, pen = _cut(box, colour)
    for top in range(0, box.height, 8):
        for left in range(0, box.width, 8):
            pen.rectangle((left, top, left + 7, top + 7), fill=_beside(colour, chance.randrange(90)))
    image.paste(cut, box.edges[:2])


def _cut(box: Box, colour: Colour) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    cut = Image.new("RGB", (max(1, box.width), max(1, box.height)), colour)
    return cut, ImageDraw.Draw(cut)


def _beside(colour: Colour, by: int) -> Colour:
    """A colour so much lighter, or darker where it is light."""
    by = by if sum(colour) < 384 else -by
    red, green, blue = (min(255, max(0, part + by)) for part in colour)
    return red, green, blue
