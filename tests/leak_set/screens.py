"""Screens of an office: a form, a table, mail, a chat. Flat, as programs draw them; all they say is invented."""

from __future__ import annotations

from collections.abc import Callable

from PIL import ImageDraw

from .flow import flow, sentences
from .looks import Colour, Layout, Look
from .page import Page
from .screen_form import form
from .screen_table import table
from .words import SUBJECTS

_PROGRAMS = {"form": "Customers", "table": "Orders", "mail": "Mail", "chat": "Desk chat"}


def page_of(split: str, layout: Layout, look: Look) -> Page:
    """The page of a layout: window, content, and slots for the values."""
    page = Page.empty(split, layout, look)
    top, bottom = _window(page)
    _PAINTERS[layout.screen](page, top, bottom)
    return page


def _window(page: Page) -> tuple[float, float]:
    """Title bar and status bar; between which heights in points there is room."""
    layout, palette = page.layout, page.look.palette
    page.area(0, 0, layout.width_pt, layout.bar_pt, palette.bar)
    base = layout.bar_pt / 2 + layout.text_pt * 0.36
    title = page.words(12, base, f"{_PROGRAMS[layout.screen]} -", colour=palette.bar_ink)
    if page.dice.random() < 0.5:
        room = layout.width_pt / 2
        page.value(16 + title, base, "PERSON", room, ground="bar", colour=palette.bar_ink)
    else:
        page.words(16 + title, base, page.dice.choice(SUBJECTS), colour=palette.bar_ink)
    for at, colour in enumerate(((237, 106, 94), (245, 191, 79), (98, 197, 84))):
        page.area(layout.width_pt - 22 - 18 * at, layout.bar_pt / 2 - 5.5, 11, 11, colour, round_pt=5)
    foot = layout.height_pt - 24
    page.area(0, foot, layout.width_pt, 24, palette.panel, line=palette.line)
    page.words(12, foot + 16, f"Ready   {page.decoy('version')}", 0.85, palette.quiet)
    page.time(layout.width_pt - 56, foot + 16, palette.quiet)
    page.blank.append(page.box(layout.width_pt * 0.45, foot + 4, layout.width_pt * 0.3, 16))
    return layout.bar_pt, foot


def _face(page: Page, left: float, top: float, size: float, colour: Colour) -> None:
    """A round picture of nobody."""
    page.area(left, top, size, size, colour, round_pt=size / 2)
    pen, light = ImageDraw.Draw(page.image), tuple(min(255, part + 90) for part in colour)
    pen.ellipse(page.box(left + size * 0.34, top + size * 0.2, size * 0.32, size * 0.32).edges, fill=light)
    pen.pieslice(
        page.box(left + size * 0.2, top + size * 0.56, size * 0.6, size * 0.6).edges, 180, 360, fill=light
    )


def mail(page: Page, top: float, bottom: float) -> None:
    """Messages on the left, one of them open on the right."""
    layout, palette, gap = page.layout, page.look.palette, page.layout.gap_pt
    side = layout.side_pt + 60
    page.area(0, top, side, bottom - top, palette.panel, line=palette.line)
    height = layout.row_pt * 1.7
    for row in range(int((bottom - top) / height)):
        at = top + row * height
        if row == 1:
            page.area(1, at, side - 2, height, _mixed(page.look.accent, palette.panel, 0.18))
        page.value(gap, at + height * 0.42, "PERSON", side - 2 * gap - 44, ground="cell")
        page.words(side - 46, at + height * 0.42, page.decoy("date")[5:], 0.85, palette.quiet)
        page.words(gap, at + height * 0.8, page.dice.choice(SUBJECTS), 0.9, palette.quiet)
    left, width = side + gap * 2, layout.width_pt - side - gap * 4
    page.words(left, top + 34, page.dice.choice(SUBJECTS), 1.5)
    _face(page, left, top + 50, 34, page.look.accent)
    page.value(left + 44, top + 62, "PERSON", width - 150, ground="cell")
    page.value(left + 44, top + 62 + layout.text_pt * 1.5, "EMAIL_ADDRESS", width - 60, 0.9, ground="cell",
               colour=palette.quiet)  # fmt: skip
    page.area(left, top + 96, width, 1, palette.line)
    text = sentences(page, 9, personal_n=5)
    after = flow(page, left, top + 122, width, text, last=bottom - 60)
    for n, (label, colour, ink) in enumerate(
        (("Reply", page.look.accent, (255, 255, 255)), ("Forward", palette.field, palette.ink))
    ):
        page.area(left + 90 * n, bottom - 44, 80, 28, colour, line=palette.line, round_pt=5)
        page.words(left + 90 * n + 14, bottom - 26, label, 0.95, ink)
    if after < bottom - 110:
        page.blank.append(page.box(left, after, width * 0.7, bottom - 60 - after))


def chat(page: Page, top: float, bottom: float) -> None:
    """Bubbles of two who talk, theirs on the left in grey, ours on the right in colour."""
    layout, palette, gap = page.layout, page.look.palette, page.layout.gap_pt
    side = layout.side_pt
    page.area(0, top, side, bottom - top, palette.panel, line=palette.line)
    for row in range(int((bottom - top) / (layout.row_pt * 1.5))):
        at = top + row * layout.row_pt * 1.5
        _face(page, gap, at + 7, 22, _mixed(page.look.accent, palette.quiet, 0.2 * (row % 5)))
        page.value(gap + 30, at + 23, "PERSON", side - gap - 36, ground="cell")
    page.area(side, top, layout.width_pt - side, 40, palette.panel, line=palette.line)
    page.value(side + gap, top + 25, "PERSON", 220, 1.15, ground="bar")
    width, at, is_ours = (layout.width_pt - side) * 0.6, top + 54, False
    while True:
        text = sentences(page, 3, personal_n=2)
        rows = 1 + int(sum(map(len, text)) * layout.text_pt * 0.56 / (width - 30))
        height = (rows + 0.6) * layout.text_pt * 1.65
        if at + height > bottom - 50:
            break
        left = layout.width_pt - width - gap if is_ours else side + gap
        colour = _mixed(page.look.accent, palette.panel, 0.85 if is_ours else 0.0)
        page.area(left, at, width, height, colour, line=None if is_ours else palette.line, round_pt=9)
        flow(page, left + 14, at + layout.text_pt * 1.7, width - 28, text, last=at + height - 6,
             colour=(255, 255, 255) if is_ours else None)  # fmt: skip
        at, is_ours = at + height + 10, not is_ours
    page.area(
        side + gap,
        bottom - 42,
        layout.width_pt - side - 2 * gap,
        30,
        palette.field,
        line=palette.line,
        round_pt=8,
    )
    page.blank.append(page.box(side + gap * 2, bottom - 37, (layout.width_pt - side) * 0.5, 20))


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    """So much of one colour, the rest of the other."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True))
    return red, green, blue


_PAINTERS: dict[str, Callable[[Page, float, float], None]] = {
    "form": form, "table": table, "mail": mail, "chat": chat,
}  # fmt: skip
