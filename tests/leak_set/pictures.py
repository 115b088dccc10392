"""The picture half of the leak set: items of every kind, one after the other, never all in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from random import Random

from . import kinds, looks
from .encoding import Encoding, encoding
from .fills import COLOURS, NEAR_BLACKS, Style, style
from .items import KINDS, SOUND_FACTOR, Item, Picture
from .kinds import SOUND, Case
from .looks import Colour
from .page import Page
from .recovery import recovery
from .scene import Shot, scene_of
from .screens import page_of
from .seeds import dice as dice_of
from .seeds import drawn
from .weak import WEAK

SESSION_PICTURES_N = 3
_SEEN = 150  # sum of the three channels
# What the value in question stands on, where that makes the variant.
_GROUNDS = {"next_to_text": ("inline",), "over_gradient": ("banner",), "filled_in": ("field",)}


def pictures(split: str, n_per_kind: int, kinds: Sequence[str] = KINDS) -> Iterator[Item]:
    """So many items of each kind, five times as many sound ones; those of a smaller set are the first of a larger."""
    for kind in kinds:
        for number in range(items_n(kind, n_per_kind)):
            yield made(split, kind, number)


def items_n(kind: str, n_per_kind: int) -> int:
    """How many items of a kind there are in a set of that size."""
    return n_per_kind * (SOUND_FACTOR if kind == "sound" else 1)


def made(split: str, kind: str, number: int, *, other_values: bool = False) -> Item:
    """One item; with other values: the same screen, masks and encoding around other personal values."""
    dice = dice_of(split, kind, number)
    variant = SOUND[number % len(SOUND)] if kind == "sound" else ""
    page = drawn_page(split, variant, dice)
    case = case_of(page, kind, variant, dice, other_values=other_values)
    return finished(page, kind, number, case, encoding(dice, number))


def drawn_page(split: str, variant: str, dice: Random) -> Page:
    """A screen of chance that has what the variant needs."""
    look = looks.look(dice, "dark" if variant == "near_black_on_dark" else None)
    screen = {
        "next_to_text": dice.choice(("mail", "chat")),
        "over_gradient": "form",
        "filled_in": "form",
    }.get(variant)
    return page_of(split, looks.layout(split, dice, screen, scale=look.scale), look)


def case_of(page: Page, kind: str, variant: str, dice: Random, *, other_values: bool) -> Case:
    """What the kind does to a page."""
    look = style(dice, page.look.scale)
    if variant in ("next_to_text", "near_black_on_dark"):
        colour = dice.choice(NEAR_BLACKS) if variant == "near_black_on_dark" else look.colour
        look = Style(colour, min(look.across_px, 2), min(look.along_px, 2), look.covers_cells)
    elif kind == "burned_not_declared":
        look = replace(
            look, colour=_seen(page, dice)
        )  # a bar in the colour of its ground cannot be seen by anyone
    grounds = _GROUNDS.get(variant, ())
    scene = partial(scene_of, style=look, dice=dice, other_values=other_values)
    if kind in kinds.SESSION_CASES:
        return kinds.SESSION_CASES[kind]([scene(one) for one in _session(page)])
    if kind in WEAK:
        return kinds.weak(kind, scene(page))
    if kind == "sound":
        return kinds.sound(variant, scene(page, grounds=grounds))
    return kinds.CASES[kind](scene(page))


def finished(page: Page, kind: str, number: int, case: Case, stored: Encoding) -> Item:
    """The item with its pictures as they are stored."""
    taken = tuple(_picture(shot, stored) for shot in case.shots)
    weak = recovery(case.inside, taken[0].content, stored) if case.inside else None
    look = page.look
    return Item(
        page.split, kind, number, case.variant, page.layout.screen, look.theme, look.face.name, look.scale, stored.name,
        repr(page.layout), taken, case.box, weak,
    )  # fmt: skip


def _session(page: Page) -> list[Page]:
    """The page and others of the same program, as a session shows them."""
    pages = [page]
    while len(pages) < SESSION_PICTURES_N and page.layout.screen in looks.SCREENS:
        seeds = Random(f"{page.layout}/{len(pages)}")
        layout = drawn(page.split, lambda: replace(page.layout, seed=seeds.randrange(1_000_000)))  # noqa: B023
        pages.append(page_of(page.split, layout, page.look))
    return pages


def _seen(page: Page, dice: Random) -> Colour:
    """A colour for masks that stands out from the page's areas."""
    palette = page.look.palette
    grounds = (palette.ground, palette.panel, palette.field)
    far = [one for one in COLOURS if min(abs(sum(one) - sum(ground)) for ground in grounds) > _SEEN]
    return dice.choice(far)


def _picture(shot: Shot, stored: Encoding) -> Picture:
    return Picture(
        stored.encoded(shot.image),
        stored.format,
        *shot.image.size,
        tuple(shot.masks),
        shot.truths,
        shot.subject,
    )
