"""A picture in the making: areas and words that are nobody's, and the places where values will stand.

Sizes come in points and become pixels at the look's scale. Values are not drawn here: whoever uses the page paints
them where its slots say, so that the same page can be had with other values, and without any.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from PIL import Image, ImageDraw

from .boxes import Box
from .decoys import decoy
from .fonts import Font
from .looks import Colour, Layout, Look
from .values import Value, foreign_person, value

FOREIGN_SHARE = 0.3
_DRAWS = 24


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value stands: its ink, the point its letters start from, and what is around it.

    `ground`: `field`, `cell`, `inline` (within a sentence), `banner` (on a gradient), `bar` (title bar) or `card`.
    `cell` is the room that belongs to the value alone.
    """

    value: Value
    box: Box
    origin: tuple[int, int]
    font: Font
    colour: Colour
    ground: str
    cell: Box | None

    def paint(self, image: Image.Image, text: str, *, left_px: int = 0, top_px: int = 0) -> None:
        """Draw a text in the slot, cut off at the ink of the slot's own value; the image may begin at left and top."""
        box = self.box.moved(-left_px, -top_px)
        cut = image.crop(box.edges)
        at = self.origin[0] - self.box.left, self.origin[1] - self.box.top
        ImageDraw.Draw(cut).text(at, text, fill=self.colour, font=self.font, anchor="ls")
        image.paste(cut, box.edges[:2])


@dataclass
class Page:
    """The picture without personal values, and what is where in it."""

    split: str
    layout: Layout
    look: Look
    dice: Random
    image: Image.Image
    slots: list[Slot] = field(default_factory=list)
    plain: list[Box] = field(default_factory=list)
    blank: list[Box] = field(default_factory=list)
    _clock: tuple[Slot, Image.Image] | None = None  # with the picture beneath it

    @classmethod
    def empty(cls, split: str, layout: Layout, look: Look) -> Page:
        """A page of the layout's size in the ground colour; what it says follows from the layout's seed."""
        size = round(layout.width_pt * look.scale), round(layout.height_pt * look.scale)
        image = Image.new("RGB", size, look.palette.ground)
        return cls(split, layout, look, Random(f"{split}/page/{layout.seed}"), image)

    def px(self, pt: float) -> int:
        return round(pt * self.look.scale)

    def box(self, left: float, top: float, width: float, height: float) -> Box:
        """A rectangle in points as one in pixels, at least one wide and high."""
        x, y = self.px(left), self.px(top)
        return Box(x, y, max(x + 1, self.px(left + width)), max(y + 1, self.px(top + height)))

    def font(self, size: float = 1.0) -> Font:
        """The look's font, `size` times as large as the layout's text."""
        return self.look.face.sized(max(8, self.px(self.layout.text_pt * size)))

    def area(self, left: float, top: float, width: float, height: float, colour: Colour, *,
             line: Colour | None = None, round_pt: float = 0) -> Box:  # fmt: skip
        """Fill a rectangle, with a line around it if asked."""
        box = self.box(left, top, width, height)
        ImageDraw.Draw(self.image).rounded_rectangle(
            (box.left, box.top, box.right - 1, box.bottom - 1), self.px(round_pt), fill=colour, outline=line,
            width=max(1, self.px(1)),
        )  # fmt: skip
        return box

    def gradient(self, box: Box, start: Colour, end: Colour) -> None:
        """Fill a rectangle from one colour on the left to another on the right."""
        ramp = Image.linear_gradient("L").rotate(90).resize(box.size)
        one, other = (Image.new("RGB", box.size, colour) for colour in (end, start))
        self.image.paste(Image.composite(one, other, ramp), box.edges[:2])

    def words(
        self, left: float, base: float, text: str, size: float = 1.0, colour: Colour | None = None
    ) -> float:
        """Write words that are nobody's from a left end on a base line; how wide they are, in points."""
        font, at = self.font(size), (self.px(left), self.px(base))
        ImageDraw.Draw(self.image).text(
            at, text, fill=colour or self.look.palette.ink, font=font, anchor="ls"
        )
        self.plain.append(_ink(font, text, at))
        return float(font.getlength(text)) / self.look.scale

    def time(self, left: float, base: float, colour: Colour) -> None:
        """A clock: what changes on a screen while nothing happens."""
        font, at = self.font(0.85), (self.px(left), self.px(base))
        box = _ink(font, "00:00", at).grown(1, 1)
        self._clock = Slot(Value("", "", ""), box, at, font, colour, "bar", None), self.image.crop(box.edges)
        self.pass_time(self.image)

    def pass_time(self, image: Image.Image) -> None:
        """Let the clock in a picture of this page show another time."""
        if self._clock:
            slot, beneath = self._clock
            image.paste(beneath, slot.box.edges[:2])
            slot.paint(image, f"{self.dice.randrange(24):02d}:{self.dice.randrange(60):02d}")

    def value(self, left: float, base: float, entity: str, room: float, size: float = 1.0, *, ground: str,
              colour: Colour | None = None, cell: Box | None = None) -> float:  # fmt: skip
        """Make a slot for a value that fits into the room; how wide the value is, in points."""
        font, at = self.font(size), (self.px(left), self.px(base))
        made = self._fitting(entity, font, self.px(room))
        while font.getlength(made.text) > self.px(room) and font.size > 8:
            font = self.look.face.sized(round(font.size) - 1)
        box = _ink(font, made.text, at).within(self.image.size)
        self.slots.append(Slot(made, box, at, font, colour or self.look.palette.ink, ground, cell))
        return float(font.getlength(made.text)) / self.look.scale

    def other(self, slot: Slot, dice: Random) -> str:
        """Another value for the slot, of the same kind."""
        while True:
            made = value(slot.value.entity, self.split, dice)
            if made.text != slot.value.text:
                return made.text

    def decoy(self, kind: str) -> str:
        return decoy(kind, self.split, self.dice)

    def _fitting(self, entity: str, font: Font, room_px: int) -> Value:
        foreign = [script for script in self.look.face.scripts if script != "latin"]
        if entity == "PERSON" and foreign and self.dice.random() < FOREIGN_SHARE:
            return foreign_person(self.split, self.dice, self.dice.choice(foreign))
        made = [value(entity, self.split, self.dice)]
        while font.getlength(made[-1].text) > room_px and len(made) < _DRAWS:
            made.append(value(entity, self.split, self.dice))
        return min(made, key=lambda one: max(0.0, font.getlength(one.text) - room_px))


def _ink(font: Font, text: str, at: tuple[int, int]) -> Box:
    left, top, right, bottom = font.getbbox(text, anchor="ls")
    return Box(int(left) + at[0], int(top) + at[1], int(right) + at[0], int(bottom) + at[1])
