"""How a screen looks: colours of its theme, font, sizes, scale; and the numbers of its layout."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .fonts import Face, faces
from .seeds import drawn

Colour = tuple[int, int, int]

SCREENS = ("form", "table", "mail", "chat")
THEMES = ("light", "dark")
SCALES = (1.0, 1.25, 1.5, 2.0)
# Wide screens at a high scale have many pixels and teach no more.
_WIDEST_PT = {1.0: 980, 1.25: 900, 1.5: 820, 2.0: 720}
_ACCENTS: tuple[Colour, ...] = (
    (37, 99, 235), (13, 148, 136), (124, 58, 237), (190, 24, 93), (180, 83, 9), (22, 101, 52), (71, 85, 105),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme."""

    ground: Colour
    panel: Colour
    field: Colour
    line: Colour
    ink: Colour
    quiet: Colour
    bar: Colour
    bar_ink: Colour


_PALETTES: dict[str, tuple[Palette, ...]] = {
    "light": (
        Palette((246, 247, 249), (255, 255, 255), (255, 255, 255), (214, 219, 226), (28, 32, 38), (107, 114, 128),
                (233, 236, 241), (60, 66, 74)),
        Palette((255, 255, 255), (250, 250, 247), (248, 248, 245), (222, 220, 214), (38, 36, 32), (122, 117, 108),
                (45, 49, 57), (232, 234, 237)),
        Palette((236, 241, 247), (255, 255, 255), (250, 252, 255), (196, 208, 222), (16, 42, 67), (98, 116, 138),
                (36, 59, 83), (240, 244, 248)),
    ),
    "dark": (
        Palette((24, 26, 31), (32, 35, 42), (24, 26, 31), (58, 63, 74), (222, 226, 233), (142, 150, 163),
                (17, 19, 23), (176, 183, 195)),
        Palette((30, 30, 30), (37, 37, 38), (45, 45, 46), (62, 62, 64), (212, 212, 212), (150, 150, 150),
                (50, 50, 51), (204, 204, 204)),
        Palette((11, 17, 26), (17, 26, 38), (22, 33, 48), (38, 54, 74), (203, 216, 230), (120, 138, 160),
                (8, 12, 19), (148, 166, 188)),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """The numbers of one layout, in points; `seed` chooses what it says."""

    screen: str
    width_pt: int
    height_pt: int
    side_pt: int
    bar_pt: int
    gap_pt: int
    row_pt: int
    text_pt: float
    seed: int


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and letters; `scale` is pixels per point."""

    theme: str
    palette: Palette
    accent: Colour
    face: Face
    scale: float


def layout(split: str, dice: Random, screen: str | None = None, *, scale: float) -> Layout:
    """A layout that belongs to the split."""
    widest = _WIDEST_PT[scale]

    def draw() -> Layout:
        text_pt = dice.choice((11.0, 11.5, 12.0, 13.0, 14.0))
        return Layout(
            screen or dice.choice(SCREENS), dice.randrange(widest - 180, widest + 1), dice.randrange(400, 540),
            dice.randrange(118, 176), dice.randrange(26, 37), dice.randrange(8, 17),
            round(text_pt * 1.3) + dice.randrange(8, 16), text_pt, dice.randrange(1_000_000),
        )  # fmt: skip

    return drawn(split, draw)


def look(dice: Random, theme: str | None = None, scale: float | None = None) -> Look:
    """Theme, font and scale, each as likely as the others where they are not given."""
    theme = theme or dice.choice(THEMES)
    return Look(
        theme,
        dice.choice(_PALETTES[theme]),
        dice.choice(_ACCENTS),
        dice.choice(faces()),
        scale or dice.choice(SCALES),
    )
